"""Looking up the target of a link on the wiki, where the link alone does not show it."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.wikis.links import Edit
from app.models.background import Failed
from app.models.workspace import Workspace


class LinkLookup(QObject):
    """Looks links up in the background."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def find_edit(
        self, account: Account, event: Event, typed: str, done: Callable[[Edit], None], failed: Failed
    ) -> None:
        """Pass the edit that a link means to `done`; a number is a revision on the event's own wiki."""

        def work() -> Edit:
            from app.sync.wikis import edit_behind

            return edit_behind(self._workspace.wikis(), account, event, typed)

        self._workspace.jobs.run(self, work, done, failed)
