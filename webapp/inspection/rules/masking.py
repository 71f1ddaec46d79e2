"""Names and numbers as the public may see them (Personal Information Protection Law)."""

import re

_COMPOUND_SURNAMES = frozenset(
    {
        *("欧阳", "上官", "司马", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容"),
        *("令狐", "长孙", "宇文", "夏侯", "司徒", "端木", "百里", "南宫"),
    }
)
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?)?([2-9]\d{2})\d{2,3}(\d{2})(?!\d)")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])(\d{6})\d{8}(\d{3}[\dXx])(?![0-9A-Za-z])")


def masked_name(name: str) -> str:
    """A person's name with its surname only: 张**, 欧阳**; the length is not given away."""
    plain = name.strip()
    if not plain:
        return ""
    length = 2 if plain[:2] in _COMPOUND_SURNAMES and len(plain) > 2 else 1
    return f"{plain[:length]}**"


def masked_phone(phone: str) -> str:
    """A number without its middle: 138****1234, 0372-511**45; anything else is all stars."""
    plain = re.sub(r"\s", "", phone)
    if not plain:
        return ""
    if _MOBILE.fullmatch(plain):
        return _MOBILE.sub(r"\1****\2", plain)
    if _LANDLINE.fullmatch(plain):
        return _LANDLINE.sub(r"\1\2**\3", plain)
    return "*" * len(plain)


def masked_text(text: str, names: tuple[str, ...] = ()) -> str:
    """A text for publication: the names given, mobile and identity numbers are masked."""
    for name in sorted(names, key=len, reverse=True):
        if name.strip():
            text = text.replace(name.strip(), masked_name(name))
    return _MOBILE.sub(r"\1****\2", _IDENTITY.sub(r"\1********\2", text))
