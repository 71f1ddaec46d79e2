"""Uploading a ledger and saying what its columns mean."""

from collections.abc import Mapping

from flask_wtf.file import FileField, FileRequired

from webapp.platform.web.forms import Form
from webapp.platform.web.versions import VersionField
from webapp.risks.forms.filters import one_of
from webapp.risks.rules.import_ledger.fields import Field


class UploadForm(Form):
    """The file."""

    file = FileField("风险清单文件", [FileRequired("请选择要导入的文件。")])


class VersionForm(Form):
    """Which state of the upload was seen."""

    version = VersionField()


class MappingForm(VersionForm):
    """Columns come as ``<fingerprint>-<column>``, one select each."""


Chosen = dict[str, dict[int, Field]]


def corrections(values: Mapping[str, str]) -> tuple[Chosen, tuple[Field, ...]]:
    """What was chosen, by table and column, and the fields that were chosen for two columns.

    The first column keeps such a field.
    """
    found: Chosen = {}
    repeated: list[Field] = []
    for name, value in values.items():
        fingerprint, _, column = name.rpartition("-")
        field = one_of(Field, value)
        if not fingerprint.startswith("columns-") or not column.isdecimal():
            continue
        columns = found.setdefault(fingerprint.removeprefix("columns-"), {})
        if field is None:
            continue
        if field in columns.values():
            repeated.append(field)
        else:
            columns[int(column)] = field
    return found, tuple(repeated)
