"""What left the computer of the answers to an event's questions."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "statistics_release",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "question", name="pk_statistics_release"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_statistics_release_event_key_event", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("statistics_release")
