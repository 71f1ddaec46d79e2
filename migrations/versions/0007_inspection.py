"""Inspections and their documents

expand: 监督检查与执法.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# An issued paper cannot be rewritten by any role of the application: only its later life is open.
LATER = "state, served_at, served_how, closed_at, revoked_at, revoked_reason"
WRITE = {
    "inspection_case": security.WRITE,
    "case_officer": security.WRITE,
    "finding": security.WRITE,
    "enforcement_document": f"select, insert, update ({LATER})",
    "document_signature": "select, insert",
}


def upgrade() -> None:
    op.create_table(
        "inspection_case",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.Text(), nullable=False),
        sa.Column("contact_position", sa.Text(), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("situation", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('open', 'recorded', 'ordered', 'reinspected', 'closed', 'abandoned')",
            name=op.f("ck_inspection_case_state"),
        ),
        sa.CheckConstraint(
            "ended_at is null or ended_at > started_at", name=op.f("ck_inspection_case_time_order")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_inspection_case_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_inspection_case_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_inspection_case")),
    )
    op.create_index(
        "ix_inspection_case_agency_id", "inspection_case", ["agency_id", "started_at"], unique=False
    )
    op.create_table(
        "case_officer",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("certificate_number", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "case_id"],
            ["inspection_case.enterprise_id", "inspection_case.id"],
            name=op.f("fk_case_officer_enterprise_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_case_officer_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_case_officer_user_id")
        ),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "case_id", "user_id", name=op.f("pk_case_officer")
        ),
    )
    op.create_index("ix_case_officer_user_id", "case_officer", ["user_id"], unique=False)
    op.create_index(
        "uq_case_officer_ordinal",
        "case_officer",
        ["enterprise_id", "case_id", "ordinal"],
        unique=True,
    )
    op.create_table(
        "enforcement_document",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_sha256", sa.Text(), nullable=False),
        sa.Column("file_sha256", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("verification_token", sa.Text(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("deadline_on", sa.Date(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("served_how", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "kind in ('inspection_record', 'rectification_order', 'reinspection_opinion')",
            name=op.f("ck_enforcement_document_kind"),
        ),
        sa.CheckConstraint(
            "state in ('issued', 'served', 'closed', 'revoked')",
            name=op.f("ck_enforcement_document_state"),
        ),
        sa.CheckConstraint(
            "served_how in ('', 'direct', 'left', 'posted', 'electronic')",
            name=op.f("ck_enforcement_document_served_how"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_enforcement_document_agency_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "case_id"],
            ["inspection_case.enterprise_id", "inspection_case.id"],
            name=op.f("fk_enforcement_document_enterprise_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_enforcement_document_enterprise_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "order_id"],
            ["enforcement_document.enterprise_id", "enforcement_document.id"],
            name=op.f("fk_enforcement_document_enterprise_id_order_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "replaces_id"],
            ["enforcement_document.enterprise_id", "enforcement_document.id"],
            name=op.f("fk_enforcement_document_enterprise_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enforcement_document_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_enforcement_document")),
    )
    op.create_index(
        "ix_enforcement_document_agency_id",
        "enforcement_document",
        ["agency_id", "issued_at"],
        unique=False,
    )
    op.create_index(
        "ix_enforcement_document_file_sha256",
        "enforcement_document",
        ["file_sha256"],
        unique=False,
    )
    op.create_index(
        "ix_enforcement_document_case_id",
        "enforcement_document",
        ["enterprise_id", "case_id"],
        unique=False,
    )
    op.create_index(
        "uq_enforcement_document_number",
        "enforcement_document",
        ["agency_id", "kind", "year", "sequence"],
        unique=True,
    )
    op.create_index(
        "uq_enforcement_document_verification_token",
        "enforcement_document",
        ["verification_token"],
        unique=True,
    )
    op.create_table(
        "document_signature",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(file_id is null) = (refusal <> '')",
            name=op.f("ck_document_signature_signed_or_refused"),
        ),
        sa.CheckConstraint(
            "party in ('officer', 'unit')", name=op.f("ck_document_signature_party")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "document_id"],
            ["enforcement_document.enterprise_id", "enforcement_document.id"],
            name=op.f("fk_document_signature_enterprise_id_document_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_document_signature_enterprise_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_document_signature_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_document_signature")),
    )
    op.create_table(
        "finding",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("measure_id", sa.Uuid(), nullable=True),
        sa.Column("criterion_code", sa.Text(), nullable=False),
        sa.Column("law_basis", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_major", sa.Boolean(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("photo_file_id", sa.Uuid(), nullable=True),
        sa.Column("hazard_id", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("outcome_words", sa.Text(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "basis in ('ledger', 'criterion', 'other')", name=op.f("ck_finding_basis")
        ),
        sa.CheckConstraint(
            "disposition in ('on_the_spot', 'order')", name=op.f("ck_finding_disposition")
        ),
        sa.CheckConstraint(
            "outcome in ('', 'rectified', 'not_rectified')", name=op.f("ck_finding_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "case_id"],
            ["inspection_case.enterprise_id", "inspection_case.id"],
            name=op.f("fk_finding_enterprise_id_case_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "event_id"],
            ["risk_event.enterprise_id", "risk_event.id"],
            name=op.f("fk_finding_enterprise_id_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "measure_id"],
            ["control_measure.enterprise_id", "control_measure.id"],
            name=op.f("fk_finding_enterprise_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "photo_file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_finding_enterprise_id_photo_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_finding_enterprise_id_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_finding_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_finding")),
    )
    op.create_index(
        "uq_finding_ordinal", "finding", ["enterprise_id", "case_id", "ordinal"], unique=True
    )
    for table, write in WRITE.items():
        security.force(table)
        security.allow(table, "system", "true", grant=write)
        if table in ("inspection_case", "enforcement_document"):
            _own_agency_writes(table, write)
        else:
            security.allow(table, "officer", security.in_region(table), grant=write)
    own = f"enterprise_id {security.OWN}"
    security.allow(
        "inspection_case",
        "enterprise",
        f"{own} and state <> 'open'",
        grant=security.READ,
        command="select",
    )
    case = "exists (select 1 from inspection_case c where c.enterprise_id = {0}.enterprise_id and c.id = {0}.case_id)"
    for table in ("case_officer", "finding"):
        security.allow(
            table,
            "enterprise",
            f"{own} and {case.format(table)}",
            grant=security.READ,
            command="select",
        )
    for table in ("enforcement_document", "document_signature"):
        security.allow(table, "enterprise", own, grant=security.READ, command="select")


def _own_agency_writes(table: str, grant: str) -> None:
    """Every agency of the region reads; only the one whose case or paper it is writes."""
    own, region = f"agency_id {security.OWN_AGENCY}", security.in_region(table)
    security.allow(table, "officer", region, grant=grant, command="select")
    for command, policy in (
        ("insert", f"with check ({own} and {region})"),
        ("update", f"using ({own} and {region}) with check ({own} and {region})"),
    ):
        op.execute(
            f"create policy officer_{command} on {table} for {command}"
            f" to {security.role('officer')} {policy}"
        )


def downgrade() -> None:

    op.drop_index("uq_finding_ordinal", table_name="finding")
    op.drop_table("finding")
    op.drop_table("document_signature")
    op.drop_index("uq_enforcement_document_verification_token", table_name="enforcement_document")
    op.drop_index("uq_enforcement_document_number", table_name="enforcement_document")
    op.drop_index("ix_enforcement_document_case_id", table_name="enforcement_document")
    op.drop_index("ix_enforcement_document_file_sha256", table_name="enforcement_document")
    op.drop_index("ix_enforcement_document_agency_id", table_name="enforcement_document")
    op.drop_table("enforcement_document")
    op.drop_index("uq_case_officer_ordinal", table_name="case_officer")
    op.drop_index("ix_case_officer_user_id", table_name="case_officer")
    op.drop_table("case_officer")
    op.drop_index("ix_inspection_case_agency_id", table_name="inspection_case")
    op.drop_table("inspection_case")
