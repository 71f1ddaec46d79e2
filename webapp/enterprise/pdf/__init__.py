"""Papers of the enterprise: code sign, responsibility lists, the bound file."""
