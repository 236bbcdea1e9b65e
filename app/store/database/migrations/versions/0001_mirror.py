"""The mirror: wikis, accounts, events, organizers, participants and unfinished passes."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "wiki",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("base_url", sa.Text, nullable=False),
        sa.Column("site_name", sa.Text, nullable=False),
        sa.Column("wiki_id", sa.Text, nullable=False),
        sa.Column("generator", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("has_event_registration", sa.Boolean, nullable=False),
        sa.Column("event_registration_version", sa.Text),
        sa.Column("clock_difference", sa.Integer, nullable=False),
        sa.Column("questions", sa.Text),
        sa.Column("events_synced_at", sa.Integer),
        sa.UniqueConstraint("base_url", name="uq_wiki_base_url"),
        sa.PrimaryKeyConstraint("key", name="pk_wiki"),
    )
    op.create_table(
        "account",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column(
            "wiki_key",
            sa.Integer,
            sa.ForeignKey("wiki.key", ondelete="CASCADE", name="fk_account_wiki_key_wiki"),
            nullable=False,
        ),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("central_id", sa.Integer, nullable=False),
        sa.Column("groups", sa.Text, nullable=False),
        sa.Column("rights", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("signed_in_at", sa.Integer, nullable=False),
        sa.Column("ended", sa.Boolean, nullable=False),
        sa.Column("access_token", sa.Text, nullable=False),
        sa.Column("refresh_token", sa.Text),
        sa.Column("expires_at", sa.Integer),
        sa.Column("client_id", sa.Text),
        sa.Column("client_secret", sa.Text),
        sa.Column("redirect_uri", sa.Text),
        sa.UniqueConstraint("wiki_key", name="uq_account_wiki_key"),
        sa.PrimaryKeyConstraint("key", name="pk_account"),
    )
    op.create_table(
        "event",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column(
            "wiki_key",
            sa.Integer,
            sa.ForeignKey("wiki.key", ondelete="CASCADE", name="fk_event_wiki_key_wiki"),
            nullable=False,
        ),
        sa.Column("event_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("registration", sa.Text, nullable=False),
        sa.Column("whereabouts", sa.Text, nullable=False),
        sa.Column("participants", sa.Integer, nullable=False),
        sa.Column("private_participants", sa.Integer, nullable=False),
        sa.Column("fetched_at", sa.Integer),
        sa.Column("participants_complete_at", sa.Integer),
        sa.Column("participants_seen_private", sa.Boolean, nullable=False),
        sa.Column("pass_number", sa.Integer, nullable=False),
        sa.Column("pass_unfinished", sa.Boolean, nullable=False),
        sa.Column("pass_private", sa.Boolean, nullable=False),
        sa.Column("pass_started_at", sa.Integer),
        sa.UniqueConstraint("wiki_key", "event_id", name="uq_event_wiki_key_event_id"),
        sa.PrimaryKeyConstraint("key", name="pk_event"),
    )
    op.create_table(
        "organizer",
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_organizer_event_key_event"),
            nullable=False,
        ),
        sa.Column("organizer_id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("roles", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "organizer_id", name="pk_organizer"),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_participant_event_key_event"),
            nullable=False,
        ),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("registered_at", sa.Integer, nullable=False),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("can_email", sa.Boolean),
        sa.Column("presence", sa.Integer, nullable=False),
        sa.Column("answers_state", sa.Integer, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("answers", sa.Text),
        sa.Column("answer_texts", sa.Text),
        sa.Column("seen_pass", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participant"),
    )
    op.create_index(
        "ix_participant_event_key_search_text_private_can_email_answered",
        "participant",
        ["event_key", "search_text", "private", "can_email", "answered"],
    )
    op.create_table(
        "pass_range",
        sa.Column(
            "event_key",
            sa.Integer,
            sa.ForeignKey("event.key", ondelete="CASCADE", name="fk_pass_range_event_key_event"),
            nullable=False,
        ),
        sa.Column("low", sa.Integer, nullable=False),
        sa.Column("high", sa.Integer),
        sa.Column("cursor", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "low", name="pk_pass_range"),
    )


def downgrade() -> None:
    """Remove the tables."""
    for table in ("pass_range", "participant", "organizer", "event", "account", "wiki"):
        op.drop_table(table)
