"""Which state of a thing was on the page when the form was filled in."""

from typing import Any

from wtforms import IntegerField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput


class VersionField(IntegerField):
    """The version that was seen; it travels hidden."""

    widget = HiddenInput()

    def __init__(self, **options: Any) -> None:
        message = "页面已过期，请刷新后重新提交。"
        super().__init__("", [InputRequired(message)], **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the number. Raises ValueError for anything else."""
        try:
            self.data = int(valuelist[0]) if valuelist else None
        except ValueError:
            raise ValueError("页面已过期，请刷新后重新提交。") from None
