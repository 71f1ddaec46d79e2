"""Use cases of inspections and papers."""
