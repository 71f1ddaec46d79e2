"""The ledger's fields, by the names that findings, mappings and the JSON contract use."""

from enum import StrEnum
from typing import Protocol

from webapp.standards.control_measure_categories import MeasureCategory


class Field(StrEnum):
    """What a column of a ledger can hold."""

    ORDINAL = "ordinal"
    UNIT = "unit"
    POINT = "point"
    POINT_KIND = "point_kind"
    PLACE = "place"
    ACTIVITY = "activity"
    STEP = "step"
    STANDARD = "standard"
    HAZARD_SOURCE = "hazard_source"
    HARMFUL_FACTOR = "harmful_factor"
    EVENT = "event"
    ACCIDENT_TYPES = "accident_types"
    OUTCOME = "outcome"
    METHOD = "method"
    LIKELIHOOD = "likelihood"
    EXPOSURE = "exposure"
    CONSEQUENCE = "consequence"
    SEVERITY = "severity"
    CONTROL_STATE = "control_state"
    VALUE = "value"
    LEVEL = "level"
    COLOUR = "colour"
    RESIDUAL_LIKELIHOOD = "residual_likelihood"
    RESIDUAL_EXPOSURE = "residual_exposure"
    RESIDUAL_CONSEQUENCE = "residual_consequence"
    RESIDUAL_SEVERITY = "residual_severity"
    RESIDUAL_CONTROL_STATE = "residual_control_state"
    RESIDUAL_VALUE = "residual_value"
    RESIDUAL_LEVEL = "residual_level"
    MEASURE = "measure"
    ENGINEERING = "engineering"
    MANAGEMENT = "management"
    TRAINING = "training"
    PERSONAL_PROTECTION = "personal_protection"
    EMERGENCY = "emergency"
    IMPROVEMENT = "improvement"
    CONTROL_LEVEL = "control_level"
    DEPARTMENT = "department"
    PERSON = "person"
    PHONE = "phone"
    POST = "post"
    FREQUENCY = "frequency"
    REMARK = "remark"

    @property
    def words(self) -> str:
        """The field's name as the mapping page shows it."""
        return _WORDS[self]

    @property
    def residual(self) -> "Field":
        """The same field of the residual assessment; itself when there is none."""
        return _RESIDUAL.get(self, self)

    @property
    def inherent(self) -> "Field":
        """The field of the first assessment that a residual one belongs to; itself otherwise."""
        return _INHERENT.get(self, self)


_WORDS = {
    Field.ORDINAL: "序号",
    Field.UNIT: "风险单元",
    Field.POINT: "风险点",
    Field.POINT_KIND: "风险点类型",
    Field.PLACE: "所在部位",
    Field.ACTIVITY: "作业活动",
    Field.STEP: "作业步骤或检查项目",
    Field.STANDARD: "检查标准",
    Field.HAZARD_SOURCE: "危险源",
    Field.HARMFUL_FACTOR: "危害因素",
    Field.EVENT: "风险事件",
    Field.ACCIDENT_TYPES: "事故类型",
    Field.OUTCOME: "后果描述",
    Field.METHOD: "评价方法",
    Field.LIKELIHOOD: "可能性",
    Field.EXPOSURE: "暴露频率",
    Field.CONSEQUENCE: "后果",
    Field.SEVERITY: "严重性",
    Field.CONTROL_STATE: "控制状态",
    Field.VALUE: "风险值",
    Field.LEVEL: "风险等级",
    Field.COLOUR: "风险颜色",
    Field.RESIDUAL_LIKELIHOOD: "残余可能性",
    Field.RESIDUAL_EXPOSURE: "残余暴露频率",
    Field.RESIDUAL_CONSEQUENCE: "残余后果",
    Field.RESIDUAL_SEVERITY: "残余严重性",
    Field.RESIDUAL_CONTROL_STATE: "残余控制状态",
    Field.RESIDUAL_VALUE: "残余风险值",
    Field.RESIDUAL_LEVEL: "残余风险等级",
    Field.MEASURE: "管控措施",
    Field.ENGINEERING: "工程技术措施",
    Field.MANAGEMENT: "管理措施",
    Field.TRAINING: "培训教育措施",
    Field.PERSONAL_PROTECTION: "个体防护措施",
    Field.EMERGENCY: "应急处置措施",
    Field.IMPROVEMENT: "建议改进措施",
    Field.CONTROL_LEVEL: "管控层级",
    Field.DEPARTMENT: "责任部门",
    Field.PERSON: "责任人",
    Field.PHONE: "联系电话",
    Field.POST: "责任岗位",
    Field.FREQUENCY: "排查频次",
    Field.REMARK: "备注",
}
FACTORS = (
    Field.LIKELIHOOD,
    Field.EXPOSURE,
    Field.CONSEQUENCE,
    Field.SEVERITY,
    Field.CONTROL_STATE,
)
ASSESSED = (*FACTORS, Field.VALUE, Field.LEVEL)
_RESIDUAL = {field: Field(f"residual_{field}") for field in ASSESSED}
_INHERENT = {residual: field for field, residual in _RESIDUAL.items()}
MEASURE_KINDS = {Field(category.value): category for category in MeasureCategory}
MEASURES = (Field.MEASURE, *MEASURE_KINDS)


class CellLike(Protocol):
    """A cell as any spreadsheet reader gives it: text as shown, fill as `RRGGBB`."""

    @property
    def text(self) -> str:
        """The text as shown."""

    @property
    def fill(self) -> str | None:
        """The cell's own fill, if it has one."""


class MergeLike(Protocol):
    """A merged range, counted from 0, last ones included."""

    @property
    def top(self) -> int:
        """First row."""

    @property
    def left(self) -> int:
        """First column."""

    @property
    def bottom(self) -> int:
        """Last row."""

    @property
    def right(self) -> int:
        """Last column."""


class SheetLike(Protocol):
    """A sheet as any spreadsheet reader gives it."""

    @property
    def name(self) -> str:
        """The sheet's name."""

    @property
    def rows(self) -> tuple[tuple[CellLike, ...], ...]:
        """Equally long rows of cells."""

    @property
    def merged(self) -> tuple[MergeLike, ...]:
        """Merged ranges."""

    @property
    def is_hidden(self) -> bool:
        """Whether users do not see the sheet."""
