"""Reads what the Programs & Events Dashboard counts for an event, and keeps it."""

import threading
from contextlib import closing

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.statistics.course import CourseFigures
from app.domain.wording.figures import course_texts
from app.store.events.page_readings import save_course
from app.sync.wikis import Wikis
from app.wiki.dashboard import dashboard_of, read_course
from app.wiki.http.client import WikiClient


def refresh_course(
    wikis: Wikis, account: Account, event: Event, cancel: threading.Event | None = None
) -> CourseFigures:
    """Read the figures of an event's course and keep them; what was read before stays if this fails.

    Nothing about this user or the event's people is sent. Raises KnownFault.
    """
    slug = event.registration.course
    if slug is None:
        raise KnownFault(Fault.USAGE, course_texts.no_course())
    place = dashboard_of(account.wiki.base_url)
    with closing(WikiClient(place, cancel=cancel, throttle=wikis.throttle_of(place))) as client:
        found = read_course(client, slug)
    wikis.mirror.writer.do(save_course, event.key, found, times.now())
    return found
