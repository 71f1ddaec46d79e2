"""Deciding a conflict between a returned ledger and the ledger."""

from wtforms import HiddenField
from wtforms.validators import AnyOf

from webapp.risks.forms.filters import Args, one_of
from webapp.risks.forms.imports import VersionForm
from webapp.risks.rules.round_trip.kept import Take, TripView


class TakeForm(VersionForm):
    """Whose values count."""

    take = HiddenField("采用", [AnyOf([take.value for take in Take], "请选择采用哪一边。")])

    @property
    def chosen(self) -> Take:
        """The side that was chosen."""
        return Take(self.take.data or "")


def trip_view(args: Args) -> TripView:
    """Which rows of a comparison; all when nothing is said."""
    return one_of(TripView, args.get("rows", "")) or TripView.ALL
