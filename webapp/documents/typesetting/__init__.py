"""Beneath the kit: what faces can draw, where lines break, how slices become pages."""
