"""Which actions an event allows now, and why the others are not offered."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.accounts.account import Account
from app.domain.events.event import Event
from app.domain.events.permissions import EMAILS_A_DAY, MAY_HAVE_CHANGED, Action, Circumstances, obstacle
from app.domain.wording import organizing_texts, sign_in_texts
from app.models.workspace import Workspace


@dataclass(frozen=True)
class Reason:
    """Why an action is not offered. `may_have_changed`: this may be outdated, and the wiki can be asked."""

    sentence: str
    may_have_changed: bool = False


class EventPermissions:
    """Decides from the rights read at sign-in and from the event as last fetched."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def why_not(self, event: Event) -> dict[Action, Reason | None]:
        """Return for each action why it is not offered for an event, None if it is."""
        account = self._workspace.account(event.wiki_key)
        if account is None:
            return dict.fromkeys(Action, Reason(sign_in_texts.no_account()))
        own = self._workspace.own_registration(event.key)
        registered = self._workspace.projection.own_registration(event.key, own) is not None
        circumstances = Circumstances(
            datetime.now(UTC),
            self._workspace.organizer_ids(event.key),
            self._workspace.emails_today(account.key),
            registered,
        )
        found = {action: obstacle(action, account, event, circumstances) for action in Action}
        return {
            action: Reason(organizing_texts.obstacle_sentence(one), one in MAY_HAVE_CHANGED) if one else None
            for action, one in found.items()
        }

    def why_not_create(self, account: Account) -> str | None:
        """Return why no event can be created on a wiki, None if one can."""
        found = obstacle(Action.CREATE, account, None, Circumstances(datetime.now(UTC)))
        return organizing_texts.obstacle_sentence(found) if found else None

    def emails_left(self, event: Event) -> int:
        """Return how many more e-mails the wiki accepts today."""
        return max(0, EMAILS_A_DAY - self._workspace.emails_today(event.wiki_key))
