"""The tables. Rows of the mirror come only from a wiki, those of the outbox only from the user."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

wiki = Table(
    "wiki",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("base_url", Text, nullable=False, unique=True),
    Column("site_name", Text, nullable=False),
    Column("wiki_id", Text, nullable=False),
    Column("generator", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("has_event_registration", Boolean, nullable=False),
    Column("event_registration_version", Text),
    Column("clock_difference", Integer, nullable=False),
    Column("questions", Text),
    Column("events_synced_at", Integer),
    Column("has_grant_ids", Boolean, nullable=False, server_default=text("0")),
    Column("family_read_at", Integer),
    # The wiki's own names of its namespaces and special pages: JSON.
    Column("names", Text),
    # The groups that have each right of organizers: JSON.
    Column("rights_of_groups", Text),
)

account = Table(
    "account",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("wiki_key", ForeignKey("wiki.key", ondelete="CASCADE"), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("central_id", Integer, nullable=False),
    Column("groups", Text, nullable=False),
    Column("blocked", Boolean, nullable=False, server_default=text("0")),
)

#: `secrets` and `client` are JSON. The secrets of a session that is not remembered are only in memory.
sign_in = Table(
    "sign_in",
    metadata,
    Column("account_key", ForeignKey("account.key", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("rights", Text, nullable=False),
    Column("signed_in_at", Integer, nullable=False),
    Column("ended", Boolean, nullable=False),
    Column("secrets", Text),
    Column("client", Text),
)

#: The wikis that share accounts and events with one of the user's wikis, from its site matrix.
family_wiki = Table(
    "family_wiki",
    metadata,
    Column("wiki_key", ForeignKey("wiki.key", ondelete="CASCADE"), primary_key=True),
    Column("wiki_id", Text, primary_key=True),
    Column("address", Text, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("wiki_key", ForeignKey("wiki.key", ondelete="CASCADE"), nullable=False),
    Column("event_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("registration", Text, nullable=False),
    Column("whereabouts", Text, key="listing", nullable=False),
    Column("participants", Integer, nullable=False, default=0),
    Column("private_participants", Integer, nullable=False, default=0),
    Column("fetched_at", Integer),
    Column("participants_complete_at", Integer),
    Column("participants_seen_private", Boolean, nullable=False, default=False),
    Column("pass_number", Integer, nullable=False, default=0),
    Column("pass_unfinished", Boolean, nullable=False, default=False),
    Column("pass_private", Boolean, nullable=False, default=False),
    Column("pass_started_at", Integer),
    # When the last quick check was made, and the number of participants that the wiki then reported.
    Column("looked_at", Integer),
    Column("people_told", Integer),
    UniqueConstraint("wiki_key", "event_id"),
)

organizer = Table(
    "organizer",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("organizer_id", Integer, primary_key=True),
    Column("user_id", Integer, nullable=False),
    Column("name", Text),
    Column("roles", Text, nullable=False),
)

#: `id` is event key * 2**32 + the wiki's participant id, so that an event's rows are adjacent, and a row is
#: found without a second index.
participant = Table(
    "participant",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), nullable=False),
    Column("user_id", Integer, nullable=False),
    Column("name", Text),
    Column("search_text", Text, nullable=False),
    Column("registered_at", Integer, nullable=False),
    Column("private", Boolean, nullable=False),
    Column("can_email", Boolean),
    Column("presence", Integer, nullable=False),
    Column("answers_state", Integer, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("answers", Text),
    Column("answer_texts", Text),
    Column("seen_pass", Integer, nullable=False),
    # A covering index for the list of people in order of name (store/people_list.py).
    Index(None, "event_key", "search_text", "private", "can_email", "answered"),
)

#: A range of participant ids that one thread of a pass fetches: after `cursor`, up to `high` (None: the end).
pass_range = Table(
    "pass_range",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("low", Integer, primary_key=True),
    Column("high", Integer),
    Column("cursor", Integer, nullable=False),
    Column("done", Boolean, nullable=False, default=False),
)

#: The outbox. `event_key` is null for the creation of an event and for changes that wait for it: their
#: `creation` is the number of the change that creates the event. Numbers are never reused.
change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("account_key", ForeignKey("account.key", ondelete="CASCADE"), nullable=False),
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), index=True),
    Column("creation", ForeignKey("change.number", ondelete="CASCADE")),
    Column("kind", Text, nullable=False),
    Column("act", Text, key="operation", nullable=False),
    Column("made_at", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("question", Text),
    Column("progress", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", Integer),
    Column("ended_at", Integer),
    Column("sentence", Text),
    Column("wiki_said", Text),
    Column("error_key", Text),
    Column("error_field", Text),
    Column("revision", Integer, nullable=False),
    sqlite_autoincrement=True,
)

#: E-mails that the wiki has accepted, for the daily limit (CONTRACT §4.9).
email_sent = Table(
    "email_sent",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("account_key", ForeignKey("account.key", ondelete="CASCADE"), nullable=False),
    Column("at", Integer, nullable=False),
)

email_draft = Table(
    "email_draft",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("subject", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("copy_to_me", Boolean, nullable=False),
    Column("saved_at", Integer, nullable=False),
)

own_registration = Table(
    "own_registration",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("private", Boolean, nullable=False),
    Column("answers", Text, nullable=False),
)

#: Data read from the wiki's special pages about an event: JSON by kind. Null if the page had no data.
page_reading = Table(
    "page_reading",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("read_at", Integer, nullable=False),
    Column("content", Text),
)

#: Files to be removed from the disk: recorded before they are created, or when they must be deleted.
leftover = Table(
    "leftover",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("path", Text, nullable=False),
)

#: A single row: the user's own template for event pages.
page_template = Table(
    "page_template",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("text", Text, nullable=False),
)

#: The desks at which something was noted; one of them is this data folder's own. Times are in milliseconds.
desk = Table(
    "desk",
    metadata,
    Column("number", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("clock_late", Integer, nullable=False),
    Column("changed_at", Integer, nullable=False),
    Column("own", Boolean, nullable=False),
)

#: What was noted at desks about an event's people (`domain.desk.acts`). It only grows, but for erasing.
desk_act = Table(
    "desk_act",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("number", Text, primary_key=True),
    #: In the order in which the event's acts were stored here, from 0. Two desks may give the same.
    Column("place", Integer, nullable=False),
    Column("person", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("moment", Integer, nullable=False),
    Column("desk", Text, nullable=False),
    Column("after", Text, nullable=False),
    Column("undoes", Text, nullable=False),
    Column("text", Text, nullable=False),
    # No index besides: each page that is written is encrypted, which is most of what a check-in costs.
    sqlite_with_rowid=False,
)

#: Who came, computed from the acts, for tables and files: seconds since 1970.
attendance = Table(
    "attendance",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("attendance", Text, nullable=False),
    Column("came", Integer),
    Column("left", Integer),
    sqlite_with_rowid=False,
)

#: The hand-over files that were written here. `written_at` is in seconds since 1970.
hand_over_file = Table(
    "hand_over_file",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("written_at", Integer, nullable=False),
)

#: The desk that is open: one row, JSON. After a crash it is open again, and still needs its passphrase.
open_desk = Table(
    "open_desk",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("content", Text, nullable=False),
)

#: What left this computer of the answers to an event's questions (`domain.statistics.release`), as JSON.
statistics_release = Table(
    "statistics_release",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("content", Text, nullable=False),
)

#: Answers that are kept only as sums: people by option. Question 0 counts the people.
summed_answer = Table(
    "summed_answer",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("question", Integer, primary_key=True),
    Column("option", Text, primary_key=True),
    Column("people", Integer, nullable=False),
    sqlite_with_rowid=False,
)

#: The events of which all personal data was erased, in seconds since 1970, with the sums of the desk and the
#: keyed hashes of all user ids, one after the other.
erased_event = Table(
    "erased_event",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("erased_at", Integer, nullable=False),
    Column("arrived", Integer, nullable=False),
    Column("walk_ins", Integer, nullable=False),
    Column("no_shows", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

#: Single people who were erased and must not be fetched again, as keyed hashes of user ids.
erased_participant = Table(
    "erased_participant",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    sqlite_with_rowid=False,
)

#: The public edits of an event's participants, in seconds since 1970; `user_id` is the central one.
#: `counted_at`: when it was learnt that the wiki counts it for the event; `refused_at`: when the wiki refused
#: to; 0 for never.
edit = Table(
    "edit",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("wiki", Text, primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("user_id", Integer, nullable=False),
    Column("page", Integer, nullable=False),
    Column("namespace", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("at", Integer, nullable=False),
    Column("size_diff", Integer, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("reverted", Boolean, nullable=False),
    Column("counted_at", Integer, nullable=False, server_default=text("0")),
    Column("refused_at", Integer, nullable=False, server_default=text("0")),
    sqlite_with_rowid=False,
)

#: What was read of a participant's account on a wiki, or on all of them ("*"), and until when their edits
#: there were. `edits_before` are those made before the event.
editor = Table(
    "editor",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("wiki", Text, primary_key=True),
    Column("user_id", Integer, primary_key=True),
    Column("read_until", Integer, nullable=False),
    Column("registered_at", Integer),
    Column("edits_before", Integer),
    Column("missing", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

#: The latest reading of what an event's participants edited: from when on, and when the event began then; the
#: user ids of the private participants about whom the user has agreed to ask wikis, and the sentences about
#: what is missing, both as JSON; when it was last read what the wiki counts for the event.
_edits_reading = Table(
    "edits_reading",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("since", Integer, nullable=False),
    Column("begins", Integer, nullable=False),
    Column("agreed", Text, nullable=False),
    Column("read_at", Integer),
    Column("problems", Text, nullable=False),
    Column("counted_read_at", Integer),
)

#: How many days after its end the personal data of an event is kept, where that is not the usual time.
#: Null: until the user erases it.
retention = Table(
    "retention",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("days", Integer),
)

#: The usual time, when the user agreed that data is erased by itself, and the key of the hashes.
privacy_setting = Table(
    "privacy_setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: The server at which several desks share an event. `accepted_at`: when the user was told that names go
#: there, in seconds since 1970; before that nothing is sent.
shared_desk = Table(
    "shared_desk",
    metadata,
    Column("event_key", ForeignKey("event.key", ondelete="CASCADE"), primary_key=True),
    Column("address", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("certificate", Text, nullable=False),
    Column("accepted_at", Integer),
)
