"""What a login name may look like."""

import re

from webapp.standards.refusal import Refusal

_LOGIN = re.compile(r"[a-z][a-z0-9_-]{2,31}")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def normalised_login(text: str) -> str:
    """A login name as it is stored and looked up: lower case, without blanks around."""
    return text.strip().lower()


def login_refusal(login: str) -> Refusal | None:
    """Why a normalised name cannot be one: neither a mobile number nor a short Latin name."""
    if _LOGIN.fullmatch(login) or _MOBILE.fullmatch(login):
        return None
    return Refusal("账号请用手机号，或 3 至 32 位英文小写字母、数字、短横线，以字母开头。", "login")
