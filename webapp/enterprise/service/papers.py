"""Papers of this room made from the records, for whoever may see those."""

from datetime import date
from uuid import UUID

from webapp.enterprise.pdf.code_sheet import SheetCode, code_sheet
from webapp.enterprise.pdf.code_sign import SignContent, code_sign_a4, code_sign_a6
from webapp.enterprise.pdf.responsibility_list import (
    ListPaper,
    responsibility_list,
    responsibility_lists,
)
from webapp.enterprise.queries.code import issue_of, printed_code
from webapp.enterprise.queries.enterprises import EnterpriseFilter, codes_in_force
from webapp.enterprise.queries.organisation import post, posts
from webapp.enterprise.queries.profile import profile
from webapp.enterprise.queries.responsibilities import DutyList, published_lists
from webapp.enterprise.service.code import address_of
from webapp.enterprise.service.public_parts import public_page
from webapp.platform.errors import NotFound, RuleBroken
from webapp.platform.storage import file_content
from webapp.platform.tenancy import Scope
from webapp.standards import regions

SIGNS = {"a6": code_sign_a6, "a4": code_sign_a4}


def sign_pdf(
    scope: Scope, enterprise_id: UUID, size: str, *, printed_on: date
) -> tuple[str, bytes]:
    """Name and bytes of the sign in a size (``a6``, ``a4``). Raises NotFound."""
    if size not in SIGNS:
        raise NotFound
    found = profile(scope, enterprise_id)
    code = printed_code(scope, enterprise_id)
    content = SignContent(
        name=found.name,
        uscc=found.uscc,
        address=address_of(code.token),
        level=public_page(scope, enterprise_id).level,
        agency=issue_of(scope, enterprise_id, found.region_code).agency,
        edition=code.edition,
        printed_on=printed_on,
    )
    return f"企业码{size.upper()}标牌-{found.name}.pdf", SIGNS[size](content)


MOST_CODES = 1_000


def code_sheet_pdf(
    scope: Scope, wanted: EnterpriseFilter, region: str, *, printed_on: date
) -> tuple[str, bytes]:
    """Name and bytes of the sheets with the codes of a region's enterprises.

    Raises RuleBroken when there are none, or too many to print at once.
    """
    found = codes_in_force(scope, wanted, MOST_CODES + 1)
    if not found:
        raise RuleBroken("没有符合条件的企业码，企业审核通过后自动签发。")
    if len(found) > MOST_CODES:
        raise RuleBroken(f"一次最多打印 {MOST_CODES} 家的企业码，请按辖区或监管类别筛选后打印。")
    codes = [SheetCode(row.name, row.uscc, address_of(row.token)) for row in found]
    words = regions.path(region)[-1].name
    return f"企业码-{words}-{len(codes)}家.pdf", code_sheet(codes, words, printed_on)


def list_pdf(scope: Scope, enterprise_id: UUID, post_id: UUID) -> tuple[str, bytes]:
    """Name and bytes of a post's list in force. Raises NotFound, RuleBroken while there is none."""
    post(scope, enterprise_id, post_id)
    found = [row for row in published_lists(scope, enterprise_id) if row.post_id == post_id]
    if not found:
        raise RuleBroken("本岗位还没有公示责任清单，公示后才能打印。")
    paper = _papers(scope, enterprise_id, found)[0]
    return f"{found[0].post_name}安全生产责任清单.pdf", responsibility_list(paper)


def all_lists_pdf(scope: Scope, enterprise_id: UUID) -> tuple[str, bytes]:
    """Name and bytes of all lists in force. Raises RuleBroken while there is none."""
    found = published_lists(scope, enterprise_id)
    if not found:
        raise RuleBroken("还没有公示的责任清单，公示后才能打印。")
    name = profile(scope, enterprise_id).name
    papers = _papers(scope, enterprise_id, found)
    return f"{name}全员安全生产责任清单.pdf", responsibility_lists(name, papers)


def _papers(
    scope: Scope, enterprise_id: UUID, found: list[DutyList] | tuple[DutyList, ...]
) -> list[ListPaper]:
    name = profile(scope, enterprise_id).name
    holders = {row.id: row.holders for row in posts(scope, enterprise_id)}
    files = {each.file_id for row in found for each in row.signatures}
    pictures = {id_: file_content(scope, enterprise_id, id_).data for id_ in files}
    return [ListPaper(name, row, holders.get(row.post_id, ()), pictures) for row in found]
