"""Rows pasted from Excel into the organisation: departments, posts, kinds, names, phones."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from webapp.enterprise.rules.organisation import PostKind
from webapp.enterprise.rules.phones import is_mobile, normalised_phone

MOST_ROWS = 2000
MOST_CHARACTERS = 60


class Column(StrEnum):
    """The columns that are understood."""

    DEPARTMENT = "department"
    TEAM = "team"
    POST = "post"
    KIND = "kind"
    NAME = "name"
    PHONE = "phone"


Columns = tuple[Column | None, ...]


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row as understood; `row` counts pasted lines from 1, `team` may be empty."""

    row: int
    department: str
    team: str
    post: str
    kind: PostKind
    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class PastedFinding:
    """What is wrong in a line; such a row is left out until it is mended."""

    row: int
    column: Column | None
    message: str


@dataclass(frozen=True, slots=True)
class PastedRows:
    """All rows that can be taken in, and what is wrong with the others."""

    rows: tuple[PastedRow, ...]
    findings: tuple[PastedFinding, ...]


_HEADINGS = {
    Column.DEPARTMENT: {"部门", "部门名称", "所属部门", "车间", "部门车间", "部门班组", "单位"},
    Column.TEAM: {"班组", "班组名称", "所属班组"},
    Column.POST: {"岗位", "岗位名称", "职务", "岗位职务", "职位"},
    Column.KIND: {"岗位类别", "岗位类型", "类别", "人员类别"},
    Column.NAME: {"姓名", "员工姓名", "人员", "人员姓名", "在岗人"},
    Column.PHONE: {"手机", "手机号", "手机号码", "电话", "联系电话", "联系方式"},
}
_COLUMN_OF = {words: column for column, names in _HEADINGS.items() for words in names}
_KIND_OF = {kind.words: kind for kind in PostKind} | {
    "安全员": PostKind.SAFETY_OFFICER,
    "部门主管": PostKind.DEPARTMENT_HEAD,
    "车间主任": PostKind.DEPARTMENT_HEAD,
    "员工": PostKind.WORKER,
    "普通员工": PostKind.WORKER,
    "特种作业": PostKind.SPECIAL_OPERATOR,
    "承包商管理人": PostKind.CONTRACTOR_MANAGER,
    "相关方管理人": PostKind.CONTRACTOR_MANAGER,
}
# A post's own name says its kind when the column is empty; the first match counts.
_KIND_BY_NAME = (
    (r"安全总监", PostKind.SAFETY_DIRECTOR),
    (r"安全员|安全管理|安全(?:科|处|部)长|安环", PostKind.SAFETY_OFFICER),
    (r"副总|副厂长|副经理|副矿长|分管", PostKind.DEPUTY),
    (r"班长|班组长|组长|工段长", PostKind.TEAM_LEADER),
    (r"^(?:总经理|董事长|厂长|矿长|主要负责人|实际控制人|法定代表人)", PostKind.PRINCIPAL),
    (r"主任|部长|科长|处长|经理|主管", PostKind.DEPARTMENT_HEAD),
    (r"电工|焊工|焊接|高处|架子工|制冷|煤气|起重|叉车|锅炉", PostKind.SPECIAL_OPERATOR),
    (r"承包商|相关方|外协", PostKind.CONTRACTOR_MANAGER),
)
_TEAM_SIGN = re.compile(r"\s*[/／\\>]\s*")
_DEFAULT = (Column.DEPARTMENT, Column.POST, Column.KIND, Column.NAME, Column.PHONE)
_WITHOUT_DEPARTMENT = frozenset({PostKind.PRINCIPAL, PostKind.DEPUTY, PostKind.SAFETY_DIRECTOR})


def parse_pasted(text: str) -> PastedRows:
    """Understand what was pasted: tab-separated lines, with or without a heading.

    A blank department or post repeats the one above, as merged cells do. Only rows without a
    finding are handed back as rows.
    """
    lines = text.replace("\r\n", "\n").split("\n")
    numbered = [(n, _cells(line)) for n, line in enumerate(lines, 1) if line.strip()]
    columns, body = _columns(numbered)
    if Column.POST not in columns or not body:
        message = "没有可识别的内容，请按“部门、岗位、岗位类别、姓名、手机”粘贴。"
        return PastedRows((), (PastedFinding(1, None, message),))
    if len(body) > MOST_ROWS:
        message = f"一次最多粘贴 {MOST_ROWS} 行，请分次导入。"
        return PastedRows((), (PastedFinding(body[MOST_ROWS][0], None, message),))
    return _understood(body, columns)


def _understood(body: Sequence[tuple[int, list[str]]], columns: Columns) -> PastedRows:
    rows: list[PastedRow] = []
    findings: list[PastedFinding] = []
    above = PastedRow(0, "", "", "", PostKind.WORKER, "", "")
    for number, cells in body:
        given = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        row = _row(number, given, above)
        faults = _faults(row, given, rows)
        findings.extend(faults)
        if not faults:
            rows.append(row)
        above = replace(row, name="", phone="")
    return PastedRows(tuple(rows), tuple(findings))


def _cells(line: str) -> list[str]:
    return [" ".join(cell.strip().strip('"').split()) for cell in line.split("\t")]


def _columns(
    numbered: Sequence[tuple[int, list[str]]],
) -> tuple[Columns, Sequence[tuple[int, list[str]]]]:
    for index, (_, cells) in enumerate(numbered[:3]):
        known = [_column_of(cell) for cell in cells]
        if sum(column is not None for column in known) >= 2:
            return _once(known), numbered[index + 1 :]
    return _DEFAULT, numbered


def _column_of(heading: str) -> Column | None:
    return _COLUMN_OF.get(re.sub(r"[\s/()、*]", "", unicodedata.normalize("NFKC", heading)))


def _once(known: Sequence[Column | None]) -> Columns:
    # The first column of a name counts; a later or unknown one only takes its place.
    return tuple(None if c in known[:n] else c for n, c in enumerate(known))


def _place(given: dict[Column, str], above: PastedRow) -> tuple[str, str]:
    parts = [part for part in _TEAM_SIGN.split(given.get(Column.DEPARTMENT, "")) if part]
    own_team = given.get(Column.TEAM, "") or "".join(parts[1:2])
    if parts:
        return parts[0], own_team
    return above.department, own_team or above.team


def _row(number: int, given: dict[Column, str], above: PastedRow) -> PastedRow:
    department, team = _place(given, above)
    same_place = (department, team) == (above.department, above.team)
    own_post = given.get(Column.POST, "")
    post = own_post or (above.post if same_place else "")
    kind_words = given.get(Column.KIND, "")
    inherited = above.kind if not own_post and post else _kind_by_name(post)
    return PastedRow(
        number,
        department,
        team,
        post,
        _KIND_OF.get(kind_words, inherited),
        given.get(Column.NAME, ""),
        normalised_phone(given.get(Column.PHONE, "")),
    )


def _kind_by_name(post: str) -> PostKind:
    return next((k for shape, k in _KIND_BY_NAME if re.search(shape, post)), PostKind.WORKER)


def _faults(
    row: PastedRow, given: dict[Column, str], earlier: Sequence[PastedRow]
) -> list[PastedFinding]:
    faults = [*_missing(row), *_unknown(row, given), *_twins(row, earlier)]
    for column, cell in given.items():
        if len(cell) > MOST_CHARACTERS:
            faults.append((column, f"内容太长，最多 {MOST_CHARACTERS} 个字。"))
    return [PastedFinding(row.row, column, f"第 {row.row} 行：{words}") for column, words in faults]


def _missing(row: PastedRow) -> Iterator[tuple[Column, str]]:
    if not row.post:
        yield Column.POST, "缺少岗位。"
    elif not row.department and row.kind not in _WITHOUT_DEPARTMENT:
        yield Column.DEPARTMENT, "缺少部门。"


def _unknown(row: PastedRow, given: dict[Column, str]) -> Iterator[tuple[Column, str]]:
    kind = given.get(Column.KIND, "")
    if kind and kind not in _KIND_OF:
        known = "、".join(each.words for each in PostKind)
        yield Column.KIND, f"岗位类别“{kind}”不认识，可填：{known}。"
    if row.phone and not is_mobile(row.phone):
        yield Column.PHONE, f"手机号“{row.phone}”应为 11 位数字。"
    if row.phone and not row.name:
        yield Column.NAME, "有手机号但没有姓名。"


def _twins(row: PastedRow, earlier: Sequence[PastedRow]) -> Iterator[tuple[Column, str]]:
    same_phone = [other for other in earlier if row.phone and other.phone == row.phone]
    for other in same_phone[:1]:
        if other.name == row.name:
            yield Column.NAME, f"{row.name}已在第 {other.row} 行，一人只登记一个主要岗位。"
        else:
            yield Column.PHONE, f"手机号与第 {other.row} 行的{other.name}相同。"
