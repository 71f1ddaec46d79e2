"""People, their memberships and sign-ins; the one table of who may do what."""
