"""Anyone may check a paper: by its code, or by comparing the file."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from webapp.accounts.access import allow
from webapp.inspection.forms.verification import FileForm
from webapp.inspection.queries.verification import VerifiedPaper, paper_by_bytes, paper_by_code
from webapp.inspection.rules.contents import due_words
from webapp.inspection.rules.tokens import codes_in, grouped, normalised
from webapp.inspection.views.blueprint import bp
from webapp.platform.clock import now
from webapp.platform.web.limits import PUBLIC, limiter

LARGEST_FILE = 10 * 1024 * 1024


@bp.get("/v")
@limiter.limit(PUBLIC)
@allow("verify.see")
def verify_lookup() -> ResponseReturnValue:
    """Ask for a code, or go to the paper that it names."""
    typed = request.args.get("code", "").strip()
    if typed:
        return redirect(url_for("inspection.verify", token=normalised(typed) or typed[:40]), 303)
    return render_template("inspection/verify/lookup.html", form=FileForm(formdata=None))


@bp.get("/v/<token>")
@limiter.limit(PUBLIC)
@allow("verify.see")
def verify(token: str) -> ResponseReturnValue:
    """Genuine, revoked, or unknown."""
    code = normalised(token)
    paper = paper_by_code(code) if code else None
    if paper is None:
        shown = grouped(code) if code else token[:40]
        return _page("unknown", code=shown), 404
    return _of(paper)


@bp.post("/v")
@limiter.limit(PUBLIC)
@allow("verify.see")
def verify_file() -> ResponseReturnValue:
    """Compare a PDF with what was issued."""
    form = FileForm()
    sent = request.files.get("file")
    data = sent.read(LARGEST_FILE + 1) if sent and sent.filename else b""
    message = _fault(data)
    if message:
        form.file.errors = [message]
        return render_template("inspection/verify/lookup.html", form=form), 422
    paper = paper_by_bytes(data)
    if paper is not None:
        return _of(paper, by_file=True)
    claimed = next((p for code in codes_in(data) if (p := paper_by_code(code))), None)
    return _page("altered", paper=claimed), 422


def _fault(data: bytes) -> str:
    if not data:
        return "请选择一个 PDF 文件。"
    if len(data) > LARGEST_FILE:
        return "文件超过 10 MB，不是本平台签发的文书。"
    return "" if data.startswith(b"%PDF-") else "这不是 PDF 文件。"


def _of(paper: VerifiedPaper, *, by_file: bool = False) -> ResponseReturnValue:
    if not paper.is_intact:
        return _page("broken", paper=paper), 409
    name = "genuine" if paper.detail.row.state.is_in_force else "revoked"
    return _page(
        name,
        paper=paper,
        code=grouped(paper.detail.code),
        dues=due_words(paper.detail.content),
        by_file=by_file,
        at=now(),
    )


def _page(name: str, **values: object) -> str:
    return render_template(f"inspection/verify/{name}.html", form=FileForm(formdata=None), **values)
