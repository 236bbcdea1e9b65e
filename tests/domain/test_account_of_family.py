"""Whose account a sign-in on another wiki belongs to."""

from dataclasses import replace

from app.domain.account import Account, Identity, WikiFacts, account_of_family

META, FRENCH, STRANGER = "https://meta.example.org", "https://fr.example.org", "https://stranger.example.net"
FACTS = WikiFacts(META, "Wiki", "metawiki", "MediaWiki 1.45", "en", True, "1", 0)
IDENTITY = Identity("Amara", 3, 31, frozenset(), frozenset())


def test_a_wiki_that_the_accounts_wiki_names_belongs_to_it() -> None:
    account = Account(1, FACTS, IDENTITY, (), family={"frwiki": FRENCH})
    assert account_of_family([account], FRENCH) == account


def test_a_wiki_that_names_itself_of_a_family_gets_no_tokens_of_it() -> None:
    """The account's OAuth goes to every wiki of its family: a stranger cannot join it by saying so."""
    account = Account(1, FACTS, IDENTITY, (), family={"frwiki": FRENCH})
    assert account_of_family([account], STRANGER) is None


def test_a_wiki_with_an_account_of_its_own_keeps_it() -> None:
    account = Account(1, FACTS, IDENTITY, (), family={"metawiki": META, "frwiki": FRENCH})
    own = Account(2, replace(FACTS, base_url=FRENCH, wiki_id="frwiki"), IDENTITY, ())
    assert account_of_family([account, own], FRENCH) is None
