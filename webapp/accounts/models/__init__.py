"""Tables of people, agencies, memberships and sign-ins."""
