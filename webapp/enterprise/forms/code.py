"""Taking a code back."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from webapp.platform.web.forms import Form


class RevocationForm(Form):
    """Why the code is revoked."""

    reason = StringField(
        "吊销原因",
        [
            InputRequired("请写明吊销的原因，如标牌遗失、损毁。"),
            Length(max=100, message="吊销原因不能超过 100 字。"),
        ],
    )
