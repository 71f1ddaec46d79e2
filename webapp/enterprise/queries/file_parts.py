"""This room's own parts of the enterprise file: record, organisation, duties, what happened."""

from uuid import UUID

from webapp.enterprise.queries.organisation import departments, posts
from webapp.enterprise.queries.people import staff
from webapp.enterprise.queries.profile import former_profiles, profile
from webapp.enterprise.queries.responsibilities import standings
from webapp.enterprise.queries.signing import responsibility_gaps
from webapp.enterprise.queries.timeline import Moment, timeline, told_count
from webapp.enterprise.rules.file_part import Completeness, FilePart, PartTable
from webapp.platform.clock import SHANGHAI, local_date
from webapp.platform.tenancy import Scope

MOST_GAPS = 50
MOST_MOMENTS = 100
"""On paper, where nobody can leaf on; the page shows all."""


def profile_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """The record and what it said before."""
    found = profile(scope, enterprise_id)
    facts = (
        ("企业名称", found.name),
        ("统一社会信用代码", found.uscc),
        ("所在乡镇（街道）", found.region_name),
        ("生产经营地址", found.address),
        ("所属行业", f"{found.industry_code} {found.industry_name}"),
        ("监管类别", "、".join(found.category_names)),
        ("企业规模", found.scale_words),
        ("从业人数", f"{found.employees} 人"),
        ("法定代表人", found.legal_representative),
        ("主要负责人", f"{found.principal_name}　{found.principal_phone}"),
        ("安全管理人员", f"{found.safety_officer_name}　{found.safety_officer_phone}"),
        ("入驻时间", "" if found.decided_at is None else f"{local_date(found.decided_at)}"),
    )
    former = former_profiles(scope, enterprise_id)
    if not former:
        return FilePart(facts)
    rows = tuple(
        (
            f"{local_date(row.changed_at)}",
            row.profile["name"],
            row.profile["address"],
            row.profile["principal_name"],
            row.profile["employees"],
        )
        for row in former
    )
    columns = ("变更日期", "变更前名称", "变更前地址", "变更前主要负责人", "变更前人数")
    return FilePart(facts, (PartTable("历次变更", columns, rows, (14, 30, 30, 16, 12)),))


def organisation_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """Departments, posts and who holds them."""
    all_posts = posts(scope, enterprise_id)
    people = staff(scope, enterprise_id)
    facts = (
        ("部门和班组", f"{len(departments(scope, enterprise_id))} 个"),
        ("岗位", f"{len(all_posts)} 个"),
        ("在岗人员", f"{len(people)} 人"),
    )
    rows = tuple(
        (
            row.department_name or "企业",
            row.name,
            row.kind.words,
            "、".join(row.holders) or "（空缺）",
        )
        for row in all_posts
    )
    table = PartTable(
        "岗位和任职人员", ("部门", "岗位", "岗位类别", "任职人员"), rows, (24, 20, 16, 40)
    )
    return FilePart(facts, (table,))


def responsibilities_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """The lists of all posts: edition, publication, signatures, and the gaps of the chain."""
    rows = tuple(
        (
            row.post.full_name,
            f"第 {row.edition} 版" if row.list_id else "未公示",
            "" if row.published_at is None else f"{local_date(row.published_at)}",
            "" if row.review_by is None else f"{row.review_by}",
            f"{row.signed} / {len(row.post.holders)}",
        )
        for row in standings(scope, enterprise_id)
    )
    gaps = responsibility_gaps(scope, enterprise_id)
    columns = ("岗位", "版次", "公示日期", "复审期限", "签收 / 任职")
    remarks = tuple(gap.words for gap in gaps[:MOST_GAPS])
    if len(gaps) > MOST_GAPS:
        remarks = (*remarks, f"另有 {len(gaps) - MOST_GAPS} 处缺项。")
    return FilePart((), (PartTable("岗位责任清单", columns, rows, (36, 14, 16, 16, 14)),), remarks)


def timeline_part(scope: Scope, enterprise_id: UUID) -> FilePart:
    """What happened, newest first, for the bound file; the page has the timeline beside."""
    shown = timeline(scope, enterprise_id, size=MOST_MOMENTS).moments
    more = told_count(scope, enterprise_id) - len(shown)
    table = PartTable(
        "由新到旧",
        ("时间", "事项", "说明", "经办人"),
        tuple(_told(moment) for moment in shown),
        (17, 24, 46, 13),
    )
    remarks = (f"更早的 {more} 项未列出，可在平台的企业档案“动态”中逐页查阅。",) if more else ()
    return FilePart((), (table,) if shown else (), remarks)


def _told(moment: Moment) -> tuple[str, ...]:
    at = f"{moment.at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
    return (at, moment.words, moment.detail, moment.who)


_PROFILE_FIELDS = 12


def profile_completeness(scope: Scope, enterprise_id: UUID) -> Completeness:
    """An application is complete when it is accepted; supervision categories may lack."""
    has_category = bool(profile(scope, enterprise_id).supervision_categories)
    done = _PROFILE_FIELDS - (not has_category)
    return Completeness(done, _PROFILE_FIELDS, "" if has_category else "未选监管类别")


def organisation_completeness(scope: Scope, enterprise_id: UUID) -> Completeness:
    """How many posts have a holder."""
    all_posts = posts(scope, enterprise_id)
    held = sum(bool(row.holders) for row in all_posts)
    vacant = len(all_posts) - held
    return Completeness(held, len(all_posts), f"{vacant} 个岗位空缺" if vacant else "")


def responsibilities_completeness(scope: Scope, enterprise_id: UUID) -> Completeness:
    """How many holders have signed the published list of their post."""
    rows = standings(scope, enterprise_id)
    signed = sum(min(row.signed, len(row.post.holders)) for row in rows)
    holders = sum(len(row.post.holders) for row in rows)
    lacking = holders - signed
    return Completeness(signed, holders, f"{lacking} 人未签收" if lacking else "")
