"""G1 and G2: the regulator's overview costs the same whatever stands behind it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import psycopg
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event, text
from werkzeug.test import TestResponse

from bench.city import application, make, plain
from bench.ratios import Result, in_turn, ratio
from webapp.accounts.rules.roles import Role
from webapp.accounts.service.login import Device, sign_in
from webapp.accounts.service.members import add_membership, create_agency, create_user
from webapp.platform import database
from webapp.platform.clock import local_date
from webapp.platform.tenancy import Scope, officer_scope, system_actor
from webapp.scoring.queries import rollup as queries

PASSWORD = "bench 的口令 2026"  # noqa: S105 - of a database that is thrown away
NAIVE = text(
    """
    select left(e.region_code, 6), count(*), count(*) filter (where h.state <> 'closed'),
      count(*) filter (where h.state <> 'closed' and h.due_on < :today)
    from hazard h join enterprise e on e.id = h.enterprise_id
    where e.region_code >= '4105' and e.region_code < '4105:' group by 1
    """
)


class Side:
    """A database with its engine, its application and a regulator signed in."""

    def __init__(self, owner: str, folder: Path, at: datetime) -> None:
        self.owner = owner
        self.app: Flask = application(owner, folder)
        self.engine: Engine = database.engine()
        database._engines.clear()
        with self.using():
            self.scope = self._regulator(at)
        self.client: FlaskClient = self.app.test_client()
        with self.client.session_transaction() as session:
            session["_user_id"] = self.token
            session["_fresh"] = True

    def _regulator(self, at: datetime) -> Scope:
        actor = system_actor("bench")
        agency = create_agency(
            actor,
            name="安阳市应急管理局",
            region_code="4105",
            document_prefix="安",
            reconsideration_organ="安阳市人民政府",
            court="安阳市文峰区",
            at=at,
        )
        user = create_user(actor, login="bench01", name="陈静", password=PASSWORD, at=at)
        add_membership(actor, user_id=user, agency_id=agency, role=Role.REGULATOR, at=at)
        device = Device(words="bench", address="127.0.0.1")
        self.token = sign_in("bench01", PASSWORD, device=device, is_kept=False, at=at)
        return officer_scope(agency, "4105")

    @contextmanager
    def using(self) -> Iterator[Self]:
        """Make this side's engine the process's."""
        database._engines["app"] = self.engine
        yield self

    def request(self, address: str) -> TestResponse:
        """A whole signed-in request. Raises AssertionError unless it answers 200."""
        database._engines["app"] = self.engine
        response = self.client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    def statements(self, address: str) -> int:
        """How many statements a request sends."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        self.request(address)
        event.remove(self.engine, "before_cursor_execute", note)
        return len(sent)

    def buffers(self, today: date) -> int:
        """Shared buffers that the rollup statement touches, as the officer's role."""
        plan: list[str] = []

        def explain(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> Any:
            if "region_now" in statement and not statement.startswith("explain"):
                return f"explain (analyze, buffers, timing off) {statement}", parameters
            return statement, parameters

        event.listen(self.engine, "before_cursor_execute", explain, retval=True)
        try:
            with self.using(), database.reading(self.scope) as session:
                values = queries.parameters("4105", "", 90, today)
                plan = list(session.execute(queries.KEPT, values).scalars())
        finally:
            event.remove(self.engine, "before_cursor_execute", explain)
        return _shared(plan)


def _shared(plan: list[str]) -> int:
    """The buffers of the plan's top node."""
    for line in plan:
        if "Buffers: shared" in line:
            return sum(
                int(part.split("=")[1])
                for part in line.split()
                if part.startswith(("hit=", "read="))
            )
    return 0


def measure(address: str, *, small: bool, at: datetime, rounds: int) -> list[Result]:
    """Three cities: a plain one, one with 100 times its hazards, one of 10 times as many firms."""
    enterprises, few, many = (200, 10, 1000) if small else (1000, 10, 1000)
    sizes = {
        "bench_few": (enterprises, few),
        "bench_many": (enterprises, many),
        "bench_wide": (enterprises * 10, few),
    }
    with ExitStack() as stack:
        sides = []
        for name, (firms, hazards) in sizes.items():
            folder = Path(stack.enter_context(TemporaryDirectory()))
            owner = make(address, name, enterprises=firms, hazards=hazards, at=at)
            side = Side(owner, folder, at)
            stack.callback(side.engine.dispose)
            sides.append(side)
        plain, deep, wide = sides
        return [
            *_flat(plain, deep, "100x hazards", at, rounds),
            *_flat(plain, wide, "10x enterprises", at, rounds),
            *_price(deep, at, rounds),
        ]


def _flat(small: Side, large: Side, words: str, at: datetime, rounds: int) -> list[Result]:
    found = []
    buffers = [side.buffers(local_date(at)) for side in (small, large)]
    for name, address in (
        (f"overview, {words} / 1x", "/overview"),
        (f"drill-down to a county, {words} / 1x", "/overview?region=410502"),
    ):
        times = in_turn(
            {"large": _getter(large, address), "small": _getter(small, address)},
            rounds=rounds,
            calls=10,
        )
        statements = [side.statements(address) for side in (small, large)]
        found.append(
            ratio(
                "G1",
                name,
                times["large"],
                times["small"],
                most=1.10,
                counts={
                    "statements": f"{statements[0]}/{statements[1]}",
                    "buffers": f"{buffers[0]}/{buffers[1]}",
                },
                # Folded cells of more days can add a page; records must add none.
                counts_hold=statements[0] == statements[1] and buffers[1] <= buffers[0] * 1.05 + 2,
            )
        )
    return found


def _getter(side: Side, address: str) -> Callable[[], object]:
    return lambda: side.request(address)


def _price(side: Side, at: datetime, rounds: int) -> list[Result]:
    today, one = local_date(at), text("select 1")
    floor_app = _floor(side)

    def statement_only() -> None:
        session.execute(queries.KEPT, queries.parameters("4105", "", 90, today)).all()

    def naive() -> None:
        session.execute(NAIVE, {"today": today}).all()

    def select_one() -> None:
        session.execute(one).all()

    with side.using(), database.reading(side.scope) as session:
        times = in_turn({"rollup": statement_only, "one": select_one}, rounds=rounds, calls=50)
        naive_times = in_turn({"naive": naive, "rollup": statement_only}, rounds=3, calls=1)
    requests = in_turn(
        {"overview": _getter(side, "/overview"), "floor": floor_app}, rounds=rounds, calls=20
    )
    return [
        ratio(
            "G2a",
            "overview SQL / select 1, both by a session",
            times["rollup"],
            times["one"],
            most=2.0,
        ),
        ratio(
            "G2b",
            "overview request / Flask + raw key read",
            requests["overview"],
            requests["floor"],
            most=2.5,
        ),
        ratio(
            "G2c",
            "GROUP BY over hazards / overview SQL",
            naive_times["naive"],
            naive_times["rollup"],
            least=1500 if _is_full(side) else 1,
        ),
    ]


def _is_full(side: Side) -> bool:
    with side.using(), database.reading(side.scope) as session:
        return bool(
            session.execute(
                text("select reltuples >= 1900000 from pg_class where relname = 'hazard'")
            ).scalar()
        )


def _floor(side: Side) -> Callable[[], object]:
    """The least a signed-in page could cost: Flask and one read by key."""
    app = Flask("floor")
    connection = psycopg.connect(plain(side.owner), autocommit=True)
    (key,) = connection.execute("select id from enterprise limit 1").fetchone() or (None,)

    @app.get("/")
    def read() -> str:
        row = connection.execute("select name from enterprise where id = %s", (key,)).fetchone()
        return row[0] if row else ""

    client = app.test_client()
    return lambda: client.get("/")
