"""Situations around events, pages and participants in which recordings are replayed."""

import re

import requests

from tests.contract.contract_scene import Scene, situation
from tests.contract.contract_wiki import REST, PracticeWiki, new_title
from tests.contract.recorded import listed, load

PEOPLE = (226, 227, 228, 230)


@situation
def unchanged(scene: Scene) -> None:
    if scene.number in range(44, 91) and scene.body and isinstance(scene.body, dict):
        page = scene.body.get("event_page", "")
        if isinstance(page, str) and "errors" in page:
            scene.titles[page] = "Event:Draft Photo Day"
    if 186 <= scene.number < 203 or scene.number == 210:
        scene.values["username_filter"] = {195: "a", 196: "A", 198: "é", 201: "i"}.get(scene.number, "")
    if scene.number in (324, 325):
        members = scene.wiki.rest("GET", "/event_registration/1/participants?include_private=false").json()
        scene.path = scene.path.replace("/94/", f"/{members[0]['user_id']}/")
    if scene.number == 323:
        scene.path = scene.path.replace("/319/", "/430/")


@situation
def unused_title(scene: Scene) -> None:
    values = {**(scene.body or {}), **scene.query}
    if "title" in values:
        scene.titles[values["title"]] = new_title()


@situation
def page_to_edit(scene: Scene) -> None:
    if scene.body:
        title = new_title()
        scene.wiki.make_page(title)
        scene.titles[scene.body["title"]] = title


@situation
def new_page(scene: Scene) -> None:
    page = scene.body["event_page"]
    if "Rec " in page:
        title = new_title()
        if "create full" in page and scene.number == 80:
            title = scene.wiki.make_event()[1]
        else:
            scene.wiki.make_page(title)
        scene.titles[page.partition("#")[0]] = title


@situation
def made_before(scene: Scene) -> None:
    previous = load(listed()[scene.number - 1])["request"]["body"]
    scene.set_event(scene.wiki.make_event(previous)[0])


@situation
def fresh_event(scene: Scene) -> None:
    if scene.event_id() in (0, 999999):
        return
    event, title = scene.wiki.make_event()
    scene.set_event(event)
    body = scene.body if isinstance(scene.body, dict) else {}
    if scene.number == 155:
        scene.titles[body["event_page"]] = new_title()
        scene.wiki.make_page(scene.titles[body["event_page"]])
    elif "Rec " in str(body.get("event_page")):
        scene.titles[body["event_page"]] = title


@situation
def co_organized(scene: Scene) -> None:
    fresh_event(scene)
    names = [scene.wiki.name("Organizer1"), scene.wiki.name("Organizer2")]
    path = f"/event_registration/{scene.event_id()}/organizers"
    assert scene.wiki.rest("PUT", path, {"organizer_usernames": names}).status_code == 204


@situation
def creator_left(scene: Scene) -> None:
    co_organized(scene)
    path = f"/event_registration/{scene.event_id()}/organizers"
    body = {"organizer_usernames": [scene.wiki.name("Organizer2")]}
    assert scene.wiki.rest("PUT", path, body).status_code == 204


@situation
def with_participant(scene: Scene) -> None:
    fresh_event(scene)
    session, token = scene.wiki.signed("Participant0201")
    body = load(listed()[221])["request"]["body"]
    if scene.number == 241:
        body.pop("answers")
    answer = session.put(
        f"{scene.wiki.base}{REST}/event_registration/{scene.event_id()}/participants/self",
        json={**body, "token": token},
        timeout=20,
    )
    assert answer.json() == {"modified": True}


@situation
def cancelled(scene: Scene) -> None:
    fresh_event(scene)
    scene.wiki.register(scene.event_id(), 225)
    scene.wiki.register(scene.event_id(), 225, "remove")


@situation
def aggregated(scene: Scene) -> None:
    scene.wiki.register(3, 146)
    scene.wiki.register(3, 146, "aggregate")


@situation
def with_people(scene: Scene) -> None:
    fresh_event(scene)
    if scene.event_id() == 999999:
        return
    for user_id in PEOPLE:
        scene.wiki.register(scene.event_id(), user_id)
    scene.wiki.register(scene.event_id(), 230, "make-private")


@situation
def mail(scene: Scene) -> None:
    requests.delete(f"{scene.wiki.base}/practice/mails", timeout=20)
    if scene.event_id() == 71:
        with_people(scene)
        scene.values["user_ids"] = "226"
    if scene.number in (285, 299):
        path = f"/event_registration/{scene.event_id()}/participants?include_private=true"
        reached = [one for one in scene.wiki.rest("GET", path).json() if one.get("user_is_valid_recipient")]
        scene.body["user_ids"] = [reached[0]["user_id"]]
    if scene.number in (300, 302):
        scene.wiki.register(scene.event_id(), PEOPLE[0])
        scene.body["user_ids"] = [PEOPLE[0]]


@situation
def mail_throttled(scene: Scene) -> None:
    mail(scene)
    path = f"/event_registration/{scene.event_id()}/email"
    for _ in range(5):
        assert scene.wiki.rest("POST", path, {"subject": "s", "message": "m"}).status_code == 202


@situation
def read_only(scene: Scene) -> None:
    fresh_event(scene)
    scene.wiki.control("fault", {"kind": "readonly"})
    scene.after.append(lambda: scene.wiki.control("fault", {}))


@situation
def running_contest(scene: Scene) -> None:
    scene.wiki.register(8, 255)


@situation
def own_edit(scene: Scene) -> None:
    scene.wiki.register(8, 255)
    scene.wiki.register(8, 25, "remove")
    user = "Organizer1" if scene.number == 343 else "Participant0231"
    revision = scene.wiki.make_page(new_title(), user)["newrevid"]
    scene.path = re.sub(r"/11[1-3]$", f"/{revision}", scene.path)
    if scene.number == 346 or "contributions" in scene.path:
        session, token = scene.wiki.signed("Participant0231")
        path = f"{REST}/event_registration/8/edits/practicewiki/{revision}"
        sent = session.put(scene.wiki.base + path, json={"token": token}, timeout=20)
        assert sent.status_code == 202
    if "contributions" in scene.path:
        latest = latest_contribution(scene.wiki)
        scene.path = re.sub(r"\d+$", str(latest), scene.path)
        if scene.number == 356:
            assert scene.wiki.rest("DELETE", f"/event_contributions/{latest}").status_code == 204


def latest_contribution(wiki: PracticeWiki) -> int:
    """Return the id of the last contribution: the first one that cannot be deleted by nobody with 404."""
    for number in range(120, 0, -1):
        answer = wiki.rest("DELETE", f"/event_contributions/{number}", user="PlainUser")
        if answer.status_code == 403:
            return number
    raise AssertionError("no contribution")


@situation
def edit_of_another(scene: Scene) -> None:
    scene.wiki.register(8, 25)
    scene.wiki.register(8, 25, "remove")
    revision = scene.wiki.make_page(new_title())["newrevid"]
    scene.path = re.sub(r"/112$", f"/{revision}", scene.path)


@situation
def deleted_event(scene: Scene) -> None:
    event, title = scene.wiki.make_event()
    scene.set_event(event)
    if scene.body:
        scene.titles[scene.body["event_page"]] = title
    assert scene.wiki.rest("DELETE", f"/event_registration/{event}").status_code == 204
