"""Use cases of the enterprise: one public function, one transaction, one audit entry."""
