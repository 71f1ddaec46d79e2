"""What may be typed about plans, checks and hazards."""
