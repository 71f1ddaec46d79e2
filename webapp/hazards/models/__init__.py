"""Tables of checklists, plans, checks and hazards."""
