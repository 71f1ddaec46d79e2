"""Measurements as ratios of one run: every figure stands beside its anchor."""
