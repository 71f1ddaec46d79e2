"""Enterprises, their organisation, responsibilities and codes

expand: the tenant and what every tenant table refers to.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enterprise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("uscc", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.Column("region_code", sa.String(collation="C"), nullable=False),
        sa.Column("industry_code", sa.Text(), nullable=False),
        sa.Column("supervision_categories", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("scale", sa.Text(), nullable=False),
        sa.Column("employees", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("legal_representative", sa.Text(), nullable=False),
        sa.Column("principal_name", sa.Text(), nullable=False),
        sa.Column("principal_phone", sa.Text(), nullable=False),
        sa.Column("safety_officer_name", sa.Text(), nullable=False),
        sa.Column("safety_officer_phone", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("applicant_id", sa.Uuid(), nullable=True),
        sa.Column("applicant_role", sa.Text(), nullable=False),
        sa.Column("decision_remark", sa.Text(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "applicant_role in ('', 'principal', 'safety_officer')",
            name=op.f("ck_enterprise_applicant_role"),
        ),
        sa.CheckConstraint("region_code ~ '^[0-9]{9}$'", name=op.f("ck_enterprise_region_code")),
        sa.CheckConstraint(
            "scale in ('large', 'medium', 'small', 'micro')", name=op.f("ck_enterprise_scale")
        ),
        sa.CheckConstraint(
            "state in ('applied', 'approved', 'rejected', 'closed')",
            name=op.f("ck_enterprise_state"),
        ),
        sa.CheckConstraint("length(uscc) = 18", name=op.f("ck_enterprise_uscc")),
        sa.ForeignKeyConstraint(
            ["applicant_id"], ["user_account.id"], name=op.f("fk_enterprise_applicant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enterprise")),
    )
    op.create_index("ix_enterprise_region_code", "enterprise", ["region_code", "id"], unique=False)
    op.create_index(
        "ix_enterprise_search",
        "enterprise",
        ["search"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.create_index("uq_enterprise_uscc", "enterprise", ["uscc"], unique=True)
    op.create_table(
        "enterprise_history",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_enterprise_history")),
    )
    op.create_table(
        "department",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("is_production", sa.Boolean(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('department', 'team')", name=op.f("ck_department_kind")),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "parent_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_department_enterprise_id_parent_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_department_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_department")),
    )
    op.create_index(
        "uq_department_name",
        "department",
        ["enterprise_id", "parent_id", "name"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where="closed_at is null",
    )
    op.create_table(
        "enterprise_code",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('active', 'revoked')", name=op.f("ck_enterprise_code_state")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_enterprise_code_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_enterprise_code")),
    )
    op.create_index(
        "uq_enterprise_code_active",
        "enterprise_code",
        ["enterprise_id"],
        unique=True,
        postgresql_where="state = 'active'",
    )
    op.create_index("uq_enterprise_code_token", "enterprise_code", ["token"], unique=True)
    op.create_table(
        "post",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('principal', 'deputy', 'safety_director', 'safety_officer', 'department_head', 'team_leader', 'worker', 'special_operator', 'contractor_manager')",
            name=op.f("ck_post_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_post_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_post_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_post")),
    )
    op.create_index(
        "uq_post_name",
        "post",
        ["enterprise_id", "department_id", "name"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where="closed_at is null",
    )
    op.create_table(
        "person",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=True),
        sa.Column("department_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "department_id"],
            ["department.enterprise_id", "department.id"],
            name=op.f("fk_person_enterprise_id_department_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_person_enterprise_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_person_enterprise_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_person_user_id")),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_person")),
    )
    op.create_index("ix_person_post_id", "person", ["enterprise_id", "post_id"], unique=False)
    op.create_index("ix_person_user_id", "person", ["user_id"], unique=False)
    op.create_table(
        "responsibility_list",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("post_id", sa.Uuid(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_by", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state in ('draft', 'published', 'replaced')", name=op.f("ck_responsibility_list_state")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "post_id"],
            ["post.enterprise_id", "post.id"],
            name=op.f("fk_responsibility_list_enterprise_id_post_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_responsibility_list_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_responsibility_list")),
    )
    op.create_index(
        "uq_responsibility_list_edition",
        "responsibility_list",
        ["enterprise_id", "post_id", "edition"],
        unique=True,
    )
    op.create_index(
        "uq_responsibility_list_published",
        "responsibility_list",
        ["enterprise_id", "post_id"],
        unique=True,
        postgresql_where="state = 'published'",
    )
    op.create_table(
        "responsibility_duty",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("duty", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("work_standard", sa.Text(), nullable=False),
        sa.Column("assessment", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "list_id"],
            ["responsibility_list.enterprise_id", "responsibility_list.id"],
            name=op.f("fk_responsibility_duty_enterprise_id_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_responsibility_duty_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_responsibility_duty")),
    )
    op.create_index(
        "uq_responsibility_duty_ordinal",
        "responsibility_duty",
        ["enterprise_id", "list_id", "ordinal"],
        unique=True,
    )
    op.create_table(
        "responsibility_signature",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_responsibility_signature_enterprise_id_file_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "list_id"],
            ["responsibility_list.enterprise_id", "responsibility_list.id"],
            name=op.f("fk_responsibility_signature_enterprise_id_list_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "person_id"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_responsibility_signature_enterprise_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"],
            ["enterprise.id"],
            name=op.f("fk_responsibility_signature_enterprise_id"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_responsibility_signature")),
    )
    op.create_index(
        "uq_responsibility_signature",
        "responsibility_signature",
        ["enterprise_id", "list_id", "person_id"],
        unique=True,
    )
    op.create_foreign_key(
        op.f("fk_membership_enterprise_id"), "membership", "enterprise", ["enterprise_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_invitation_enterprise_id"), "invitation", "enterprise", ["enterprise_id"], ["id"]
    )
    security.force("enterprise")
    security.allow("enterprise", "enterprise", f"id {security.OWN}")
    security.allow("enterprise", "officer", security.IN_REGION)
    security.allow("enterprise", "system", "true")
    security.allow(
        "enterprise", "public", f"id {security.OWN}", grant=security.READ, command="select"
    )
    _secure_platform()
    _secure_accounts()
    security.tenant("enterprise_history")
    security.tenant(
        "department", public="select (enterprise_id, id, name, kind, parent_id, closed_at)"
    )
    security.tenant("post", public="select")
    security.tenant("person", public="select (enterprise_id, id, name, post_id, left_on)")
    security.tenant("responsibility_list", public="select")
    security.tenant("responsibility_duty", grant="select, insert, update, delete", public="select")
    security.tenant(
        "responsibility_signature",
        public="select (enterprise_id, id, list_id, person_id, signed_at)",
    )
    security.tenant(
        "enterprise_code", public="select (enterprise_id, id, state, issued_at, revoked_at)"
    )


def downgrade() -> None:
    op.drop_constraint("fk_membership_enterprise_id", "membership")
    op.drop_constraint("fk_invitation_enterprise_id", "invitation")
    _open_again()

    op.drop_index("uq_responsibility_signature", table_name="responsibility_signature")
    op.drop_table("responsibility_signature")
    op.drop_index("uq_responsibility_duty_ordinal", table_name="responsibility_duty")
    op.drop_table("responsibility_duty")
    op.drop_index(
        "uq_responsibility_list_published",
        table_name="responsibility_list",
        postgresql_where="state = 'published'",
    )
    op.drop_index("uq_responsibility_list_edition", table_name="responsibility_list")
    op.drop_table("responsibility_list")
    op.drop_index("ix_person_user_id", table_name="person")
    op.drop_index("ix_person_post_id", table_name="person")
    op.drop_table("person")
    op.drop_index(
        "uq_post_name",
        table_name="post",
        postgresql_nulls_not_distinct=True,
        postgresql_where="closed_at is null",
    )
    op.drop_table("post")
    op.drop_index("uq_enterprise_code_token", table_name="enterprise_code")
    op.drop_index(
        "uq_enterprise_code_active",
        table_name="enterprise_code",
        postgresql_where="state = 'active'",
    )
    op.drop_table("enterprise_code")
    op.drop_index(
        "uq_department_name",
        table_name="department",
        postgresql_nulls_not_distinct=True,
        postgresql_where="closed_at is null",
    )
    op.drop_table("department")
    op.drop_table("enterprise_history")
    op.drop_index("uq_enterprise_uscc", table_name="enterprise")
    op.drop_index(
        "ix_enterprise_search",
        table_name="enterprise",
        postgresql_using="gin",
        postgresql_ops={"search": "gin_trgm_ops"},
    )
    op.drop_index("ix_enterprise_region_code", table_name="enterprise")
    op.drop_table("enterprise")


PLATFORM = ("audit_event", "audit_head", "job", "receipt", "stored_file", "number_sequence")
ACCOUNTS = (
    "user_account",
    "login_guard",
    "agency",
    "membership",
    "invitation",
    "login_session",
)


def _secure_platform() -> None:
    """Owned by chains and owners, whose policies need to know where an enterprise lies."""
    for table, column in (("audit_event", "chain"), ("audit_head", "chain")):
        security.force(table)
        grant = "select, insert" if table == "audit_event" else security.WRITE
        security.allow(table, "enterprise", f"{column} {security.OWN}", grant=grant)
        security.allow(
            table,
            "officer",
            f"{column} {security.OWN_AGENCY} or {security.in_region(table, column)}",
            grant=grant,
        )
        security.allow(table, "system", "true", grant=grant)
    for table in ("job", "receipt"):
        security.force(table)
        security.allow(table, "enterprise", f"owner {security.OWN}")
        security.allow(table, "officer", f"owner {security.OWN_AGENCY}")
        security.allow(table, "system", "true", grant="select, insert, update, delete")
    security.force("number_sequence")
    security.allow("number_sequence", "enterprise", f"owner {security.OWN}")
    security.allow(
        "number_sequence",
        "officer",
        f"owner {security.OWN_AGENCY} or {security.in_region('number_sequence', 'owner')}",
    )
    security.allow("number_sequence", "system", "true")
    security.tenant("stored_file")


def _secure_accounts() -> None:
    """Secrets of people are the system's; an organisation sees its own members' names."""
    names = "select (id, login, name, phone, suspended_at, created_at)"
    security.force("membership")
    security.allow("membership", "enterprise", f"enterprise_id {security.OWN}")
    security.allow("membership", "officer", f"agency_id {security.OWN_AGENCY}")
    security.allow("membership", "system", "true")
    security.force("user_account")
    member = "exists (select 1 from membership m where m.user_id = user_account.id)"
    security.allow("user_account", "enterprise", member, grant=names, command="select")
    security.allow("user_account", "officer", member, grant=names, command="select")
    security.allow("user_account", "system", "true")
    security.force("invitation")
    security.allow("invitation", "enterprise", f"enterprise_id {security.OWN}")
    security.allow("invitation", "officer", f"agency_id {security.OWN_AGENCY}")
    security.allow("invitation", "system", "true")
    security.system_only("login_session")
    security.system_only("login_guard")
    security.force("agency")
    for context in ("enterprise", "officer", "public"):
        security.allow("agency", context, "true", grant=security.READ, command="select")
    security.allow("agency", "system", "true")


def _open_again() -> None:
    for table in (*PLATFORM, *ACCOUNTS):
        for context in ("enterprise", "officer", "public", "system"):
            for command in ("all", "select"):
                op.execute(f"drop policy if exists {context}_{command} on {table}")
            op.execute(f"revoke all on {table} from {security.role(context)}")
        op.execute(f"alter table {table} no force row level security")
        op.execute(f"alter table {table} disable row level security")
