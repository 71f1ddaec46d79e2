"""Reads of counters, scores and regional sums."""
