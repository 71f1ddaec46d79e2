"""Reads of plans, tasks, checks and hazards, shaped for a screen or a use case."""
