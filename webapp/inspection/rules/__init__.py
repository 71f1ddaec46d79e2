"""How officers inspect, which paper may follow which, and how regions compare."""
