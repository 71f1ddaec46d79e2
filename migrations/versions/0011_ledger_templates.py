"""Risks proposed by an industry's template, and what a checker of a measure looks for

expand: present risks count as confirmed, present measures are checked by eye; the defaults on the
server serve older code that still writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

METHODS = "'visual', 'measurement', 'record', 'interview', 'test'"


def upgrade() -> None:
    op.add_column(
        "risk_event",
        sa.Column("is_proposed", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.add_column("risk_event", sa.Column("origin", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "control_measure", sa.Column("item", sa.Text(), nullable=False, server_default="")
    )
    op.add_column(
        "control_measure",
        sa.Column("check_method", sa.Text(), nullable=False, server_default="visual"),
    )
    _index("event_id", "enterprise_id", "ordinal")
    op.create_check_constraint(
        op.f("ck_control_measure_check_method"), "control_measure", f"check_method in ({METHODS})"
    )


def _index(*columns: str) -> None:
    """The measures of an event; not led by the enterprise, or small tables lose their key to it."""
    op.drop_index("ix_control_measure_event_id", table_name="control_measure")
    op.create_index("ix_control_measure_event_id", "control_measure", list(columns), unique=False)


def downgrade() -> None:
    _index("enterprise_id", "event_id", "ordinal")
    op.drop_constraint(op.f("ck_control_measure_check_method"), "control_measure")
    op.drop_column("control_measure", "check_method")
    op.drop_column("control_measure", "item")
    op.drop_column("risk_event", "origin")
    op.drop_column("risk_event", "is_proposed")
