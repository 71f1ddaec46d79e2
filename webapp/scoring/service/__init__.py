"""Counters, scores and their recount; the only writer of this room's tables."""
