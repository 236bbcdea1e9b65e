"""Namespaces and special pages, in English and in the language of the family's French wiki."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
import requests

from tests.support.servers.running_wiki import RunningWiki, start, stop
from tests.support.sign_in.session_pages import signed_in

FRENCH_EVENT = 22


@pytest.fixture(scope="module")
def english() -> Iterator[RunningWiki]:
    wiki = start("--family")
    yield wiki
    stop(wiki)


@pytest.fixture(scope="module")
def french(english: RunningWiki) -> RunningWiki:
    description = {**english.description, "base_url": english.description["family"][1]["base_url"]}
    return RunningWiki(description, english.process)


def ask(wiki: RunningWiki, **query: str) -> dict[str, Any]:
    form = {"action": "query", "format": "json", "formatversion": "2", **query}
    return dict(requests.get(f"{wiki.base}/api.php", form, timeout=20).json()["query"])


def names(wiki: RunningWiki) -> dict[int, str]:
    spaces = ask(wiki, meta="siteinfo", siprop="namespaces")["namespaces"]
    return {int(number): space["name"] for number, space in spaces.items()}


def aliases(wiki: RunningWiki) -> dict[str, list[str]]:
    found = ask(wiki, meta="siteinfo", siprop="specialpagealiases")["specialpagealiases"]
    return {one["realname"]: one["aliases"] for one in found}


def get(wiki: RunningWiki, path: str) -> requests.Response:
    return requests.get(f"{wiki.base}{path}", allow_redirects=False, timeout=20)


def test_the_english_wiki_has_the_english_names(english):
    found = names(english)
    assert [found[number] for number in (-1, 0, 2, 3, 1728, 1729)] == [
        *("Special", "", "User", "User talk", "Event", "Event talk")
    ]
    answer = ask(english, meta="siteinfo", siprop="general|namespacealiases|specialpagealiases|extensions")
    assert answer["namespacealiases"] == [{"id": 6, "alias": "Image"}, {"id": 7, "alias": "Image talk"}]
    assert {"general", "extensions", "specialpagealiases"} <= answer.keys()
    assert aliases(english)["PermanentLink"] == ["PermanentLink", "PermaLink"]
    assert {"EventDetails", "Diff", "Contributions", "MobileDiff"} <= aliases(english).keys()


def test_the_french_wiki_has_french_names_and_knows_the_english_ones(french):
    found = names(french)
    assert [found[number] for number in (-1, 2, 3)] == ["Spécial", "Utilisateur", "Discussion utilisateur"]
    assert [found[number] for number in (4, 5)] == ["Wiki d’exercice", "Discussion Wiki d’exercice"]
    # The extension has no French names for these.
    assert [found[number] for number in (1728, 1729)] == ["Event", "Event talk"]
    spaces = ask(french, meta="siteinfo", siprop="namespaces")["namespaces"]
    assert [spaces[number]["canonical"] for number in ("-1", "2", "4")] == ["Special", "User", "Project"]
    others = ask(french, meta="siteinfo", siprop="namespacealiases")["namespacealiases"]
    assert {"id": 2, "alias": "Utilisatrice"} in others
    assert {"id": 3, "alias": "Discussion utilisatrice"} in others
    assert {"id": 6, "alias": "Image"} in others
    assert others == sorted(others, key=lambda one: (one["id"], one["alias"]))
    pages = aliases(french)
    assert pages["PermanentLink"] == ["Lien_permanent", "LienPermanent", "PermanentLink", "PermaLink"]
    assert pages["Userlogin"][0] == "Connexion"
    assert pages["EventDetails"] == ["EventDetails"]


@pytest.mark.parametrize(
    ("title", "number", "written"),
    [
        ("utilisatrice:léa_Roy", 2, "Utilisateur:Léa Roy"),
        ("User:léa Roy", 2, "Utilisateur:Léa Roy"),
        ("Discussion Utilisateur : léa", 3, "Discussion utilisateur:Léa"),
        ("user talk:Léa", 3, "Discussion utilisateur:Léa"),
        ("project:aide", 4, "Wiki d’exercice:Aide"),
        ("Image:a.png", 6, "Fichier:A.png"),
        ("event:nuit", 1728, "Event:Nuit"),
        ("Événement:Nuit", 0, "Événement:Nuit"),
    ],
)
def test_titles_are_written_in_french(french, title, number, written):
    (page,) = ask(french, titles=title, prop="info")["pages"]
    assert (page["ns"], page["title"], page["missing"]) == (number, written, True)


def test_french_names_mean_nothing_in_english(english):
    (page,) = ask(english, titles="utilisatrice:Léa", prop="info")["pages"]
    assert (page["ns"], page["title"]) == (0, "Utilisatrice:Léa")
    (page,) = ask(english, titles="Talk:User:Léa", prop="info")["pages"]
    assert page["invalid"] is True


@pytest.mark.parametrize(
    "path",
    [
        f"/wiki/Spécial:EventDetails/{FRENCH_EVENT}",
        f"/wiki/Special:EventDetails/{FRENCH_EVENT}",
        f"/wiki/spécial:eventdetails/{FRENCH_EVENT}",
        f"/index.php?title=Sp%C3%A9cial:EventDetails/{FRENCH_EVENT}",
    ],
)
def test_a_special_page_has_several_addresses(french, path):
    answer = get(french, path)
    assert answer.status_code == 200
    assert f'"wgCampaignEventsEventID":{FRENCH_EVENT}' in answer.text
    assert '"wgCanonicalNamespace":"Special","wgCanonicalSpecialPageName":"EventDetails"' in answer.text
    assert f'"wgPageName":"Sp\\u00e9cial:EventDetails/{FRENCH_EVENT}"' in answer.text


@pytest.mark.parametrize("name", ["Connexion", "identification", "UserLogin", "Login"])
def test_the_page_to_sign_in_has_several_names(french, name):
    assert 'name="wpLoginToken"' in get(french, f"/wiki/Spécial:{name}").text


def test_english_names_of_special_pages_stay_in_english(english):
    assert get(english, f"/wiki/Spécial:EventDetails/{FRENCH_EVENT}").status_code == 404
    assert get(english, "/wiki/Special:Connexion").status_code == 404


def test_links_of_special_pages_are_in_french(french):
    sent = get(french, "/wiki/Spécial:MyEvents")
    assert sent.status_code == 302
    target = unquote(sent.headers["Location"])
    assert "title=Spécial:Connexion&returnto=Spécial:MyEvents" in target
    with signed_in(french, "organizer") as session:
        page = session.get(f"{french.base}/wiki/Spécial:MyEvents", timeout=20).text
    assert f"/wiki/Sp%C3%A9cial:EventDetails/{FRENCH_EVENT}" in page
    assert "/wiki/Special:" not in page


def test_user_pages_are_named_in_french_and_by_gender(english, french):
    people = [one for one in french.people(FRENCH_EVENT) if "user_page" in one]
    prefixes = {one["user_page"]["title"].partition(":")[0] for one in people}
    assert prefixes == {"Utilisateur", "Utilisatrice"}
    at_home = [one for one in english.people(6) if "user_page" in one]
    assert {one["user_page"]["title"].partition(":")[0] for one in at_home} == {"User"}
    organizers = french.rest(f"/event_registration/{FRENCH_EVENT}/organizers").json()
    assert all(one["user_page"]["title"].startswith("Utilisateur:") for one in organizers)
