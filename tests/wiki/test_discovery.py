"""Finding the wiki behind a typed address, and the event behind a number or a link."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.faults import Fault, KnownFault
from app.domain.wikis import links
from app.domain.wikis.links import KnownWiki
from app.domain.wikis.wiki_names import WikiNames
from app.wiki import link_targets
from app.wiki.discovery import find_wiki
from app.wiki.event_registration import EventRegistration
from tests.support.examples import examples
from tests.support.servers.practice_server import PracticeServer
from tests.support.servers.safe_servers import SafeServers
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki, fault_of

GENERAL = {
    "sitename": "A wiki",
    "generator": "MediaWiki 1.45.0",
    "wikiid": "awiki",
    "lang": "en",
    "time": "2027-03-01T09:00:00Z",
}
EXTENSIONS = [{"name": "OAuth"}, {"name": "CampaignEvents", "version": "1.2"}]
BUT_NO_WIKI = b"<!DOCTYPE html><title>A shop</title>"


def site(base: str = "", **general: Any) -> Any:
    """Return the responses of a wiki whose scripts are at `base`."""

    def answer(asked: Asked) -> Reply:
        if asked.path == f"{base}/api.php":
            return Reply({"query": {"general": {**GENERAL, **general}, "extensions": EXTENSIONS}})
        return Reply(BUT_NO_WIKI, 404)

    return answer


@pytest.mark.parametrize(
    "form",
    [
        "{base}",
        "{base}/",
        "  {base}/wiki/Main_Page ",
        "{host}",
        "{base}/index.php?title=Special:UserLogin",
        "{base}/api.php?action=help",
        "{base}/rest.php/campaignevents/v0",
        "{base}/wiki/Event:Nairobi_Photo_Walk#x",
        "localhost:{port}",
    ],
)
def test_a_wiki_in_any_form(wiki_server: PracticeServer, form: str) -> None:
    host = wiki_server.base.removeprefix("http://")
    facts = find_wiki(form.format(base=wiki_server.base, host=host, port=host.partition(":")[2]))
    assert facts.base_url in (wiki_server.base, wiki_server.base.replace("127.0.0.1", "localhost"))
    assert facts.has_event_registration
    assert facts.version.startswith("1.45")
    assert abs(facts.clock_difference) < 5


@pytest.mark.parametrize("base", ["", "/w", "/deep/mediawiki"])
def test_scripts_may_lie_anywhere(wiki_script: ScriptedWiki, base: str) -> None:
    wiki_script.answer = site(base)
    typed = f"{wiki_script.base}{base}/index.php/Event:X" if base == "/deep/mediawiki" else wiki_script.base
    assert find_wiki(typed).base_url == wiki_script.base + base


def test_a_wiki_without_event_registration(wiki_script: ScriptedWiki) -> None:
    wiki_script.always({"query": {"general": GENERAL, "extensions": [{"name": "OAuth"}, 7, None]}})
    facts = find_wiki(wiki_script.base)
    assert not facts.has_event_registration
    assert facts.event_registration_version is None


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        (Reply(BUT_NO_WIKI), Fault.NOT_FOUND),
        (Reply(BUT_NO_WIKI, 404), Fault.NOT_FOUND),
        (Reply({"hello": 1}), Fault.NOT_FOUND),
        (Reply({"query": {"general": {}}}), Fault.NOT_FOUND),
        (Reply([]), Fault.NOT_FOUND),
        (Reply(b""), Fault.NOT_FOUND),
        (Reply(b"", 302, {"Location": "/login"}), Fault.NOT_FOUND),
        (Reply(b"", 302, {"Location": "https://elsewhere.example/"}), Fault.NETWORK),
        (Reply(b"", 503), Fault.WIKI_BROKEN),
        (Reply(b"", 429, {"Retry-After": "300"}), Fault.TOO_FAST),
    ],
)
def test_a_page_that_is_not_a_wiki(wiki_script: ScriptedWiki, reply: Reply, fault: Fault) -> None:
    wiki_script.answer = lambda _: reply
    with pytest.raises(KnownFault) as caught:
        find_wiki(wiki_script.base)
    assert caught.value.fault is fault
    assert len(wiki_script.asked) <= 6


@pytest.mark.parametrize("stamp", ["99999999999999", "²⁰", "", None, 7, "2027-13-41T99:99:99Z"])
def test_an_implausible_wiki_clock_is_ignored(wiki_script: ScriptedWiki, stamp: Any) -> None:
    wiki_script.answer = site(time=stamp)
    assert find_wiki(wiki_script.base).clock_difference == 0


@pytest.mark.parametrize(
    "typed", ["", " ", "http://", "http://meta.wikimedia.org", "https://[", "a b", "://x"]
)
def test_an_invalid_address(typed: str) -> None:
    with pytest.raises(KnownFault) as caught:
        find_wiki(typed)
    assert caught.value.fault is Fault.USAGE


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + ".example", ".example", "%zz", "exa mple", "\udc80"])
def test_an_impossible_host_name(host: str) -> None:
    with pytest.raises(KnownFault) as caught:
        find_wiki(f"https://{host}/")
    assert caught.value.fault in (Fault.USAGE, Fault.OFFLINE)


@given(typed=st.text(max_size=30))
@settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
def test_anything_typed_as_an_event_is_understood_or_a_known_fault(wiki_connect, typed: str) -> None:
    connection = wiki_connect("http://127.0.0.1:1")
    for text in (typed, f"http://127.0.0.1:1/{typed}", f"http://{typed}/"):
        fault = fault_of(lambda text=text: find_event(connection, text))
        assert fault is None or fault.fault in (Fault.USAGE, Fault.OFFLINE)


def test_an_event_by_number_or_link(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base, wiki_server.token())
    base, page = wiki_server.base, "Event:Women_in_Science_Edit-a-thon"
    for typed in (
        "1",
        " 1 ",
        f"{base}/wiki/{page}",
        f"{base}/wiki/{page}?uselang=de#Programme",
        f"{base}/index.php?title={page}",
        f"{base}/index.php?title={page.replace(':', '%3A')}&action=history",
        f"{base}/wiki/Special:EventDetails/1",
        f"{base}/index.php?title=Special:EditEventRegistration/1",
        f"{base.upper().replace('HTTP', 'http')}/wiki/{page}",
    ):
        assert find_event(connection, typed) == 1


@pytest.mark.parametrize(
    "typed", ["0", "-1", "²", "1.5", "99999999999", "Someone", "mailto:x", "", "http://["]
)
def test_input_that_names_no_event(wiki_server: PracticeServer, wiki_connect, typed: str) -> None:
    with pytest.raises(KnownFault) as caught:
        find_event(wiki_connect(wiki_server.base), typed)
    assert caught.value.fault is Fault.USAGE


def test_a_link_to_another_wiki_or_to_no_registration(wiki_server: PracticeServer, wiki_connect) -> None:
    connection = wiki_connect(wiki_server.base)
    with pytest.raises(KnownFault) as caught:
        find_event(connection, "https://meta.wikimedia.org/wiki/Event:X")
    assert caught.value.fault is Fault.USAGE
    for title in ("Event:Idea_without_registration", "Event:No_such_page"):
        with pytest.raises(KnownFault) as caught:
            find_event(connection, f"{wiki_server.base}/wiki/{title}")
        assert caught.value.fault is Fault.NOT_FOUND
        assert title.replace("_", " ") in caught.value.sentence


def find_event(connection: EventRegistration, typed: str, names: WikiNames | None = None) -> int:
    home = KnownWiki("home", connection.client.base_url, names or WikiNames())
    return link_targets.find_event(connection.client, home, (), typed)


def head(config: str) -> bytes:
    return f"<html><head><script>RLCONF={{{config}}};</script></head><body>".encode()


def test_a_subpage_named_like_a_number_is_an_event_page(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always(head('"wgCampaignEventsEventID":31,'))
    connection = wiki_connect(wiki_script.base)
    assert find_event(connection, f"{wiki_script.base}/wiki/Event:Edit-a-thon/2026") == 31
    assert find_event(connection, f"{wiki_script.base}/w/index.php/Event:Edit-a-thon/2026") == 31


def test_a_special_page_in_another_language(wiki_script: ScriptedWiki, wiki_connect) -> None:
    connection = wiki_connect(wiki_script.base)
    link = f"{wiki_script.base}/wiki/Spezial:Veranstaltung/12"
    names = WikiNames({-1: ("Spezial", "Special")}, {"EventDetails": ("Veranstaltung", "EventDetails")}, "de")
    assert find_event(connection, link, names) == 12
    with pytest.raises(KnownFault):
        find_event(connection, link)
    assert wiki_script.asked == []


def test_a_short_url_is_resolved(safe_servers: SafeServers, wiki_connect, monkeypatch) -> None:
    short, wiki = safe_servers.start("w.example"), safe_servers.start()
    monkeypatch.setattr(links, "_SHORTENERS", (short.host,))
    wiki.always(head('"wgCampaignEventsEventID":31,'))
    connection = wiki_connect(wiki.base, "a-token")
    short.always(b"", 302, Location=f"{wiki.base}/wiki/Event:X")
    assert find_event(connection, f"{short.base}/AbCd") == 31
    assert [(one.path, one.headers.get("authorization")) for one in short.asked] == [("/AbCd", None)]
    for answer in (
        Reply(b"<html>", 404),
        Reply(b"", 302, {"Location": f"{short.base}/Again"}),
        Reply(b"", 302, {"Location": "https://elsewhere.example/wiki/Event:X"}),
        Reply(b"", 302, {"Location": "http://["}),
    ):
        short.answer = lambda _, answer=answer: answer
        with pytest.raises(KnownFault):
            find_event(connection, f"{short.base}/AbCd")


def test_an_edit_of_two_revisions_is_one_only_beside_its_parent(
    wiki_script: ScriptedWiki, wiki_connect
) -> None:
    client = wiki_connect(wiki_script.base).client
    home = KnownWiki("home", wiki_script.base, WikiNames())
    page = {"pageid": 1, "revisions": [{"revid": 200, "parentid": 190}]}
    wiki_script.always({"query": {"pages": [page]}})
    link = f"{wiki_script.base}/index.php?diff=200&oldid="
    assert link_targets.find_edit(client, home, (), link + "190").revision == 200
    with pytest.raises(KnownFault, match="more than one edit"):
        link_targets.find_edit(client, home, (), link + "180")
    assert len(wiki_script.asked) == 2
    assert link_targets.find_edit(client, home, (), "77").revision == 77
    with pytest.raises(KnownFault, match="before or after"):
        link_targets.find_edit(client, home, (), f"{wiki_script.base}/index.php?diff=next&oldid=5")
    assert len(wiki_script.asked) == 2


def test_the_content_of_a_page_is_not_configuration(wiki_script: ScriptedWiki, wiki_connect) -> None:
    wiki_script.always(head("") + b'"wgCampaignEventsEventID":66,')
    with pytest.raises(KnownFault) as caught:
        find_event(wiki_connect(wiki_script.base), f"{wiki_script.base}/wiki/Event:Spoof")
    assert caught.value.fault is Fault.NOT_FOUND


def test_a_page_of_a_failing_wiki(wiki_script: ScriptedWiki, wiki_connect) -> None:
    for status, fault in ((503, Fault.WIKI_BROKEN), (429, Fault.TOO_FAST)):
        wiki_script.always(b"<html></html>", status)
        with pytest.raises(KnownFault) as caught:
            find_event(wiki_connect(wiki_script.base, tries=2), f"{wiki_script.base}/wiki/Event:X")
        assert caught.value.fault is fault
