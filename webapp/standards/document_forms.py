"""Enforcement papers: their kinds, numbers, fields, fixed words and what must come before what.

The words are data because an agency adapts them; a paper keeps the version it was issued with.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any

from webapp.standards.loader import UnknownCode, table


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """One kind of paper; ``kind`` is the word in its number, empty where a paper has none."""

    code: str
    version: str
    name: str
    kind: str
    fields: tuple[str, ...]
    signatures: tuple[str, ...]
    copies: int
    requires: tuple[str, ...]
    requires_any: tuple[str, ...]
    words: Mapping[str, str]

    @property
    def is_numbered(self) -> bool:
        """Whether papers of this kind carry a number."""
        return bool(self.kind)

    def placeholders(self, part: str) -> tuple[str, ...]:
        """What has to be filled into a fixed sentence."""
        return tuple(name for _, name, _, _ in Formatter().parse(self._part(part)) if name)

    def text(self, part: str, **values: str) -> str:
        """A fixed sentence with its blanks filled.

        Raises UnknownCode for a part the form lacks, ValueError when a blank stays empty.
        """
        empty = [name for name in self.placeholders(part) if not values.get(name)]
        if empty:
            raise ValueError(f"《{self.name}》缺少填写内容：{'、'.join(empty)}。")
        return self._part(part).format_map(values)

    def missing(self, present: Collection[str]) -> tuple[str, ...]:
        """Codes of the papers that must exist before this one and do not; all alternatives."""
        lacking = tuple(code for code in self.requires if code not in present)
        if self.requires_any and not any(code in present for code in self.requires_any):
            lacking += self.requires_any
        return lacking

    def _part(self, part: str) -> str:
        if part not in self.words:
            raise UnknownCode(f"《{self.name}》没有固定文字“{part}”。")
        return self.words[part]


@cache
def document_forms(version: str | None = None) -> tuple[DocumentForm, ...]:
    """All papers in the order of a procedure."""
    source = table("document_forms", version)
    return tuple(_form(row, source.version) for row in source.content["form"])


def document_form(code: str, version: str | None = None) -> DocumentForm:
    """A paper by its code; raises UnknownCode."""
    for form in document_forms(version):
        if form.code == code:
            return form
    raise UnknownCode(f"没有执法文书“{code}”。")


def family(version: str | None = None) -> str:
    """The line above a paper's title: 应急管理行政执法文书."""
    return str(table("document_forms", version).content["family"])


def document_number(
    form: DocumentForm, *, region_word: str, year: int, sequence: int, agency_word: str = "应急"
) -> str:
    """The number as printed, brackets full width: （安）应急检记〔2026〕12号.

    Raises ValueError for a paper without a number or a sequence below 1.
    """
    if not form.is_numbered or sequence < 1:
        raise ValueError(f"《{form.name}》不编号，或序号无效。")
    return f"（{region_word}）{agency_word}{form.kind}〔{year}〕{sequence}号"


def _form(row: Mapping[str, Any], version: str) -> DocumentForm:
    return DocumentForm(
        code=row["code"],
        version=version,
        name=row["name"],
        kind=row.get("kind", ""),
        fields=tuple(row["fields"]),
        signatures=tuple(row["signatures"]),
        copies=row["copies"],
        requires=tuple(row["requires"]),
        requires_any=tuple(row["requires_any"]),
        words=MappingProxyType(dict(row.get("words", {}))),
    )
