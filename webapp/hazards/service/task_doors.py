"""Whether a task can be filled in: by this person, now, on this edition, and not done already."""

from collections.abc import Sequence
from uuid import UUID

from webapp.hazards.queries.checks import FilledCheck, Sheet, check_of_task, groups_of
from webapp.hazards.rules.checks import Answer, AnswerResult, differences
from webapp.hazards.rules.schedule import MAKE_UP_DAYS, is_past_making_up
from webapp.hazards.service.acts import is_reached
from webapp.platform.clock import SHANGHAI
from webapp.platform.errors import Conflict, Forbidden, RuleBroken
from webapp.platform.unit_of_work import Work

_SHOWN = 3


def check_may_fill(work: Work, asked: Sheet) -> None:
    """The post's holders fill it in, and who leads them."""
    actor = work.actor
    if actor.post_id is not None and actor.post_id == asked.post_id:
        return
    if not is_reached(work, actor.enterprise_id, "tasks.others", department_id=asked.department_id):
        raise Forbidden(f"这项检查属于“{asked.post}”岗位，请由该岗位人员或其负责人提交。")


def check_open(work: Work, asked: Sheet, answers: Sequence[Answer]) -> None:
    """It is neither done nor waived, has begun, and is not too old to be made up."""
    if asked.state == "done":
        raise _done_already(work, asked, answers)
    if asked.state == "waived":
        raise RuleBroken("排查计划或风险点已停用，这项检查已取消。发现的问题请用“随手拍”上报。")
    if work.at < asked.opens_at:
        begins = asked.opens_at.astimezone(SHANGHAI)
        raise RuleBroken(f"这项检查从 {begins:%m月%d日 %H:%M} 开始，现在还不能提交。")
    if is_past_making_up(asked.due_at, work.at):
        raise RuleBroken(f"这项检查已过期超过 {MAKE_UP_DAYS} 天，不能再补，请做当前周期的检查。")


def _done_already(work: Work, asked: Sheet, answers: Sequence[Answer]) -> Conflict:
    theirs = check_of_task(work.session, work.actor.enterprise_id, asked.task_id)
    if theirs is None:
        return Conflict("这项检查已经完成，请返回任务列表刷新。")
    items = [item.as_rule for group in theirs.groups for item in group.items]
    different = differences(items, answers, theirs.answers)
    message = f"{_who(theirs)}提交了这项检查：正常 {theirs.normal} 项、异常 {theirs.abnormal} 项。"
    if different:
        shown = "；".join(
            f"“{item.text}”您选{mine.words}，已提交的是{other.words}"
            for item, mine, other in different[:_SHOWN]
        )
        more = "等" if len(different) > _SHOWN else ""
        message += f"与您的答案有 {len(different)} 项不同：{shown}{more}。"
    else:
        message += "与您的答案没有不同。"
    return Conflict(
        f"{message}您填的内容还在本页；另有发现请用“随手拍”上报。",
        {item.text: (other.words, mine.words) for item, mine, other in different},
    )


def _who(theirs: FilledCheck) -> str:
    at = theirs.submitted_at.astimezone(SHANGHAI)
    return f"{theirs.submitted_by} 已在 {at:%m月%d日 %H:%M} "


def check_edition(work: Work, asked: Sheet, filled_on: UUID, answers: Sequence[Answer]) -> None:
    """The answers are to the edition that is asked now; the page shows the new one otherwise."""
    if filled_on == asked.checklist_id:
        return
    now_asked = {item.question for item in asked.items}
    given = {answer.item_key for answer in answers}
    added, dropped = now_asked - given, given - now_asked
    if not added and not dropped:
        return
    message = (
        f"检查清单在您填写期间更新到了第 {asked.edition} 版：新增 {len(added)} 项，"
        f"取消 {len(dropped)} 项。您填过的答案还在本页，请补查新增的项后再提交。"
    )
    lost = [
        item.text
        for group in groups_of(work.session, work.actor.enterprise_id, filled_on)
        for item in group.items
        if item.question in dropped
        and any(a.item_key == item.question and a.result is AnswerResult.ABNORMAL for a in answers)
    ]
    if lost:
        message += f"取消的项中您报了异常（{'、'.join(lost)}），请另用“随手拍”上报。"
    raise Conflict(message)
