"""Drafts, saved while the user writes them."""

from PySide6.QtCore import QObject

from app.domain import times
from app.models.workspace import Workspace
from app.store.events import drafts
from app.store.events.drafts import EmailDraft as EmailDraft


class Drafts(QObject):
    """Reads and saves drafts of e-mails, and the user's template for event pages."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def email(self, event_key: int) -> EmailDraft | None:
        """Return the draft of an e-mail to an event's participants."""
        reader = self._workspace.reader
        return self._workspace.read(lambda: drafts.read_draft(reader, event_key), None)

    def save_email(self, event_key: int, draft: EmailDraft | None) -> None:
        """Save the draft of an event; None or an empty one removes it."""
        mirror = self._workspace.mirror
        self._workspace.jobs.run(
            self._workspace,
            lambda: mirror.writer.do(drafts.save_draft, event_key, draft, times.now()),
            lambda _: None,
        )

    def page_template(self) -> str | None:
        """Return the user's own template for event pages, None if there is none."""
        reader = self._workspace.reader
        return self._workspace.read(lambda: drafts.read_page_template(reader), None)

    def save_page_template(self, text: str | None) -> None:
        """Save the user's template for event pages; None restores the program's."""
        mirror = self._workspace.mirror
        self._workspace.jobs.run(
            self._workspace,
            lambda: mirror.writer.do(drafts.save_page_template, text),
            lambda _: None,
        )
