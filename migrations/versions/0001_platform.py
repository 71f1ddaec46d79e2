"""Roles of the four contexts, audit, jobs, receipts, files, numbers

expand: the ground that every room stands on.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    for context in ("enterprise", "officer", "public", "system"):
        op.execute(
            f"do $$ begin create role {security.role(context)} nologin;"
            " exception when duplicate_object then null; end $$"
        )
    op.execute(
        "do $$ begin create role anqima_app noinherit nologin;"
        " exception when duplicate_object then null; end $$"
    )
    for context in ("enterprise", "officer", "public", "system"):
        op.execute(f"grant {security.role(context)} to anqima_app")
    op.execute(
        "grant usage on schema public to"
        " anqima_app, anqima_enterprise, anqima_officer, anqima_public, anqima_system"
    )
    op.execute("grant select on alembic_version to anqima_app")
    op.create_table(
        "audit_event",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("actor_role", sa.Text(), nullable=False),
        sa.Column("subject", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "position", "at", name=op.f("pk_audit_event")),
        postgresql_partition_by="RANGE (at)",
    )
    op.create_index("ix_audit_event_chain_at", "audit_event", ["chain", "at"], unique=False)
    op.create_table(
        "audit_head",
        sa.Column("chain", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "job",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("run_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column(
            "result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('queued', 'running', 'done', 'failed')", name=op.f("ck_job_state")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sa.UniqueConstraint("key", name=op.f("uq_job_key")),
    )
    op.create_index("ix_job_owner_created_at", "job", ["owner", "created_at"], unique=False)
    op.create_index(
        "ix_job_waiting",
        "job",
        ["run_at"],
        unique=False,
        postgresql_where="state in ('queued', 'running')",
    )
    op.create_table(
        "number_sequence",
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("owner", "kind", "year", name=op.f("pk_number_sequence")),
    )
    op.create_table(
        "receipt",
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column(
            "answer", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "key", name=op.f("pk_receipt")),
    )
    op.create_table(
        "stored_file",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("original_sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "facts", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_stored_file_sha256")),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_stored_file")),
    )
    security.monthly_partitions("audit_event", 2026, 2027)
    op.execute("insert into audit_head values ('00000000-0000-0000-0000-000000000000', 0, '')")


def downgrade() -> None:
    op.execute("drop table audit_event_default")

    op.drop_table("stored_file")
    op.drop_table("receipt")
    op.drop_table("number_sequence")
    op.drop_index(
        "ix_job_waiting", table_name="job", postgresql_where="state in ('queued', 'running')"
    )
    op.drop_index("ix_job_owner_created_at", table_name="job")
    op.drop_table("job")
    op.drop_table("audit_head")
    op.drop_index("ix_audit_event_chain_at", table_name="audit_event")
    op.drop_table("audit_event")
