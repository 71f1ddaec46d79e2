"""Use cases of the ledger: one public function, one transaction, one audit entry."""
