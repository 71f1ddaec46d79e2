"""The codes of a region on sheets, for the agencies that hand them out."""

from flask import request
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow, scope, viewer
from webapp.enterprise.forms.filters import enterprise_filter
from webapp.enterprise.service.papers import code_sheet_pdf
from webapp.enterprise.views.answers import pdf_answer
from webapp.enterprise.views.blueprint import bp
from webapp.platform.clock import local_date, now


@bp.get("/enterprises/codes.pdf")
@allow("codes.print")
def code_sheet() -> ResponseReturnValue:
    """The codes of the approved enterprises that the address means, to be cut into labels."""
    wanted = enterprise_filter(request.args)
    region = wanted.region or viewer().region
    name, data = code_sheet_pdf(scope(), wanted, region, printed_on=local_date(now()))
    return pdf_answer(data, name)
