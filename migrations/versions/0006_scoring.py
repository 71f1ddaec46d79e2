"""Counters, regional sums and scores

expand: exact at every commit.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "region_cell",
        sa.Column("region_code", sa.String(collation="C"), nullable=False),
        sa.Column("industry_code", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("parent_code", sa.String(collation="C"), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "region_code", "industry_code", "measure", "day", name=op.f("pk_region_cell")
        ),
    )
    op.create_index(
        "ix_region_cell_parent_code",
        "region_cell",
        ["parent_code", "industry_code", "measure", "day"],
        unique=False,
        postgresql_include=["region_code", "amount"],
    )
    op.create_table(
        "region_delta",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("region_code", sa.String(collation="C"), nullable=False),
        sa.Column("industry_code", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_delta")),
    )
    op.create_index("ix_region_delta_region_code", "region_delta", ["region_code"], unique=False)
    op.create_table(
        "enterprise_counter",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("region_code", sa.String(collation="C"), nullable=False),
        sa.Column("industry_code", sa.Text(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("points_assessed", sa.Integer(), nullable=False),
        sa.Column("departments", sa.Integer(), nullable=False),
        sa.Column("departments_covered", sa.Integer(), nullable=False),
        sa.Column("risks", sa.Integer(), nullable=False),
        sa.Column("risks_major", sa.Integer(), nullable=False),
        sa.Column("risks_significant", sa.Integer(), nullable=False),
        sa.Column("risks_moderate", sa.Integer(), nullable=False),
        sa.Column("risks_low", sa.Integer(), nullable=False),
        sa.Column("risks_accurate", sa.Integer(), nullable=False),
        sa.Column("risks_measured", sa.Integer(), nullable=False),
        sa.Column("duties_required", sa.Integer(), nullable=False),
        sa.Column("duties_held", sa.Integer(), nullable=False),
        sa.Column("measures_checkable", sa.Integer(), nullable=False),
        sa.Column("measures_planned", sa.Integer(), nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("posts_signed", sa.Integer(), nullable=False),
        sa.Column("hazards", sa.Integer(), nullable=False),
        sa.Column("hazards_open", sa.Integer(), nullable=False),
        sa.Column("hazards_open_major", sa.Integer(), nullable=False),
        sa.Column("hazards_closed", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Integer(), nullable=False),
        sa.Column("last_check_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_activity_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enterprise_counter_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_enterprise_counter")),
    )
    op.create_table(
        "enterprise_day",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enterprise_day_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "measure", "day", name=op.f("pk_enterprise_day")),
    )
    op.create_table(
        "enterprise_score",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("standard_version", sa.Text(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("haves", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("vetoes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("computed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("grade in ('A', 'B', 'C', 'D')", name=op.f("ck_enterprise_score_grade")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enterprise_score_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", name=op.f("pk_enterprise_score")),
    )
    op.create_table(
        "score_day",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("total", sa.Numeric(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("haves", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_score_day_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "day", name=op.f("pk_score_day")),
    )
    for table in ("enterprise_counter", "enterprise_score"):
        security.tenant(table, public="select")
    for table in ("enterprise_day", "score_day"):
        security.tenant(table)
    for table in ("region_delta", "region_cell"):
        security.force(table)
        security.allow(table, "officer", security.IN_REGION, grant=security.READ, command="select")
        security.allow(table, "system", "true", grant="select, insert, update, delete")
    for context in ("enterprise", "officer"):
        op.execute(
            f"create policy {context}_insert on region_delta for insert"
            f" to {security.role(context)} with check (true)"
        )
        op.execute(f"grant insert on region_delta to {security.role(context)}")


def downgrade() -> None:

    op.drop_table("score_day")
    op.drop_table("enterprise_score")
    op.drop_table("enterprise_day")
    op.drop_table("enterprise_counter")
    op.drop_index("ix_region_delta_region_code", table_name="region_delta")
    op.drop_table("region_delta")
    op.drop_index(
        "ix_region_cell_parent_code",
        table_name="region_cell",
        postgresql_include=["region_code", "amount"],
    )
    op.drop_table("region_cell")
