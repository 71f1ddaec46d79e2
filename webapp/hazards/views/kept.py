"""Pictures that wait in a form, as its photo field shows them."""

from collections.abc import Iterable
from uuid import UUID

from flask import url_for


def thumbs(files: Iterable[UUID]) -> list[dict[str, str]]:
    """What the photo field's ``kept`` wants."""
    return [
        {
            "src": url_for("hazards.photo_kept", file_id=file_id),
            "alt": f"已上传的第 {number} 张照片",
            "value": str(file_id),
        }
        for number, file_id in enumerate(files, 1)
    ]
