"""Erasing personal data with a receipt: what was erased, and where it may still stand. It names nobody."""

from collections.abc import Iterable, Sequence

from app.desk.person_data import PersonAtEvent, erase_person
from app.domain.events.event import Event
from app.domain.wording import privacy_texts
from app.domain.wording.desk import hand_over_texts
from app.store.desk.hand_over_files import read_hand_over_files
from app.store.desk.shared_desk import read_shared_desk
from app.store.mirror import Mirror, Reader
from app.store.privacy.erasing import Erased


def erase_event_with_receipt(
    mirror: Mirror, reader: Reader, event: Event, wiki: str, when: str
) -> tuple[Erased, str]:
    """Erase all personal data of an event; return how much, and the receipt.

    `wiki` is the name of its wiki, `when` the time as text. Raises KnownFault.
    """
    files = hand_over_texts.still_in(read_hand_over_files(reader, event.key))
    shared = read_shared_desk(reader, event.key)
    server = privacy_texts.on_server(shared.address.server if shared else "")
    done = mirror.erase_event(event.key)
    receipt = privacy_texts.receipt(event.registration.name, wiki, done.participants, done.noted, when)
    return done, _lines((receipt, files, server, privacy_texts.elsewhere()))


def erase_person_with_receipt(
    mirror: Mirror, reader: Reader, found: Sequence[PersonAtEvent], when: str
) -> tuple[int, str]:
    """Erase what was found of a person; return at how many events, and the receipt. Raises KnownFault."""
    files = [file for one in found if one.acts for file in read_hand_over_files(reader, one.event.key)]
    events = erase_person(mirror, found)
    receipt = privacy_texts.person_receipt(events, when)
    return events, _lines((receipt, hand_over_texts.still_in(files), privacy_texts.elsewhere()))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
