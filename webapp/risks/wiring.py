"""What this room brings into the application."""

from flask import Flask

from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.public_parts import offer_public_part
from webapp.platform import jobs
from webapp.risks.cli import ledger_group
from webapp.risks.jobs import bundle_cards, change_by_file, clean_cards, import_ledger
from webapp.risks.queries import map_parts, offered
from webapp.risks.service import card_bundles, round_trip
from webapp.risks.service.imports import JOB
from webapp.risks.views import (
    assessments,
    assignments,
    cards,
    changes,
    duties,
    events,
    imports,
    ledger,
    logic,
    map_drawing,
    maps,
    papers,
    point_door,
    points,
    reviews,
    templates,
    versions,
)
from webapp.risks.views.blueprint import bp
from webapp.ui.navigation import Audience, NavigationItem, offer

VIEWS = (
    assessments,
    assignments,
    cards,
    changes,
    duties,
    events,
    imports,
    ledger,
    logic,
    map_drawing,
    maps,
    papers,
    point_door,
    points,
    reviews,
    templates,
    versions,
)


def init_app(app: Flask) -> None:
    """Move in."""
    app.register_blueprint(bp)
    app.cli.add_command(ledger_group)
    jobs.register(JOB, import_ledger)
    jobs.register(round_trip.JOB, change_by_file)
    jobs.register(card_bundles.JOB, bundle_cards)
    jobs.register(card_bundles.CLEAN, clean_cards)
    jobs.daily(card_bundles.CLEAN)
    offer_public_part("risks", 20, offered.public_part)
    offer_public_part("maps", 25, map_parts.public_part)
    offer_part(
        "risks",
        40,
        "风险分级管控清单",
        offered.file_part,
        completeness=offered.completeness,
        endpoint="risks.ledger",
    )
    offer_part("maps", 42, "四色分布图", map_parts.file_part, endpoint="risks.map_list")
    offer(
        app,
        NavigationItem(
            label="风险",
            icon="shield-exclamation",
            endpoint="risks.ledger",
            permission="risks.see",
            audience=Audience.ENTERPRISE,
            order=20,
            sections=("risks.",),
            on_phone=True,
        ),
    )
