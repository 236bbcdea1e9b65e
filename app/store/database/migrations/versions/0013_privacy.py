"""Answers that are only summed up, what was erased, and how long personal data is kept."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

#: Whoever ends a person's answers, the wiki or this program, leaves sums: 0 counts the people.
_SUM_UP = """
CREATE TRIGGER participant_answers_end AFTER UPDATE OF answers_state ON participant
WHEN OLD.answers_state = 1 AND NEW.answers_state = 2
BEGIN
    INSERT INTO summed_answer (event_key, question, option, people) VALUES (OLD.event_key, 0, '', 1)
        ON CONFLICT (event_key, question, option) DO UPDATE SET people = people + 1;
    INSERT INTO summed_answer (event_key, question, option, people)
        SELECT OLD.event_key, CAST(answer.key AS INTEGER), answer.value, 1
        FROM json_each(coalesce(OLD.answers, '{}')) AS answer WHERE true
        ON CONFLICT (event_key, question, option) DO UPDATE SET people = people + 1;
END
"""


def upgrade() -> None:
    """Add the tables and the trigger."""
    op.create_table(
        "summed_answer",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("question", sa.Integer, nullable=False),
        sa.Column("option", sa.Text, nullable=False),
        sa.Column("people", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "question", "option", name="pk_summed_answer"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_summed_answer_event_key_event", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erased_event",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("erased_at", sa.Integer, nullable=False),
        sa.Column("arrived", sa.Integer, nullable=False),
        sa.Column("walk_ins", sa.Integer, nullable=False),
        sa.Column("no_shows", sa.Integer, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("event_key", name="pk_erased_event"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_erased_event_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "erased_participant",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("hash", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("event_key", "hash", name="pk_erased_participant"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_erased_participant_event_key_event", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "retention",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("days", sa.Integer),
        sa.PrimaryKeyConstraint("event_key", name="pk_retention"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_retention_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "privacy_setting",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_privacy_setting"),
    )
    op.execute(_SUM_UP)


def downgrade() -> None:
    """Remove the trigger and the tables."""
    op.execute("DROP TRIGGER participant_answers_end")
    for table in ("privacy_setting", "retention", "erased_participant", "erased_event", "summed_answer"):
        op.drop_table(table)
