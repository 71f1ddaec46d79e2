from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from webapp.platform import audit
from webapp.platform.database import reading
from webapp.platform.idempotency import Receipt
from webapp.platform.identifiers import PLATFORM_CHAIN, new_id
from webapp.platform.numbering import next_number
from webapp.platform.tenancy import (
    SYSTEM,
    Actor,
    actor_from_json,
    enterprise_scope,
    system_actor,
)
from webapp.platform.unit_of_work import unit_of_work

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_every_use_case_leaves_one_audit_entry_and_the_chain_verifies(own_database):
    for _ in range(3):
        with unit_of_work(system_actor("test"), "thing.done", at=NOW, subject=uuid4()) as work:
            work.note(words="做了一件事")

    found = audit.verify()

    assert (found.chains, found.events, found.broken) == (1, 3, ())


def test_a_use_case_called_by_another_keeps_its_own_entry_and_the_outer_one_commits(own_database):
    with (
        unit_of_work(system_actor("test"), "outer.done", at=NOW),
        unit_of_work(system_actor("test"), "inner.done", at=NOW),
    ):
        pass

    with reading(SYSTEM) as session:
        rows = session.query(audit.AuditEvent).order_by(audit.AuditEvent.position).all()
    assert [(row.position, row.action) for row in rows] == [(1, "inner.done"), (2, "outer.done")]


def test_a_failing_use_case_leaves_nothing(own_database):
    with pytest.raises(RuntimeError), unit_of_work(system_actor("test"), "thing.done", at=NOW):
        raise RuntimeError

    assert audit.verify().events == 0


@pytest.mark.parametrize(
    "edit",
    [
        "update audit_event set body = replace(body, '甲', '乙') where position = 2",
        "update audit_event set actor_name = '别人' where position = 2",
        "update audit_event set at = at - interval '1 hour' where position = 2",
        "delete from audit_event where position = 2",
    ],
)
def test_a_row_edited_by_sql_is_named_by_the_verification(own_database, edit):
    for _ in range(3):
        with unit_of_work(system_actor("甲"), "thing.done", at=NOW):
            pass
    with psycopg.connect(own_database.replace("+psycopg", "")) as connection:
        connection.execute(edit)

    broken = audit.verify().broken

    assert [(link.chain, link.position) for link in broken] == [(PLATFORM_CHAIN, 2)]


def test_the_restricted_login_can_neither_change_nor_delete_an_audit_entry(db):
    with psycopg.connect(
        db.replace("+psycopg", "").replace("postgres:@", f"anqima_app:{'0' * 64}@")
    ) as connection:
        connection.execute("set role anqima_system")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("update audit_event set body = ''")
    with psycopg.connect(
        db.replace("+psycopg", "").replace("postgres:@", f"anqima_app:{'0' * 64}@")
    ) as connection:
        connection.execute("set role anqima_system")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from audit_event")


def test_a_repeated_key_gets_the_first_answer_and_no_second_entry(own_database):
    key = new_id()
    answers = []
    for number in (1, 2):
        with unit_of_work(system_actor("test"), "form.submitted", at=NOW) as work:
            earlier = work.claim(key, "form.submitted")
            if earlier is None:
                work.seal(key, {"number": number})
            answers.append(earlier)

    assert answers == [None, {"number": 1}]
    assert audit.verify().events == 1


def test_numbers_that_were_rolled_back_are_given_again(own_database):
    owner = uuid4()
    with unit_of_work(system_actor("test"), "number.taken", at=NOW) as work:
        assert next_number(work.session, owner, "order", 2026) == 1
    with pytest.raises(RuntimeError), unit_of_work(system_actor("test"), "x.y", at=NOW) as work:
        raise RuntimeError(next_number(work.session, owner, "order", 2026))

    with unit_of_work(system_actor("test"), "number.taken", at=NOW) as work:
        assert next_number(work.session, owner, "order", 2026) == 2


def test_a_context_without_a_tenant_sees_and_writes_nothing_of_any(db):
    stranger = enterprise_scope(uuid4())

    with reading(stranger) as session:
        assert session.query(Receipt).count() == 0


def test_an_actor_travels_with_a_job_unchanged():
    actor = Actor(uuid4(), "张工", "worker", enterprise_scope(uuid4()), person_id=uuid4())

    assert actor_from_json(actor.as_json()) == actor
