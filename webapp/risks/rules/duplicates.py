"""What a file's rows are refused for besides themselves: the ledger has them, or levels clash."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from webapp.risks.rules.assessment import refused_residual
from webapp.risks.rules.import_ledger.fields import Field
from webapp.risks.rules.import_ledger.preview import ImportPreview
from webapp.risks.rules.import_ledger.records import Finding, FindingCode, LedgerRow
from webapp.risks.rules.import_ledger.words import squeezed
from webapp.risks.rules.words import number_words

Key = tuple[str, str, str, str, str, frozenset[str]]


def event_words(row: LedgerRow) -> str:
    """What can happen, as a row says it; ledgers without such a column say it as the source."""
    return row.event or row.hazard_source


def risk_key(
    *,
    point: str,
    activity: str,
    step: str,
    hazard_source: str,
    description: str,
    accident_types: Collection[str],
) -> Key:
    """What makes two risks the same one: where, in doing what, from what, and what may happen."""
    names = (point, activity, step, hazard_source, description)
    first, second, third, fourth, fifth = (squeezed(name) for name in names)
    return first, second, third, fourth, fifth, frozenset(accident_types)


def key_of(row: LedgerRow) -> Key:
    """The key of a row."""
    return risk_key(
        point=row.point,
        activity=row.activity,
        step=row.step,
        hazard_source=row.hazard_source,
        description=event_words(row),
        accident_types=row.accident_types,
    )


def against(found: ImportPreview, known: Mapping[Key, int]) -> ImportPreview:
    """The preview with a finding for each row that stands in the ledger, by its number there.

    A residual level above the inherent one is a finding too.
    """
    findings = [*found.findings, *_findings(found, known), *_graver_residuals(found)]
    findings.sort(key=lambda finding: finding.index)
    return replace(found, findings=tuple(findings))


def _findings(found: ImportPreview, known: Mapping[Key, int]) -> Iterable[Finding]:
    repeated = {f.index for f in found.findings if f.code is FindingCode.DUPLICATE}
    for row in found.rows:
        number = known.get(key_of(row))
        if number is None or row.index in repeated:
            continue
        message = f"现行清单 {number_words(number)} 已有这条风险，不重复导入。"
        yield Finding(
            row.index, row.sheet, row.row, Field.HAZARD_SOURCE, FindingCode.DUPLICATE, message
        )


def _graver_residuals(found: ImportPreview) -> Iterable[Finding]:
    for row in found.rows:
        residual = row.residual.level if row.residual else None
        if row.level is None or residual is None:
            continue
        refusal = refused_residual(row.level, residual)
        if refusal is not None:
            yield Finding(
                row.index,
                row.sheet,
                row.row,
                Field.RESIDUAL_LEVEL,
                FindingCode.LEVEL_MISMATCH,
                refusal.message,
            )
