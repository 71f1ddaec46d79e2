"""Checking a paper by its code or its file."""

from wtforms import FileField

from webapp.platform.web.forms import Form


class FileForm(Form):
    """A PDF to compare with what was issued."""

    file = FileField("PDF 文件")
