"""Reads of sign-ins, members, agencies."""
