"""The same ledger in files of every kind."""

from itertools import chain

from tests.risks.ledgers import HEAD, read, row, said, text_table, wrong

GOOD = (2, "配电室", "线路老化1", "270", "较大")


def test_a_web_page_named_xls_is_read_with_its_spans() -> None:
    cells = "".join(f"<td>{value}</td>" for value in row(1)[4:])
    page = (
        '<html><head><meta charset="gb2312"></head><body><table border=1>'
        f"<tr>{''.join(f'<th>{h}</th>' for h in HEAD)}</tr>"
        f"<tr><td>1</td><td rowspan=2>配电室</td><td>线路<br>老化</td><td>触电</td>{cells}</tr>"
        f"<tr><td>2</td><td>小动物进入</td><td>触电</td>{cells}</tr></table></body></html>"
    )

    found = read(page.encode("gb18030"), "台账.xls")

    assert [(r.point, r.hazard_source) for r in found.rows] == [
        ("配电室", "线路\n老化"),
        ("配电室", "小动物进入"),
    ]
    assert wrong(found) == []


def test_an_xml_spreadsheet_of_2003_is_read() -> None:
    def line(cells: object) -> str:
        return "".join(f'<Cell><Data ss:Type="String">{c}</Data></Cell>' for c in cells)  # type: ignore[attr-defined]

    text = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="清单"><Table>'
        f'<Row>{line(HEAD)}</Row><Row ss:Index="4">{line(row(1))}</Row>'
        "</Table></Worksheet></Workbook>"
    )

    assert said(read(text.encode(), "台账.xls")) == [(4, *GOOD[1:])]


def test_text_files_of_every_encoding_and_delimiter_say_the_same() -> None:
    rows = [HEAD, row(1, measure="检查；测温，记录")]
    files = [
        text_table(rows, encoding, delimiter)
        for encoding in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16")
        for delimiter in (",", "\t", ";")
    ]

    read_files = [read(data, "台账.csv") for data in files]

    assert set(chain.from_iterable(said(found) for found in read_files)) == {GOOD}
    assert {len(found.rows[0].measures) for found in read_files} == {2}
