"""Beginning an inspection and writing its account."""

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from types import TracebackType
from typing import Any, cast
from uuid import UUID, uuid4

from wtforms import (
    BooleanField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from webapp.inspection.rules.visits import SHANGHAI, TYPED_TIME, Account, Start
from webapp.platform.errors import Conflict, Invalid, RuleBroken
from webapp.platform.web.forms import Form, UuidField

SEEN_LONGEST = 60_000
STALE = "页面已失效，请刷新后再试。"


def new_key() -> str:
    """A submission's key: a repeat is answered like the first."""
    return str(uuid4())


class StartForm(Form):
    """Who goes in, where to, and whom they meet."""

    key = UuidField("提交编号", [InputRequired(STALE)], default=new_key)
    second_officer_id = UuidField("第二名执法人员")
    officers = HiddenField("执法人员")
    """Carries the message of the rule of two officers; nothing is typed here."""
    places = StringField("检查场所", [InputRequired("请填写检查场所。")])
    contact_name = StringField("现场负责人", [InputRequired("请填写现场负责人姓名。")])
    contact_position = StringField("职务")
    contact_phone = TelField("联系电话", render_kw={"inputmode": "tel"})
    is_certificate_shown = BooleanField("已向现场负责人出示执法证件，告知其权利和义务")

    def start(self) -> Start | None:
        """What was settled; None when no second officer was picked, with its message set."""
        picked: Any = self.second_officer_id.data
        if not isinstance(picked, UUID):
            self.officers.errors = [
                *self.officers.errors,
                "执法检查不得少于两名执法人员，请再选择一名。",
            ]
            return None
        return Start(
            second_officer_id=picked,
            places=self.places.data or "",
            contact_name=self.contact_name.data or "",
            contact_position=self.contact_position.data or "",
            contact_phone=self.contact_phone.data or "",
            is_certificate_shown=bool(self.is_certificate_shown.data),
        )


class SharedForm(Form):
    """A form that two officers may have open at once."""

    version = IntegerField("版本", [InputRequired(STALE)], widget=HiddenInput())
    seen = HiddenField("打开时的内容", [Length(max=SEEN_LONGEST)])

    def seen_texts(self) -> dict[str, str]:
        """What the page began with; nothing when it was tampered with: then all is contested."""
        try:
            found: Any = json.loads(self.seen.data or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {str(name): str(text) for name, text in found.items()}

    def telling(self) -> "Telling":
        """Like `refusals`, but a lost update is merged into the form and kept to be shown."""
        return Telling(self)

    def show(self, values: Mapping[str, str]) -> None:
        """Put texts into the fields, as after a merge; each form knows its fields."""
        raise NotImplementedError

    def begin(self, version: int, texts: dict[str, str]) -> None:
        """Let the page carry what it began with."""
        self.version.data, self.version.raw_data = version, None
        self.seen.data = json.dumps(texts, ensure_ascii=False)


class Telling(AbstractContextManager["Telling", bool]):
    """Takes a use case's refusals into the form, and the merge of a lost update too."""

    def __init__(self, form: SharedForm) -> None:
        self._form = form
        self.conflict: Conflict | None = None

    def __enter__(self) -> "Telling":
        """Begin."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Take the refusal in."""
        if isinstance(error, Conflict) and "merge" in error.changes:
            self.conflict = error
            self._form.show(error.changes["merge"].values)
            self._form.begin(error.changes["version"], error.changes["seen"])
            return True
        if isinstance(error, Invalid | RuleBroken | Conflict):
            self._form.refuse(error)
            return True
        return False


class AccountForm(SharedForm):
    """The account of the inspection."""

    places = StringField("检查场所", [InputRequired("请填写检查场所。")])
    contact_name = StringField("现场负责人", [InputRequired("请填写现场负责人姓名。")])
    contact_position = StringField("职务")
    contact_phone = TelField("联系电话", render_kw={"inputmode": "tel"})
    situation = TextAreaField(
        "检查情况", description="看了什么、问了什么、查了哪些资料；发现的问题另记在下面。"
    )
    started_at = DateTimeLocalField(
        "开始时间", [InputRequired("请填写检查开始时间。")], format=[TYPED_TIME]
    )
    ended_at = DateTimeLocalField("结束时间", [Optional()], format=[TYPED_TIME])

    def account(self) -> Account:
        """What was typed, times in Shanghai."""
        started, ended = _aware(self.started_at.data), _aware(self.ended_at.data)
        return Account(
            places=self.places.data or "",
            contact_name=self.contact_name.data or "",
            contact_position=self.contact_position.data or "",
            contact_phone=self.contact_phone.data or "",
            situation=self.situation.data or "",
            started_at=cast("datetime", started),
            ended_at=ended,
        )

    def show(self, values: Mapping[str, str]) -> None:
        """Put texts into the fields, as after a merge."""
        for name, text in values.items():
            field = self[name]
            is_time = name in ("started_at", "ended_at")
            field.data = _time(text) if is_time else text
            field.raw_data = None


def _aware(typed: datetime | None) -> datetime | None:
    return typed.replace(tzinfo=SHANGHAI) if typed else None


def _time(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, TYPED_TIME)  # noqa: DTZ007 - a local time as it is typed
    except ValueError:
        return None


class ReasonForm(Form):
    """Why something is given up or taken back."""

    reason = TextAreaField("原因", [InputRequired("请写明原因。")])
