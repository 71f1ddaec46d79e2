"""Tables of counters, regional sums and scores; only this room writes them."""
