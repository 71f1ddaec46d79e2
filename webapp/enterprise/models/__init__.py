"""Tables of the tenant: profile, organisation, people, responsibilities, code."""
