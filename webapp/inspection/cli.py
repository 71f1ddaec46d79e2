"""Whether a PDF is what was issued, for scripts and for people without a browser."""

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path

import click
from flask import Flask

from webapp.inspection.queries.verification import VerifiedPaper, paper_by_bytes, paper_by_code
from webapp.inspection.rules.tokens import codes_in
from webapp.platform.clock import SHANGHAI
from webapp.platform.web.cli import Group, json_option, tell


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of a file; of one that was altered, what it claims to be."""

    genuine: bool
    number: str | None
    agency: str | None
    issued_at: str | None
    state: str | None
    sha256: str


@click.group("documents", cls=Group)
def documents_group() -> None:
    """执法文书。"""


@documents_group.command("verify")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def documents_verify(file: Path, as_json: bool) -> None:  # noqa: FBT001 - click passes it
    """核验 PDF 文书：与签发时逐字节一致才为真。"""
    data = file.read_bytes()
    paper = paper_by_bytes(data)
    is_genuine = paper is not None and paper.is_intact
    claimed = paper or next((p for code in codes_in(data) if (p := paper_by_code(code))), None)
    verdict = _verdict(claimed, hashlib.sha256(data).hexdigest(), is_genuine=is_genuine)
    tell(verdict, _words(verdict, claimed), as_json=as_json)
    if not is_genuine:
        sys.exit(1)


def _verdict(paper: VerifiedPaper | None, sha256: str, *, is_genuine: bool) -> Verdict:
    if paper is None:
        return Verdict(is_genuine, None, None, None, None, sha256)
    row = paper.detail.row
    issued = row.issued_at.astimezone(SHANGHAI).isoformat()
    return Verdict(is_genuine, row.number, paper.agency, issued, row.state.value, sha256)


def _words(verdict: Verdict, paper: VerifiedPaper | None) -> str:
    if paper is None:
        return f"不是本平台签发的文书。\n文件摘要 {verdict.sha256}"
    row = paper.detail.row
    facts = f"《{row.kind.words}》{row.number}，{paper.agency}，{row.state.words}。"
    if not verdict.genuine:
        return f"文件已被改动，与签发的文书不一致：{facts}\n文件摘要 {verdict.sha256}"
    return f"文书为真：{facts}\n文件摘要 {verdict.sha256}"


def init_app(app: Flask) -> None:
    """Add the commands."""
    app.cli.add_command(documents_group)
