"""Telephone numbers as people in China write them."""

import re
import unicodedata

from webapp.standards.refusal import Refusal

_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"0\d{2,3}-?[2-9]\d{6,7}(?:-\d{1,6})?")
_SERVICE = re.compile(r"[48]00-?\d{3}-?\d{4}")
_SEPARATORS = re.compile(r"[\s()]+")
_COUNTRY = re.compile(r"^(?:\+|00)86-?")


def normalised_phone(text: str) -> str:
    """A number as it is stored: half-width, without blanks, brackets and the country code."""
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub("[－—–―]", "-", plain)
    plain = re.sub(r"^\((0\d{2,3})\)", r"\1-", plain)
    phone = _COUNTRY.sub("", _SEPARATORS.sub("", plain))
    digits = phone.replace("-", "")
    return digits if _MOBILE.fullmatch(digits) else phone


def is_mobile(phone: str) -> bool:
    """Whether a normalised number is a mobile one, to which a message can be sent."""
    return _MOBILE.fullmatch(phone) is not None


def is_phone(phone: str) -> bool:
    """Whether a normalised number is a mobile, a landline with area code or a 400/800 one."""
    return any(shape.fullmatch(phone) for shape in (_MOBILE, _LANDLINE, _SERVICE))


def phone_refusal(text: str, field: str) -> Refusal | None:
    """Why a text is no telephone number, or None."""
    phone = normalised_phone(text)
    if not phone:
        return Refusal("请填写联系电话。", field)
    if not is_phone(phone):
        return Refusal("请填写 11 位手机号，或带区号的固定电话，如 0372-5112345。", field)
    return None
