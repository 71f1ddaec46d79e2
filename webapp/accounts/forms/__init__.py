"""What may be typed when signing in, inviting, changing."""
