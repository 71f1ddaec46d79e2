"""How papers put days, times and the fixed sentences of their form, blanks filled and marked.

A paragraph is a list of texts; what was filled into a blank is `{"fill": text}`, so that paper
and screen can underline it while the whole stays plain JSON.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from string import Formatter
from typing import Any

from webapp.inspection.rules.orders import OrderGroup
from webapp.standards.document_forms import DocumentForm

Paragraph = list[Any]


def day_words(day: date) -> str:
    """A day as papers write it: 2026年3月8日."""
    return f"{day.year}年{day.month}月{day.day}日"


def minute_words(at: datetime) -> str:
    """A local instant as papers write it: 2026年3月8日9时05分."""
    return f"{day_words(at.date())}{at.hour}时{at.minute:02d}分"


def filled(form: DocumentForm, part: str, **values: str) -> Paragraph:
    """A fixed sentence as a paragraph. Raises ValueError when a blank stays empty."""
    form.text(part, **values)
    paragraph: Paragraph = []
    for literal, name, _, _ in Formatter().parse(form.words[part]):
        if literal:
            paragraph.append(literal)
        if name:
            paragraph.append({"fill": values[name]})
    return paragraph


def plain(paragraph: Sequence[Any]) -> str:
    """A paragraph without its marks."""
    return "".join(part if isinstance(part, str) else part["fill"] for part in paragraph)


def order_sentences(form: DocumentForm, groups: Sequence[OrderGroup]) -> list[Paragraph]:
    """The order itself: one sentence that names each group of items with its deadline.

    The form's sentence repeats its clause 对上述第…项问题于…前整改完毕 for every group; where an
    agency has worded it so that no such clause can be found, each group gets its own sentence.
    """
    sentences = [
        filled(form, "order", items=group.number_words, due_on=day_words(group.due_on))
        for group in groups
    ]
    joined = _joined(sentences) if len(sentences) > 1 else None
    return sentences if joined is None else [joined]


def _joined(sentences: list[Paragraph]) -> Paragraph | None:
    if any(len(sentence) != 5 for sentence in sentences):
        return None
    head, _, middle, _, tail = sentences[0]
    before, mark, clause = head.partition("对上述")
    done, comma, rest = tail.partition("，")
    if not (mark and comma):
        return None
    joined: Paragraph = [before]
    for _, items, _, due, _ in sentences:
        joined += [f"{mark}{clause}", items, middle, due, f"{done}{comma}"]
    return _compact([*joined, rest])


def _compact(paragraph: Iterable[Any]) -> Paragraph:
    """Neighbouring texts as one."""
    found: Paragraph = []
    for part in paragraph:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        else:
            found.append(part)
    return found


def item_text(description: str, *, basis: str, is_major: bool) -> str:
    """A finding as an order and a record name it, with what it rests on."""
    text = description.strip().rstrip("。；;")
    suspected = "，涉嫌构成重大事故隐患" if is_major else ""
    return f"{text}{suspected}{f'（{basis}）' if basis else ''}。"
