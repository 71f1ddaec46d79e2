"""G3: exact counters on a write, for little more than the write itself."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from statistics import quantiles
from uuid import UUID

from sqlalchemy import create_engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bench.city import make, restricted
from bench.ratios import Result, in_turn, ratio
from webapp.enterprise.models.profile import Enterprise
from webapp.hazards.events import HazardOpened
from webapp.hazards.models.hazards import Hazard
from webapp.hazards.rules.grading import HazardLevel
from webapp.hazards.rules.lifecycle import HazardSource
from webapp.platform import database
from webapp.platform.clock import local_date
from webapp.platform.database import reading, transaction
from webapp.platform.identifiers import new_id
from webapp.platform.tenancy import SYSTEM, Actor, enterprise_scope, officer_scope
from webapp.platform.unit_of_work import unit_of_work
from webapp.scoring.queries.rollup import rollup
from webapp.scoring.service.folding import fold
from webapp.scoring.service.recount import recount

WRITERS = 16
WORK_S = 0.005


def _hazard(enterprise_id: UUID, at: datetime) -> Hazard:
    key = new_id()
    return Hazard(
        enterprise_id=enterprise_id,
        id=key,
        number=f"B-{key}",
        title="配电箱未上锁",
        description="配电箱未上锁",
        source="report",
        level="general",
        state="reported",
        reported_by_name="张工",
        reported_at=at,
        due_on=local_date(at),
    )


def bare(enterprise_id: UUID, at: datetime) -> None:
    """The record alone, in its tenant's context."""
    with transaction(enterprise_scope(enterprise_id)) as session:
        session.add(_hazard(enterprise_id, at))


def _busy(session: Session, seconds: float) -> None:
    """What else a request does inside its transaction."""
    if seconds:
        session.execute(text("select pg_sleep(:s)"), {"s": seconds})


def audited(enterprise_id: UUID, at: datetime, busy_s: float = 0) -> None:
    """The record and its audit entry."""
    actor = Actor(None, "张工", "worker", enterprise_scope(enterprise_id))
    with unit_of_work(actor, "hazard.reported", at=at) as work:
        _busy(work.session, busy_s)
        work.add(_hazard(enterprise_id, at))


def counted(enterprise_id: UUID, at: datetime, busy_s: float = 0) -> None:
    """The record with audit, counters, day amounts, regional deltas and the score."""
    actor = Actor(None, "张工", "worker", enterprise_scope(enterprise_id))
    with unit_of_work(actor, "hazard.reported", at=at) as work:
        _busy(work.session, busy_s)
        hazard = _hazard(enterprise_id, at)
        work.add(hazard)
        work.publish(
            HazardOpened(
                enterprise_id,
                hazard.id,
                HazardLevel.GENERAL,
                HazardSource.REPORT,
                hazard.due_on,
                is_frontline=False,
                is_repeated=False,
                reported_by=None,
                at=at,
            )
        )


@dataclass
class _Window:
    """What the writers of one window did."""

    latencies_ms: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _contend(
    write: Callable[[UUID, datetime], None], keys: list[UUID], at: datetime, seconds: float
) -> tuple[float, _Window]:
    window, ends = _Window(), time.monotonic() + seconds

    def run(key: UUID) -> None:
        while time.monotonic() < ends:
            began = time.perf_counter()
            try:
                write(key, at)
            except DBAPIError as error:
                window.faults.append(type(error.orig).__name__)
            window.latencies_ms.append((time.perf_counter() - began) * 1000)

    threads = [threading.Thread(target=run, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(window.latencies_ms) / seconds, window


def measure(address: str, *, small: bool, at: datetime, rounds: int) -> list[Result]:
    """One writer, sixteen writers in one district, exactness, unfolded reads."""
    owner = make(address, "bench_writes", enterprises=50, hazards=10, at=at)
    database.configure(restricted(owner), pool_size=WRITERS + 4)
    with reading(SYSTEM) as session:
        keys = list(session.execute(select(Enterprise.id).limit(WRITERS)).scalars())
    calls = 20 if small else 100
    times = in_turn(
        {
            "counted": lambda: counted(keys[0], at),
            "audited": lambda: audited(keys[0], at),
            "bare": lambda: bare(keys[0], at),
        },
        rounds=rounds,
        calls=calls,
    )
    found = [
        ratio(
            "G3a",
            "hazard with all counters / bare insert",
            times["counted"],
            times["bare"],
            most=1.20,
        ),
        ratio(
            "G3b",
            "hazard with all counters / audited insert",
            times["counted"],
            times["audited"],
            most=1.60,
        ),
    ]
    found.append(_flat(address, owner, at, rounds, calls))
    found += _contention(keys, at, 1.0 if small else 3.0, rounds)
    found.append(_unfolded(at, rounds, many=1_000 if small else 10_000))
    found += _exact(address, at, 1.0 if small else 3.0)
    database.dispose()
    return found


def _flat(address: str, short: str, at: datetime, rounds: int, calls: int) -> Result:
    """The same write in an enterprise with a hundred times the records."""
    long = make(address, "bench_history", enterprises=4, hazards=1_000, at=at)
    engines = [create_engine(restricted(owner)) for owner in (short, long)]
    keys = []
    for engine in engines:
        database._engines["app"] = engine
        with reading(SYSTEM) as session:
            keys.append(session.execute(select(Enterprise.id).limit(1)).scalar_one())

    def write(side: int) -> None:
        database._engines["app"] = engines[side]
        counted(keys[side], at)

    sides = {"short": lambda: write(0), "long": lambda: write(1)}
    times = in_turn(sides, rounds=rounds, calls=calls)
    engines[1].dispose()
    database.configure(restricted(short), pool_size=WRITERS + 4)
    return ratio(
        "G3g",
        "counted write after 1,000 hazards / after 10",
        times["long"],
        times["short"],
        most=1.15,
    )


def _contention(keys: list[UUID], at: datetime, seconds: float, rounds: int) -> list[Result]:
    slow_audited, slow_counted = partial(audited, busy_s=WORK_S), partial(counted, busy_s=WORK_S)
    plain_rates, counted_rates, slow_tail, plain_tail, faults = [], [], [], [], []
    for _ in range(max(2, rounds // 2)):
        rate, window = _contend(slow_audited, keys, at, seconds)
        plain_rates.append(1 / rate)
        plain_tail.append(quantiles(window.latencies_ms, n=100)[98])
        rate, window = _contend(slow_counted, keys, at, seconds)
        counted_rates.append(1 / rate)
        slow_tail.append(quantiles(window.latencies_ms, n=100)[98])
        faults += window.faults
    return [
        ratio(
            "G3c",
            "16 writers in one city, writes/s against uncounted",
            plain_rates,
            counted_rates,
            least=0.90,
            counts={"faults": len(faults)},
            counts_hold=not faults,
        ),
        ratio("G3d", "16 writers, p99 against uncounted", slow_tail, plain_tail, most=1.6),
    ]


def _exact(address: str, at: datetime, seconds: float) -> list[Result]:
    """After concurrent writes the stored numbers are the records' numbers, folded or not."""
    owner = make(address, "bench_exact", enterprises=WRITERS, hazards=5, at=at)
    database.configure(restricted(owner), pool_size=WRITERS + 4)
    with reading(SYSTEM) as session:
        keys = list(session.execute(select(Enterprise.id).limit(WRITERS)).scalars())
    _, window = _contend(counted, keys, at, seconds)
    found = []
    for name in ("unfolded", "folded"):
        compared = recount()
        differing = len(compared.differences)
        found.append(
            Result(
                "G3e",
                f"rollup = recount after {len(window.latencies_ms)} writes, {name}",
                "0 differences",
                float(differing),
                float(differing),
                float(differing),
                1,
                not differing and not window.faults,
                counts={"compared": compared.compared, "faults": len(window.faults)},
            )
        )
        while fold():
            pass
    return found


def _unfolded(at: datetime, rounds: int, many: int) -> Result:
    scope = officer_scope(new_id(), "4105")
    today = local_date(at)

    def waiting(number: int) -> list[float]:
        while fold():
            pass
        with transaction(SYSTEM) as session:
            session.execute(
                text(
                    "insert into region_delta (region_code, industry_code, measure, day, amount)"
                    " select '410502001', '34', 'hazard_open_due', cast(:day as date) + n % 30, 0"
                    " from generate_series(1, :n) n"
                ),
                {"n": number, "day": today - timedelta(days=40)},
            )
        return in_turn(
            {"read": lambda: rollup(scope, "4105", today=today)}, rounds=rounds, calls=5
        )["read"]

    few = waiting(many // 100)
    lots = waiting(many)
    while fold():
        pass
    return ratio("G3f", f"read with {many} unfolded moves / {many // 100}", lots, few, most=8.0)
