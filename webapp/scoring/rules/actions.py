"""What an enterprise can do now, as the change of counts that each thing makes.

A score never rises by activity for its own sake: nothing here asks for more hazards or records,
only for what is owed and still open.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from webapp.scoring.rules.indicators import Facts, Share


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done now: what, at which indicator, and the counts once it is done."""

    code: str
    indicator: str
    words: str
    detail: str
    after: Facts


@dataclass(frozen=True, slots=True)
class _Gap:
    """A share whose missing part can be done now, and how it is read and written."""

    code: str
    indicator: str
    words: str
    of: Callable[[Facts], Share]
    filled: Callable[[Facts, Share], Facts]


_GAPS = (
    _Gap(
        "correct_grading",
        "H2.3",
        "更正 {n} 条取值或分级不一致的风险",
        lambda f: f.grading,
        lambda f, s: replace(f, grading=s, vetoes=replace(f.vetoes, misjudged=0)),
    ),
    _Gap(
        "complete_measures",
        "H2.4",
        "给 {n} 条风险补齐管控措施",
        lambda f: f.measures,
        lambda f, s: replace(f, measures=s),
    ),
    _Gap(
        "assign_controllers",
        "H2.5",
        "为 {n} 个管控层级指定责任人",
        lambda f: f.responsibilities,
        lambda f, s: replace(f, responsibilities=s),
    ),
    _Gap(
        "derive_items",
        "H3.1",
        "为 {n} 条措施建立排查项，明确周期和责任人",
        lambda f: f.derivation,
        lambda f, s: replace(f, derivation=s),
    ),
    _Gap(
        "activate_accounts",
        "H4.1",
        "请 {n} 名有职责的人员登录并办理任务",
        lambda f: f.accounts,
        lambda f, s: replace(f, accounts=s),
    ),
    _Gap(
        "file_sections",
        "H4.5",
        "补齐或更新 {n} 项必备档案",
        lambda f: f.sections,
        lambda f, s: replace(f, sections=s),
    ),
)


def open_actions(facts: Facts) -> tuple[Action, ...]:
    """Everything the counts leave open, in the standard's order."""
    return (
        *_coverage(facts),
        *_shares(facts),
        *_today(facts),
        *_quality(facts),
        *_majors(facts),
        *_veto_actions(facts),
    )


def _coverage(facts: Facts) -> Iterator[Action]:
    counts = facts.coverage
    points, departments = counts.points - counts.assessed, counts.departments - counts.covered
    if points <= 0 and departments <= 0:
        return
    parts = []
    if points > 0:
        parts.append(f"完成 {points} 个风险点的辨识评价")
    if departments > 0:
        parts.append(f"为 {departments} 个部门建立风险点")
    done = replace(counts, assessed=counts.points, covered=counts.departments)
    yield Action(
        "assess_points",
        "H2.1",
        "，".join(parts),
        f"{counts.assessed} → {counts.points} / {counts.points} 点",
        replace(facts, coverage=done),
    )


def _shares(facts: Facts) -> Iterator[Action]:
    for gap in _GAPS:
        counts = gap.of(facts)
        missing = counts.whole - counts.part
        if missing > 0:
            yield Action(
                gap.code,
                gap.indicator,
                gap.words.format(n=missing),
                f"{counts.part} → {counts.whole} / {counts.whole}",
                gap.filled(facts, Share(counts.whole, counts.whole)),
            )


def _today(facts: Facts) -> Iterator[Action]:
    work, due = facts.tasks, facts.rectification
    if n := work.open_today:
        yield Action(
            "finish_tasks",
            "H3.2",
            f"今天用手机在现场完成 {n} 项排查任务",
            f"{work.on_time} → {work.on_time + n} / {work.due + n} 项",
            _tasks_done(facts, n),
        )
    if n := due.open_today:
        yield Action(
            "close_hazards",
            "H3.4",
            f"今天销号 {n} 条到期隐患",
            f"{due.on_time} → {due.on_time + n} / {due.due + n} 条",
            _hazards_closed(facts, n),
        )


def _tasks_done(facts: Facts, n: int) -> Facts:
    work, counts, mobile = facts.tasks, facts.honesty, facts.mobile
    return replace(
        facts,
        tasks=replace(work, due=work.due + n, on_time=work.on_time + n, open_today=0),
        honesty=replace(counts, records=counts.records + n, tasks_due=counts.tasks_due + n),
        mobile=Share(mobile.part + n, mobile.whole + n),
        vetoes=replace(facts.vetoes, checks=facts.vetoes.checks + n),
    )


def _hazards_closed(facts: Facts, n: int) -> Facts:
    due, counts = facts.rectification, facts.quality
    return replace(
        facts,
        rectification=replace(due, due=due.due + n, on_time=due.on_time + n, open_today=0),
        quality=replace(counts, rectified=counts.rectified + n, evidenced=counts.evidenced + n),
        vetoes=replace(facts.vetoes, majors_due_today=0),
    )


def _quality(facts: Facts) -> Iterator[Action]:
    counts = facts.quality
    plans, photos = counts.timed - counts.implemented, counts.rectified - counts.evidenced
    if plans > 0:
        yield Action(
            "complete_implementations",
            "H3.5",
            f"为 {plans} 条限期整改的隐患补齐五落实",
            f"{counts.implemented} → {counts.timed} / {counts.timed} 条",
            replace(facts, quality=replace(counts, implemented=counts.timed)),
        )
    if photos > 0:
        yield Action(
            "add_evidence",
            "H3.5",
            f"为 {photos} 条已整改的隐患补齐整改后照片和验收意见",
            f"{counts.evidenced} → {counts.rectified} / {counts.rectified} 条",
            replace(facts, quality=replace(counts, evidenced=counts.rectified)),
        )


def _majors(facts: Facts) -> Iterator[Action]:
    counts = facts.majors
    plans, guards = counts.majors - counts.planned, counts.majors - counts.protected
    if plans > 0:
        yield Action(
            "plan_majors",
            "H3.6",
            f"为 {plans} 条重大事故隐患制定六要素齐全的治理方案",
            f"{counts.planned} → {counts.majors} / {counts.majors} 条",
            replace(facts, majors=replace(counts, planned=counts.majors)),
        )
    if guards > 0:
        yield Action(
            "protect_majors",
            "H3.6",
            f"为 {guards} 条重大事故隐患落实治理期间的防范措施",
            f"{counts.protected} → {counts.majors} / {counts.majors} 条",
            replace(facts, majors=replace(counts, protected=counts.majors)),
        )


def _veto_actions(facts: Facts) -> Iterator[Action]:
    counts = facts.vetoes
    if counts.unreported_majors or counts.overdue_majors:
        yield Action(
            "settle_majors",
            "V2",
            "报告重大事故隐患，办理延期或者完成逾期治理",
            "解除否决项 V2",
            replace(facts, vetoes=replace(counts, unreported_majors=0, overdue_majors=0)),
        )
    if counts.risks and not counts.checks:
        yield Action(
            "start_checking",
            "V5",
            "完成一次排查并提交记录",
            "解除否决项 V5",
            replace(facts, vetoes=replace(counts, checks=1)),
        )
