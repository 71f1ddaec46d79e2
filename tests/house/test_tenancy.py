"""What the database itself holds: no row without an owner, no key that leaves its tenant."""

from collections.abc import Iterator

import psycopg
import pytest

from tests.fixtures.database import PASSWORD

# These are of one enterprise but found by more than it: the enterprise itself, and tables of the
# platform in which an enterprise is one kind of owner among others.
CONTEXTS = ("enterprise", "officer", "public", "system")


@pytest.fixture(scope="module")
def catalogue(owner_address: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(owner_address.replace("+psycopg", ""), autocommit=True) as connection:
        yield connection


def column(catalogue, statement, *values) -> list[str]:
    return [row[0] for row in catalogue.execute(statement, values).fetchall()]


TENANT_TABLES = """
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'enterprise_id' and a.attnotnull
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
    order by 1
"""

KEY = """
    select a.attname from pg_index i
    cross join lateral unnest(i.indkey) with ordinality k(attnum, place)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = %s::regclass and i.indisprimary order by k.place
"""


def test_there_are_tenant_tables(catalogue):
    assert "hazard" in column(catalogue, TENANT_TABLES)


def test_the_key_of_every_tenant_table_begins_with_the_enterprise(catalogue):
    wrong = {
        table: key
        for table in column(catalogue, TENANT_TABLES)
        if (key := column(catalogue, KEY, table))[:1] != ["enterprise_id"]
    }

    assert wrong == {}


def test_every_unique_index_of_a_tenant_table_holds_the_enterprise(catalogue):
    # Tokens and numbers are unique across all tenants on purpose: an address finds them before
    # the tenant is known.
    rows = catalogue.execute(
        """
        select i.indexrelid::regclass::text, array_agg(a.attname) from pg_index i
        join pg_class c on c.oid = i.indrelid and not c.relispartition
        join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indisunique and c.relname = any(%s) group by 1
        """,
        (column(catalogue, TENANT_TABLES),),
    ).fetchall()
    across = {name for name, columns in rows if "enterprise_id" not in columns}

    assert across == {
        "uq_enterprise_code_token",
        "uq_enforcement_document_verification_token",
        "uq_enforcement_document_number",
    }


def test_no_foreign_key_between_tenant_tables_leaves_the_tenant(catalogue):
    tenant_tables = column(catalogue, TENANT_TABLES)
    rows = catalogue.execute(
        """
        select c.conname, array_agg(a.attname::text) from pg_constraint c
        join pg_class f on f.oid = c.conrelid join pg_class t on t.oid = c.confrelid
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any(c.conkey)
        where c.contype = 'f' and f.relname = any(%s) and t.relname = any(%s) group by 1
        """,
        (tenant_tables, tenant_tables),
    ).fetchall()

    assert rows
    assert [name for name, columns in rows if "enterprise_id" not in columns] == []


def test_every_table_has_row_level_security_that_binds_its_owner_too(catalogue):
    open_tables = column(
        catalogue,
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
          and c.relname <> 'alembic_version'
          and not (c.relrowsecurity and c.relforcerowsecurity)
        """,
    )

    assert open_tables == []


def test_every_table_has_a_policy_or_nobody_can_read_it(catalogue):
    bare = column(
        catalogue,
        """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
          and c.relname <> 'alembic_version'
          and not exists (select 1 from pg_policy p where p.polrelid = c.oid)
        """,
    )

    assert bare == []


def test_partitions_are_reached_through_their_parent_only(catalogue):
    granted = column(
        catalogue,
        """
        select c.relname from pg_class c where c.relispartition and c.relkind = 'r'
          and exists (select 1 from aclexplode(c.relacl) g
                      where g.grantee <> c.relowner)
        """,
    )

    assert granted == []


@pytest.mark.parametrize("role", ["anqima_app", *(f"anqima_{name}" for name in CONTEXTS)])
def test_no_role_of_the_application_can_pass_by_a_policy(catalogue, role):
    row = catalogue.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit and rolcanlogin"
        " from pg_roles where rolname = %s",
        (role,),
    ).fetchone()

    assert row == (False, False, False, False, False)


def test_the_applications_login_owns_nothing(catalogue):
    owned = column(
        catalogue,
        "select relname from pg_class c join pg_roles r on r.oid = c.relowner"
        " where r.rolname like 'anqima%%'",
    )

    assert owned == []


def test_the_applications_login_sees_nothing_before_it_has_entered_a_context(db):
    address = db.replace("+psycopg", "").replace("postgres:@", f"anqima_app:{PASSWORD}@")
    with (
        psycopg.connect(address) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("select 1 from enterprise")


def test_a_context_without_its_tenant_sees_nothing(world, db):
    address = db.replace("+psycopg", "").replace("postgres:@", f"anqima_app:{PASSWORD}@")
    seen = {}
    with psycopg.connect(address) as connection:
        for context in ("enterprise", "officer", "public"):
            connection.execute(f"set local role anqima_{context}")
            row = connection.execute("select count(*) from enterprise").fetchone()
            seen[context] = row[0]
            connection.rollback()

    assert seen == {"enterprise": 0, "officer": 0, "public": 0}
