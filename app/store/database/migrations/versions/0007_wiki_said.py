"""What the wiki itself said when it refused a change, apart from the program's own sentence."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("change", sa.Column("wiki_said", sa.Text))


def downgrade() -> None:
    """Remove the column, and what wikis said with it."""
    op.drop_column("change", "wiki_said")
