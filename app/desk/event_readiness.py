"""Checks from the data on this computer whether an event can begin."""

from contextlib import closing

from app.domain import times
from app.domain.accounts.account import Account
from app.domain.accounts.sign_in_end import known_end
from app.domain.desk.readiness import DataKey, Readiness, ReadinessFacts, UsableSignIn, readiness
from app.domain.events.event import Event
from app.store.accounts.sign_ins import read_secrets
from app.store.changes import outbox
from app.store.database.key import KeySource, place_of
from app.store.mirror import Mirror

_KEYS = {KeySource.KEYRING: DataKey.KEYRING, KeySource.PASSPHRASE: DataKey.PASSPHRASE}


def check_readiness(mirror: Mirror, account: Account, event: Event) -> Readiness:
    """Return whether an event can begin, and what is missing. No wiki is asked. Raises KnownFault."""
    address = account.address_or_own(event.registration.page_wiki)
    with closing(mirror.reader()) as reader:
        usable = tuple(
            UsableSignIn(one.rights, one.signed_in_at, known_end(read_secrets(reader, account.key, one)[0]))
            for one in account.sign_ins_at(address)
            if not one.ended
        )
        changes = [one for one in outbox.read_changes(reader) if one.event_key == event.key and one.open]
    stuck = sum(one.stuck for one in changes)
    return readiness(
        ReadinessFacts(
            event=event,
            sign_ins=usable,
            pending=len(changes) - stuck,
            stuck=stuck,
            key=_key(mirror),
            read_only=mirror.read_only is not None,
            now=times.now(),
        )
    )


def _key(mirror: Mirror) -> DataKey:
    place = None if mirror.keeps_nothing else place_of(mirror.folder)
    return DataKey.MEMORY if place is None else _KEYS[place.source]
