"""What demands that risks are assessed again

expand: 动态评估的触发事项.
"""

import sqlalchemy as sa
from alembic import op

from migrations import security

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_trigger",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=True),
        sa.Column("declared_by_name", sa.Text(), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('equipment', 'process', 'accident', 'law', 'organisation')",
            name=op.f("ck_review_trigger_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_review_trigger_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_review_trigger_enterprise_id_point_id"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_review_trigger")),
    )
    op.create_index(
        "ix_review_trigger_declared_at",
        "review_trigger",
        ["enterprise_id", "declared_at"],
        unique=False,
    )
    security.tenant("review_trigger", grant="select, insert")


def downgrade() -> None:
    op.drop_index("ix_review_trigger_declared_at", table_name="review_trigger")
    op.drop_table("review_trigger")
