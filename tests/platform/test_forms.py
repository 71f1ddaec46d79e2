"""The form all forms extend: blanks are nothing, lists within forms are bounded too."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, StringField
from wtforms import Form as PlainForm
from wtforms.validators import InputRequired

from webapp.platform.web.forms import Form


class Line(PlainForm):
    words = StringField("内容")


class Sample(Form):
    name = StringField("名称", [InputRequired("请填写名称。")])
    lines = FieldList(FormField(Line))


def errors(app: Flask, **typed: str) -> dict:
    with app.test_request_context(method="POST"):
        form = Sample(MultiDict(typed), meta={"csrf": False})
        form.validate()
        return form.errors


@pytest.mark.parametrize("blank", [" \t ", "\u3000", ""])
def test_blanks_do_not_answer_a_question(app, blank):
    assert errors(app, name=blank) == {"name": ["请填写名称。"]}


def test_a_field_within_a_list_is_held_to_the_same_bounds(app):
    found = errors(app, name="铸造车间", **{"lines-0-words": "合\x00格"})

    assert "看不见的控制字符" in found["lines"][0]["words"][0]
