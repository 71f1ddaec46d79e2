"""A region's sums as of today, ready to read

expand: the folder keeps one row a region; until its first turn the cells are read as before.
"""

import sqlalchemy as sa
from alembic import op

from migrations import security

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

SUMS = (
    "enterprises",
    "points",
    "risks",
    "risks_major",
    "risks_significant",
    "risks_moderate",
    "risks_low",
    "hazards",
    "hazards_open",
    "hazards_open_major",
    "hazards_closed",
    "overdue",
    "hazards_due",
    "hazards_on_time",
    "tasks_due",
    "tasks_on_time",
    "score_tenths",
    "score_moved_tenths",
)


IN_REGION = "exists (select 1 from enterprise e where e.id = enterprise_score.enterprise_id)"
# Looked up row by row: as an existence the planner would first gather the whole region, and
# the few lowest scores of a large city would cost as much as all its enterprises.
LOOKED_UP = "(select true from enterprise e where e.id = enterprise_score.enterprise_id)"


def upgrade() -> None:
    op.create_table(
        "region_now",
        sa.Column("parent_code", sa.String(collation="C"), nullable=False),
        sa.Column("industry_code", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(collation="C"), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.PrimaryKeyConstraint(
            "parent_code", "industry_code", "region_code", name=op.f("pk_region_now")
        ),
    )
    security.force("region_now")
    security.allow(
        "region_now", "officer", security.IN_REGION, grant=security.READ, command="select"
    )
    security.allow("region_now", "system", "true", grant="select, insert, update, delete")
    op.create_index(
        "ix_enterprise_score_total", "enterprise_score", ["total", "enterprise_id"], unique=False
    )
    _officers_see(LOOKED_UP)


def _officers_see(rows: str) -> None:
    op.execute(f"alter policy officer_all on enterprise_score using ({rows}) with check ({rows})")


def downgrade() -> None:
    _officers_see(IN_REGION)
    op.drop_index("ix_enterprise_score_total", table_name="enterprise_score")
    op.drop_table("region_now")
