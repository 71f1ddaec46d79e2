"""How a drawn signature travels: a PNG picture in a data address, within bounds."""

PREFIX = "data:image/png;base64,"
MOST_BYTES = 512 * 1024
LARGEST_SIDE = 4096
# Base64 needs four characters for three bytes.
LONGEST = MOST_BYTES * 4 // 3 + len(PREFIX) + 4
