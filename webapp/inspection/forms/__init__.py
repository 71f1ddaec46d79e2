"""What may be typed on inspections and papers, and the message at the field."""
