"""What the inspection room's addresses need: visits and papers of the world that is walked."""

from dataclasses import replace
from typing import Any

from tests.factories import enterprise as tenant
from tests.factories import inspection as made
from tests.fixtures.actors import World
from webapp.accounts.rules.roles import Role
from webapp.inspection.rules.enforcement import DocumentKind

RECORD, ORDER = DocumentKind.INSPECTION_RECORD, DocumentKind.RECTIFICATION_ORDER


def elsewhere_in(world: World) -> World:
    """The same officers in another enterprise of the region: each has one open visit at a time."""
    return replace(world, enterprise_id=tenant.enterprise(region_code=world.region))


def opened(world: World, role: Role) -> dict[str, Any]:
    """An inspection that is going on."""
    visit = made.open_visit(elsewhere_in(world))
    return {"enterprise_id": visit.world.enterprise_id, "case_id": visit.case_id}


def recorded(world: World, role: Role) -> dict[str, Any]:
    """An inspection with its record, in the world's own enterprise."""
    visit = made.recorded_visit(world, findings=1)
    return {"enterprise_id": world.enterprise_id, "case_id": visit.case_id}


def ordered(world: World, role: Role) -> dict[str, Any]:
    """An inspection whose order runs."""
    visit = made.ordered_visit(world, findings=1)
    return {"enterprise_id": world.enterprise_id, "case_id": visit.case_id}


def finding(world: World, role: Role) -> dict[str, Any]:
    """A finding with a photo in an inspection that is going on."""
    visit = made.open_visit(elsewhere_in(world))
    finding_id = made.find(visit, pictures=(made.picture(),))
    return {
        "enterprise_id": visit.world.enterprise_id,
        "case_id": visit.case_id,
        "finding_id": finding_id,
    }


def paper(world: World, role: Role) -> dict[str, Any]:
    """An order that was served, and the first hand under it."""
    visit = made.ordered_visit(world, findings=1)
    found = visit.paper(ORDER)
    return {"enterprise_id": world.enterprise_id, "document_id": found.row.id, "ordinal": 1}


def held(world: World, role: Role) -> dict[str, Any]:
    """An inspector's own photo that waits in a form."""
    file_id = made.kept_photo(world)
    return {"enterprise_id": world.enterprise_id, "file_id": file_id}


def code(world: World, role: Role) -> dict[str, Any]:
    """The code of a paper."""
    return {"token": made.ordered_visit(world, findings=1).paper(ORDER).code}


def _signing(world: World, role: Role) -> dict[str, Any]:
    return opened(world, role) | {"kind": RECORD.value}


PROVIDERS = {
    "inspection.case_show": recorded,
    "inspection.case_close": recorded,
    **dict.fromkeys(
        (
            "inspection.case_work",
            "inspection.case_save",
            "inspection.case_finish",
            "inspection.case_giving_up",
            "inspection.case_abandon",
            "inspection.finding_choose",
            "inspection.finding_new",
            "inspection.finding_add",
        ),
        opened,
    ),
    **dict.fromkeys(
        (
            "inspection.finding_edit",
            "inspection.finding_change",
            "inspection.finding_remove",
            "inspection.finding_photo",
        ),
        finding,
    ),
    **dict.fromkeys(
        ("inspection.paper_sign", "inspection.paper_issue", "inspection.paper_draft"), _signing
    ),
    **dict.fromkeys(("inspection.reinspection_edit", "inspection.reinspection_save"), ordered),
    **dict.fromkeys(
        (
            "inspection.document_show",
            "inspection.document_issued",
            "inspection.document_file",
            "inspection.document_signature",
            "inspection.document_serve",
            "inspection.document_revoking",
            "inspection.document_revoke",
        ),
        paper,
    ),
    "inspection.photo_kept": held,
    "inspection.verify": code,
    "inspection.overview_export": lambda world, role: {"form": "csv"},
}
