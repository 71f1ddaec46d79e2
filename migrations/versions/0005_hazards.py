"""Checklists, plans, checks and hazards

expand: 隐患排查治理.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checklist",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('active', 'replaced')", name=op.f("ck_checklist_state")),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_checklist_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_checklist_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_checklist")),
    )
    op.create_index(
        "ix_checklist_point_id", "checklist", ["enterprise_id", "point_id"], unique=False
    )
    op.create_table(
        "check_plan",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("origin_post_id", sa.Uuid(), nullable=False),
        sa.Column("origin_frequency", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("generated_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "frequency in ('each_shift', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly')",
            name=op.f("ck_check_plan_frequency"),
        ),
        sa.CheckConstraint(
            "origin_frequency in ('each_shift', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly')",
            name=op.f("ck_check_plan_origin_frequency"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "origin_post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_check_plan_enterprise_id_origin_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "checklist_id"],
            ["checklist.enterprise_id", "checklist.id"],
            name=op.f("fk_check_plan_enterprise_id_checklist_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_check_plan_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_check_plan_enterprise_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_check_plan_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_check_plan")),
    )
    op.create_index(
        "uq_check_plan_active",
        "check_plan",
        ["enterprise_id", "point_id", "origin_post_id", "origin_frequency"],
        unique=True,
        postgresql_where="ended_on is null",
    )
    op.create_table(
        "check_task",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plan_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state in ('open', 'done', 'waived')", name=op.f("ck_check_task_state")),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "checklist_id"],
            ["checklist.enterprise_id", "checklist.id"],
            name=op.f("fk_check_task_enterprise_id_checklist_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "plan_id"],
            ["check_plan.enterprise_id", "check_plan.id"],
            name=op.f("fk_check_task_enterprise_id_plan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_check_task_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_check_task_enterprise_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_check_task_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_check_task")),
    )
    op.create_index("ix_check_task_due_at", "check_task", ["enterprise_id", "due_at"], unique=False)
    op.create_index(
        "ix_check_task_post_id", "check_task", ["enterprise_id", "post_id", "due_at"], unique=False
    )
    op.create_index(
        "uq_check_task_period", "check_task", ["enterprise_id", "plan_id", "period"], unique=True
    )
    op.create_table(
        "checklist_item",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("measure_id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("must_see", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "checklist_id"],
            ["checklist.enterprise_id", "checklist.id"],
            name=op.f("fk_checklist_item_enterprise_id_checklist_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "event_id"],
            ["risk_event.enterprise_id", "risk_event.id"],
            name=op.f("fk_checklist_item_enterprise_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "measure_id"],
            ["control_measure.enterprise_id", "control_measure.id"],
            name=op.f("fk_checklist_item_enterprise_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_checklist_item_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_checklist_item")),
    )
    op.create_index(
        "ix_checklist_item_measure_id",
        "checklist_item",
        ["enterprise_id", "measure_id"],
        unique=False,
    )
    op.create_index(
        "uq_checklist_item_ordinal",
        "checklist_item",
        ["enterprise_id", "checklist_id", "ordinal"],
        unique=True,
    )
    op.create_table(
        "self_check",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("checklist_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=True),
        sa.Column("submitted_by_name", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_mobile", sa.Boolean(), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("normal_count", sa.Integer(), nullable=False),
        sa.Column("abnormal_count", sa.Integer(), nullable=False),
        sa.Column("unchecked_count", sa.Integer(), nullable=False),
        sa.Column("signature_file_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "checklist_id"],
            ["checklist.enterprise_id", "checklist.id"],
            name=op.f("fk_self_check_enterprise_id_checklist_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "person_id"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_self_check_enterprise_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "signature_file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_self_check_enterprise_id_signature_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "task_id"],
            ["check_task.enterprise_id", "check_task.id"],
            name=op.f("fk_self_check_enterprise_id_task_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_self_check_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_self_check")),
    )
    op.create_index(
        "ix_self_check_submitted_at", "self_check", ["enterprise_id", "submitted_at"], unique=False
    )
    op.create_index(
        "uq_self_check_task_id", "self_check", ["enterprise_id", "task_id"], unique=True
    )
    op.create_table(
        "check_answer",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "result in ('normal', 'abnormal', 'unchecked')", name=op.f("ck_check_answer_result")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "check_id"],
            ["self_check.enterprise_id", "self_check.id"],
            name=op.f("fk_check_answer_enterprise_id_check_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "item_id"],
            ["checklist_item.enterprise_id", "checklist_item.id"],
            name=op.f("fk_check_answer_enterprise_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_check_answer_enterprise_id")
        ),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "check_id", "item_id", "answered_on", name=op.f("pk_check_answer")
        ),
        postgresql_partition_by="RANGE (answered_on)",
    )
    op.create_table(
        "hazard",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("criterion_code", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Uuid(), nullable=True),
        sa.Column("check_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("order_item", sa.Integer(), nullable=True),
        sa.Column("order_number", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Uuid(), nullable=True),
        sa.Column("reported_by_user", sa.Uuid(), nullable=True),
        sa.Column("reported_by_name", sa.Text(), nullable=False),
        sa.Column("is_frontline", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("extended_from", sa.Date(), nullable=True),
        sa.Column("rectification", sa.Text(), nullable=False),
        sa.Column("rectified_by_user", sa.Uuid(), nullable=True),
        sa.Column("rectified_by_name", sa.Text(), nullable=False),
        sa.Column("rectified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("verification", sa.Text(), nullable=False),
        sa.Column("verified_by_user", sa.Uuid(), nullable=True),
        sa.Column("verified_by_name", sa.Text(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_count", sa.Integer(), nullable=False),
        sa.Column("implementations", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("level in ('general', 'major')", name=op.f("ck_hazard_level")),
        sa.CheckConstraint(
            "source in ('self_check', 'report', 'inspection')", name=op.f("ck_hazard_source")
        ),
        sa.CheckConstraint(
            "state <> 'closed' or closed_at is not null", name=op.f("ck_hazard_closed_at")
        ),
        sa.CheckConstraint(
            "state in ('reported', 'graded', 'assigned', 'rectified', 'verified', 'closed')",
            name=op.f("ck_hazard_state"),
        ),
        sa.CheckConstraint(
            "verified_by_user is null or verified_by_user <> rectified_by_user",
            name=op.f("ck_hazard_verifier_is_another"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "assigned_to"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_hazard_enterprise_id_assigned_to"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "check_id"],
            ["self_check.enterprise_id", "self_check.id"],
            name=op.f("fk_hazard_enterprise_id_check_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_hazard_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "event_id"],
            ["risk_event.enterprise_id", "risk_event.id"],
            name=op.f("fk_hazard_enterprise_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "item_id"],
            ["checklist_item.enterprise_id", "checklist_item.id"],
            name=op.f("fk_hazard_enterprise_id_item_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "measure_id"],
            ["control_measure.enterprise_id", "control_measure.id"],
            name=op.f("fk_hazard_enterprise_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_hazard_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "reported_by"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_hazard_enterprise_id_reported_by"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_hazard_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_hazard")),
    )
    op.create_index(
        "ix_hazard_assigned_to", "hazard", ["enterprise_id", "assigned_to"], unique=False
    )
    op.create_index(
        "ix_hazard_open_due_on",
        "hazard",
        ["enterprise_id", "due_on"],
        unique=False,
        postgresql_where="state <> 'closed'",
    )
    op.create_index("ix_hazard_order_id", "hazard", ["enterprise_id", "order_id"], unique=False)
    op.create_index(
        "ix_hazard_reported_at", "hazard", ["enterprise_id", "reported_at", "id"], unique=False
    )
    op.create_index("uq_hazard_number", "hazard", ["enterprise_id", "number"], unique=True)
    op.create_table(
        "hazard_photo",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hazard_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("moment", sa.Text(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("moment in ('before', 'after')", name=op.f("ck_hazard_photo_moment")),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_hazard_photo_enterprise_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "hazard_id"],
            ["hazard.enterprise_id", "hazard.id"],
            name=op.f("fk_hazard_photo_enterprise_id_hazard_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_hazard_photo_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_hazard_photo")),
    )
    op.create_index(
        "ix_hazard_photo_hazard_id", "hazard_photo", ["enterprise_id", "hazard_id"], unique=False
    )
    op.create_table(
        "hazard_step",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hazard_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "hazard_id"],
            ["hazard.enterprise_id", "hazard.id"],
            name=op.f("fk_hazard_step_enterprise_id_hazard_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_hazard_step_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_hazard_step")),
    )
    op.create_index(
        "uq_hazard_step_ordinal",
        "hazard_step",
        ["enterprise_id", "hazard_id", "ordinal"],
        unique=True,
    )
    security.monthly_partitions("check_answer", 2026, 2027)
    for table in (
        "checklist",
        "checklist_item",
        "check_plan",
        "check_task",
        "self_check",
        "check_answer",
        "hazard",
        "hazard_step",
        "hazard_photo",
    ):
        security.tenant(table)


def downgrade() -> None:
    op.execute("drop table check_answer_default")

    op.drop_index("uq_hazard_step_ordinal", table_name="hazard_step")
    op.drop_table("hazard_step")
    op.drop_index("ix_hazard_photo_hazard_id", table_name="hazard_photo")
    op.drop_table("hazard_photo")
    op.drop_index("uq_hazard_number", table_name="hazard")
    op.drop_index("ix_hazard_reported_at", table_name="hazard")
    op.drop_index("ix_hazard_order_id", table_name="hazard")
    op.drop_index(
        "ix_hazard_open_due_on", table_name="hazard", postgresql_where="state <> 'closed'"
    )
    op.drop_index("ix_hazard_assigned_to", table_name="hazard")
    op.drop_table("hazard")
    op.drop_table("check_answer")
    op.drop_index("uq_self_check_task_id", table_name="self_check")
    op.drop_index("ix_self_check_submitted_at", table_name="self_check")
    op.drop_table("self_check")
    op.drop_index("uq_checklist_item_ordinal", table_name="checklist_item")
    op.drop_index("ix_checklist_item_measure_id", table_name="checklist_item")
    op.drop_table("checklist_item")
    op.drop_index("uq_check_task_period", table_name="check_task")
    op.drop_index("ix_check_task_post_id", table_name="check_task")
    op.drop_index("ix_check_task_due_at", table_name="check_task")
    op.drop_table("check_task")
    op.drop_index(
        "uq_check_plan_active", table_name="check_plan", postgresql_where="ended_on is null"
    )
    op.drop_table("check_plan")
    op.drop_index("ix_checklist_point_id", table_name="checklist")
    op.drop_table("checklist")
