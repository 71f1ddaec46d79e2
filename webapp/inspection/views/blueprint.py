"""The room's door in Flask, and what its pages share."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, current_app, send_file
from flask.typing import ResponseReturnValue

from webapp.accounts.access import scope, viewer
from webapp.inspection.queries.cases import CaseDetail, case_detail
from webapp.platform.errors import NotFound
from webapp.platform.web.application import settings_of

bp = Blueprint("inspection", __name__, template_folder="../templates")

CONFLICT = 409


def case_in_view(enterprise_id: UUID, case_id: UUID) -> CaseDetail:
    """The inspection named in the address. Raises NotFound for one the viewer may not see."""
    return case_detail(scope(), enterprise_id, case_id)


def is_own(case: CaseDetail) -> bool:
    """Whether the viewer is one of the case's officers."""
    return viewer().user_id in case.officer_ids


def own_case_in_view(enterprise_id: UUID, case_id: UUID) -> CaseDetail:
    """An inspection that the viewer carries out. Raises NotFound for anybody else's."""
    case = case_in_view(enterprise_id, case_id)
    if not is_own(case):
        raise NotFound("您不是这次检查的执法人员，只能在检查列表中查看。")
    return case


def base_address() -> str:
    """The address that papers print."""
    return settings_of(current_app).public_url


def pdf_answer(data: bytes, name: str, *, is_download: bool) -> ResponseReturnValue:
    """A PDF to read here, or to keep."""
    return file_answer(data, name, "application/pdf", is_download=is_download)


def file_answer(
    data: bytes, name: str, media_type: str, *, is_download: bool = True
) -> ResponseReturnValue:
    """A file under its Chinese name (RFC 6266, RFC 5987)."""
    return send_file(BytesIO(data), media_type, as_attachment=is_download, download_name=name)
