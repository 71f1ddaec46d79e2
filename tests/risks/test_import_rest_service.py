from io import BytesIO

import openpyxl
import pytest

from tests.factories import enterprise as tenant
from tests.risks.importing import confirm, corrected, events, uploaded
from tests.risks.ledgers import HEAD, Page, row, xlsx
from webapp.platform.errors import Invalid
from webapp.platform.paging import PageRequest
from webapp.platform.storage import file_content
from webapp.platform.tenancy import Actor
from webapp.risks.queries.imports import preview, upload
from webapp.risks.queries.rest_file import rest_file
from webapp.risks.rules.kept_preview import RowView
from webapp.risks.service import imports

NOW = tenant.NOW


@pytest.fixture
def officer(db: str) -> Actor:
    return tenant.staff_actor(tenant.enterprise())


def test_corrected_headings_are_remembered_for_the_next_file(officer: Actor):
    first = uploaded(officer, row(1)[1:], head=("场地甲", "问题乙", *HEAD[3:]))
    before = upload(officer.scope, officer.enterprise_id, first).ready_count
    corrected(officer, first)
    after = upload(officer.scope, officer.enterprise_id, first).ready_count

    second = uploaded(officer, row(2)[1:], head=("场地甲", "问题乙", *HEAD[3:]))

    found = preview(officer.scope, officer.enterprise_id, second, RowView.ALL, PageRequest())
    assert (before, after, found.upload.ready_count) == (0, 1, 1)
    assert found.preview.tables[0].is_remembered


def test_corrected_headings_stay_with_their_enterprise(officer: Actor):
    head = ("场地甲", "问题乙", *HEAD[3:])
    corrected(officer, uploaded(officer, row(1)[1:], head=head))
    other = tenant.staff_actor(tenant.enterprise())

    import_id = uploaded(other, row(1)[1:], head=head)

    assert upload(other.scope, other.enterprise_id, import_id).ready_count == 0


def test_the_rest_comes_back_in_its_own_columns_with_reasons(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4, measure="'=1+1"))
    confirm(officer, import_id)
    rest_id = upload(officer.scope, officer.enterprise_id, import_id).rest_file_id

    content = file_content(officer.scope, officer.enterprise_id, rest_id)

    sheet = openpyxl.load_workbook(BytesIO(content.data)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.rows]
    assert content.name == "未导入的行-风险清单.xlsx"
    assert lines[0] == [*HEAD, "未导入原因", "原表行号"]
    assert lines[1][1:5] == ["配电室", "线路老化2", "触电", "4"]
    assert lines[1][9] == "'=1+1"
    assert "表中为 4" in lines[1][-2]
    assert len(lines) == 2


def test_the_corrected_rest_can_be_uploaded_again(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))
    confirm(officer, import_id)
    content = rest_file(officer.scope, officer.enterprise_id, import_id)
    book = openpyxl.load_workbook(BytesIO(content.data))
    book.worksheets[0]["E2"] = 3
    target = BytesIO()
    book.save(target)

    again = imports.preview_upload(officer, target.getvalue(), content.name, at=NOW)
    confirm(officer, again)

    assert [event.number for event in events(officer)] == [1, 2]


def test_the_corrected_rest_is_read_as_its_file_was_also_where_a_person_set_the_columns(
    officer: Actor,
):
    head = ("场地甲", "问题乙", *HEAD[3:])
    import_id = uploaded(officer, row(1)[1:], row(2, likelihood=4)[1:], head=head)
    corrected(officer, import_id)
    confirm(officer, import_id)
    content = rest_file(officer.scope, officer.enterprise_id, import_id)
    book = openpyxl.load_workbook(BytesIO(content.data))
    book.worksheets[0]["D2"] = 3
    target = BytesIO()
    book.save(target)

    confirm(officer, imports.preview_upload(officer, target.getvalue(), content.name, at=NOW))

    assert sorted(event.hazard_source for event in events(officer)) == ["线路老化1", "线路老化2"]


def test_the_rest_can_be_fetched_before_confirming(officer: Actor):
    import_id = uploaded(officer, row(1), row(2, likelihood=4))

    content = rest_file(officer.scope, officer.enterprise_id, import_id)

    assert openpyxl.load_workbook(BytesIO(content.data)).worksheets[0].max_row == 2


def test_a_file_that_is_no_table_is_refused_in_words(officer: Actor):
    with pytest.raises(Invalid, match="这是PDF 文件"):
        imports.preview_upload(officer, b"%PDF-1.7\n%\xe2\xe3", "台账.xlsx", at=NOW)


def test_a_table_that_is_no_ledger_is_refused_in_words(officer: Actor):
    data = xlsx(Page([("姓名", "工资"), ("张三", 5000)]))

    with pytest.raises(Invalid, match="没有找到风险清单"):
        imports.preview_upload(officer, data, "工资.xlsx", at=NOW)
