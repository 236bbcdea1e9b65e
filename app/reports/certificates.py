"""Certificates of attendance, one page for each person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from app.domain.events.event import Event
from app.domain.names import enclosed, isolated, runs_from_right
from app.domain.people.participant import NOT_REGISTERED, Participant, Presence
from app.i18n import N_, _, language
from app.reports.event_reports.local_times import day_text
from app.reports.typesetting import page_of, pdf, pictures
from app.store.atomic_file import atomic_write

if TYPE_CHECKING:
    from app.store.mirror import Mirror

_LAYOUT = "certificate.typ"
TITLE = N_("Certificate of attendance")
#: What is said below the name. `$name`, `$event`, `$date` and `$place` stand for what belongs there.
TEXT = N_("took part in “$event”, $date.")
#: The places of a template.
PLACES = ("$name", "$event", "$date", "$place")


@dataclass(frozen=True)
class CertificateChoices:
    """What certificates say, and for whom they are: those who were checked in, or everybody.

    `names`: only these people, if there are any. Private people and walk-ins only if asked for each time.
    """

    title: str
    text: str
    signature: str = ""
    everybody: bool = False
    include_private: bool = False
    names: Sequence[str] = ()


def unknown_places(text: str) -> list[str]:
    """Return what looks like a place of a template and is none."""
    return sorted({f"${name}" for name in Template(text).get_identifiers()} - set(PLACES))


def receivers(people: Iterable[Participant], choices: CertificateChoices) -> list[str]:
    """Return the names on the certificates, in the order of the people."""
    wanted = set(choices.names)
    found = []
    for person in people:
        came = person.attended is not None and person.attended.came is not None
        shown = choices.include_private or not (person.private or person.participant_id == NOT_REGISTERED)
        named = person.presence is Presence.NAMED and person.name
        chosen = person.name in wanted if wanted else choices.everybody or came
        if named and shown and chosen:
            found.append(str(person.name))
    return found


def write_certificates(
    path: Path, mirror: "Mirror", event: Event, names: Sequence[str], choices: CertificateChoices
) -> None:
    """Write certificates as PDF. Raises KnownFault if they cannot be written; then `path` is unchanged."""
    document = pdf(_LAYOUT, content_of(event, names, choices))
    with atomic_write(path, mirror, encoding=None) as file:
        file.write(document)


def pictures_of_certificates(
    event: Event, names: Sequence[str], choices: CertificateChoices, dots_per_inch: float
) -> list[bytes]:
    """Return certificates as PNG. Raises KnownFault if they cannot be drawn."""
    return pictures(_LAYOUT, content_of(event, names, choices), dots_per_inch)


def content_of(event: Event, names: Sequence[str], choices: CertificateChoices) -> dict[str, Any]:
    """Return what the pages say."""
    registration = event.registration
    first, last = registration.starts_at().date(), registration.ends_at().date()
    days = day_text(first)
    if last != first:
        days = _("{begin} – {end}").format(begin=day_text(first), end=day_text(last))
    place = [registration.address or "", registration.country or ""] if registration.in_person else []
    places = {
        "event": " ".join(registration.name.split()),
        "date": days,
        "place": ", ".join(" ".join(part.split()) for part in place if part.strip()) or _("Online"),
    }
    page = page_of(language())
    return {
        **page,
        "title": choices.title,
        "signature": choices.signature,
        "footer": registration.page,
        "certificates": [
            {
                "name": _directed(name, name, mirrored=page["right_to_left"]),
                "lines": _lines(choices.text, {**places, "name": name}, mirrored=page["right_to_left"]),
            }
            for name in names
        ],
    }


def _lines(text: str, places: dict[str, str], *, mirrored: bool) -> list[dict[str, Any]]:
    """Return a template's lines with its places filled in; what is no place stays as it is written.

    A line runs as its own words do, not as the window's or as the names in it; `mirrored`: where it has none.
    """
    found = []
    for line in text.splitlines():
        own_words = Template(line).safe_substitute(dict.fromkeys(places, ""))
        from_right = runs_from_right(own_words, usual=mirrored)
        parts = {name: enclosed(part) if from_right else isolated(part) for name, part in places.items()}
        if filled := Template(line).safe_substitute(parts).strip():
            found.append(_directed(filled, own_words, mirrored=mirrored))
    return found


def _directed(text: str, own_words: str, *, mirrored: bool) -> dict[str, Any]:
    return {"text": text, "right_to_left": runs_from_right(own_words, usual=mirrored)}
