"""The edits of participants, and what is known of their accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "edit",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("wiki", sa.Text, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("namespace", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("size_diff", sa.Integer, nullable=False),
        sa.Column("is_new", sa.Boolean, nullable=False),
        sa.Column("reverted", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "wiki", "revision", name="pk_edit"),
        _of_event("edit"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "editor",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("wiki", sa.Text, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("read_until", sa.Integer, nullable=False),
        sa.Column("registered_at", sa.Integer),
        sa.Column("edits_before", sa.Integer),
        sa.Column("missing", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "wiki", "user_id", name="pk_editor"),
        _of_event("editor"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "edits_reading",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("since", sa.Integer, nullable=False),
        sa.Column("begins", sa.Integer, nullable=False),
        sa.Column("agreed", sa.Text, nullable=False),
        sa.Column("read_at", sa.Integer),
        sa.Column("problems", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_key", name="pk_edits_reading"),
        _of_event("edits_reading"),
    )


def _of_event(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["event_key"], ["event.key"], name=f"fk_{table}_event_key_event", ondelete="CASCADE"
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("edits_reading", "editor", "edit"):
        op.drop_table(table)
