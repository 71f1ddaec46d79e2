"""What makes an enterprise's record, organisation, duties and code valid."""
