"""The hand-over files that were written here."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "hand_over_file",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("written_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "path", name="pk_hand_over_file"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_hand_over_file_event_key_event", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("hand_over_file")
