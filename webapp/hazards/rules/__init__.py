"""When to check, how to judge, and how a hazard moves from report to closure."""
