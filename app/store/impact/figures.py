"""What the edits of an event's participants add up to."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from sqlcipher3 import dbapi2 as driver

from app.domain.impact.edits import FILES
from app.domain.impact.figures import (
    DAY_SECONDS,
    EXPERIENCE,
    STAYED,
    USUAL_NEWCOMER_DAYS,
    Impact,
    OfWiki,
    Period,
    PersonImpact,
    Span,
    Totals,
    WorkedOn,
    experience_of,
    is_newcomer,
    stayed_of,
)
from app.domain.people.participant import Presence
from app.store.people.participant_rows import rows_of_event

_MOST_PAGES = 30
_QUARTER = 900


def read_impact(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    period: Period,
    zone: tzinfo,
    namespaces: Sequence[int],
    now: int,
    *,
    with_private: bool,
    wikis: Sequence[str] = (),
    newcomer_days: int = USUAL_NEWCOMER_DAYS,
) -> Impact:
    """Return what came of an event in a period, from what was read.

    `namespaces` and `wikis`: only in these, in all if there are none.

    Only of those who take part now, and without `with_private` only of those who do so publicly.
    """
    bounds = (*rows_of_event(event_key), Presence.NAMED, with_private)
    people = (
        "SELECT user_id FROM participant WHERE id BETWEEN ? AND ? AND presence = ? "
        "AND name IS NOT NULL AND private <= ?"
    )
    spaces = ",".join(str(int(one)) for one in namespaces)
    of_spaces = f"AND namespace IN ({spaces})" if namespaces else ""
    of_wikis = f"AND wiki IN ({','.join('?' * len(wikis))})" if wikis else ""
    chosen = (
        f"FROM edit WHERE event_key = ? AND at BETWEEN ? AND ? {of_spaces} {of_wikis} "
        f"AND user_id IN ({people})"
    )
    values = (event_key, period.first, period.last, *wikis, *bounds)
    run = connection.execute
    page = "wiki || char(10) || page"
    totals = Totals(
        *run(
            f"SELECT count(DISTINCT user_id), count(*), "
            f"count(DISTINCT CASE WHEN is_new AND namespace != {FILES} THEN {page} END), "
            f"count(DISTINCT CASE WHEN NOT is_new AND namespace != {FILES} THEN {page} END), "
            "coalesce(sum(max(size_diff, 0)), 0), coalesce(-sum(min(size_diff, 0)), 0), "
            f"coalesce(sum(is_new AND namespace = {FILES}), 0), coalesce(sum(reverted), 0) {chosen}",
            values,
        ).fetchone()
    )
    quarters = run(f"SELECT at / {_QUARTER}, count(*) {chosen} GROUP BY 1", values).fetchall()
    pages = run(
        f"SELECT wiki, max(title), count(*), count(DISTINCT user_id), sum(size_diff) {chosen} "
        f"GROUP BY wiki, page ORDER BY 3 DESC, 4 DESC, 2 LIMIT {_MOST_PAGES}",
        values,
    ).fetchall()
    of_wiki = run(
        f"SELECT wiki, count(*), count(DISTINCT user_id) {chosen} GROUP BY wiki ORDER BY 2 DESC",
        values,
    ).fetchall()
    persons = _persons(connection, event_key, span, chosen, values, bounds)
    newcomers = [one for one in persons if is_newcomer(one, span, newcomer_days)]
    known = [one.edits_before for one in persons if one.edits_before is not None]
    groups = Counter(map(experience_of, known))
    days, hours = _by_time(quarters, period, zone)
    return Impact(
        period=period,
        totals=totals,
        people=len(persons),
        newcomers=len(newcomers),
        newcomers_edited=sum(one.edits > 0 for one in newcomers),
        first_edits=sum(one.edits_before == 0 and one.edits > 0 for one in persons),
        experience=tuple(groups[place] for place in range(len(EXPERIENCE))),
        stayed=stayed_of(persons, newcomers, span.ends, now),
        days=days,
        hours=hours,
        pages=tuple(WorkedOn(*row) for row in pages),
        wikis=tuple(OfWiki(*row) for row in of_wiki),
        persons=tuple(persons),
    )


def _persons(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    chosen: str,
    values: Sequence[object],
    bounds: Sequence[object],
) -> list[PersonImpact]:
    done = {
        row[0]: row[1:]
        for row in connection.execute(
            "SELECT user_id, count(*), count(DISTINCT wiki || char(10) || page), sum(size_diff), "
            f"sum(is_new AND namespace = {FILES}), min(at) {chosen} GROUP BY user_id",
            values,
        )
    }
    windows = ", ".join(
        f"max(at BETWEEN {span.ends + first * DAY_SECONDS} AND {span.ends + (last + 1) * DAY_SECONDS - 1})"
        for first, last in STAYED
    )
    after = {
        row[0]: row[1:]
        for row in connection.execute(
            f"SELECT user_id, max(at), {windows} FROM edit WHERE event_key = ? GROUP BY user_id",  # noqa: S608
            (event_key,),
        )
    }
    accounts = {
        row[0]: row[1:]
        for row in connection.execute(
            # What is known of all wikis together is more than the sum of those that were read.
            "SELECT user_id, min(registered_at), "
            "coalesce(max(CASE wiki WHEN '*' THEN edits_before END), sum(edits_before)) "
            "FROM editor WHERE event_key = ? AND NOT missing GROUP BY user_id",
            (event_key,),
        )
    }
    rows = connection.execute(
        "SELECT user_id, name, private FROM participant WHERE id BETWEEN ? AND ? AND presence = ? "
        "AND name IS NOT NULL AND private <= ? ORDER BY search_text",
        bounds,
    )
    nothing, never = (0, 0, 0, 0, None), (None, *(0 for _time in STAYED))
    found = []
    for user_id, name, private in rows:
        edits, pages, size_diff, uploads, first_edit = done.get(user_id, nothing)
        last_edit, *stayed = after.get(user_id, never)
        registered_at, edits_before = accounts.get(user_id, (None, None))
        found.append(
            PersonImpact(
                user_id,
                name,
                bool(private),
                registered_at,
                edits_before,
                edits,
                pages,
                size_diff,
                uploads,
                first_edit,
                last_edit,
                tuple(map(bool, stayed)),
            )
        )
    return found


def _by_time(
    quarters: Sequence[tuple[int, int]], period: Period, zone: tzinfo
) -> tuple[tuple[tuple[date, int], ...], tuple[int, ...]]:
    """Return the edits by day of a zone; by hour if the period is one day."""
    first, last = (
        datetime.fromtimestamp(one, UTC).astimezone(zone).date() for one in (period.first, period.last)
    )
    per_day: Counter[date] = Counter()
    hours = [0] * 24
    for quarter, edits in quarters:
        moment = datetime.fromtimestamp(quarter * _QUARTER, UTC).astimezone(zone)
        per_day[moment.date()] += edits
        hours[moment.hour] += edits
    return tuple(sorted(per_day.items())), tuple(hours) if first == last else ()
