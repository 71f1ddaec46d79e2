"""Several documents bound into one file: a case file, an enterprise's file.

Each keeps its own sheet, head and feet. Papers that stand alone also keep their page count, and
every page bears its number in the file in a corner; a `counted` file is one work, whose feet count
through it. The catalogue (卷内目录) quotes the numbers in the file.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate

from webapp.documents.flow import Document
from webapp.documents.pen import Pen
from webapp.documents.typesetting.running import Bound


def first_pages(parts: Sequence[Document], before: int = 0) -> list[int]:
    """Return the page of the file on which each part begins, `before` pages coming earlier."""
    counts = [part.page_count() for part in parts]
    return list(accumulate(counts[:-1], initial=before + 1)) if parts else []


def bind(
    parts: Sequence[Document],
    catalogue: Callable[[Sequence[int]], Document] | None = None,
    *,
    title: str,
    author: str,
    subject: str = "",
    counted: bool = False,
) -> bytes:
    """Return the parts as one PDF, the catalogue first.

    `catalogue` makes that document from the parts' first pages; it must fill as many pages
    whatever the numbers are. Tables of the parts must not read a generator.
    """
    bound = list(parts)
    if catalogue:
        pages = catalogue(first_pages(parts)).page_count()
        bound.insert(0, catalogue(first_pages(parts, pages)))
    if not bound:
        raise ValueError("没有可装订的文书。")
    pen = Pen(bound[0].layout.sheet, title=title, author=author, subject=subject)
    total = sum(part.page_count() for part in bound) if counted else None
    before = 0
    for part in bound:
        pen.open_part(part.title, part.layout.sheet.height)
        before += part.draw(pen, Bound(before, total))
    return pen.finish()
