"""Use cases of signing in, members and agencies."""
