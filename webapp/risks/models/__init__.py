"""Tables of the risk ledger and of its imports."""
