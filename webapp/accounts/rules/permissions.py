"""The one permission table: what exists to be done, who may do it, how far it reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from webapp.accounts.rules.roles import Audience, Reach, Role, widest


class Permission(StrEnum):
    """Everything a route can ask for, as `topic.verb`."""

    HEALTH_SEE = "health.see"
    LOGIN_USE = "login.use"
    VERIFY_SEE = "verify.see"
    CODE_OPEN = "code.open"
    REGISTRATION_APPLY = "registration.apply"
    ACCOUNT_OWN = "account.own"
    HOME_SEE = "home.see"
    NOTICES_SEE = "notices.see"
    JOBS_SEE = "jobs.see"
    UPLOADS_ADD = "uploads.add"
    UPLOADS_SEE = "uploads.see"

    MEMBERS_SEE = "members.see"
    MEMBERS_INVITE = "members.invite"
    MEMBERS_SUSPEND = "members.suspend"
    MEMBERS_CHANGE = "members.change"

    PROFILE_SEE = "profile.see"
    PROFILE_AMEND = "profile.amend"
    REGISTRATION_REVIEW = "registration.review"
    ORGANISATION_SEE = "organisation.see"
    ORGANISATION_EDIT = "organisation.edit"
    PEOPLE_SEE = "people.see"
    PEOPLE_EDIT = "people.edit"
    RESPONSIBILITIES_SEE = "responsibilities.see"
    RESPONSIBILITIES_EDIT = "responsibilities.edit"
    RESPONSIBILITIES_SIGN = "responsibilities.sign"
    RESPONSIBILITIES_APPROVE = "responsibilities.approve"
    CODE_PRINT = "code.print"
    CODE_REVOKE = "code.revoke"
    CODES_PRINT = "codes.print"
    FILE_SEE = "file.see"
    FILE_EDIT = "file.edit"
    FILE_DOWNLOAD = "file.download"
    TIMELINE_SEE = "timeline.see"

    RISKS_SEE = "risks.see"
    RISKS_EDIT = "risks.edit"
    RISKS_IMPORT = "risks.import"
    RISKS_SUBMIT = "risks.submit"
    RISKS_PUBLISH = "risks.publish"
    CARDS_PRINT = "cards.print"

    CHECKLISTS_SEE = "checklists.see"
    CHECKLISTS_EDIT = "checklists.edit"
    PLANS_SEE = "plans.see"
    PLANS_EDIT = "plans.edit"
    TASKS_OWN = "tasks.own"
    TASKS_OTHERS = "tasks.others"
    CHECKS_SUBMIT = "checks.submit"
    CHECKS_SEE = "checks.see"
    HAZARDS_SEE = "hazards.see"
    HAZARDS_REPORT = "hazards.report"
    HAZARDS_GRADE = "hazards.grade"
    HAZARDS_ASSIGN = "hazards.assign"
    HAZARDS_RECTIFY = "hazards.rectify"
    HAZARDS_VERIFY = "hazards.verify"
    HAZARDS_CLOSE = "hazards.close"
    HAZARDS_EXTEND = "hazards.extend"
    HAZARDS_APPROVE_EXTENSION = "hazards.approve_extension"
    HAZARDS_VERIFY_ORDER = "hazards.verify_order"
    HAZARDS_SUPERVISE = "hazards.supervise"
    MAJORS_EDIT = "majors.edit"
    MAJORS_SIGN = "majors.sign"
    STATISTICS_SEE = "statistics.see"
    STATISTICS_SIGN = "statistics.sign"

    SCORE_SEE = "score.see"
    SCORE_SELF_ASSESS = "score.self_assess"
    SCORE_ASSESS = "score.assess"
    SCORE_DECIDE = "score.decide"

    OVERVIEW_SEE = "overview.see"
    ENTERPRISES_SEE = "enterprises.see"
    CASES_SEE = "cases.see"
    CASES_START = "cases.start"
    CASES_RECORD = "cases.record"
    DOCUMENTS_SEE = "documents.see"
    DOCUMENTS_ISSUE = "documents.issue"
    DOCUMENTS_SERVE = "documents.serve"
    DOCUMENTS_APPROVE = "documents.approve"
    DOCUMENTS_REVIEW = "documents.review"
    DOCUMENTS_SIGN_RECEIPT = "documents.sign_receipt"
    DOCUMENTS_REVOKE = "documents.revoke"

    AUDIT_SEE = "audit.see"
    AGENCIES_EDIT = "agencies.edit"
    STANDARDS_SEE = "standards.see"
    STANDARDS_EDIT = "standards.edit"
    METRICS_SEE = "metrics.see"
    GALLERY_SEE = "gallery.see"


Reaches = dict[Role, Reach]


@dataclass(frozen=True, slots=True)
class Grant:
    """One row of the table: what it is in the user's words, and who reaches how far."""

    words: str
    reaches: Reaches


def _all(reach: Reach, *roles: Role) -> Reaches:
    return dict.fromkeys(roles, reach)


_OFFICER = Role.SAFETY_OFFICER
_HEAD = _all(Reach.DEPARTMENT, Role.DEPARTMENT_HEAD)
_LEADER = _all(Reach.TEAM, Role.TEAM_LEADER)
_WORKER = _all(Reach.OWN, Role.WORKER)
_EXPERT = _all(Reach.NAMED, Role.EXPERT)
_SAFETY = _all(Reach.ORGANISATION, _OFFICER)
_PRINCIPAL = _all(Reach.ORGANISATION, Role.PRINCIPAL)
_MANAGEMENT = _SAFETY | _PRINCIPAL
_LINE = _WORKER | _LEADER | _HEAD | _MANAGEMENT
_STAFF = _all(Reach.ORGANISATION, *(r for r in Role if r.audience is Audience.ENTERPRISE))
_STAFF_OWN = _all(Reach.OWN, *_STAFF)
_INSPECTOR = _all(Reach.REGION, Role.INSPECTOR)
_SUPERVISORS = _all(Reach.REGION, Role.REGULATOR, Role.AGENCY_LEADER)
_REGION = _INSPECTOR | _SUPERVISORS
_CASE_READERS = _REGION | _all(Reach.REGION, Role.LEGAL_REVIEWER)
_OPERATOR = _all(Reach.PLATFORM, Role.OPERATOR)
_SIGNED_IN = _all(Reach.OWN, *(role for role in Role if role is not Role.PUBLIC))
_ANYONE = _all(Reach.ANYONE, *Role)
_AGENCY_STAFFING = _all(Reach.ORGANISATION, Role.AGENCY_LEADER)
_STAFFING = _MANAGEMENT | _AGENCY_STAFFING | _OPERATOR

P = Permission
GRANTS: dict[Permission, Grant] = {
    P.HEALTH_SEE: Grant("查看服务是否正常", _ANYONE),
    P.LOGIN_USE: Grant("登录与退出", _ANYONE),
    P.VERIFY_SEE: Grant("核验文书真伪", _ANYONE),
    P.CODE_OPEN: Grant("扫企业码", _ANYONE),
    P.REGISTRATION_APPLY: Grant("申请企业入驻", _ANYONE),
    P.ACCOUNT_OWN: Grant("管理本人账号、密码和登录设备", _SIGNED_IN),
    P.HOME_SEE: Grant("进入工作台", _SIGNED_IN),
    P.NOTICES_SEE: Grant("查看本人消息", _SIGNED_IN),
    P.JOBS_SEE: Grant("查看后台任务进度", _SIGNED_IN | _OPERATOR),
    P.UPLOADS_ADD: Grant("上传照片和附件", _STAFF_OWN | _INSPECTOR | _EXPERT),
    P.UPLOADS_SEE: Grant("查看照片和附件", _STAFF | _CASE_READERS | _EXPERT),
    P.MEMBERS_SEE: Grant("查看本单位用户", _STAFFING),
    P.MEMBERS_INVITE: Grant("邀请用户加入", _STAFFING),
    P.MEMBERS_SUSPEND: Grant("停用、恢复用户", _STAFFING),
    P.MEMBERS_CHANGE: Grant("调整用户角色", _STAFFING),
    P.PROFILE_SEE: Grant("查看企业基本信息", _STAFF | _EXPERT | _REGION),
    P.PROFILE_AMEND: Grant("修改企业基本信息", _MANAGEMENT),
    P.REGISTRATION_REVIEW: Grant("审核企业入驻", _SUPERVISORS),
    P.ORGANISATION_SEE: Grant("查看组织机构和岗位", _STAFF | _EXPERT | _REGION),
    P.ORGANISATION_EDIT: Grant("维护组织机构和岗位", _MANAGEMENT),
    P.PEOPLE_SEE: Grant("查看人员和证书", _LINE | _REGION),
    P.PEOPLE_EDIT: Grant("维护人员和证书", _MANAGEMENT),
    P.RESPONSIBILITIES_SEE: Grant("查看安全生产责任清单", _STAFF | _REGION),
    P.RESPONSIBILITIES_EDIT: Grant("编制安全生产责任清单", _HEAD | _SAFETY),
    P.RESPONSIBILITIES_SIGN: Grant("签收本人责任清单", _STAFF_OWN),
    P.RESPONSIBILITIES_APPROVE: Grant("批准、公示安全生产责任清单", _PRINCIPAL),
    P.CODE_PRINT: Grant("下载、打印企业码", _MANAGEMENT),
    P.CODE_REVOKE: Grant("吊销、更换企业码", _MANAGEMENT),
    P.CODES_PRINT: Grant("打印辖区企业码", _REGION),
    P.FILE_SEE: Grant("查看企业档案", _HEAD | _MANAGEMENT | _EXPERT | _REGION),
    P.FILE_EDIT: Grant("维护企业档案", _HEAD | _MANAGEMENT),
    P.FILE_DOWNLOAD: Grant("下载企业档案", _MANAGEMENT | _REGION),
    P.TIMELINE_SEE: Grant("查看企业动态", _HEAD | _MANAGEMENT | _REGION),
    P.RISKS_SEE: Grant("查看风险清单", _STAFF | _EXPERT | _REGION),
    P.RISKS_EDIT: Grant("编制风险清单", _HEAD | _SAFETY),
    P.RISKS_IMPORT: Grant("导入风险清单", _SAFETY),
    P.RISKS_SUBMIT: Grant("提交风险清单审定", _SAFETY),
    P.RISKS_PUBLISH: Grant("签发、发布风险清单", _PRINCIPAL),
    P.CARDS_PRINT: Grant("打印风险告知卡", _LEADER | _HEAD | _MANAGEMENT),
    P.CHECKLISTS_SEE: Grant("查看排查清单", _STAFF | _EXPERT | _REGION),
    P.CHECKLISTS_EDIT: Grant("编制排查清单", _HEAD | _SAFETY),
    P.PLANS_SEE: Grant("查看排查计划", _LEADER | _HEAD | _MANAGEMENT | _EXPERT | _REGION),
    P.PLANS_EDIT: Grant("制定排查计划", _HEAD | _SAFETY),
    P.TASKS_OWN: Grant("查看、办理本人排查任务", _STAFF_OWN),
    P.TASKS_OTHERS: Grant("查看他人排查任务", _LEADER | _HEAD | _MANAGEMENT | _EXPERT | _REGION),
    P.CHECKS_SUBMIT: Grant("提交自查", _STAFF_OWN),
    P.CHECKS_SEE: Grant("查看自查记录", _LINE | _EXPERT | _REGION),
    P.HAZARDS_SEE: Grant("查看隐患", _STAFF | _EXPERT | _REGION),
    P.HAZARDS_REPORT: Grant("上报隐患", _STAFF_OWN),
    P.HAZARDS_GRADE: Grant("评估隐患等级", _HEAD | _MANAGEMENT),
    P.HAZARDS_ASSIGN: Grant("下达整改", _HEAD | _MANAGEMENT),
    P.HAZARDS_RECTIFY: Grant("整改隐患", _LINE),
    P.HAZARDS_VERIFY: Grant("验收整改", _HEAD | _MANAGEMENT),
    P.HAZARDS_CLOSE: Grant("隐患销号", _MANAGEMENT),
    P.HAZARDS_EXTEND: Grant("申请延期整改", _LEADER | _HEAD | _MANAGEMENT),
    P.HAZARDS_APPROVE_EXTENSION: Grant("批准延期整改", _MANAGEMENT),
    P.HAZARDS_VERIFY_ORDER: Grant("复查执法指令中的隐患", _INSPECTOR),
    P.HAZARDS_SUPERVISE: Grant("督办隐患", _SUPERVISORS),
    P.MAJORS_EDIT: Grant("编制重大事故隐患治理方案", _SAFETY),
    P.MAJORS_SIGN: Grant("审定重大事故隐患治理方案", _PRINCIPAL),
    P.STATISTICS_SEE: Grant("查看隐患统计", _HEAD | _MANAGEMENT | _REGION),
    P.STATISTICS_SIGN: Grant("签发隐患统计分析表", _PRINCIPAL),
    P.SCORE_SEE: Grant("查看五有评价", _STAFF | _EXPERT | _REGION),
    P.SCORE_SELF_ASSESS: Grant("五有自评", _MANAGEMENT),
    P.SCORE_ASSESS: Grant("五有评定", _EXPERT | _all(Reach.REGION, Role.REGULATOR)),
    P.SCORE_DECIDE: Grant("裁定五有评价异议", _all(Reach.REGION, Role.REGULATOR)),
    P.OVERVIEW_SEE: Grant("查看辖区总览", _REGION),
    P.ENTERPRISES_SEE: Grant("查看辖区企业名单", _REGION),
    P.CASES_SEE: Grant("查看执法检查", _CASE_READERS),
    P.CASES_START: Grant("发起执法检查", _INSPECTOR),
    P.CASES_RECORD: Grant("记录检查情况", _INSPECTOR),
    P.DOCUMENTS_SEE: Grant("查看执法文书", _MANAGEMENT | _CASE_READERS),
    P.DOCUMENTS_ISSUE: Grant("拟制、签发执法文书", _INSPECTOR),
    P.DOCUMENTS_SERVE: Grant("送达执法文书", _INSPECTOR),
    P.DOCUMENTS_APPROVE: Grant("审批执法文书", _all(Reach.REGION, Role.AGENCY_LEADER)),
    P.DOCUMENTS_REVIEW: Grant("法制审核", _all(Reach.REGION, Role.LEGAL_REVIEWER)),
    P.DOCUMENTS_SIGN_RECEIPT: Grant("签收执法文书", _MANAGEMENT),
    P.DOCUMENTS_REVOKE: Grant("撤销执法文书", _all(Reach.REGION, Role.AGENCY_LEADER)),
    P.AUDIT_SEE: Grant("查看审计记录", _MANAGEMENT | _AGENCY_STAFFING | _OPERATOR),
    P.AGENCIES_EDIT: Grant("维护机关和辖区", _OPERATOR),
    P.STANDARDS_SEE: Grant("查看标准版本", _STAFF | _REGION | _EXPERT | _OPERATOR),
    P.STANDARDS_EDIT: Grant("维护标准版本", _OPERATOR),
    P.METRICS_SEE: Grant("查看运行指标", _OPERATOR),
    P.GALLERY_SEE: Grant("查看界面组件", _OPERATOR),
}


def may(role: Role, permission: str) -> bool:
    """Whether a role carries a permission at all.

    Raises ValueError for a permission that does not exist: a typing error must not read as
    a refusal.
    """
    return role in GRANTS[Permission(permission)].reaches


def may_any(roles: Iterable[Role], permission: str) -> bool:
    """Whether any of a person's roles carries a permission."""
    return any(may(role, permission) for role in roles)


def reach_of(roles: Iterable[Role], permission: str) -> Reach | None:
    """How far a person reaches with all roles taken together; None is no permission."""
    reaches = GRANTS[Permission(permission)].reaches
    return widest(frozenset(reaches[role] for role in roles if role in reaches))


def permissions_of(role: Role) -> frozenset[Permission]:
    """Everything a role may do."""
    return frozenset(permission for permission in Permission if may(role, permission))
