"""What the demo city consists of: pure, and the same every time."""
