"""The acts at desks stand in one tree, by event and number: noting one changes one page instead of three."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_TEXTS = ("person", "day", "kind", "desk", "after", "undoes", "text")
_COLUMNS = "number, event_key, person, day, kind, moment, desk, after, undoes, text"


def upgrade() -> None:
    """Rewrite the table, and keep the order in which the acts were stored."""
    op.drop_index("ix_desk_act_event_key", "desk_act")
    op.rename_table("desk_act", "former_act")
    op.create_table(
        "desk_act",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("moment", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "number", name="pk_desk_act"),
        _event(),
        sqlite_with_rowid=False,
    )
    op.execute(
        f"INSERT INTO desk_act ({_COLUMNS}, place) "  # noqa: S608 - our own
        f"SELECT {_COLUMNS}, row_number() OVER (PARTITION BY event_key ORDER BY rowid) - 1 FROM former_act "
        # In the order of the new tree: to write it elsewhere each time takes minutes with many acts.
        "ORDER BY event_key, number"
    )
    op.drop_table("former_act")


def downgrade() -> None:
    """Restore the former table."""
    op.rename_table("desk_act", "later_act")
    op.create_table(
        "desk_act",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in _TEXTS),
        sa.Column("moment", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk_act"),
        _event(),
    )
    op.create_index("ix_desk_act_event_key", "desk_act", ["event_key"])
    op.execute(
        # Two events may have the same act now, as they were merged with the same file.
        f"INSERT OR IGNORE INTO desk_act ({_COLUMNS}) SELECT {_COLUMNS} FROM later_act "  # noqa: S608 - our own
        "ORDER BY event_key, place"
    )
    op.drop_table("later_act")


def _event() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_key"], ["event.key"], name="fk_desk_act_event_key_event", ondelete="CASCADE"
    )
