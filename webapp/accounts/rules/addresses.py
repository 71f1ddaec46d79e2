"""Where a sign-in may lead on to."""

from urllib.parse import urlsplit


def is_own_path(address: str) -> bool:
    """Whether an address is a path of this site and nothing that a browser reads as another's.

    Browsers drop tabs and line breaks and read a backslash as a slash, so either could smuggle
    a second slash in (open redirect, CWE-601).
    """
    if not address.startswith("/") or address.startswith("//"):
        return False
    if "\\" in address or not address.isprintable():
        return False
    parts = urlsplit(address)
    return not parts.scheme and not parts.netloc
