"""What is noted at the desk: who came and went, and who came without a registration."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "desk",
        sa.Column("number", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk"),
    )
    op.create_table(
        "desk_act",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("desk", sa.Text, nullable=False),
        sa.Column("undoes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk_act"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_desk_act_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_act_event_key", "desk_act", ["event_key"])
    op.create_table(
        "walk_in",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_user_name", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_walk_in"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_walk_in_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_walk_in_event_key", "walk_in", ["event_key"])


def downgrade() -> None:
    """Remove the tables, and what was noted with them."""
    for table in ("walk_in", "desk_act", "desk"):
        op.drop_table(table)
