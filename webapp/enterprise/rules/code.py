"""The enterprise code: a random signed token, and who sees what behind its one address."""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from webapp.accounts.rules.roles import covers

ENTROPY_BYTES = 16
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans("OIL", "011")
_BODY_LENGTH = 26
_CHECK_LENGTH = 10
TOKEN_LENGTH = _BODY_LENGTH + _CHECK_LENGTH


class CodeState(StrEnum):
    """What is known of a scanned code."""

    ACTIVE = "active"
    REVOKED = "revoked"
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """The state as users read it."""
        return _STATE_WORDS[self]


_STATE_WORDS = {
    CodeState.ACTIVE: "有效",
    CodeState.REVOKED: "已吊销",
    CodeState.UNKNOWN: "不是本平台签发的企业码",
}


class Audience(StrEnum):
    """Who stands before the code."""

    PUBLIC = "public"
    STAFF = "staff"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Viewer:
    """What of a visitor decides: where a member, and the region prefixes of offices held."""

    enterprise_ids: frozenset[UUID] = field(default_factory=frozenset)
    region_prefixes: frozenset[str] = field(default_factory=frozenset)


STRANGER = Viewer()


def audience(
    viewer: Viewer, code_state: CodeState, *, enterprise_id: UUID, enterprise_region: str
) -> Audience:
    """Which page a code opens for a visitor.

    A code that is not active says so and opens nothing more, whoever asks: a sign taken down
    must not lead anywhere.
    """
    if code_state is not CodeState.ACTIVE:
        return Audience.PUBLIC
    if any(covers(prefix, enterprise_region) for prefix in viewer.region_prefixes):
        return Audience.OFFICER
    return Audience.STAFF if enterprise_id in viewer.enterprise_ids else Audience.PUBLIC


def new_token(entropy: bytes, key: bytes) -> str:
    """A token of 128 random bits in Crockford's base 32, with ten signs of signature.

    Letters that look alike are not in it, because it is also read out and typed.
    Raises ValueError for any other number of bytes.
    """
    if len(entropy) != ENTROPY_BYTES:
        raise ValueError(f"a token takes {ENTROPY_BYTES} random bytes")
    body = _base32(int.from_bytes(entropy), _BODY_LENGTH)
    return body + _signature(body, key)


def normalised_token(text: str) -> str:
    """A token as issued, whatever case and look-alike letters it was typed with."""
    return text.strip().replace("-", "").upper().translate(_LOOK_ALIKE)


def is_genuine(token: str, keys: Sequence[bytes]) -> bool:
    """Whether a token was signed with one of our keys, the older ones included.

    Tells forgeries without a look at the records; whether it is still active they alone say.
    """
    plain = normalised_token(token)
    if len(plain) != TOKEN_LENGTH or not set(plain) <= set(_ALPHABET):
        return False
    body, signature = plain[:_BODY_LENGTH], plain[_BODY_LENGTH:]
    return any(hmac.compare_digest(_signature(body, key), signature) for key in keys)


def printed_path(token: str) -> str:
    """The path that stands in the printed code."""
    return f"/e/{token}"


def printed_address(base: str, token: str) -> str:
    """The whole address in the printed code; `base` is the installation's public address."""
    return f"{base.rstrip('/')}{printed_path(token)}"


def _signature(body: str, key: bytes) -> str:
    digest = hmac.new(key, f"enterprise-code:{body}".encode(), hashlib.sha256).digest()
    return _base32(int.from_bytes(digest) >> (256 - 5 * _CHECK_LENGTH), _CHECK_LENGTH)


def _base32(number: int, length: int) -> str:
    return "".join(_ALPHABET[number >> 5 * place & 31] for place in reversed(range(length)))
