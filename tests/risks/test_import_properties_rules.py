"""Whatever stands in the cells, reading a ledger ends with rows and findings, never a crash."""

from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.risks.ledgers import HEAD
from webapp.platform.spreadsheets.workbook import Cell, Merge, Sheet
from webapp.risks.rules.import_ledger.contract import dry_run
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.measures import measures
from webapp.risks.rules.import_ledger.preview import ImportPreview, preview
from webapp.risks.rules.import_ledger.records import FindingCode

WORDS = (
    *HEAD,
    *(
        "风险评价",
        "固有风险",
        "残余风险",
        "工程技术",
        "应急处置",
        "作业步骤",
        "C(S)",
        "M",
        "S",
        "R",
    ),
    *(
        "",
        " ",
        "/",
        "同上",
        "合计",
        "编制人：",
        "一、车间",
        "工作任务：",
        "3",
        "１５",
        "0.5",
        "270（较大）",
    ),
    *(
        "重大",
        "5级",
        "巨大",
        "红",
        "直接判定",
        "LEC",
        "1.检查；2.记录",
        "工程技术措施：",
        "=1",
        "#REF!",
        "①",
    ),
)
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=12))
CELLS = st.builds(Cell, TEXTS, st.sampled_from((None, None, "FF0000", "FFC000", "00FF00")))


@dataclass(frozen=True)
class Shape:
    height: int
    width: int


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    shape = Shape(draw(st.integers(0, 8)), draw(st.integers(1, 14)))
    rows = [tuple(draw(CELLS) for _ in range(shape.width)) for _ in range(shape.height)]
    if shape.height and draw(st.booleans()):
        rows[0] = tuple(Cell(text) for text in (*HEAD, *HEAD)[: shape.width])
    merged = []
    for _ in range(draw(st.integers(0, 4)) if rows else 0):
        top, bottom = sorted(draw(st.integers(0, shape.height - 1)) for _ in range(2))
        left, right = sorted(draw(st.integers(0, shape.width - 1)) for _ in range(2))
        merged.append(Merge(top, left, bottom, right))
    return Sheet(draw(st.sampled_from(("清单", "封面", "示例"))), tuple(rows), tuple(merged))


def is_sound(found: ImportPreview) -> bool:
    indexes = [row.index for row in found.rows]
    return (
        indexes == list(range(len(indexes)))
        and all(finding.index in indexes and finding.message for finding in found.findings)
        and all(row.point and row.hazard_source and row.measures for row in found.ready)
        and all(row.level is not None for row in found.ready)
        and (found.problem is None) == bool(found.rows)
    )


@settings(deadline=None, max_examples=300)
@given(st.lists(sheets(), max_size=3))
def test_any_soup_of_cells_ends_in_rows_and_findings(soup: list[Sheet]) -> None:
    found = preview(soup)

    assert is_sound(found)
    assert dry_run(found)["ready"] <= dry_run(found)["rows"]


@settings(deadline=None, max_examples=100)
@given(sheets(), st.dictionaries(st.integers(0, 20), st.sampled_from(Field), max_size=12))
def test_any_corrected_mapping_ends_in_rows_and_findings(
    soup: Sheet, columns: dict[int, Field]
) -> None:
    proposed = preview([soup]).mapping
    corrections = {proposed.fingerprint: columns} if proposed else {}

    found = preview([soup], corrections)

    assert all(finding.code in FindingCode for finding in found.findings)
    assert all(row.point and row.hazard_source for row in found.ready)


@settings(deadline=None)
@given(st.text(max_size=80))
def test_splitting_measures_loses_no_letter_and_makes_none_empty(text: str) -> None:
    found = measures([(Field.MANAGEMENT, text)])

    assert all(measure.text.strip() for measure in found)
    assert all(word in text for measure in found for word in measure.text.split())
