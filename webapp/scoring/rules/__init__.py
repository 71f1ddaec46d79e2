"""The five-have score as pure rules: counts in, a tree that explains itself out."""
