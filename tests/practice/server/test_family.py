"""Two wikis of a family: they share users and events; each event has its page on one of them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import requests

from app.practice.ground.store import Store
from tests.support.servers.running_wiki import RunningWiki, start, stop

HOME_EVENT, FRENCH_EVENT = 6, 22
FIELDS = (
    "event_page",
    "timezone",
    "start_time",
    "end_time",
    "types",
    "wikis",
    "topics",
    "online_meeting",
    "meeting_url",
    "status",
    "tracks_contributions",
)


@pytest.fixture(scope="module")
def family() -> Iterator[tuple[RunningWiki, RunningWiki]]:
    """Return the two wikis of a family, shared by the tests of this file."""
    first = start("--family", "--auto-approve")
    yield first, second_of(first)
    stop(first)


def second_of(first: RunningWiki) -> RunningWiki:
    description = {**first.description, "base_url": first.description["family"][1]["base_url"]}
    return RunningWiki(description, first.process)


def api(wiki: RunningWiki, *, user: str | None = "organizer", **parameters: str) -> dict[str, object]:
    headers = {"Authorization": f"Bearer {wiki.description[user]['owner_token']}"} if user else {}
    query = {"format": "json", "formatversion": "2", **parameters}
    return dict(requests.get(f"{wiki.base}/api.php", query, headers=headers, timeout=20).json())


def test_the_start_up_line_has_both_wikis(family):
    first, second = family
    assert first.description["family"] == [
        {"base_url": first.base, "wiki_id": "practicewiki"},
        {"base_url": second.base, "wiki_id": "practicefr"},
    ]
    for wiki, wiki_id in ((first, "practicewiki"), (second, "practicefr")):
        assert api(wiki, action="query", meta="siteinfo")["query"]["general"]["wikiid"] == wiki_id


def test_both_list_all_wikis(family):
    first, second = family
    answers = [api(wiki, user=None, action="sitematrix")["sitematrix"] for wiki in family]
    assert answers[0] == answers[1]
    sites = [site for key in ("0", "1") for site in answers[0][key]["site"]]
    assert {site["dbname"]: site["url"] for site in sites} == {
        "practicewiki": first.base,
        "practicefr": second.base,
    }
    assert (answers[0]["count"], answers[0]["specials"]) == (2, [])


def test_a_wiki_alone_has_no_family(wiki):
    assert api(wiki, action="sitematrix")["error"]["code"] == "badvalue"
    assert "family" not in wiki.description
    listed = wiki.rest("/organizer/3/event_registrations").json()
    assert FRENCH_EVENT not in [one["event_id"] for one in listed]


def test_a_token_is_good_on_both_and_ids_differ(family):
    infos = [
        api(wiki, action="query", meta="userinfo", uiprop="centralids")["query"]["userinfo"]
        for wiki in family
    ]
    assert [info["name"] for info in infos] == ["Amara Okafor"] * 2
    assert [info["centralids"]["CentralAuth"] for info in infos] == [3, 3]
    assert infos[0]["id"] == infos[0]["centralids"]["local"] == 3
    assert infos[1]["id"] == infos[1]["centralids"]["local"] != 3
    number = str(infos[1]["id"])
    (found,) = api(family[1], action="query", list="users", ususerids=number)["query"]["users"]
    assert found["name"] == "Amara Okafor"


def test_events_are_read_on_both(family):
    first, second = family
    assert first.rest("/organizer/3/event_registrations").json() == (
        second.rest("/organizer/3/event_registrations").json()
    )
    for event, wiki_id in ((HOME_EVENT, "practicewiki"), (FRENCH_EVENT, "practicefr")):
        here, there = (wiki.rest(f"/event_registration/{event}").json() for wiki in family)
        assert here == there
        assert here["event_page_wiki"] == wiki_id
        assert here["event_page"].startswith("Event:")
    path = f"/event_registration/{FRENCH_EVENT}/participants?include_private=false"
    people = [[one["user_id"] for one in wiki.rest(path).json()] for wiki in family]
    assert people[0] == people[1] != []


@pytest.mark.parametrize("user", ["organizer", "sysop"])
def test_private_participants_are_visible_on_the_home_wiki_only(family, user):
    first, second = family
    path = f"/event_registration/{FRENCH_EVENT}/participants?include_private=true"
    away = first.rest(path, user=user)
    assert away.status_code == 403
    assert away.json()["errorKey"] == "campaignevents-rest-list-participants-cannot-see-private"
    assert second.rest(path, user=user).status_code == 200


def test_answers_are_visible_on_the_home_wiki_only(family):
    path = f"/event_registration/{FRENCH_EVENT}/participants?include_private=false"
    away, home = (wiki.rest(path).json() for wiki in family)
    assert "non_pii_answers" in home[0]
    assert not [one for one in away if "non_pii_answers" in one or "user_is_valid_recipient" in one]


@pytest.mark.parametrize(
    ("method", "path", "body", "key"),
    [
        ("PUT", "", None, "edit-page-nonlocal"),
        ("DELETE", "", {}, "delete-event-nonlocal-error-message"),
        (
            "PUT",
            "/organizers",
            {"organizer_usernames": ["Amara Okafor"]},
            "set-organizers-nonlocal-error-message",
        ),
        ("DELETE", "/participants", {"user_ids": [20]}, "remove-participants-nonlocal-error-message"),
        (
            "PUT",
            "/participants/self",
            {"is_private": False},
            "register-for-event-nonlocal-error-message",
        ),
    ],
)
@pytest.mark.parametrize("user", ["organizer", "plain_user"])
def test_changes_are_refused_on_the_other_wiki(family, method, path, body, key, user):
    first, second = family
    event = first.rest(f"/event_registration/{FRENCH_EVENT}").json()
    wanted = {name: event[name] for name in FIELDS} if body is None else body
    answer = first.rest(f"/event_registration/{FRENCH_EVENT}{path}", user=user, method=method, json=wanted)
    assert answer.status_code == 400
    assert answer.json()["errorKey"] == f"campaignevents-rest-{key}"
    assert "practicefr" in answer.json()["messageTranslations"]["en"]
    assert second.rest(f"/event_registration/{FRENCH_EVENT}").json() == event


def test_a_change_on_the_home_wiki_is_visible_on_the_other(family):
    first, second = family
    event = first.rest(f"/event_registration/{FRENCH_EVENT}").json()
    wanted = {**{name: event[name] for name in FIELDS}, "chat_url": "https://chat.example.org/mois"}
    path = f"/event_registration/{FRENCH_EVENT}"
    assert second.rest(path, method="PUT", json=wanted).status_code == 204
    assert first.rest(path).json()["chat_url"] == "https://chat.example.org/mois"


def test_mail_is_sent_on_the_home_wiki_only(family):
    first, second = family
    body = {"subject": "Bonjour", "message": "À bientôt"}
    path = f"/event_registration/{FRENCH_EVENT}/email"
    away = first.rest(path, method="POST", json=body)
    assert (away.status_code, away.json().get("errorKey")) == (403, None)
    assert second.rest(path, method="POST", json=body).status_code == 202


def test_a_registration_is_cancelled_anywhere(family):
    first, second = family
    path = f"/event_registration/{FRENCH_EVENT}/participants/self"
    joined = second.rest(path, user="plain_user", method="PUT", json={"is_private": True})
    assert joined.json() == {"modified": True}
    assert first.rest(path, user="plain_user").json()["private"] is True
    assert first.rest(path, user="plain_user", method="DELETE").json() == {"modified": True}


def test_pages_are_each_wikis_own(family):
    first, second = family
    title = "Event:Mois_de_la_contribution_Dakar"
    assert requests.get(f"{first.base}/wiki/{title}", timeout=20).status_code == 404
    shown = requests.get(f"{second.base}/wiki/{title}", timeout=20)
    assert f'"wgCampaignEventsEventID":{FRENCH_EVENT}' in shown.text
    body = {
        "event_page": "Event:Draft Photo Day",
        "timezone": "UTC",
        "start_time": "20990101100000",
        "end_time": "20990101120000",
        "types": ["meetup"],
        "wikis": ["practicefr"],
        "online_meeting": True,
        "tracks_contributions": False,
    }
    away = second.rest("/event_registration", method="POST", json=body)
    assert away.json()["errorKey"] == "campaignevents-error-page-not-found"
    made = first.rest("/event_registration", method="POST", json=body)
    assert made.status_code == 201
    made_event = second.rest(f"/event_registration/{made.json()['id']}").json()
    assert (made_event["event_page_wiki"], made_event["wikis"]) == ("practicewiki", ["practicefr"])


def test_a_session_is_good_on_its_own_wiki_only(family):
    first, second = family
    with requests.Session() as browser:
        token = session_token(browser, first, "login")
        form = {
            "action": "clientlogin",
            "format": "json",
            "logintoken": token,
            "loginreturnurl": "https://example.org/",
            "username": first.description["organizer"]["name"],
            "password": first.description["organizer"]["password"],
        }
        answer = browser.post(f"{first.base}/api.php", form, timeout=20).json()
        assert answer["clientlogin"]["status"] == "PASS"
        assert session_token(browser, first, "csrf") != "+\\"
        assert session_token(browser, second, "csrf") == "+\\"
        assert session_token(browser, first, "csrf") != "+\\"
        cookies = [cookie.name for cookie in browser.cookies]
    assert "practicewikiUserID" in cookies
    assert "practicefrUserID" not in cookies


def session_token(browser: requests.Session, wiki: RunningWiki, kind: str) -> str:
    query = {
        "action": "query",
        "meta": "tokens",
        "type": kind,
        "format": "json",
        "formatversion": "2",
    }
    answer = browser.get(f"{wiki.base}/api.php", params=query, timeout=20).json()
    return str(answer["query"]["tokens"][f"{kind}token"])


def test_revoking_ends_tokens_on_both(run_wiki):
    first = run_wiki("--family")
    first.control("revoke", {"user": first.description["organizer"]["name"]})
    assert second_of(first).rest(f"/event_registration/{HOME_EVENT}").status_code == 403


def test_the_second_wiki_is_added_to_a_kept_database(run_wiki, tmp_path):
    world = str(tmp_path / "world.sqlite")
    alone = run_wiki("--data", world)
    stop(alone)
    first = run_wiki("--data", world, "--family")
    assert len(second_of(first).people(FRENCH_EVENT)) == 48
    stop(first)
    again = run_wiki("--data", world, "--family")
    assert again.rest(f"/event_registration/{FRENCH_EVENT + 1}").status_code == 404


def test_a_database_of_an_earlier_version_keeps_its_pages(tmp_path):
    path = tmp_path / "world.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            "CREATE TABLE events (event_id INTEGER PRIMARY KEY, page_title TEXT NOT NULL);"
            "CREATE TABLE pages (page_id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL UNIQUE,"
            " namespace INTEGER NOT NULL, creator_id INTEGER NOT NULL, text TEXT NOT NULL);"
            "INSERT INTO events VALUES (4, 'Event:Meetup');"
            "INSERT INTO pages VALUES (9, 'Event:Meetup', 1728, 3, 'Text');"
        )
    store = Store(path)
    store.make_later_tables()
    store.make_later_tables()
    kept = store.read().execute("SELECT * FROM pages JOIN events ON page_wiki = wiki AND page_title = title")
    assert [(row["event_id"], row["page_id"], row["wiki"]) for row in kept] == [(4, 9, "practicewiki")]
    store.close()
