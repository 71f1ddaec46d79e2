"""What this room brings into the application."""

from flask import Flask

from webapp.platform import bus, jobs
from webapp.platform.unit_of_work import register_closing_part
from webapp.scoring import cli
from webapp.scoring import jobs as background
from webapp.scoring.service.closing import PART, CountersPart
from webapp.scoring.service.folding import fold
from webapp.scoring.service.subscribers import SUBSCRIPTIONS

FOLD_EVERY_S = 1.0


def init_app(app: Flask) -> None:
    """Move in: the counters listen to every room below."""
    register_closing_part(PART, CountersPart())
    for event, subscriber in SUBSCRIPTIONS:
        bus.subscribe(event, subscriber)
    jobs.every(FOLD_EVERY_S, fold)
    jobs.register(background.REFRESH, background.refresh)
    jobs.daily(background.REFRESH)
    cli.init_app(app)
