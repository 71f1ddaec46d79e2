"""Hashing passwords and checking codes; the same work is done for names that nobody has."""

import hmac
from datetime import datetime

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import Type

from webapp.accounts.rules.passwords import MAX_LENGTH
from webapp.accounts.rules.second_factor import STEPS_OF_DRIFT, is_step_acceptable, time_step

# RFC 9106, second recommended option (64 MiB, three passes, four lanes).
HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4, type=Type.ID)

# Of a random text nobody kept; verified when the login name is unknown, so that it takes as long.
NOBODY = (
    "$argon2id$v=19$m=65536,t=3,p=4$9DwCWy8pDnNd2n1ZQfFBTg"
    "$jdG+LM7bDMrEqjH5POJc3ATOnC2nOEzZvBMQaNolcCI"
)


def hash_password(password: str) -> str:
    """The Argon2id hash to store."""
    return HASHER.hash(password)


def is_password(password: str, stored: str | None) -> bool:
    """Whether a password fits a stored hash; None takes as long and never fits."""
    try:
        # A password of a megabyte would cost more than its hash.
        HASHER.verify(stored or NOBODY, password[: MAX_LENGTH + 1])
    except VerificationError:
        return False
    return stored is not None


def new_secret() -> str:
    """A new shared secret for an authenticator (160 bits, RFC 4226, 4)."""
    return pyotp.random_base32()


def accepted_step(
    secret: str, code: str, *, at: datetime, last_used_step: int | None
) -> int | None:
    """The time step whose code was typed, when it is near and was not used before."""
    totp = pyotp.TOTP(secret)
    present = time_step(at)
    for step in range(present - STEPS_OF_DRIFT, present + STEPS_OF_DRIFT + 1):
        is_code = hmac.compare_digest(totp.generate_otp(step).encode(), code.encode())
        if is_code and is_step_acceptable(step, at=at, last_used_step=last_used_step):
            return step
    return None
