"""What stands in the demo city."""
