"""What this room brings into the application."""

from flask import Flask

from webapp.accounts.rules import roles
from webapp.accounts.service.landing import register_landing
from webapp.enterprise.service.file_parts import offer_part
from webapp.enterprise.service.public_parts import offer_public_part
from webapp.hazards.service.home_parts import offer_home_part
from webapp.platform import bus, jobs
from webapp.platform.unit_of_work import register_closing_part
from webapp.scoring import cli
from webapp.scoring import jobs as background
from webapp.scoring.queries.home import home_score
from webapp.scoring.queries.offered import file_part, public_part
from webapp.scoring.service.closing import PART, CountersPart
from webapp.scoring.service.folding import fold
from webapp.scoring.service.subscribers import SUBSCRIPTIONS
from webapp.scoring.views import score as score
from webapp.scoring.views.blueprint import bp
from webapp.ui.navigation import Audience, NavigationItem, offer

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
    app.register_blueprint(bp)
    register_landing(roles.Audience.EXPERT, "scoring.score")
    offer_part("score", 60, "五有得分", file_part, endpoint="scoring.score")
    offer_public_part("score", 10, public_part)
    offer_home_part("score", 10, "scoring/home/_score.html", home_score)
    offer(
        app,
        NavigationItem(
            "得分", "gauge", "scoring.score", "score.see", Audience.ENTERPRISE, 60, on_phone=True
        ),
    )
