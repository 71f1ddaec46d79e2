"""Tables of cases, findings and enforcement documents."""
