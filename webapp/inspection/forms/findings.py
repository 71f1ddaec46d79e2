"""A finding: words, basis, what is done about it, until when."""

from collections.abc import Mapping
from uuid import UUID

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    MultipleFileField,
    RadioField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional

from webapp.hazards.forms.photos import kept_of, uploads_of, uuid_of
from webapp.hazards.rules.submissions import Upload
from webapp.inspection.forms.cases import SharedForm, new_key
from webapp.inspection.rules.cases import Basis, Disposition
from webapp.inspection.rules.findings import Place, Words
from webapp.platform.web.forms import UuidField

PHOTOS = "photos"


class FindingForm(SharedForm):
    """What the officer writes of a finding; the place comes from the address."""

    key = UuidField("提交编号", default=new_key)
    point_id = HiddenField("风险点")
    criterion_code = HiddenField("判定标准")
    description = TextAreaField(
        "发现的问题",
        [InputRequired("请写明发现的问题。")],
        description="一句话写清：在哪里、什么不符合。文书照此打印。",
    )
    law_basis = TextAreaField("依据", description="可改；重大事故隐患自动引用判定标准条款。")
    disposition = RadioField(
        "怎么处理",
        choices={each.value: each.words for each in Disposition},
        default=Disposition.ORDER.value,
        validators=[InputRequired("请选择怎么处理。")],
    )
    due_on = DateField("整改期限", [Optional()], description="责令限期整改时填写。")
    is_major = BooleanField("涉嫌重大事故隐患")
    photos = MultipleFileField("现场照片")

    def words(self) -> Words:
        """What was typed."""
        return Words(
            description=self.description.data or "",
            law_basis=self.law_basis.data or "",
            disposition=Disposition(self.disposition.data),
            due_on=self.due_on.data,
            is_major=bool(self.is_major.data),
        )

    def show(self, values: Mapping[str, str]) -> None:
        """Put texts into the fields, as after a merge."""
        self.description.data = values["description"]
        self.law_basis.data = values["law_basis"]
        self.disposition.data = values["disposition"]
        self.is_major.data = bool(values["is_major"])
        self.due_on.process_formdata([values["due_on"]] if values["due_on"] else [])
        self.due_on.raw_data = None


def uploads() -> tuple[Upload, ...]:
    """The pictures sent with the form."""
    return uploads_of(PHOTOS)


def kept() -> tuple[UUID, ...]:
    """The pictures kept from a try that was refused."""
    return kept_of(PHOTOS)


def place_in_address() -> Place:
    """What the finding is about, as the address says; anything else is no place on the ledger."""
    args = request.args
    named = args.get("basis", Basis.OTHER.value)
    basis = Basis(named) if named in set(Basis) else Basis.OTHER
    match basis:
        case Basis.LEDGER:
            return Place(
                basis,
                uuid_of(args.get("point")),
                uuid_of(args.get("event")),
                uuid_of(args.get("measure")),
            )
        case Basis.CRITERION:
            return Place(basis, criterion_code=args.get("criterion", ""))
        case Basis.OTHER:
            return Place(basis)
