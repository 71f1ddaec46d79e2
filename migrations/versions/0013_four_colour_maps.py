"""Four-colour maps: plans, shapes on them, and the risk points in a shape

expand: 四色分布图. Strangers see published maps, and of these the shapes that are not confidential.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from migrations import security

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "four_colour_map",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("width > 0 and height > 0", name=op.f("ck_four_colour_map_size")),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_four_colour_map_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "file_id"],
            ["stored_file.enterprise_id", "stored_file.id"],
            name=op.f("fk_four_colour_map_enterprise_id_file_id"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_four_colour_map")),
    )
    op.create_index(
        "uq_four_colour_map_name",
        "four_colour_map",
        ["enterprise_id", "name"],
        unique=True,
        postgresql_where="removed_at is null",
    )
    _create_shapes()
    for table in ("four_colour_map", "map_shape"):
        security.tenant(table)
    security.tenant("map_shape_point", grant="select, insert, update, delete", public="select")
    for table, shown in (
        ("four_colour_map", "published_at is not null"),
        ("map_shape", "not is_confidential"),
    ):
        security.allow(
            table,
            "public",
            f"enterprise_id {security.OWN} and removed_at is null and {shown}",
            grant="select",
            command="select",
        )


def _create_shapes() -> None:
    op.create_table(
        "map_shape",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("map_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("vertices", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("is_confidential", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind in ('polygon', 'point')", name=op.f("ck_map_shape_kind")),
        sa.CheckConstraint(
            "jsonb_array_length(vertices) = 1 and kind = 'point'"
            " or jsonb_array_length(vertices) between 3 and 60 and kind = 'polygon'",
            name=op.f("ck_map_shape_vertices"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_map_shape_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "map_id"],
            ["four_colour_map.enterprise_id", "four_colour_map.id"],
            name=op.f("fk_map_shape_enterprise_id_map_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "unit_id"],
            ["risk_unit.enterprise_id", "risk_unit.id"],
            name=op.f("fk_map_shape_enterprise_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("enterprise_id", "id", name=op.f("pk_map_shape")),
    )
    op.create_index("ix_map_shape_map_id", "map_shape", ["enterprise_id", "map_id", "ordinal"])
    op.create_table(
        "map_shape_point",
        sa.Column("enterprise_id", sa.Uuid(), nullable=False),
        sa.Column("shape_id", sa.Uuid(), nullable=False),
        sa.Column("point_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enterprise_id"], ["enterprise.id"], name=op.f("fk_map_shape_point_enterprise_id")
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "shape_id"],
            ["map_shape.enterprise_id", "map_shape.id"],
            name=op.f("fk_map_shape_point_enterprise_id_shape_id"),
        ),
        sa.ForeignKeyConstraint(
            ["enterprise_id", "point_id"],
            ["risk_point.enterprise_id", "risk_point.id"],
            name=op.f("fk_map_shape_point_enterprise_id_point_id"),
        ),
        sa.PrimaryKeyConstraint(
            "enterprise_id", "shape_id", "point_id", name=op.f("pk_map_shape_point")
        ),
    )
    op.create_index("ix_map_shape_point_point_id", "map_shape_point", ["point_id", "enterprise_id"])


def downgrade() -> None:
    op.drop_table("map_shape_point")
    op.drop_table("map_shape")
    op.drop_table("four_colour_map")
