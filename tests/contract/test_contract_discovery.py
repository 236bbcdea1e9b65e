"""Discovery of the wiki, and the identity of a sign-in (CONTRACT §1, §2)."""

import pytest

from app.domain.accounts.account import RIGHT_ORGANIZE, SignInLack, Tokens
from app.domain.faults import Fault, KnownFault
from app.wiki.discovery import find_wiki
from app.wiki.sign_in.credentials import BearerCredentials
from tests.contract.replay.described_wiki import DescribedWiki


@pytest.mark.parametrize(
    "form",
    [
        "{base}",
        "{base}/",
        " {base}/index.php?title=Special:UserLogin ",
        "{base}/api.php",
        "{root}/wiki/Main_Page",
    ],
)
def test_the_wiki_is_found(contract_wiki_under_test: DescribedWiki, form: str) -> None:
    base = contract_wiki_under_test.base
    root = "/".join(base.split("/")[:3])
    if "{root}" in form and base not in (root, f"{root}/w"):
        pytest.skip("the scripts lie where nobody would look for them")
    facts = find_wiki(form.format(base=base, root=root))
    assert facts.base_url == base
    assert facts.has_event_registration
    assert facts.version.partition("-")[0].split(".") >= ["1", "43"]
    assert facts.site_name
    assert facts.wiki_id
    assert abs(facts.clock_difference) < 86_400


def test_an_address_on_the_same_host_that_is_no_wiki_is_skipped(
    contract_wiki_under_test: DescribedWiki,
) -> None:
    base = contract_wiki_under_test.base
    if "/" in base.partition("://")[2]:
        pytest.skip("the scripts do not lie at the root, so other places are not tried for them")
    assert find_wiki(f"{base}/no/such/place").base_url == base


@pytest.mark.parametrize("role", ["organizer", "co_organizer"])
def test_an_organizer_lacks_nothing(contract_wiki_under_test: DescribedWiki, role: str) -> None:
    with contract_wiki_under_test.connected_as(role) as connection:
        identity, wiki = connection.identity(), connection.facts()
    assert identity.name == contract_wiki_under_test.part(role, "name")
    assert identity.user_id > 0
    assert identity.central_id > 0
    if identity.lack(wiki) is SignInLack.GRANT:
        pytest.skip(f"{role}.owner_token does not carry the organizer rights")
    assert identity.lack(wiki) is SignInLack.NOTHING


def test_a_plain_user_lacks_the_right(contract_wiki_under_test: DescribedWiki) -> None:
    with contract_wiki_under_test.connected_as("plain_user") as connection:
        identity, wiki = connection.identity(), connection.facts()
    assert identity.name == contract_wiki_under_test.part("plain_user", "name")
    if wiki.gives(RIGHT_ORGANIZE, ["user", "autoconfirmed"]):
        pytest.skip("on this wiki nearly everybody may organize")
    assert identity.lack(wiki) is SignInLack.RIGHT


def test_nobody_is_no_sign_in(contract_wiki_under_test: DescribedWiki) -> None:
    with contract_wiki_under_test.connected() as connection:
        with pytest.raises(KnownFault) as raised:
            connection.identity()
        assert raised.value.fault is Fault.SIGN_IN_ENDED


@pytest.mark.parametrize("token", ["garbage", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"])
def test_a_garbage_token_is_no_sign_in(contract_wiki_under_test: DescribedWiki, token: str) -> None:
    wiki = contract_wiki_under_test
    ended: list[bool] = []
    credentials = BearerCredentials(
        wiki.base, Tokens(token), None, save=lambda _: None, ended=lambda: ended.append(True)
    )
    with wiki.connected(credentials) as connection:
        for read in (connection.identity, connection.question_labels):
            with pytest.raises(KnownFault) as raised:
                read()
            assert raised.value.fault is Fault.SIGN_IN_ENDED
            assert token not in raised.value.sentence + raised.value.wiki_said
    assert ended
