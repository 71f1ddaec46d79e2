"""What may be typed about an enterprise, and the message at the field."""
