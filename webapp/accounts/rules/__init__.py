"""Who may do what, and when a door opens."""
