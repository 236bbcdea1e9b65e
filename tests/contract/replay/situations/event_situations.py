"""Situations of events, pages and participants in which recordings are replayed."""

import re

import requests

from tests.contract.contract_wiki import REST, PracticeWiki, new_title
from tests.contract.replay.contract_replay import Replay, situation
from tests.contract.replay.recorded import listed, load

PEOPLE = (226, 227, 228, 230)


@situation
def unchanged(replay: Replay) -> None:
    if replay.number in range(44, 91) and replay.body and isinstance(replay.body, dict):
        page = replay.body.get("event_page", "")
        if isinstance(page, str) and "errors" in page:
            replay.titles[page] = "Event:Draft Photo Day"
    if 186 <= replay.number < 203 or replay.number == 210:
        replay.values["username_filter"] = {195: "a", 196: "A", 198: "é", 201: "i"}.get(replay.number, "")
    if replay.number in (324, 325):
        members = replay.wiki.rest("GET", "/event_registration/1/participants?include_private=false").json()
        replay.path = replay.path.replace("/94/", f"/{members[0]['user_id']}/")
    if replay.number == 323:
        replay.path = replay.path.replace("/319/", "/430/")


@situation
def unused_title(replay: Replay) -> None:
    values = {**(replay.body or {}), **replay.query}
    if "title" in values:
        replay.titles[values["title"]] = new_title()


@situation
def page_to_edit(replay: Replay) -> None:
    if replay.body:
        title = new_title()
        replay.wiki.make_page(title)
        replay.titles[replay.body["title"]] = title


@situation
def new_page(replay: Replay) -> None:
    page = replay.body["event_page"]
    if "Rec " in page:
        title = new_title()
        if "create full" in page and replay.number == 80:
            title = replay.wiki.make_event()[1]
        else:
            replay.wiki.make_page(title)
        replay.titles[page.partition("#")[0]] = title


@situation
def made_before(replay: Replay) -> None:
    previous = load(listed()[replay.number - 1])["request"]["body"]
    replay.set_event(replay.wiki.make_event(previous)[0])


@situation
def fresh_event(replay: Replay) -> None:
    if replay.event_id() in (0, 999999):
        return
    event, title = replay.wiki.make_event()
    replay.set_event(event)
    body = replay.body if isinstance(replay.body, dict) else {}
    if replay.number == 155:
        replay.titles[body["event_page"]] = new_title()
        replay.wiki.make_page(replay.titles[body["event_page"]])
    elif "Rec " in str(body.get("event_page")):
        replay.titles[body["event_page"]] = title


@situation
def co_organized(replay: Replay) -> None:
    fresh_event(replay)
    names = [replay.wiki.name("Organizer1"), replay.wiki.name("Organizer2")]
    path = f"/event_registration/{replay.event_id()}/organizers"
    assert replay.wiki.rest("PUT", path, {"organizer_usernames": names}).status_code == 204


@situation
def creator_left(replay: Replay) -> None:
    co_organized(replay)
    path = f"/event_registration/{replay.event_id()}/organizers"
    body = {"organizer_usernames": [replay.wiki.name("Organizer2")]}
    assert replay.wiki.rest("PUT", path, body).status_code == 204


@situation
def with_participant(replay: Replay) -> None:
    fresh_event(replay)
    session, token = replay.wiki.signed("Participant0201")
    body = load(listed()[221])["request"]["body"]
    if replay.number == 241:
        body.pop("answers")
    answer = session.put(
        f"{replay.wiki.base}{REST}/event_registration/{replay.event_id()}/participants/self",
        json={**body, "token": token},
        timeout=20,
    )
    assert answer.json() == {"modified": True}


@situation
def cancelled(replay: Replay) -> None:
    fresh_event(replay)
    replay.wiki.register(replay.event_id(), 225)
    replay.wiki.register(replay.event_id(), 225, "remove")


@situation
def aggregated(replay: Replay) -> None:
    replay.wiki.register(3, 146)
    replay.wiki.register(3, 146, "aggregate")


@situation
def with_people(replay: Replay) -> None:
    fresh_event(replay)
    if replay.event_id() == 999999:
        return
    for user_id in PEOPLE:
        replay.wiki.register(replay.event_id(), user_id)
    replay.wiki.register(replay.event_id(), 230, "make-private")


@situation
def mail(replay: Replay) -> None:
    requests.delete(f"{replay.wiki.base}/practice/mails", timeout=20)
    if replay.event_id() == 71:
        with_people(replay)
        replay.values["user_ids"] = "226"
    if replay.number in (285, 299):
        path = f"/event_registration/{replay.event_id()}/participants?include_private=true"
        reached = [one for one in replay.wiki.rest("GET", path).json() if one.get("user_is_valid_recipient")]
        replay.body["user_ids"] = [reached[0]["user_id"]]
    if replay.number in (300, 302):
        replay.wiki.register(replay.event_id(), PEOPLE[0])
        replay.body["user_ids"] = [PEOPLE[0]]


@situation
def mail_throttled(replay: Replay) -> None:
    mail(replay)
    path = f"/event_registration/{replay.event_id()}/email"
    for _ in range(5):
        assert replay.wiki.rest("POST", path, {"subject": "s", "message": "m"}).status_code == 202


@situation
def read_only(replay: Replay) -> None:
    fresh_event(replay)
    replay.wiki.control("fault", {"kind": "readonly"})
    replay.after.append(lambda: replay.wiki.control("fault", {}))


@situation
def running_contest(replay: Replay) -> None:
    replay.wiki.register(8, 255)


@situation
def own_edit(replay: Replay) -> None:
    replay.wiki.register(8, 255)
    replay.wiki.register(8, 25, "remove")
    user = "Organizer1" if replay.number == 343 else "Participant0231"
    revision = replay.wiki.make_page(new_title(), user)["newrevid"]
    replay.path = re.sub(r"/11[1-3]$", f"/{revision}", replay.path)
    if replay.number == 346 or "contributions" in replay.path:
        session, token = replay.wiki.signed("Participant0231")
        path = f"{REST}/event_registration/8/edits/practicewiki/{revision}"
        sent = session.put(replay.wiki.base + path, json={"token": token}, timeout=20)
        assert sent.status_code == 202
    if "contributions" in replay.path:
        latest = latest_contribution(replay.wiki)
        replay.path = re.sub(r"\d+$", str(latest), replay.path)
        if replay.number == 356:
            assert replay.wiki.rest("DELETE", f"/event_contributions/{latest}").status_code == 204


def latest_contribution(wiki: PracticeWiki) -> int:
    """Return the highest id of a contribution: deleting it is refused with 403, higher ids get 404."""
    for number in range(120, 0, -1):
        answer = wiki.rest("DELETE", f"/event_contributions/{number}", user="PlainUser")
        if answer.status_code == 403:
            return number
    raise AssertionError("no contribution")


@situation
def edit_of_another(replay: Replay) -> None:
    replay.wiki.register(8, 25)
    replay.wiki.register(8, 25, "remove")
    revision = replay.wiki.make_page(new_title())["newrevid"]
    replay.path = re.sub(r"/112$", f"/{revision}", replay.path)


@situation
def deleted_event(replay: Replay) -> None:
    event, title = replay.wiki.make_event()
    replay.set_event(event)
    if replay.body:
        replay.titles[replay.body["event_page"]] = title
    assert replay.wiki.rest("DELETE", f"/event_registration/{event}").status_code == 204
