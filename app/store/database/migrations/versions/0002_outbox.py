"""The outbox, drafts of e-mails, the user's own registrations, and columns for permissions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and the columns of the accounts."""
    op.create_table(
        "change",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column(
            "account_key",
            sa.Integer,
            sa.ForeignKey("account.key", ondelete="CASCADE", name="fk_change_account_key_account"),
            nullable=False,
        ),
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_change_event_key_event"),
        ),
        sa.Column(
            "creation",
            sa.Integer,
            sa.ForeignKey("change.number", ondelete="CASCADE", name="fk_change_creation_change"),
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("made_at", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("question", sa.Text),
        sa.Column("progress", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("tried_at", sa.Integer),
        sa.Column("ended_at", sa.Integer),
        sa.Column("sentence", sa.Text),
        sa.Column("error_key", sa.Text),
        sa.Column("error_field", sa.Text),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_change"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_change_event_key", "change", ["event_key"])
    op.create_table(
        "email_sent",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column(
            "account_key",
            sa.Integer,
            sa.ForeignKey("account.key", ondelete="CASCADE", name="fk_email_sent_account_key_account"),
            nullable=False,
        ),
        sa.Column("at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_email_sent"),
    )
    op.create_table(
        "email_draft",
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_email_draft_event_key_event"),
            nullable=False,
        ),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("copy_to_me", sa.Boolean, nullable=False),
        sa.Column("saved_at", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("event_key", name="pk_email_draft"),
    )
    op.create_table(
        "own_registration",
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_own_registration_event_key_event"),
            nullable=False,
        ),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("answers", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_key", name="pk_own_registration"),
    )
    op.create_table(
        "page_template",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_page_template"),
    )
    op.add_column("wiki", sa.Column("has_grant_ids", sa.Boolean, nullable=False, server_default=sa.text("0")))
    op.add_column("account", sa.Column("blocked", sa.Boolean, nullable=False, server_default=sa.text("0")))


def downgrade() -> None:
    """Remove them."""
    op.drop_column("account", "blocked")
    op.drop_column("wiki", "has_grant_ids")
    for table in ("page_template", "own_registration", "email_draft", "email_sent", "change"):
        op.drop_table(table)
