"""New folding of names for searching, a wiki's own names of its namespaces, and files to be removed."""

import sqlalchemy as sa
from alembic import op

from app.domain import names

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT_ONCE = 5_000


def upgrade() -> None:
    """Make the tables, and fold anew what is here already."""
    op.add_column("wiki", sa.Column("names", sa.Text))
    op.create_table(
        "leftover",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_leftover"),
    )
    _fold_names()


def downgrade() -> None:
    """Go back; names stay folded as they are."""
    op.drop_table("leftover")
    op.drop_column("wiki", "names")


def _fold_names() -> None:
    connection = op.get_bind()
    last = -1
    while rows := connection.exec_driver_sql(
        "SELECT id, name FROM participant WHERE id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE)
    ).all():
        folded = [(names.search_text(name), row_id) for row_id, name in rows]
        connection.exec_driver_sql("UPDATE participant SET search_text = ? WHERE id = ?", folded)
        last = rows[-1][0]
