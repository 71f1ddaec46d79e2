"""The demo city: a believable Anyang to look at, to test and to measure."""
