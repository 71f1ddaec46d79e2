"""Reads of inspections, papers and regions, shaped for their screens."""
