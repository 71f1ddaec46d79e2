"""Forms that say which state of a record their author saw."""

from wtforms import IntegerField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from webapp.platform.web.forms import Form


class VersionForm(Form):
    """A deed on the record as its author saw it."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

    def renew(self, version: int) -> None:
        """Mean the present state from now on: the page shows it beside what was typed."""
        self.version.data = version
        # What was sent would be shown again otherwise.
        self.version.raw_data = None
