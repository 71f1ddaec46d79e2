"""Pictures of a form: those sent now, and those kept from a try that was refused."""

from uuid import UUID

from flask import request

from webapp.hazards.rules.submissions import Upload


def uploads_of(name: str) -> tuple[Upload, ...]:
    """The files sent under this name; an empty file input sends one without a name."""
    return tuple(
        Upload(file.filename or "照片", file.read())
        for file in request.files.getlist(name)
        if file.filename
    )


def kept_of(name: str) -> tuple[UUID, ...]:
    """The pictures of an earlier try, which come back as hidden fields."""
    return tuple(found for text in request.form.getlist(f"{name}_kept") if (found := uuid_of(text)))


def uuid_of(text: str | None) -> UUID | None:
    """An id that was typed or tampered with, or None."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
