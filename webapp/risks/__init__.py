"""The risks room."""
