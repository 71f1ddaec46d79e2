"""G6 and G7: a long ledger beside a bare canvas of its cells, a sheet of codes beside encoding.

No database: what is measured is drawing. Memory is asked of a process of its own for each size.
"""

import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import qrcode
import zxingcpp
from qrcode.constants import ERROR_CORRECT_M
from reportlab.lib.pagesizes import A3, A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from bench.ratios import Result, in_turn, ratio
from webapp.documents import fonts
from webapp.documents.fonts import Face
from webapp.enterprise.pdf.code_sheet import SheetCode, code_sheet
from webapp.risks.pdf.ledger import LedgerPaper, ledger_pdf
from webapp.risks.pdf.workbook import EXAMPLE
from webapp.risks.rules.ledger_sheet import SheetRow, sheet_columns

FACES = Path(gettempdir()) / "anqima-bench-faces"
ROWS, CODES = 1_000, 1_000
MANY = 10_000
LEDGER_BAR, MEMORY_BAR = 1.25, 1.5
SHEET_BAR, FASTER_BAR = 1.25, 10
# A label also bears a name and a credit code, and a token of 128 bits and its signature take four
# modules a side more than a short address: forty times, as without those, cannot be had.
SMALLER_BAR = 30
_WORDS = (
    "液氯储罐区装卸平台配电室有限空间动火作业高处作业起重吊装中毒窒息火灾爆炸机械伤害触电灼烫坍塌车间"
    "反应釜法兰密封安全阀压力表液位计可燃气体报警器紧急切断阀防静电接地防雷装置消防设施应急预案培训考核"
)
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DAY = date(2026, 11, 25)


def measure(_address: str, *, small: bool, at: datetime, rounds: int) -> Iterator[Result]:
    """The goals of paper; ``small`` measures a tenth of the rows and codes."""
    fonts.prepare(FACES)
    yield _ledger_time(ROWS // 10 if small else ROWS, rounds)
    yield _ledger_memory((ROWS // 10, MANY // 10) if small else (ROWS, MANY))
    yield from _sheet(CODES // 10 if small else CODES, rounds)


def _ledger_time(count: int, rounds: int) -> Result:
    rows = ledger_rows(count)
    times = in_turn(
        {"ledger": lambda: ledger_pdf(_paper(rows)), "canvas": lambda: bare_canvas(rows)},
        rounds=rounds,
        calls=1,
    )
    return ratio(
        "G6a",
        f"ledger of {count} rows / bare canvas of its cells",
        times["ledger"],
        times["canvas"],
        most=LEDGER_BAR,
        counts={"kB": len(ledger_pdf(_paper(rows))) // 1000},
    )


def _ledger_memory(sizes: tuple[int, int]) -> Result:
    """Peak memory above the floor of a process that has imported everything and drawn nothing."""
    one, many = (_peak(size) for size in sizes)
    found = ratio(
        "G6b",
        f"memory of {sizes[1]} rows / of {sizes[0]}",
        [many["above"]],
        [one["above"]],
        most=MEMORY_BAR,
        counts={"floor_MB": round(one["floor"]), "MB": round(many["above"])},
    )
    return replace(found, subject_ms=None, anchor_ms=None)


def _peak(rows: int) -> dict[str, float]:
    run = subprocess.run(
        [sys.executable, "-c", f"from bench.papers import tell_peak; tell_peak({rows})"],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(run.stdout)
    return found


def tell_peak(count: int) -> None:
    """Print, in megabytes, what a process holds before a ledger and how much more at its peak."""
    floor = _resident("VmRSS")
    fonts.prepare(FACES)
    ledger_pdf(_paper(ledger_rows(count)))
    above = _resident("VmHWM") - floor
    sys.stdout.write(json.dumps({"floor": floor, "above": above}))


def _resident(field: str) -> float:
    status = Path("/proc/self/status").read_text()
    return int(status.split(f"{field}:")[1].split()[0]) / 1024


def _sheet(count: int, rounds: int) -> Iterator[Result]:
    codes = sheet_codes(count)
    naive = codes[: count // 10]
    times = in_turn(
        {
            "sheet": lambda: code_sheet(codes, "安阳市", _DAY),
            "encode": lambda: [encoded(code.address) for code in codes],
        },
        rounds=rounds,
        calls=1,
    )
    slow = in_turn({"naive": lambda: pictures(naive)}, rounds=min(rounds, 2), calls=1)
    content, large = code_sheet(codes, "安阳市", _DAY), pictures(naive)
    read = len(read_back(content) & {code.address for code in codes})
    counts = {"kB": len(content) // 1000, "read": f"{read}/{count}"}
    yield ratio(
        "G7a",
        f"sheet of {count} codes / encoding them with one mask",
        times["sheet"],
        times["encode"],
        most=SHEET_BAR,
        counts=counts,
        counts_hold=read == count,
    )
    scale = count / len(naive)
    yield ratio(
        "G7b",
        "pictures of best masks / sheet, time",
        [each * scale for each in slow["naive"]],
        times["sheet"][: len(slow["naive"])],
        least=FASTER_BAR,
    )
    smaller = len(large) * scale / len(content)
    # The faces weigh as much under a hundred codes as under a thousand.
    least = SMALLER_BAR if count == CODES else SMALLER_BAR / 3
    found = ratio("G7c", "pictures / sheet, bytes", [smaller], [1.0], least=least)
    yield replace(found, subject_ms=None, anchor_ms=None)


def ledger_rows(count: int) -> list[SheetRow]:
    """Rows whose cells wrap, four to a point; the same ones each time."""
    chance = random.Random(7)  # noqa: S311 - rows to draw, nothing secret

    def words(least: int, most: int) -> str:
        return "".join(chance.choice(_WORDS) for _ in range(chance.randint(least, most)))

    return [
        replace(
            EXAMPLE,
            number=number,
            point=f"{number // 4} 号{words(3, 6)}",
            hazard_source=words(8, 16),
            activity=words(3, 6),
            step=words(3, 6),
            measures={kind: (words(15, 30),) for kind in EXAMPLE.measures},
            owner=words(2, 3),
        )
        for number in range(1, count + 1)
    ]


def _paper(rows: Sequence[SheetRow]) -> LedgerPaper:
    return LedgerPaper(
        enterprise="安阳示例精密铸造有限公司",
        rows=rows,
        filtered_by="",
        chain_position=1,
        chain_head="ab" * 32,
        printed_by="赵建民",
        printed_at=datetime(2026, 11, 25, tzinfo=UTC),
    )


def bare_canvas(rows: Sequence[SheetRow]) -> bytes:
    """The same cells by hand: greedy lines from a table of widths, one text object a row, rules.

    No joined cells, no rule of line breaking, no colours: the floor of ReportLab for this table.
    """
    columns = [column for column in sheet_columns(rows) if column.paper]
    width, height = landscape(A3)
    share = (width - 68) / sum(column.paper for column in columns)
    edges = [34.0]
    for column in columns:
        edges.append(edges[-1] + column.paper * share)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(width, height), initialFontName=Face.SANS.value)
    known: dict[str, float] = {}
    top, page = height - 34, 1
    for row in rows:
        cells = [str(column.value(row) or "") for column in columns]
        lines = [
            _greedy(text, edges[at + 1] - edges[at] - 6, known) for at, text in enumerate(cells)
        ]
        tall = max(len(each) for each in lines) * 10.7 + 7
        if top - tall < 42:
            canvas.drawString(34, 20, f"{page}")
            canvas.showPage()
            top, page = height - 34, page + 1
        text = canvas.beginText()
        text.setFont(Face.SANS.value, 8.2, 10.7)
        for at, each in enumerate(lines):
            text.setTextOrigin(edges[at] + 3, top - 11)
            for line in each:
                text.textLine(line)
        canvas.drawText(text)
        top -= tall
        canvas.line(edges[0], top, edges[-1], top)
        canvas.lines([(edge, top, edge, top + tall) for edge in edges])
    canvas.save()
    return out.getvalue()


def _greedy(text: str, width: float, known: dict[str, float]) -> list[str]:
    lines, used, begin = [], 0.0, 0
    for at, character in enumerate(text):
        if character not in known:
            known[character] = pdfmetrics.stringWidth(character, Face.SANS.value, 8.2)
        used += known[character]
        if used > width:
            lines.append(text[begin:at])
            used, begin = known[character], at
    lines.append(text[begin:])
    return lines


def sheet_codes(count: int) -> list[SheetCode]:
    """Labels with addresses as they are printed; the same ones each time."""
    chance = random.Random(41)  # noqa: S311 - codes to draw, nothing secret
    return [
        SheetCode(
            f"安阳市示例精密机械制造{number}有限公司",
            f"91410502MA4{number:07d}",
            "https://anqima.anyang.gov.cn/e/" + "".join(chance.choices(_SIGNS, k=36)),
        )
        for number in range(count)
    ]


_version: dict[int, int] = {}


def encoded(address: str) -> Any:
    """A code with one fixed mask, its version found once: the anchor of the sheet."""
    code = qrcode.QRCode(_version.get(len(address)), ERROR_CORRECT_M, border=0, mask_pattern=2)
    code.add_data(address)
    code.make(fit=len(address) not in _version)
    _version[len(address)] = code.version
    return code


def pictures(codes: Sequence[SheetCode]) -> bytes:
    """What everybody writes first: the library's own picture of each code, placed on a page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for at, code in enumerate(codes):
        if at and at % 24 == 0:
            canvas.showPage()
        drawn = qrcode.QRCode(error_correction=ERROR_CORRECT_M)
        drawn.add_data(code.address)
        drawn.make(fit=True)
        picture = ImageReader(drawn.make_image().get_image().convert("RGB"))
        row, column = divmod(at % 24, 4)
        canvas.drawImage(picture, 20 + column * 140, 700 - row * 130, 90, 90)
    canvas.save()
    return out.getvalue()


def read_back(content: bytes) -> set[str]:
    """Every code that an independent decoder finds on the pages."""
    found: set[str] = set()
    for page in pypdfium2.PdfDocument(content):
        picture = page.render(scale=200 / 72).to_pil().convert("L")
        found |= {code.text for code in zxingcpp.read_barcodes(picture)}
    return found
