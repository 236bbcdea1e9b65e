"""The server at which several desks share an event, with its password."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "shared_desk",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("certificate", sa.Text, nullable=False),
        sa.Column("accepted_at", sa.Integer),
        sa.PrimaryKeyConstraint("event_key", name="pk_shared_desk"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_shared_desk_event_key_event", ondelete="CASCADE"
        ),
    )


def downgrade() -> None:
    """Remove the table."""
    op.drop_table("shared_desk")
