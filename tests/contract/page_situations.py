"""Situations around the special pages of a session in which recordings are replayed."""

import html
import re
from urllib.parse import unquote_plus

from tests.contract.contract_scene import Scene, situation

_TOKEN = re.compile(r'name="wpEditToken" value="([^"]+)"')
_NEXT = re.compile(r"TablePager-button-next [^>]*><a [^>]*href='[^']*[?&]offset=([^&']*)")


@situation
def session_page(scene: Scene) -> None:
    scene.session = scene.wiki.signed(scene.user)[0]


@situation
def agreed(scene: Scene) -> None:
    session_page(scene)
    query = {name: scene.query[name] for name in ("title", "tab")}
    page = show(scene, query)
    if (form := _TOKEN.search(page)) is None:
        return
    body = {"title": query["title"], "wpAcceptance": "1", "wpEditToken": html.unescape(form[1])}
    assert scene.session is not None
    sent = scene.session.post(f"{scene.wiki.base}/index.php", data=body, params=query, timeout=20)
    assert sent.status_code == 200


@situation
def not_agreed(scene: Scene) -> None:
    """Be an organizer of the event who never agreed; those who did cannot take it back."""
    user = "Organizer3" if scene.user == "Organizer3" else "Organizer2"

    def organized_by(*users: str) -> None:
        body = {"organizer_usernames": [scene.wiki.name(one) for one in users]}
        assert scene.wiki.rest("PUT", "/event_registration/5/organizers", body).status_code == 204

    organized_by("Organizer1", user)
    scene.after.append(lambda: organized_by("Organizer1"))
    scene.session = scene.wiki.signed(user)[0]


@situation
def second_page(scene: Scene) -> None:
    session_page(scene)
    scene.query["offset"] = next_offset(show(scene, {"title": "Special:MyEvents", "limit": "20"}))


@situation
def last_page(scene: Scene) -> None:
    second_page(scene)
    while offset := next_offset(show(scene, scene.query)):
        scene.query["offset"] = offset


@situation
def nothing_organized(scene: Scene) -> None:
    scene.session = scene.wiki.signed("PlainUser")[0]


def show(scene: Scene, query: dict[str, str]) -> str:
    assert scene.session is not None
    return scene.session.get(f"{scene.wiki.base}/index.php", params=query, timeout=20).text


def next_offset(page: str) -> str:
    found = _NEXT.search(page.replace("&amp;", "&"))
    return unquote_plus(found[1]) if found else ""
