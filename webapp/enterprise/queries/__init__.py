"""Reads of the enterprise, shaped for a screen."""
