"""Printing notice cards: which size, and of which points."""

from wtforms import SelectField
from wtforms.validators import DataRequired

from webapp.platform.web.forms import Form, UuidField
from webapp.risks.forms.filters import Args, one_of
from webapp.risks.rules.notice_card import CardSize

SIZES = [(CardSize.A4.value, "A4 横向"), (CardSize.A5.value, "A5 横向（半张 A4）")]


class BundleForm(Form):
    """The size of all cards; the key makes a second press of the button the same order."""

    key = UuidField(validators=[DataRequired("页面已过期，请刷新后重新打印。")])
    size = SelectField("纸张", choices=dict(SIZES))


def card_size(args: Args) -> CardSize:
    """The size in an address; A4 when nothing is said."""
    return one_of(CardSize, args.get("size", "")) or CardSize.A4
