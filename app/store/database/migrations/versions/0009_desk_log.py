"""All that is noted at the desk becomes one log, which desks can exchange; desks have names and clocks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rewrite the acts and the walk-ins as one log, and add what a desk has."""
    for column, type_ in (("name", sa.Text), ("clock_late", sa.Integer), ("changed_at", sa.Integer)):
        default = "''" if type_ is sa.Text else "0"
        op.add_column("desk", sa.Column(column, type_, nullable=False, server_default=sa.text(default)))
    op.add_column("desk", sa.Column("own", sa.Boolean, nullable=False, server_default=sa.text("1")))
    op.create_table(
        "open_desk",
        sa.Column("key", sa.Integer, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_open_desk"),
    )
    op.create_table(
        "attendance",
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("came", sa.Integer),
        sa.Column("left", sa.Integer),
        sa.PrimaryKeyConstraint("event_key", "person", "day", name="pk_attendance"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_attendance_event_key_event", ondelete="CASCADE"
        ),
        sqlite_with_rowid=False,
    )
    op.rename_table("desk_act", "former_act")
    op.drop_index("ix_desk_act_event_key", "former_act")
    op.create_table(
        "desk_act",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("moment", sa.Integer, nullable=False),
        sa.Column("desk", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("undoes", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk_act"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_desk_act_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_act_event_key", "desk_act", ["event_key"])
    op.execute(
        "INSERT INTO desk_act SELECT number, event_key, person, day, "
        "CASE attendance WHEN 'present' THEN 'check-in' WHEN 'left' THEN 'check-out' "
        "WHEN 'no-show' THEN 'no-show' ELSE 'undo' END, at, desk, '', undoes, '' "
        "FROM former_act"
    )
    # A walk-in was noted by the act that came first.
    for kind, text, condition in (
        ("walk-in", "json_array(name, json(iif(is_user_name, 'true', 'false')), NULL)", "1"),
        ("note", "note", "note <> ''"),
    ):
        op.execute(
            f"INSERT INTO desk_act SELECT lower(hex(randomblob(16))), walk_in.event_key, "  # noqa: S608 - our own
            f"'w:' || walk_in.number, '', '{kind}', min(at), desk, '', '', {text} "
            f"FROM walk_in JOIN former_act ON person = 'w:' || walk_in.number "
            f"WHERE {condition} GROUP BY walk_in.number"
        )
    op.drop_table("walk_in")
    op.drop_table("former_act")


def downgrade() -> None:
    """Go back to the former tables, without the notes and names that they cannot hold."""
    op.create_table(
        "walk_in",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("is_user_name", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_walk_in"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_walk_in_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_walk_in_event_key", "walk_in", ["event_key"])
    op.execute(
        "INSERT INTO walk_in SELECT substr(person, 3), event_key, text ->> '$[0]', text ->> '$[1]', "
        "ifnull((SELECT text FROM desk_act AS other WHERE other.person = desk_act.person "
        "AND other.kind = 'note'), '') "
        "FROM desk_act WHERE kind = 'walk-in' GROUP BY person"
    )
    op.drop_index("ix_desk_act_event_key", "desk_act")
    op.rename_table("desk_act", "later_act")
    op.create_table(
        "desk_act",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("event_key", sa.Integer, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("desk", sa.Text, nullable=False),
        sa.Column("undoes", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_desk_act"),
        sa.ForeignKeyConstraint(
            ["event_key"], ["event.key"], name="fk_desk_act_event_key_event", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_desk_act_event_key", "desk_act", ["event_key"])
    op.execute(
        "INSERT INTO desk_act SELECT number, event_key, person, day, "
        "CASE kind WHEN 'check-in' THEN 'present' WHEN 'check-out' THEN 'left' "
        "WHEN 'no-show' THEN 'no-show' ELSE 'absent' END, moment, desk, undoes "
        "FROM later_act WHERE kind IN ('check-in', 'check-out', 'no-show', 'undo')"
    )
    op.drop_table("later_act")
    op.drop_table("open_desk")
    op.drop_table("attendance")
    with op.batch_alter_table("desk") as table:
        for column in ("name", "clock_late", "changed_at", "own"):
            table.drop_column(column)
