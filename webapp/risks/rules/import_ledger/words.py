"""Text of a ledger brought into one form before it is compared."""

import re
import unicodedata
from functools import lru_cache

_SPACES = re.compile(r"\s+")
_BRACKETS = re.compile(r"[(\[{<【〔《「]([^)\]}>】〕》」]*)[)\]}>】〕》」]?")
_ORNAMENT = re.compile(r"[*★☆●■□◆:：。.?？!！\"'“”‘’_\-—~]+")
# What people put into a cell that has nothing to say.
_NOTHING = {"", "/", "\\", "-", "—", "——", "--", "－", "无", "N/A", "NA", "n/a", "#N/A", "、", "空"}
_DITTO = {"同上", "〃", "″", '"', "''", "同左", "同前"}


def folded(text: str) -> str:
    """Full-width forms, compatibility characters and blanks of all kinds made plain."""
    return unicodedata.normalize("NFKC", text).strip()


def squeezed(text: str) -> str:
    """The text without any blank, in upper case."""
    return _SPACES.sub("", folded(text)).upper()


@lru_cache(maxsize=4096)
def heading_words(text: str) -> tuple[str, tuple[str, ...]]:
    """A heading without blanks and ornament, and what stood in its brackets."""
    plain = squeezed(text)
    inner = tuple(part for part in _BRACKETS.findall(plain) if part)
    return _ORNAMENT.sub("", _BRACKETS.sub("", plain)), inner


def tidy(text: str) -> str:
    """A value for keeping: outer blanks gone, blanks and breaks inside made single."""
    lines = (" ".join(line.split()) for line in text.replace("\u3000", " ").splitlines())
    return "\n".join(line for line in lines if line)


def one_line(text: str) -> str:
    """A name for keeping: no break inside, since a narrow column broke it."""
    return re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", " ".join(text.split()))


def is_nothing(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, a stroke, 无."""
    return text.strip() in _NOTHING


def is_ditto(text: str) -> bool:
    """Whether a cell repeats the one above."""
    return text.strip() in _DITTO
