"""Accounts: their sign-ins, the wiki's version, families of wikis, and what is lacking."""

from dataclasses import replace

import pytest

from app.domain.accounts.account import (
    RIGHT_ORGANIZE,
    Account,
    Identity,
    SignIn,
    SignInKind,
    WikiFacts,
    account_of_family,
)
from app.domain.wording import sign_in_texts

HERE, THERE = "https://wiki.example.org/w", "https://other.example.org/w"
FACTS = WikiFacts(HERE, "Wiki", "examplewiki", "MediaWiki 1.45.0", "en", True, "1", 0)
RIGHTS = frozenset({RIGHT_ORGANIZE})
TOKEN = SignIn(SignInKind.OWNER_TOKEN, HERE, RIGHTS, 0, ended=False)
SESSION = SignIn(SignInKind.SESSION, THERE, RIGHTS, 0, ended=False)


def account(central_id: int = 31, *, blocked: bool = False, rights: frozenset[str] = RIGHTS) -> Account:
    identity = Identity("Amara", 3, central_id, frozenset(), rights, blocked)
    return Account(1, FACTS, identity, (replace(TOKEN, rights=rights), SESSION))


def test_a_sign_in_is_found_by_kind_and_wiki() -> None:
    known = account()
    assert known.sign_in(SignInKind.OWNER_TOKEN) == TOKEN
    assert known.sign_in(SignInKind.SESSION) is None
    assert known.sign_in(SignInKind.SESSION, THERE) == SESSION
    assert known.sign_in(SignInKind.OWNER_TOKEN, THERE) is None


@pytest.mark.parametrize(
    ("generator", "at_least"),
    [("MediaWiki 1.45.0", True), ("MediaWiki 1.46", True), ("MediaWiki 1.44.3", False), ("MediaWiki", False)],
)
def test_a_version_is_at_least_one_only_if_it_is_known(generator: str, at_least: bool) -> None:
    assert replace(FACTS, generator=generator).is_at_least(1, 45) is at_least


def test_a_blocked_account_differs_from_one_without_rights() -> None:
    assert sign_in_texts.lack(account()) is None
    blocked = sign_in_texts.lack(account(blocked=True))
    assert blocked is not None
    assert "is blocked on Wiki" in blocked
    without = sign_in_texts.lack(account(rights=frozenset()))
    assert without is not None
    assert "has no right to organize events on Wiki" in without


def test_a_wiki_joins_a_family_only_if_both_name_each_other() -> None:
    known = replace(account(), family={"here": HERE, "there": THERE})
    family = {"here": HERE, "there": THERE}
    assert account_of_family([known], THERE, family, 31) is known
    assert account_of_family([known], THERE, {"there": THERE}, 31) is None
    assert account_of_family([replace(known, family={})], THERE, family, 31) is None
    assert account_of_family([known], HERE, family, 31) is None
    stranger = replace(known, key=2, identity=account(77).identity)
    assert account_of_family([stranger, known], THERE, family, 31) is known
    assert account_of_family([stranger], THERE, family, 31) is stranger


@pytest.mark.parametrize(
    ("kind", "address", "usable"),
    [
        (SignInKind.OAUTH2, HERE, True),
        (SignInKind.SESSION, HERE, False),
        (SignInKind.SESSION, THERE, True),
        (SignInKind.OAUTH2, "https://third.example.org/w", False),
    ],
)
def test_a_session_has_its_rights_on_its_own_wiki_only(kind: SignInKind, address: str, usable: bool) -> None:
    known = SignIn(kind, address, RIGHTS, 0, ended=False)
    found = replace(account(), sign_ins=(known,)).rights_at(THERE)
    assert found == (RIGHTS if usable else frozenset())


def test_an_account_is_of_its_own_wiki_until_more_is_known() -> None:
    assert not account().identity.is_global
