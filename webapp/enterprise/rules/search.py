"""What one search box finds an enterprise by: name, code, pinyin and its initials."""

import unicodedata

from pypinyin import Style, lazy_pinyin


def search_text(name: str, uscc: str) -> str:
    """Everything an enterprise is found by, in lower case."""
    syllables = lazy_pinyin(name)
    initials = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return normalised_search(f"{name} {uscc} {''.join(syllables)} {''.join(initials)}")


def normalised_search(text: str) -> str:
    """A searched text as it is compared: half-width, lower case, single blanks."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def search_pattern(text: str) -> str:
    """The LIKE pattern (escape character backslash) that finds a text anywhere."""
    plain = normalised_search(text)
    escaped = plain.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
