"""Identifiers: sortable ids, opaque tokens and their hashes."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from webapp.platform import clock

PLATFORM_CHAIN = UUID(int=0)
"""Owner of what belongs to no enterprise and no agency: the platform itself."""


def new_id(at: datetime | None = None) -> UUID:
    """A UUIDv7 (RFC 9562): sorts by the millisecond it was made in."""
    milliseconds = int((at or clock.now()).timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def new_token() -> str:
    """An unguessable token of 256 bits, safe in addresses."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """What is stored of a token, so that a stolen table opens no door."""
    return hashlib.sha256(token.encode()).digest()
