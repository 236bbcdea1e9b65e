"""Looking up user names on the wiki before they are added to a list of organizers."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account, NamedAccount
from app.models.background import Failed
from app.models.workspace import Workspace


class NameCheck(QObject):
    """Looks names up in the background."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def look_up(
        self,
        account: Account,
        names: Sequence[str],
        done: Callable[[list[NamedAccount]], None],
        failed: Failed,
    ) -> None:
        """Pass the accounts of these names to `done`, or the fault to `failed`."""
        wanted = list(names)

        def work() -> list[NamedAccount]:
            return self._workspace.wikis().connection(account).named(wanted, account.wiki)

        self._workspace.jobs.run(self, work, done, failed)
