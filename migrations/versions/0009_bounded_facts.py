"""What a score is made of, counted as it happens instead of read from the records

expand: new columns are filled from the records here, so that no score moves.
"""

import sqlalchemy as sa
from alembic import op

from migrations import security

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COUNTS = {
    "points_activity": "select count(*) from risk_point p where p.enterprise_id = c.enterprise_id"
    " and p.stopped_at is null and p.kind = 'activity'",
    "points_physical": "select count(*) from risk_point p where p.enterprise_id = c.enterprise_id"
    " and p.stopped_at is null and p.kind in ('equipment', 'place')",
    "plans": "select count(*) from check_plan k where k.enterprise_id = c.enterprise_id"
    " and k.ended_on is null",
    "misjudged": "select count(*) from risk_assessment a"
    " join risk_event r on r.enterprise_id = a.enterprise_id and r.id = a.event_id"
    " where a.enterprise_id = c.enterprise_id and a.replaced_at is null"
    " and a.direct_rule <> '' and r.level <> 'major' and r.removed_at is null",
}
LOCAL = "at time zone 'Asia/Shanghai'"
REPEATED = """
update hazard h set is_repeated = true
where h.measure_id is not null and exists (
  select 1 from hazard o where o.enterprise_id = h.enterprise_id and o.measure_id = h.measure_id
    and o.id <> h.id and o.reported_at < h.reported_at
    and o.reported_at >= h.reported_at - interval '90 days')
"""
DAYS = f"""
insert into enterprise_day (enterprise_id, measure, day, amount)
select h.enterprise_id, m.measure, (h.reported_at {LOCAL})::date, count(*)
from hazard h
join enterprise_counter c on c.enterprise_id = h.enterprise_id
cross join lateral (
  select 'hazard_repeated' as measure where h.is_repeated
  union all select 'hazard_rectified' where h.state = 'closed'
  union all select 'hazard_evidenced' where h.state = 'closed' and h.verification <> '' and exists (
    select 1 from hazard_photo p where p.enterprise_id = h.enterprise_id
      and p.hazard_id = h.id and p.moment = 'after')) m
group by 1, 2, 3
"""
PEOPLE = f"""
insert into person_activity (enterprise_id, person_id, seen_on)
select enterprise_id, person_id, max((at {LOCAL})::date) from (
  select enterprise_id, person_id, submitted_at as at from self_check
  union all select enterprise_id, reported_by, reported_at from hazard
  union all select enterprise_id, person_id, signed_at from responsibility_signature) acts
where person_id is not null group by 1, 2
"""


def upgrade() -> None:
    op.add_column(
        "hazard",
        sa.Column("is_repeated", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.alter_column("hazard", "is_repeated", server_default=None)
    op.create_index(
        "ix_hazard_major",
        "hazard",
        ["enterprise_id"],
        unique=False,
        postgresql_where=sa.text("level = 'major'"),
    )
    op.create_index(
        "ix_hazard_ordered_due_on",
        "hazard",
        ["enterprise_id", "due_on"],
        unique=False,
        postgresql_where=sa.text("source = 'inspection'"),
    )
    op.create_index(
        "ix_hazard_measure_id",
        "hazard",
        ["enterprise_id", "measure_id", "reported_at"],
        unique=False,
        postgresql_where=sa.text("measure_id is not null"),
    )
    op.create_table(
        "person_activity",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "person_id"],
            ["person.enterprise_id", "person.id"],
            name=op.f("fk_person_activity_enterprise_id_person_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_person_activity_enterprise_id")
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "person_id", name=op.f("pk_person_activity")),
    )
    security.tenant("person_activity")
    for name, counted in COUNTS.items():
        op.add_column(
            "enterprise_counter", sa.Column(name, sa.Integer(), nullable=False, server_default="0")
        )
        op.execute(f"update enterprise_counter c set {name} = ({counted})")
        op.alter_column("enterprise_counter", name, server_default=None)
    for statement in (REPEATED, DAYS, PEOPLE):
        op.execute(statement)


def downgrade() -> None:
    op.execute(
        "delete from enterprise_day where measure in"
        " ('hazard_repeated', 'hazard_rectified', 'hazard_evidenced')"
    )
    for name in COUNTS:
        op.drop_column("enterprise_counter", name)
    op.drop_table("person_activity")
    op.drop_index("ix_hazard_measure_id", table_name="hazard")
    op.drop_index("ix_hazard_ordered_due_on", table_name="hazard")
    op.drop_index("ix_hazard_major", table_name="hazard")
    op.drop_column("hazard", "is_repeated")
