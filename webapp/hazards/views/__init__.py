"""Doors of this room: today, checks, hazards, plans."""
