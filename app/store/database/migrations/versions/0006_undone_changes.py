"""Changes can be undone: a new state in the outbox, which earlier versions do not know."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change nothing: the column of states is text."""


def downgrade() -> None:
    """Go back: what was undone is thrown away."""
    op.execute("DELETE FROM change WHERE state = 'undone'")
