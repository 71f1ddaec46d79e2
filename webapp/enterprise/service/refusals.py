"""Turns what a rule refuses into the error that the door shows."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import IntegrityError

from webapp.platform.errors import AppError, Invalid, RuleBroken
from webapp.platform.unit_of_work import violated
from webapp.standards.refusal import Refusal

Outcome = TypeVar("Outcome")


def granted(outcome: Outcome | Refusal) -> Outcome:
    """What a rule answered when it did not refuse; raises its refusal otherwise."""
    if isinstance(outcome, Refusal):
        raise error_of((outcome,))
    return outcome


def refuse_if(refusal: Refusal | None) -> None:
    """Raise Invalid at the refusal's field, RuleBroken when it has none; nothing for None."""
    if refusal is not None:
        raise error_of((refusal,))


def refuse_all(refusals: Sequence[Refusal]) -> None:
    """Raise one Invalid with every refusal at its field; nothing when there is none."""
    if refusals:
        raise error_of(refusals)


def error_of(refusals: Sequence[Refusal]) -> AppError:
    """The error that carries these refusals; of one field the first one counts."""
    first = refusals[0]
    if first.field is None:
        return RuleBroken(first.message)
    others = {r.field: r.message for r in reversed(refusals) if r.field}
    others.pop(first.field)
    return Invalid(first.field, first.message, **others)


@contextmanager
def constraint_words(**words: tuple[str, str]) -> Iterator[None]:
    """Turn a broken constraint into Invalid: name of the constraint → (field, message)."""
    try:
        yield
    except IntegrityError as error:
        name = violated(error)
        if name not in words:
            raise
        raise Invalid(*words[name]) from error
