"""Five-have (五有): counters that move with every event, and a score that explains itself."""
