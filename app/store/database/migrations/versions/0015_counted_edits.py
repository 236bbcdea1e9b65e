"""Which of the edits that were read the wiki counts for the event, and when that was read."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for column in ("counted_at", "refused_at"):
        op.add_column("edit", sa.Column(column, sa.Integer, nullable=False, server_default="0"))
    op.add_column("edits_reading", sa.Column("counted_read_at", sa.Integer))


def downgrade() -> None:
    """Remove the columns."""
    op.drop_column("edits_reading", "counted_read_at")
    for column in ("refused_at", "counted_at"):
        op.drop_column("edit", column)
