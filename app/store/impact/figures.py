"""What the edits of an event's participants add up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from app.store.impact.edits import LOOKED_AT, looked_at

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
    agreed: Iterable[int] = (),
    wikis: Sequence[str] = (),
    newcomer_days: int = USUAL_NEWCOMER_DAYS,
) -> Impact:
    """Return what came of an event in a period, from what was read.

    `namespaces` and `wikis`: only in these, in all if there are none.

    `now`: until when edits were read; what came later is not known. Only of those who take part now:
    publicly, or privately and `agreed`.
    """
    bounds = looked_at(event_key, agreed)
    spaces = ",".join(str(int(one)) for one in namespaces)
    of_wikis = f"AND wiki IN ({','.join('?' * len(wikis))})" if wikis else ""
    # Only numbers and placeholders: what is chosen of an event's rows, and its values.
    inside = f"(at BETWEEN ? AND ? {f'AND namespace IN ({spaces})' if namespaces else ''} {of_wikis})"
    chosen = (period.first, period.last, *wikis)
    people = f"SELECT user_id FROM participant WHERE {LOOKED_AT}"  # noqa: S608 - placeholders
    rows = f"FROM edit WHERE event_key = ? AND user_id IN ({people})"
    values = (event_key, *bounds)
    persons, of_wiki, sums = _persons(connection, event_key, span, inside, chosen, rows, values, bounds)
    pages = connection.execute(
        "SELECT wiki, max(title), count(*), count(DISTINCT user_id), sum(size_diff), "
        f"sum(is_new AND namespace != {FILES}), sum(NOT is_new AND namespace != {FILES}) "
        f"{rows} AND {inside} GROUP BY wiki, page",
        (*values, *chosen),
    ).fetchall()
    quarters = connection.execute(
        f"SELECT at / {_QUARTER}, count(*) {rows} AND {inside} GROUP BY 1", (*values, *chosen)
    ).fetchall()
    newcomers = [one for one in persons if is_newcomer(one, span, newcomer_days)]
    known = [one.edits_before for one in persons if one.edits_before is not None]
    groups = Counter(map(experience_of, known))
    days, hours = _by_time(quarters, period, zone)
    most = sorted(pages, key=lambda page: (-page[2], -page[3], page[1]))[:_MOST_PAGES]
    return Impact(
        period=period,
        totals=sums._replace(
            editors=sum(one.edits > 0 for one in persons),
            pages_made=sum(page[5] > 0 for page in pages),
            pages_edited=sum(page[6] > 0 for page in pages),
        ),
        people=len(persons),
        newcomers=len(newcomers),
        newcomers_edited=sum(one.edits > 0 for one in newcomers),
        first_edits=sum(one.edits_before == 0 and one.edits > 0 for one in persons),
        experience=tuple(groups[place] for place in range(len(EXPERIENCE))),
        stayed=stayed_of(persons, newcomers, span.ends, now),
        days=days,
        hours=hours,
        pages=tuple(WorkedOn(*page[:5]) for page in most),
        wikis=of_wiki,
        persons=tuple(persons),
    )


@dataclass
class _Done:
    """What one person did on all wikis."""

    edits: int = 0
    pages: int = 0
    size_diff: int = 0
    uploads: int = 0
    first_edit: int | None = None
    last_edit: int | None = None
    stayed: tuple[bool, ...] = tuple(False for _time in STAYED)


def _persons(
    connection: driver.Connection,
    event_key: int,
    span: Span,
    inside: str,
    chosen: Sequence[object],
    rows: str,
    values: Sequence[object],
    bounds: Sequence[object],
) -> tuple[list[PersonImpact], tuple[OfWiki, ...], Totals]:
    """Return each person, what was done on each wiki, and sums without editors and pages."""
    windows = ", ".join(
        f"max(at BETWEEN {span.ends + first * DAY_SECONDS} AND {span.ends + (last + 1) * DAY_SECONDS - 1})"
        for first, last in STAYED
    )
    found = connection.execute(
        "WITH some AS (SELECT user_id, wiki, page, namespace, at, size_diff, is_new, reverted, "  # noqa: S608
        f"{inside} AS inside {rows}) SELECT user_id, wiki, sum(inside), "
        "count(DISTINCT CASE WHEN inside THEN page END), "
        "sum(CASE WHEN inside THEN size_diff ELSE 0 END), "
        "sum(CASE WHEN inside AND size_diff > 0 THEN size_diff ELSE 0 END), "
        f"sum(inside AND is_new AND namespace = {FILES}), sum(inside AND reverted), "
        f"min(CASE WHEN inside THEN at END), max(at), {windows} FROM some GROUP BY user_id, wiki",
        (*chosen, *values),
    )
    done: dict[int, _Done] = {}
    of_wiki: dict[str, list[int]] = {}
    totals = Totals()
    for user_id, wiki, edits, pages, size, added, uploads, reverted, first, last, *stayed in found:
        one = done.setdefault(user_id, _Done())
        one.edits += edits
        one.pages += pages
        one.size_diff += size
        one.uploads += uploads
        one.first_edit = min(filter(None, (one.first_edit, first)), default=None)
        one.last_edit = max(filter(None, (one.last_edit, last)), default=None)
        one.stayed = tuple(before or bool(now) for before, now in zip(one.stayed, stayed, strict=True))
        if edits:
            on_wiki = of_wiki.setdefault(wiki, [0, 0])
            on_wiki[0] += edits
            on_wiki[1] += 1
        totals = totals._replace(
            edits=totals.edits + edits,
            bytes_added=totals.bytes_added + added,
            bytes_removed=totals.bytes_removed + added - size,
            uploads=totals.uploads + uploads,
            reverted=totals.reverted + reverted,
        )
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
    people = connection.execute(
        f"SELECT user_id, name, private FROM participant WHERE {LOOKED_AT} ORDER BY search_text",  # noqa: S608
        bounds,
    )
    nothing = _Done()
    persons = []
    for user_id, name, private in people:
        one = done.get(user_id, nothing)
        made, before = accounts.get(user_id, (None, None))
        persons.append(
            PersonImpact(
                user_id,
                name,
                bool(private),
                made,
                before,
                one.edits,
                one.pages,
                one.size_diff,
                one.uploads,
                one.first_edit,
                one.last_edit,
                one.stayed,
            )
        )
    ordered = sorted(of_wiki.items(), key=lambda item: -item[1][0])
    return persons, tuple(OfWiki(wiki, *numbers) for wiki, numbers in ordered), totals


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
