"""Sign-in with OAuth 2 and PKCE, by the program and a browser (CONTRACT §2)."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from app.domain.accounts.account import Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.sign_in import oauth
from app.wiki.sign_in.credentials import BearerCredentials
from tests.contract.replay.described_wiki import DescribedWiki, press


def approved(wiki: DescribedWiki) -> tuple[oauth.Authorization, str]:
    """Return a sign-in that the organizer approved, and its code."""
    client = wiki.oauth_client()
    under_way = oauth.authorization(wiki.base, client)
    with wiki.browser("organizer") as session:
        back = parse_qs(urlsplit(press(session, under_way.address, "accept", client.redirect_uri)).query)
    assert back["state"] == [under_way.state]
    return under_way, back["code"][0]


def signed_in(wiki: DescribedWiki) -> Tokens:
    under_way, code = approved(wiki)
    return under_way.tokens(code)


def test_a_sign_in_and_its_identity(contract_wiki_under_test: DescribedWiki) -> None:
    wiki = contract_wiki_under_test
    tokens = signed_in(wiki)
    assert tokens.refresh
    assert tokens.expires_at
    credentials = BearerCredentials(wiki.base, tokens, wiki.oauth_client(), lambda _: None, lambda: None)
    with wiki.connected(credentials) as connection:
        assert connection.identity().name == wiki.part("organizer", "name")


def test_cancel_on_the_approval_page(contract_wiki_under_test: DescribedWiki) -> None:
    wiki, client = contract_wiki_under_test, contract_wiki_under_test.oauth_client()
    under_way = oauth.authorization(wiki.base, client)
    with wiki.browser("organizer") as session:
        back = parse_qs(urlsplit(press(session, under_way.address, "cancel", client.redirect_uri)).query)
    assert "code" not in back
    assert back["error"][0] in ("unauthorized_client", "access_denied")


def test_a_code_is_valid_once(contract_wiki_under_test: DescribedWiki) -> None:
    under_way, code = approved(contract_wiki_under_test)
    assert under_way.tokens(code).access
    for used in (code, "garbage"):
        with pytest.raises(KnownFault) as raised:
            under_way.tokens(used)
        assert raised.value.fault is Fault.REFUSED
        assert used not in raised.value.sentence + raised.value.wiki_said


def test_a_code_is_of_no_use_to_another_program(contract_wiki_under_test: DescribedWiki) -> None:
    wiki = contract_wiki_under_test
    _, code = approved(wiki)
    with pytest.raises(KnownFault) as raised:
        oauth.authorization(wiki.base, wiki.oauth_client()).tokens(code)
    assert raised.value.fault is Fault.REFUSED


def test_refreshing_gives_a_new_pair_and_ends_the_old_one(contract_wiki_under_test: DescribedWiki) -> None:
    wiki, client = contract_wiki_under_test, contract_wiki_under_test.oauth_client()
    old = signed_in(wiki)
    kept: list[Tokens] = []
    due = replace(old, expires_at=0)
    with wiki.connected(BearerCredentials(wiki.base, due, client, kept.append, lambda: None)) as connection:
        assert connection.identity().name == wiki.part("organizer", "name")
        assert connection.question_labels()
    assert len(kept) == 1
    assert kept[0].access != old.access
    assert kept[0].refresh not in (None, old.refresh)

    ended: list[bool] = []
    used = BearerCredentials(wiki.base, old, client, kept.append, lambda: ended.append(True))
    refused = None
    with wiki.connected(used) as connection:
        try:
            assert connection.question_labels()
        except KnownFault as fault:
            refused = fault.fault
    # Since 1.47 a used refresh token works for ten more minutes, so that a lost answer can be retried.
    assert (refused, ended, len(kept)) in ((Fault.SIGN_IN_ENDED, [True], 1), (None, [], 2))
    assert len({old.access, *(one.access for one in kept)}) == 1 + len(kept)


def test_a_garbage_refresh_token_ends_the_sign_in(contract_wiki_under_test: DescribedWiki) -> None:
    wiki, client = contract_wiki_under_test, contract_wiki_under_test.oauth_client()
    with pytest.raises(KnownFault) as raised:
        oauth.refreshed(wiki.base, client, "garbage")
    assert raised.value.fault is Fault.SIGN_IN_ENDED
