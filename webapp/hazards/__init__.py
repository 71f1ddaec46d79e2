"""Finding and removing hazards (隐患排查治理): checklists, checks, and each hazard's life."""
