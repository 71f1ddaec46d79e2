"""Published versions of ledgers

expand: 风险分级管控清单的审核、签发和版本.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# What was submitted cannot be rewritten by any role of the application: only its later life can.
LATER = (
    "number, state, ended_by_name, ended_at, ended_reason, published_by_name, published_at,"
    " signature_file_id, version"
)


def upgrade() -> None:
    op.create_table(
        "ledger_version",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("rows", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rows_sha256", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("levels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by_name", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("published_by_name", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("signature_file_id", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('submitted', 'reviewed', 'published', 'returned', 'withdrawn')",
            name=op.f("ck_ledger_version_state"),
        ),
        sa.CheckConstraint(
            "(state = 'published') = (number is not null)"
            " and (state = 'published') = (published_at is not null)",
            name=op.f("ck_ledger_version_published"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_ledger_version_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "signature_file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_ledger_version_enterprise_id_signature_file_id"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_ledger_version")),
    )
    op.create_index(
        "uq_ledger_version_number", "ledger_version", ["enterprise_id", "number"], unique=True
    )
    op.create_index(
        "uq_ledger_version_open",
        "ledger_version",
        ["enterprise_id"],
        unique=True,
        postgresql_where=sa.text("state in ('submitted', 'reviewed')"),
    )
    op.create_index(
        "ix_ledger_version_submitted_at",
        "ledger_version",
        ["enterprise_id", "submitted_at"],
        unique=False,
    )
    op.create_table(
        "ledger_review",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=False),
        sa.Column("department_name", sa.Text(), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("decided_by_name", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_ledger_review_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "version_id"],
            ["ledger_version.enterprise_id", "ledger_version.id"],
            name=op.f("fk_ledger_review_enterprise_id_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_ledger_review_enterprise_id_department_id"),
        ),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "version_id", "department_id", name=op.f("pk_ledger_review")
        ),
    )
    security.tenant("ledger_version", grant=f"select, insert, update ({LATER})")
    security.tenant("ledger_review")


def downgrade() -> None:
    op.drop_table("ledger_review")
    op.drop_index("ix_ledger_version_submitted_at", table_name="ledger_version")
    op.drop_index(
        "uq_ledger_version_open",
        table_name="ledger_version",
        postgresql_where=sa.text("state in ('submitted', 'reviewed')"),
    )
    op.drop_index("uq_ledger_version_number", table_name="ledger_version")
    op.drop_table("ledger_version")
