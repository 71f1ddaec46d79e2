"""Entering an agency."""

from wtforms import StringField, TelField
from wtforms.validators import InputRequired, Length, Optional, Regexp

from webapp.platform.web.forms import Form


class AgencyForm(Form):
    """What an agency's papers say of it, and the region it supervises."""

    name = StringField(
        "机关名称",
        [InputRequired("请填写机关名称。"), Length(max=60, message="不能超过 60 个字。")],
    )
    region_code = StringField(
        "辖区代码",
        [
            InputRequired("请填写辖区代码。"),
            Regexp(r"[0-9]{2,12}\Z", message="辖区代码是 2 至 12 位数字。"),
        ],
        description="统计用区划代码：市 4 位，县（市、区）6 位，乡镇、街道 9 位。",
        render_kw={"inputmode": "numeric"},
    )
    document_prefix = StringField(
        "文书地区简称",
        [InputRequired("请填写文书地区简称。"), Length(max=4, message="不能超过 4 个字。")],
        description="用在文号里，如“安”“文”；同一市内不能与其他机关相同。",
    )
    reconsideration_organ = StringField(
        "行政复议机关",
        [InputRequired("请填写行政复议机关。"), Length(max=60, message="不能超过 60 个字。")],
    )
    court = StringField(
        "管辖法院",
        [InputRequired("请填写管辖法院。"), Length(max=60, message="不能超过 60 个字。")],
    )
    address = StringField("地址", [Optional(), Length(max=120, message="不能超过 120 个字。")])
    phone = TelField("电话", [Optional(), Length(max=40, message="不能超过 40 个字。")])
