"""Putting up a floor plan, and what was drawn on it."""

from collections.abc import Mapping

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange

from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField
from webapp.risks.forms.filters import one_of
from webapp.risks.rules.map_drafts import DrawingRefused, ShapeDraft, read_drawing
from webapp.risks.rules.map_paper import MapSize

NAME_LENGTH = 40
_LONGEST_DRAWING = 1_000_000


class MapVersionForm(Form):
    """Which state of the map was seen."""

    version = VersionField()

    def offer_again(self, version: int) -> None:
        """Let the next try build on the state that is shown now: saving is then a decision."""
        self.version.data = version
        # A field shows again what was typed while it has that.
        self.version.raw_data = None


class MapForm(Form):
    """A name and the picture of a plan."""

    name = StringField(
        "图名",
        [
            InputRequired("请填写图名，如“厂区总平面”“一车间一层”。"),
            Length(max=NAME_LENGTH, message=f"图名不能超过 {NAME_LENGTH} 个字。"),
        ],
    )
    file = FileField("平面图", [FileRequired("请选择平面图的图片。")])

    @property
    def picture(self) -> bytes:
        """The bytes of the picture; none when no file was chosen."""
        sent = self.file.data
        return sent.read() if sent else b""


class MapChangeForm(MapForm, MapVersionForm):
    """Name and place in the order; the picture only when it is another one."""

    ordinal = IntegerField(
        "顺序",
        [
            InputRequired("请填写顺序，1 排在最前。"),
            NumberRange(1, 999, "顺序请填 1 至 999 的整数，1 排在最前。"),
        ],
    )
    file = FileField("更换平面图")


class DrawingForm(MapVersionForm):
    """The shapes as the page drew them."""

    shapes = HiddenField(
        "图形", [Length(max=_LONGEST_DRAWING, message="图形太多，请分成几张图绘制。")]
    )

    def validate_shapes(self, field: HiddenField) -> None:
        """Refuse what cannot be drawn, naming the shape. Raises ValidationError."""
        try:
            read_drawing(field.data or "")
        except DrawingRefused as refused:
            raise ValidationError(refused.message) from refused

    @property
    def drafts(self) -> tuple[ShapeDraft, ...]:
        """The shapes of a form that was found valid."""
        return read_drawing(self.shapes.data or "")


def map_size(values: Mapping[str, str]) -> MapSize:
    """The paper that the address asks for; A3 for anything else."""
    return one_of(MapSize, values.get("size", "")) or MapSize.A3
