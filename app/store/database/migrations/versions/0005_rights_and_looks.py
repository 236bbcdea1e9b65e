"""The groups that have the rights of organizers on a wiki, and the last quick check of an event."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; all of it is asked for at the next sync."""
    op.add_column("wiki", sa.Column("rights_of_groups", sa.Text))
    op.add_column("event", sa.Column("looked_at", sa.Integer))
    op.add_column("event", sa.Column("people_told", sa.Integer))


def downgrade() -> None:
    """Go back."""
    op.drop_column("event", "people_told")
    op.drop_column("event", "looked_at")
    op.drop_column("wiki", "rights_of_groups")
