"""What may be typed into this room's pages."""
