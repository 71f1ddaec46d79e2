"""What `ledger import --dry-run` prints as JSON; a field may be added, none renamed."""

from typing import Any

from webapp.risks.rules.import_ledger.preview import ImportPreview


def dry_run(preview: ImportPreview) -> dict[str, Any]:
    """The preview as plain values: counts of rows, ready rows and points, and every finding."""
    return {
        "method": preview.method.value if preview.method else None,
        "rows": len(preview.rows),
        "ready": len(preview.ready),
        "points": len(preview.points),
        "problem": preview.problem,
        "findings": [
            {
                "index": finding.index,
                "sheet": finding.sheet,
                "row": finding.row,
                "field": finding.field.value,
                "code": finding.code.value,
                "message": finding.message,
            }
            for finding in preview.findings
        ],
    }
