"""The risk ledger and its imports

expand: 风险分级管控.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_mapping",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("columns", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_import_mapping_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_import_mapping")),
    )
    op.create_index(
        "uq_import_mapping_fingerprint",
        "import_mapping",
        ["enterprise_id", "fingerprint"],
        unique=True,
    )
    op.create_table(
        "ledger_import",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("row_count", sa.Integer(), nullable=False),
        sa.Column("ready_count", sa.Integer(), nullable=False),
        sa.Column("imported_count", sa.Integer(), nullable=False),
        sa.Column("rest_file_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column(
            "result", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('previewed', 'importing', 'imported', 'abandoned')",
            name=op.f("ck_ledger_import_state"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_ledger_import_enterprise_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "rest_file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_ledger_import_enterprise_id_rest_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_ledger_import_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_ledger_import")),
    )
    op.create_index(
        "ix_ledger_import_created_at",
        "ledger_import",
        ["enterprise_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "risk_unit",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_risk_unit_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_risk_unit_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_risk_unit")),
    )
    op.create_index("uq_risk_unit_name", "risk_unit", ["enterprise_id", "name"], unique=True)
    op.create_table(
        "risk_point",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind in ('place', 'equipment', 'activity')", name=op.f("ck_risk_point_kind")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_risk_point_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "owner_id"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_risk_point_enterprise_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "unit_id"],
            ["risk_unit.enterprise_id", "risk_unit.id"],
            name=op.f("fk_risk_point_enterprise_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_risk_point_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_risk_point")),
    )
    op.create_index("uq_risk_point_name", "risk_point", ["enterprise_id", "name"], unique=True)
    op.create_table(
        "hazard_source",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("factor_class", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_hazard_source_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_hazard_source_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_hazard_source")),
    )
    op.create_index(
        "ix_hazard_source_point_id", "hazard_source", ["enterprise_id", "point_id"], unique=False
    )
    op.create_table(
        "risk_event",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("accident_types", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("consequence", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("inherent_level", sa.Text(), nullable=False),
        sa.Column("control_level", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("department_words", sa.Text(), nullable=False),
        sa.Column("owner_words", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "control_level in ('company', 'department', 'team', 'post')",
            name=op.f("ck_risk_event_control_level"),
        ),
        sa.CheckConstraint(
            "inherent_level in ('major', 'significant', 'moderate', 'low')",
            name=op.f("ck_risk_event_inherent_level"),
        ),
        sa.CheckConstraint(
            "level in ('major', 'significant', 'moderate', 'low')", name=op.f("ck_risk_event_level")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_risk_event_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "owner_id"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_risk_event_enterprise_id_owner_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_risk_event_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "source_id"],
            ["hazard_source.enterprise_id", "hazard_source.id"],
            name=op.f("fk_risk_event_enterprise_id_source_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_risk_event_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_risk_event")),
    )
    op.create_index(
        "ix_risk_event_level", "risk_event", ["level", "enterprise_id", "id"], unique=False
    )
    op.create_index(
        "ix_risk_event_point_id", "risk_event", ["point_id", "enterprise_id"], unique=False
    )
    op.create_index("uq_risk_event_number", "risk_event", ["number", "enterprise_id"], unique=True)
    op.create_table(
        "control_measure",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("control_level", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("is_checkable", sa.Boolean(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "category in ('engineering', 'management', 'training', 'personal_protection', 'emergency')",
            name=op.f("ck_control_measure_category"),
        ),
        sa.CheckConstraint(
            "control_level in ('company', 'department', 'team', 'post')",
            name=op.f("ck_control_measure_control_level"),
        ),
        sa.CheckConstraint(
            "frequency in ('each_shift', 'daily', 'weekly', 'monthly', 'quarterly', 'half_yearly', 'yearly')",
            name=op.f("ck_control_measure_frequency"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "event_id"],
            ["risk_event.enterprise_id", "risk_event.id"],
            name=op.f("fk_control_measure_enterprise_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_control_measure_enterprise_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_control_measure_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_control_measure")),
    )
    op.create_index(
        "ix_control_measure_event_id",
        "control_measure",
        ["enterprise_id", "event_id", "ordinal"],
        unique=False,
    )
    op.create_table(
        "risk_assessment",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("method_version", sa.Text(), nullable=False),
        sa.Column("factors", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("direct_rule", sa.Text(), nullable=False),
        sa.Column("assessed_by", sa.Uuid(), nullable=True),
        sa.Column("assessed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('inherent', 'residual')", name=op.f("ck_risk_assessment_kind")
        ),
        sa.CheckConstraint(
            "level in ('major', 'significant', 'moderate', 'low')",
            name=op.f("ck_risk_assessment_level"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "event_id"],
            ["risk_event.enterprise_id", "risk_event.id"],
            name=op.f("fk_risk_assessment_enterprise_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_risk_assessment_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_risk_assessment")),
    )
    op.create_index(
        "ix_risk_assessment_event_id",
        "risk_assessment",
        ["enterprise_id", "event_id", "assessed_at"],
        unique=False,
    )
    op.create_index(
        "uq_risk_assessment_current",
        "risk_assessment",
        ["enterprise_id", "event_id", "kind"],
        unique=True,
        postgresql_where="replaced_at is null",
    )
    for table in ("risk_unit", "risk_assessment", "ledger_import"):
        security.tenant(table)
    security.tenant("import_mapping", grant="select, insert, update, delete")
    for table in ("risk_point", "hazard_source", "risk_event", "control_measure"):
        security.tenant(table, public="select")


def downgrade() -> None:

    op.drop_index(
        "uq_risk_assessment_current",
        table_name="risk_assessment",
        postgresql_where="replaced_at is null",
    )
    op.drop_index("ix_risk_assessment_event_id", table_name="risk_assessment")
    op.drop_table("risk_assessment")
    op.drop_index("ix_control_measure_event_id", table_name="control_measure")
    op.drop_table("control_measure")
    op.drop_index("uq_risk_event_number", table_name="risk_event")
    op.drop_index("ix_risk_event_point_id", table_name="risk_event")
    op.drop_index("ix_risk_event_level", table_name="risk_event")
    op.drop_table("risk_event")
    op.drop_index("ix_hazard_source_point_id", table_name="hazard_source")
    op.drop_table("hazard_source")
    op.drop_index("uq_risk_point_name", table_name="risk_point")
    op.drop_table("risk_point")
    op.drop_index("uq_risk_unit_name", table_name="risk_unit")
    op.drop_table("risk_unit")
    op.drop_index("ix_ledger_import_created_at", table_name="ledger_import")
    op.drop_table("ledger_import")
    op.drop_index("uq_import_mapping_fingerprint", table_name="import_mapping")
    op.drop_table("import_mapping")
