"""What the audit's action names say to a reader of an enterprise's timeline."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

OTHER = "其他操作"

# Action → what happened, and more about it when the entry knows every named value.
_SENTENCES: dict[str, tuple[str, str]] = {
    "enterprise.applied": ("提交入驻申请", ""),
    "enterprise.approved": ("审核通过，企业入驻", "{name}"),
    "enterprise.rejected": ("退回入驻申请", "{remark}"),
    "enterprise.amended": ("修改基本信息", "{fields}"),
    "organisation.department_added": ("新设{kind}", "{name}"),
    "organisation.department_changed": ("调整{kind}", "{name}"),
    "organisation.department_closed": ("撤销{kind}", "{name}"),
    "organisation.post_added": ("新设岗位", "{name}"),
    "organisation.post_changed": ("调整岗位", "{name}"),
    "organisation.post_closed": ("撤销岗位", "{name}"),
    "organisation.pasted": (
        "批量导入组织机构",
        "部门 {departments} 个，岗位 {posts} 个，人员 {people} 人",
    ),
    "people.added": ("新增人员", "{name}"),
    "people.changed": ("修改人员信息", "{name}"),
    "people.handed_over": ("交接岗位", "{post}由{name}交给{successor}"),
    "people.left": ("人员离职", "{name}"),
    "responsibility.drafted": ("起草责任清单", "{post}"),
    "responsibility.edited": ("修改责任清单", "{post} 第 {edition} 版"),
    "responsibility.published": ("批准公示责任清单", "{post} 第 {edition} 版"),
    "responsibility.signed": ("签收责任清单", "{name} · {post}"),
    "code.issued": ("签发企业码", ""),
    "code.revoked": ("吊销并更换企业码", "{reason}"),
    "file.ordered": ("申请生成企业档案", ""),
    "file.bound": ("生成企业档案", ""),
    "cards.ordered": ("打印风险告知卡", "{cards} 张"),
    "cards.printed": ("生成风险告知卡压缩包", "{cards} 张"),
    "cards.removed": ("清理一周前的告知卡文件", "{count} 个"),
    "ledger.import_uploaded": ("上传风险清单文件", "{file}，{rows} 行"),
    "ledger.import_mapped": ("改正清单文件的表头对应", "{file}"),
    "ledger.import_confirmed": ("确认导入风险清单", "{file}，可导入 {ready} 行"),
    "ledger.import_abandoned": ("放弃导入风险清单", "{file}"),
    "ledger.imported": ("导入风险清单", "{file}，{imported} 行"),
    "ledger.changes_uploaded": (
        "上传改过的风险清单",
        "{file}，{rows} 行有改动，{conflicts} 行有冲突",
    ),
    "ledger.conflict_decided": ("决定清单冲突采用哪一边", "{number}，{taken}"),
    "ledger.changes_confirmed": ("确认按文件修改风险清单", "{file}，{ready} 行"),
    "ledger.changed_by_file": (
        "按文件修改风险清单",
        "{file}，修改 {changed} 条，新增 {added} 条，交还 {left} 条",
    ),
    "ledger.point_stopped": ("停用风险点", "{point}"),
    "ledger.event_added": ("新增风险事件", "{point}：{event}"),
    "ledger.event_changed": ("修改风险事件", "{point}：{event}"),
    "ledger.event_removed": ("移除风险事件", "{event}，{reason}"),
    "ledger.template_adopted": ("从行业模板加入风险", "{name}，{added} 条待确认"),
    "ledger.events_confirmed": ("确认风险清单", "{confirmed} 条"),
    "ledger.version_submitted": ("提交风险清单审核", "{rows} 条风险"),
    "ledger.version_reviewed": ("审核风险清单", "{department} {decision}"),
    "ledger.version_withdrawn": ("撤回送审的风险清单", "{reason}"),
    "ledger.version_published": ("签发风险清单", "第 {number} 版，{rows} 条风险"),
    "ledger.review_declared": ("登记需要重新评价的变化", "{kind}：{words}"),
    "ledger.reviewed": ("复评风险", "{reviewed} 条，结果不变"),
    "ledger.owner_assigned": ("指定风险责任人", "{person}，{events} 条"),
    "ledger.department_assigned": ("指定风险责任部门", "{department}，{events} 条"),
    "ledger.duty_given": ("指定管控层级责任岗位", "{level} {post}，{events} 条"),
    "map.added": ("上传四色图的平面图", "{name}"),
    "map.changed": ("修改四色图的图名或平面图", "{name}"),
    "map.drawn": ("绘制四色图", "{name}，{shapes} 处"),
    "map.published": ("公开四色图", "{name}"),
    "map.withdrawn": ("停止公开四色图", "{name}"),
    "map.removed": ("删除四色图", "{name}"),
    "plans.derived": ("按管控措施生成排查计划", ""),
    "plans.changed": ("调整排查计划", "{post}"),
    "plans.paused": ("暂停排查计划", ""),
    "plans.resumed": ("恢复排查计划", ""),
    "tasks.scheduled": ("安排每日生成排查任务", ""),
    "tasks.generated": ("生成排查任务", "{count} 项"),
    "photos.kept": ("保存照片", "{count} 张"),
    "photos.removed": ("清理未提交的照片", "{count} 张"),
    "report.submitted": ("随手拍上报", ""),
    "check.submitted": ("提交自查", "正常 {normal} 项，异常 {abnormal} 项"),
    "hazard.reported": ("上报隐患", "{title}"),
    "hazard.graded": ("评定隐患等级", "{title}"),
    "hazard.assigned": ("下达隐患整改", "{title}"),
    "hazard.rectified": ("完成隐患整改", "{title}"),
    "hazard.verified": ("验收隐患整改", "{title}"),
    "hazard.returned": ("退回隐患整改", "{title}"),
    "hazard.extended": ("隐患延期整改", "{title}"),
    "hazard.planned": ("填写重大隐患五落实", "{title}"),
    "hazard.consented": ("同意重大隐患销号", "{title}"),
    "hazard.ordered": ("执法指令列为隐患", "{order}，{count} 项"),
    "hazard.order_corrected": ("更正隐患的执法文书", "{title}，{former_order} → {order}"),
    "hazard.closed": ("隐患销号", "{title}"),
    "case.started": ("开始执法检查", ""),
    "case.saved": ("保存执法检查内容", ""),
    "case.finding_added": ("记录检查发现的问题", "{description}"),
    "case.finding_changed": ("修改检查发现的问题", ""),
    "case.finding_removed": ("移除检查发现的问题", "{description}"),
    "case.recorded": ("形成现场检查记录", ""),
    "case.reinspected": ("记录整改复查情况", ""),
    "case.abandoned": ("终止执法检查", "{reason}"),
    "case.closed": ("执法检查结案", ""),
    "document.issued": ("签发执法文书", "{number}"),
    "document.served": ("送达执法文书", "{number}"),
    "document.revoked": ("撤销执法文书", "{number}"),
    "member.invited": ("邀请用户加入", "{name}"),
    "member.invitation_revoked": ("撤销加入邀请", "{name}"),
    "invitation.accepted": ("接受加入邀请", "{name}"),
    "member.joined": ("用户加入", "{name}"),
    "member.linked": ("关联用户和人员", "{name}"),
    "member.role_changed": ("调整用户角色", "{name}"),
    "member.reset": ("重置用户密码", "{name}"),
    "member.suspended": ("停用用户", "{name}"),
    "member.resumed": ("恢复用户", "{name}"),
    "member.left": ("用户退出", "{name}"),
    "session.opened": ("登录", ""),
    "session.entered": ("登录", ""),
    "session.closed": ("退出登录", ""),
}

QUIET_TOPICS = ("session.",)
"""Comings and goings that the timeline leaves to the audit."""


def is_told(action: str) -> bool:
    """Whether an act has a sentence of its own, or is left out on purpose."""
    return action in _SENTENCES or action.startswith(QUIET_TOPICS)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What happened, and what it was about."""

    words: str
    detail: str = ""


def sentence(action: str, detail: Mapping[str, Any]) -> Sentence:
    """An audit entry in words; an action not known yet is still told, as another one."""
    known = _SENTENCES.get(action)
    if known is None:
        return Sentence(OTHER)
    words, about = known
    return Sentence(_filled(words, detail) or _bare(words), _filled(about, detail))


def _filled(template: str, detail: Mapping[str, Any]) -> str:
    """The template with its values, or nothing when one of them is missing."""
    names = [name for _, name, _, _ in Formatter().parse(template) if name]
    if not all(detail.get(name) not in (None, "") for name in names):
        return ""
    return template.format_map({name: _plain(detail[name]) for name in names})


def _bare(template: str) -> str:
    return "".join(text for text, *_ in Formatter().parse(template))


def _plain(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
