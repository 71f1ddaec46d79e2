"""Pages of signing in, of one's own account, of members and agencies."""
