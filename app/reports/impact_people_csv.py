"""What each participant did, as a CSV file. Those who registered privately are never in it."""

import csv
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from app.domain.impact.figures import STAYED, PersonImpact
from app.i18n import _
from app.reports.formula_guard import guarded
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror


def write_people_impact(path: Path, mirror: "Mirror", persons: Iterable[PersonImpact], zone: tzinfo) -> int:
    """Write the people who registered publicly; return how many. Days are those of a zone.

    Raises KnownFault if the file cannot be written; then `path` is unchanged.
    """
    written = 0
    with atomic_write(path, mirror, encoding="utf-8-sig") as file:
        rows = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        rows.writerow([guarded(heading) for heading in headings()])
        for person in persons:
            if not person.private:
                rows.writerow(cells(person, zone))
                written += 1
    return written


def headings() -> Sequence[str]:
    """Return the names of the columns."""
    stayed = [_("Edited {first}–{last} days after").format(first=first, last=last) for first, last in STAYED]
    return (
        _("Name"),
        _("Account made"),
        _("Edits before"),
        _("Edits"),
        _("Pages"),
        _("Bytes"),
        _("Files"),
        _("Last edit"),
        *stayed,
    )


def cells(person: PersonImpact, zone: tzinfo) -> list[str]:
    """Return a person's row."""

    def day(moment: int | None) -> str:
        return f"{datetime.fromtimestamp(moment, UTC).astimezone(zone):%Y-%m-%d}" if moment else ""

    return [
        guarded(person.name),
        day(person.registered_at),
        "" if person.edits_before is None else str(person.edits_before),
        str(person.edits),
        str(person.pages),
        str(person.size_diff),
        str(person.uploads),
        day(person.last_edit),
        *(_("yes") if again else "" for again in person.stayed),
    ]
