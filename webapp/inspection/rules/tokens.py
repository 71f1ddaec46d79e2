"""The short code of a paper: long enough that none is guessed, short enough to be typed.

Twelve of 32 symbols are 60 bits; 0, O, 1 and I are left out because hands mistake them.
"""

import re

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12
GROUP = 4
_SHAPE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def token(entropy: bytes) -> str:
    """A code from at least eight random bytes. Raises ValueError for fewer."""
    if len(entropy) * 8 < LENGTH * 5:
        raise ValueError("a code needs at least eight random bytes")
    number = int.from_bytes(entropy)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))


def normalised(typed: str) -> str | None:
    """What a person typed as a code, or None when it cannot be one."""
    plain = re.sub(r"[\s\-—－]", "", typed).upper()
    return plain if _SHAPE.fullmatch(plain) else None


def grouped(code: str) -> str:
    """A code as it is printed: 7K3M-92QF-4H5T."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def address(base: str, code: str) -> str:
    """Where anyone can check the paper that bears this code."""
    return f"{base.rstrip('/')}/v/{code}"


def codes_in(data: bytes) -> tuple[str, ...]:
    """The codes whose addresses stand in a file's bytes, each once."""
    found = re.findall(rf"/v/([{ALPHABET}]{{{LENGTH}}})(?![0-9A-Za-z])".encode(), data)
    return tuple(dict.fromkeys(code.decode() for code in found))
