"""Use cases: derive plans, owe checks, take them in, move hazards to their closure."""
