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


def downgrade() -> None:
    op.drop_index("ix_enterprise_score_total", table_name="enterprise_score")
    op.drop_table("region_now")
