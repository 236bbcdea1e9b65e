"""Response statistics from a saved page or a copied table, where no sign-in can read the page.

The page is behind an agreement that only the organizer can give, so it is never accepted here.
"""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from app.domain import times
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.statistics.wiki_statistics import WikiStatistics
from app.i18n import _
from app.store.events.page_readings import read_statistics_of_wiki, save_statistics_of_wiki
from app.store.mirror import Mirror
from app.wiki.pages.saved_statistics import copied_statistics, saved_statistics

#: A saved page is a tenth of a megabyte.
_LARGEST = 20_000_000


def import_statistics(mirror: Mirror, event: Event, wiki: str, text: str) -> WikiStatistics:
    """Read and keep statistics from the text of a page (HTML) or of tables. Raises KnownFault."""
    if "<html" in text[:2_000].lower() or "<!doctype" in text[:2_000].lower():
        found = saved_statistics(wiki, event.event_id, text)
    else:
        found = copied_statistics(text, event.participants)
        with closing(mirror.reader()) as reader:
            before, _at = read_statistics_of_wiki(reader, event.key)
        if before is not None:
            # Tables can be copied one by one.
            new = {one.question for one in found.questions}
            kept = tuple(one for one in before.questions if one.question not in new)
            found = replace(before, questions=(*kept, *found.questions))
    mirror.writer.do_durably(save_statistics_of_wiki, event.key, found, times.now())
    return found


def read_saved(path: Path) -> str:
    """Return the text of a saved page or table. Raises KnownFault."""
    try:
        if path.stat().st_size > _LARGEST:
            raise KnownFault(Fault.USAGE, _("The file is too large for a page. Nothing was changed."))
        return path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        reason = error.strerror or ""
        text = _("The file cannot be read: {reason}. Nothing was changed.").format(reason=reason)
        raise KnownFault(Fault.DISK, text) from error
