"""The cells of a file of participants, column by column."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from itertools import islice

from app.domain.events.event import Event
from app.domain.people.participant import NOT_REGISTERED, Answer, AnswersState, Participant
from app.domain.people.people_columns import ColumnKind, PeopleColumn
from app.domain.wording import people_texts
from app.i18n import _
from app.reports.formula_guard import SEPARATOR

People = list[Participant]
Cells = Callable[[People], Sequence[object]]
_MOST_KNOWN = 20_000
#: "MM:SS" by second of the hour.
_CLOCK = [f"{moment // 60:02}:{moment % 60:02}" for moment in range(3600)]

_BATCH = 500


def headings(columns: Sequence[PeopleColumn], event: Event) -> list[str]:
    """Return the columns' headings; those of times name the event's zone."""
    zone = event.registration.timezone
    return [
        _("{heading} ({zone})").format(heading=_(column.label), zone=zone)
        if column.kind is ColumnKind.MOMENT
        else _(column.label)
        for column in columns
    ]


def batches(people: Iterable[Participant], *, include_private: bool) -> Iterator[People]:
    """Yield people in batches: column by column is twice as fast as a call for each cell."""
    remaining = iter(people if include_private else (one for one in people if not one.private))
    return iter(lambda: list(islice(remaining, _BATCH)), [])


def provenance(event: Event, wiki: str, show: Callable[[str], str] = str) -> str:
    """Return the line that says where a list comes from. `show` changes the names in it."""
    return _("Participants of “{event}” on {wiki}, as fetched {fetched} (UTC).").format(
        event=show(event.registration.name), wiki=show(wiki), fetched=_fetched(event)
    )


def _fetched(event: Event) -> str:
    check = event.participants_complete_at
    if check is None:
        return _("never")
    look = event.looked_since_check
    return (
        _moment(check)
        if look is None
        else _("{looked}, everybody last {checked}").format(looked=_moment(look), checked=_moment(check))
    )


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M}"


def cells_of(
    columns: Sequence[PeopleColumn], zone: tzinfo, protect: Callable[[str], str] = str
) -> list[Cells]:
    """Return a function for each column, which returns the column's cells for a number of people.

    Cells are texts but for user ids. `protect` changes text that comes from people.
    """
    flags = {True: _("yes"), False: _("no"), None: ""}

    def name(person: Participant) -> str:
        return protect(people_texts.person_name(person))

    def names(people: People) -> list[str]:
        # Fast path: nearly all names begin with a letter or digit and need no protection.
        return [
            p.name if p.name and p.name[0].isalnum() and not SEPARATOR.search(p.name) else name(p)
            for p in people
        ]

    def answer(column: PeopleColumn) -> Cells:
        def words(answers: tuple[Answer, ...]) -> str:
            for given in answers:
                if given.question == column.question:
                    label = people_texts.option_label(column.question, given.option)
                    return protect(label) if label == given.option else label
            return ""

        return _of_answers(words, people_texts.aggregated())

    def answer_text(column: PeopleColumn) -> Cells:
        def text(answers: tuple[Answer, ...]) -> str:
            texts = (given.text for given in answers if given.question == column.question)
            return next((protect(one) for one in texts if one), "")

        return _of_answers(text, "")

    def flag(column: PeopleColumn) -> Cells:
        return lambda people: [flags[value] for value in map(column.value, people)]

    makers: dict[ColumnKind, Callable[[PeopleColumn], Cells]] = {
        ColumnKind.NAME: lambda _: names,
        ColumnKind.NUMBER: lambda column: lambda people: [column.value(one) or "" for one in people],
        ColumnKind.MOMENT: lambda column: _moments(column.value, zone),
        ColumnKind.FLAG: flag,
        ColumnKind.ANSWER: answer,
        ColumnKind.ANSWER_TEXT: answer_text,
        ColumnKind.ATTENDANCE: lambda _: _attendance,
    }
    return [makers[column.kind](column) for column in columns]


def _of_answers(words: Callable[[tuple[Answer, ...]], str], aggregated: str) -> Cells:
    """Return a column computed from answers, cached for people with the same answers."""
    known = lru_cache(_MOST_KNOWN)(words)
    without = {state: aggregated if state is AnswersState.AGGREGATED else "" for state in AnswersState}

    def column(people: People) -> list[str]:
        return [known(p.answers) if p.answers else without[p.answers_state] for p in people]

    return column


def _attendance(people: People) -> list[str]:
    return [
        people_texts.attendance_text(p.attended, walk_in=p.participant_id == NOT_REGISTERED) for p in people
    ]


def _moments(value: Callable[[Participant], int | None], zone: tzinfo) -> Cells:
    """Return a column of local times as spreadsheets read them, with the hour cached by quarters of an hour.

    Since wikis exist, offsets have only changed at quarters of an hour, and by multiples of them.
    """
    known: dict[int, tuple[str, int]] = {}

    def cell(moment: int | None) -> str:
        if not moment:
            return ""
        quarter, rest = divmod(moment, 900)
        parts = known.get(quarter)
        if parts is None:
            text = f"{datetime.fromtimestamp(quarter * 900, zone):%Y-%m-%d %H:%M:%S}"
            parts = text[:14], int(text[14:16]) * 60 + int(text[17:19])
            if parts[1] % 900:
                return f"{datetime.fromtimestamp(moment, zone):%Y-%m-%d %H:%M:%S}"
            if len(known) < _MOST_KNOWN:
                known[quarter] = parts
        return parts[0] + _CLOCK[parts[1] + rest]

    return lambda people: list(map(cell, map(value, people)))
