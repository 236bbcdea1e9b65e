"""Situations of special pages in which recordings are replayed."""

import html
import re
from urllib.parse import unquote_plus

from tests.contract.replay.contract_replay import Replay, situation

_TOKEN = re.compile(r'name="wpEditToken" value="([^"]+)"')
_NEXT = re.compile(r"TablePager-button-next [^>]*><a [^>]*href='[^']*[?&]offset=([^&']*)")


@situation
def session_page(replay: Replay) -> None:
    replay.session = replay.wiki.signed(replay.user)[0]


@situation
def agreed(replay: Replay) -> None:
    session_page(replay)
    query = {name: replay.query[name] for name in ("title", "tab")}
    page = show(replay, query)
    if (form := _TOKEN.search(page)) is None:
        return
    body = {"title": query["title"], "wpAcceptance": "1", "wpEditToken": html.unescape(form[1])}
    assert replay.session is not None
    sent = replay.session.post(f"{replay.wiki.base}/index.php", data=body, params=query, timeout=20)
    assert sent.status_code == 200


@situation
def not_agreed(replay: Replay) -> None:
    """Use an organizer who has not accepted the agreement, which cannot be undone for others."""
    user = "Organizer3" if replay.user == "Organizer3" else "Organizer2"

    def organized_by(*users: str) -> None:
        body = {"organizer_usernames": [replay.wiki.name(one) for one in users]}
        assert replay.wiki.rest("PUT", "/event_registration/5/organizers", body).status_code == 204

    organized_by("Organizer1", user)
    replay.after.append(lambda: organized_by("Organizer1"))
    replay.session = replay.wiki.signed(user)[0]


@situation
def second_page(replay: Replay) -> None:
    session_page(replay)
    replay.query["offset"] = next_offset(show(replay, {"title": "Special:MyEvents", "limit": "20"}))


@situation
def last_page(replay: Replay) -> None:
    second_page(replay)
    while offset := next_offset(show(replay, replay.query)):
        replay.query["offset"] = offset


@situation
def nothing_organized(replay: Replay) -> None:
    replay.session = replay.wiki.signed("PlainUser")[0]


def show(replay: Replay, query: dict[str, str]) -> str:
    assert replay.session is not None
    return replay.session.get(f"{replay.wiki.base}/index.php", params=query, timeout=20).text


def next_offset(page: str) -> str:
    found = _NEXT.search(page.replace("&amp;", "&"))
    return unquote_plus(found[1]) if found else ""
