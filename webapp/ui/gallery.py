"""Every component in all its states, for those who build pages; only in development."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from webapp.platform.paging import Page, PageRequest
from webapp.ui.error_pages import error_page
from webapp.ui.filters import SHANGHAI
from webapp.ui.navigation import MenuEntry, Shell, Viewer

if TYPE_CHECKING:
    from flask import Flask

NOW = datetime(2026, 11, 24, 10, 42, tzinfo=SHANGHAI)
LONGEST_NAME = "安阳市龙安区恒岳重型机械装备制造与金属冶炼铸造股份有限公司第二分公司"


class SampleForm(Form):
    """One field of each kind."""

    name = StringField("风险点名称", [InputRequired("请填写风险点名称"), Length(max=60)])
    likelihood = SelectField(
        "可能性 L",
        [InputRequired("请选择 10、6、3、1、0.5、0.2、0.1 之一")],
        choices=[
            SelectChoice("", "请选择"),
            SelectChoice("3", "3　可能，但不经常"),
            SelectChoice("6", "6　相当可能"),
        ],
    )
    funds = IntegerField("整改资金", description="没有花钱就填 0")
    due_on = DateField("整改期限", [InputRequired("请选择整改期限")])
    remark = TextAreaField("说明", description="写清楚看到了什么、在哪里")
    level = RadioField(
        "隐患级别",
        [InputRequired("请选择隐患级别")],
        choices=[SelectChoice("general", "一般隐患"), SelectChoice("major", "重大隐患")],
    )
    kinds = SelectMultipleField(
        "事故类型",
        choices=[
            SelectChoice("6", "机械伤害"),
            SelectChoice("7", "起重伤害"),
            SelectChoice("9", "灼烫"),
        ],
    )
    password = PasswordField("登录密码")
    seen = BooleanField("已到现场核对")
    ledger = FileField("风险清单")
    photos = FileField("现场照片")
    paper = FileField("附件")


def _sample(*, with_errors: bool) -> SampleForm:
    if with_errors:
        form = SampleForm(data={"name": "", "remark": "限位器失效，尚未更换。"})
        form.validate()
        return form
    return SampleForm(
        data={
            "name": "浇注区 A 线",
            "likelihood": "3",
            "funds": 1280,
            "due_on": date(2026, 12, 18),
            "level": "general",
            "kinds": ["6"],
            "seen": True,
        },
        prefix="full-",
    )


def _menu(*labels: tuple[str, str, int | None], phone: int = 4) -> list[MenuEntry]:
    return [
        MenuEntry(label, icon, "/gallery", index == 0, count, index < phone)
        for index, (label, icon, count) in enumerate(labels)
    ]


def _around() -> dict[str, Any]:
    return {
        "viewer": Viewer("赵建民", "安全管理人员", LONGEST_NAME, "龙安区 · 金属冶炼、机械"),
        "shell": Shell(
            home_url="/gallery",
            search_url="/gallery",
            search_hint="搜风险点、隐患、人员、文书号",
            messages_url="/gallery",
            messages_count=6,
            me_url="/gallery",
            logout_url="/gallery",
            footer="清单版本 2026.4",
        ),
        "now": NOW,
        "long_page": Page(range(20), total=1000, request=PageRequest(3)),
        "longest_name": LONGEST_NAME,
        "wrong": _sample(with_errors=True),
        "full": _sample(with_errors=False),
    }


def components() -> str:
    """The components of the desk."""
    entries = (
        ("今天", "calendar-check", 9),
        ("风险", "shield-exclamation", None),
        ("隐患", "alert-triangle", 14),
        ("得分", "gauge", None),
        ("排查", "clipboard-check", None),
        ("档案", "folder", None),
        ("责任", "users", None),
        ("报表", "report", None),
        ("设置", "settings", None),
    )
    return render_template("ui/gallery/index.html", navigation=_menu(*entries), **_around())


def phone() -> str:
    """The components of the hand-held pages."""
    entries = (
        ("任务", "clipboard-check", None),
        ("随手拍", "camera", None),
        ("隐患", "alert-square-rounded", 2),
        ("消息", "bell", 1),
        ("我的", "user", None),
    )
    return render_template("ui/gallery/phone.html", navigation=_menu(*entries), **_around())


def public() -> str:
    """A page for strangers, without a script."""
    return render_template("ui/gallery/public.html", now=NOW, longest_name=LONGEST_NAME)


def job() -> str:
    """A running job, asked again and again."""
    return render_template("ui/gallery/_job.html")


def chart() -> dict[str, Any]:
    """Options of a chart that needs the library."""
    return {
        "xAxis": {"type": "category", "data": ["文峰区", "北关区", "殷都区", "龙安区"]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": "一般隐患", "stack": "all", "data": [61, 43, 52, 38]},
            {"type": "bar", "name": "重大隐患", "stack": "all", "data": [2, 1, 3, 0]},
        ],
    }


def error(status: int) -> str:
    """The page of an HTTP status."""
    return error_page(status, request_id="7f3a21c0")


def offline() -> str:
    """The page that a phone shows without a network."""
    return render_template("ui/errors/offline.html")


def init_app(app: Flask) -> None:
    """Open the gallery's doors."""
    door = Blueprint("gallery", __name__, url_prefix="/gallery")
    door.add_url_rule("", view_func=components, methods=["GET"])
    door.add_url_rule("/phone", view_func=phone)
    door.add_url_rule("/public", view_func=public)
    door.add_url_rule("/job", view_func=job)
    door.add_url_rule("/chart", view_func=chart)
    door.add_url_rule("/errors/<int:status>", view_func=error)
    door.add_url_rule("/errors/offline", view_func=offline)
    app.register_blueprint(door)
