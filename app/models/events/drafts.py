"""What she is still writing, kept as she writes it."""

from PySide6.QtCore import QObject

from app.domain import times
from app.models.workspace import Workspace
from app.store.events import drafts
from app.store.events.drafts import EmailDraft as EmailDraft


class Drafts(QObject):
    """E-mails that are not in the outbox yet, and her template for event pages."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def email(self, event_key: int) -> EmailDraft | None:
        """Return the draft of an event."""
        reader = self._workspace.reader
        return self._workspace.read(lambda: drafts.read_draft(reader, event_key), None)

    def keep_email(self, event_key: int, draft: EmailDraft | None) -> None:
        """Keep the draft of an event; None or an empty one removes it."""
        mirror = self._workspace.mirror
        self._workspace.jobs.run(
            self._workspace,
            lambda: mirror.writer.do(drafts.save_draft, event_key, draft, times.now()),
            lambda _: None,
        )

    def page_template(self) -> str | None:
        """Return her own template for event pages, None where she has none."""
        reader = self._workspace.reader
        return self._workspace.read(lambda: drafts.read_page_template(reader), None)

    def keep_page_template(self, text: str | None) -> None:
        """Keep her template for event pages; None goes back to the program's."""
        mirror = self._workspace.mirror
        self._workspace.jobs.run(
            self._workspace,
            lambda: mirror.writer.do(drafts.save_page_template, text),
            lambda _: None,
        )
