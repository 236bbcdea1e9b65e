"""Certificates of attendance, in the background: for whom they would be, how they look, and writing them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from app.desk.walk_ins import walk_ins
from app.domain.events.event import Event
from app.models.background import Ended, Failed
from app.models.workspace import Workspace
from app.reports.certificates import PLACES as PLACES
from app.reports.certificates import TEXT as TEXT
from app.reports.certificates import TITLE as TITLE
from app.reports.certificates import CertificateChoices as CertificateChoices
from app.reports.certificates import pictures_of_certificates, receivers, write_certificates
from app.store.mirror import Reader
from app.store.people.participants import stream_people

#: So many are drawn to be looked at.
_DRAWN = 3


@dataclass(frozen=True)
class CertificatePreview:
    """How many certificates there would be, and pictures of the first."""

    count: int
    pages: tuple[bytes, ...]


class CertificateControl(QObject):
    """Only the latest preview is passed on."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._request = 0

    def preview(
        self,
        event: Event,
        choices: CertificateChoices,
        dots_per_inch: float,
        done: Callable[[CertificatePreview], None],
        failed: Failed,
    ) -> None:
        """Draw the first certificates."""
        self._request += 1
        request = self._request

        def work(reader: Reader) -> CertificatePreview:
            names = _names(reader, event, choices)
            if not names:
                return CertificatePreview(0, ())
            pages = pictures_of_certificates(event, names[:_DRAWN], choices, dots_per_inch)
            return CertificatePreview(len(names), tuple(pages))

        def deliver(found: CertificatePreview) -> None:
            if request == self._request:
                done(found)

        self._workspace.read_in_background(self, work, deliver, failed)

    def write(
        self,
        path: Path,
        event: Event,
        choices: CertificateChoices,
        done: Callable[[], None],
        failed: Failed,
        ended: Ended,
    ) -> None:
        """Write all of them."""
        mirror = self._workspace.mirror

        def work(reader: Reader) -> None:
            write_certificates(path, mirror, event, _names(reader, event, choices), choices)

        self._workspace.read_in_background(self, work, lambda _none: done(), failed, ended)


def _names(reader: Reader, event: Event, choices: CertificateChoices) -> list[str]:
    people = [*stream_people(reader, event.key, private=True), *walk_ins(reader, event.key)]
    return receivers(people, choices)
