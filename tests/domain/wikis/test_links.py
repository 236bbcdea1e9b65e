"""Reading events, pages, edits and users from links in any form."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.wikis.links import (
    Edit,
    EventNumber,
    KnownWiki,
    LinkFault,
    LinkProblem,
    PageTitle,
    ShortLink,
    User,
    read_edit_link,
    read_event_link,
    read_link,
)
from app.domain.wikis.wiki_names import WikiNames
from app.domain.wording.link_texts import link_problem

META = KnownWiki("metawiki", "https://meta.wikimedia.org/w")
FRENCH = KnownWiki("frwiki", "https://fr.wikipedia.org/w")
MEDIAWIKI = KnownWiki("mediawikiwiki", "https://www.mediawiki.org/w")
#: Wikis with their scripts at the root, one of them on an unusual port.
ROOT = KnownWiki("rootwiki", "https://wiki.example")
LOCAL = KnownWiki("localwiki", "http://127.0.0.1:8080")
#: Two wikis on one host.
ANNA = KnownWiki("annawiki", "https://farm.example/anna/w")
BERT = KnownWiki("bertwiki", "https://farm.example/bert/w")
FAMILY = (FRENCH, MEDIAWIKI, ROOT, LOCAL, ANNA, BERT)

FOO_BAR = PageTitle("metawiki", "Event:Foo Bar")
INDEX = "https://fr.wikipedia.org/w/index.php"


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("12", EventNumber("metawiki", 12)),
        (" \u200e12 ", EventNumber("metawiki", 12)),
        # Shared from a phone, a chat, a mail, a page.
        ("https://meta.m.wikimedia.org/wiki/Event:Foo_Bar", FOO_BAR),
        ("meta.wikimedia.org/wiki/Event:Foo_Bar", FOO_BAR),
        ("https://w.wiki/AbCd", ShortLink("https://w.wiki/AbCd")),
        ("Event:Foo Bar", FOO_BAR),
        ("[[Event:Foo Bar]]", FOO_BAR),
        ("<https://meta.wikimedia.org/wiki/Event:Foo_Bar>", FOO_BAR),
        ("w.wiki/AbCd.", ShortLink("https://w.wiki/AbCd")),
        ("https://fr.wikipedia.org/s/4k5", ShortLink("https://fr.wikipedia.org/s/4k5")),
        ("[[:Event:Foo Bar|our meeting]]", FOO_BAR),
        ("See [[Event:Foo Bar]] for more", FOO_BAR),
        ("[https://meta.wikimedia.org/wiki/Event:Foo_Bar our meeting]", FOO_BAR),
        ("“https://meta.wikimedia.org/wiki/Event:Foo_Bar”,", FOO_BAR),
        ("https://meta.wikimedia.org/wiki/Event:Foo_Bar.", FOO_BAR),
        ("Join us: https://meta.wikimedia.org/wiki/Event:Foo_Bar!", FOO_BAR),
        ("Join us <https://meta.wikimedia.org/wiki/Event:Foo_Bar> on Friday", FOO_BAR),
        ("(see https://meta.wikimedia.org/wiki/Event:Foo_(2026))", PageTitle("metawiki", "Event:Foo (2026)")),
        ("Event:Foo (2026)", PageTitle("metawiki", "Event:Foo (2026)")),
        ("https://meta.wikimedia.org/wiki/Event:Foo Bar", FOO_BAR),
        # Hosts, ports, schemes.
        ("HTTP://META.Wikimedia.org.:80/wiki/Event:Foo_Bar", FOO_BAR),
        ("//meta.wikimedia.org/wiki/Event:Foo_Bar", FOO_BAR),
        ("https://m.mediawiki.org/wiki/Event:Foo", PageTitle("mediawikiwiki", "Event:Foo")),
        ("mediawiki.org/wiki/Event:Foo", PageTitle("mediawikiwiki", "Event:Foo")),
        ("127.0.0.1:8080/wiki/Event:Foo", PageTitle("localwiki", "Event:Foo")),
        ("https://wiki.example/index.php?title=Event:Foo", PageTitle("rootwiki", "Event:Foo")),
        ("https://wiki.example/Event:Foo", PageTitle("rootwiki", "Event:Foo")),
        ("https://farm.example/bert/wiki/Event:Foo", PageTitle("bertwiki", "Event:Foo")),
        ("/wiki/Event:Foo_Bar", FOO_BAR),
        # Paths and titles.
        ("https://meta.wikimedia.org/w/index.php?title=Event:Foo_Bar&action=history", FOO_BAR),
        ("https://meta.wikimedia.org/w/index.php/Event:Foo_Bar", FOO_BAR),
        ("https://meta.wikimedia.org/?title=Event:Foo+Bar", FOO_BAR),
        ("https://meta.wikimedia.org/zh-hans/Event:Foo_Bar", FOO_BAR),
        ("https://meta.wikimedia.org/wiki/Event:Foo_Bar?uselang=de#Participants", FOO_BAR),
        ("https://meta.wikimedia.org/wiki/Event:S%C3%A3o_Paulo", PageTitle("metawiki", "Event:São Paulo")),
        (
            "https://meta.wikimedia.org/wiki/Event:S%25C3%25A3o_Paulo",
            PageTitle("metawiki", "Event:São Paulo"),
        ),
        ("Event:__Foo \u00a0Bar#top", FOO_BAR),
        ("Special:MyLanguage/Event:Foo Bar", FOO_BAR),
        ("Meta:Meeting", PageTitle("metawiki", "Meta:Meeting")),
        ("m:Event:Foo Bar", FOO_BAR),
        ("[[:fr:Event:Foo]]", PageTitle("frwiki", "Event:Foo")),
        ("[[mw:Event:Foo]]", PageTitle("mediawikiwiki", "Event:Foo")),
        # Special pages.
        (
            "https://meta.wikimedia.org/wiki/Special:EventDetails/12?tab=StatsPanel",
            EventNumber("metawiki", 12),
        ),
        ("https://fr.wikipedia.org/wiki/Sp%C3%A9cial:EventDetails/12.", EventNumber("frwiki", 12)),
        ("Spezial:Veranstaltungsdetails/12", EventNumber("metawiki", 12)),
        ("Special:EditEventRegistration/12", EventNumber("metawiki", 12)),
        ("special:registerforevent/12/", EventNumber("metawiki", 12)),
        ("Special:CancelEventRegistration/12", EventNumber("metawiki", 12)),
        (f"{INDEX}?title=Special:DeleteEventRegistration/12", EventNumber("frwiki", 12)),
        (
            "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/12/participants",
            EventNumber("metawiki", 12),
        ),
    ],
)
def test_the_event_that_is_meant(typed, event):
    assert read_event_link(typed, META, FAMILY) == event
    if isinstance(event, EventNumber | PageTitle) and not typed.strip(" \u200e").isdigit():
        assert read_edit_link(typed, META, FAMILY) == LinkProblem(LinkFault.NO_EDIT)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", LinkFault.NOT_A_LINK),
        ("0", LinkFault.NOT_A_LINK),
        ("Foo Bar", LinkFault.NOT_A_LINK),
        ("12:30", LinkFault.NOT_A_LINK),
        ("Event:", LinkFault.NOT_A_LINK),
        ("Event:Foo|Bar", LinkFault.NOT_A_LINK),
        ("Event:Foo\nEvent:Bar", LinkFault.NOT_A_LINK),
        ("javascript:alert(1)", LinkFault.NOT_A_LINK),
        ("ftp://meta.wikimedia.org/wiki/Event:Foo", LinkFault.NOT_A_LINK),
        ("http://[", LinkFault.NOT_A_LINK),
        ("https://meta.wikimedia.org:port/wiki/Event:Foo", LinkFault.NOT_A_LINK),
        ("https://meta.wikimedia.org@evil.example/wiki/Event:Foo", LinkFault.NOT_A_LINK),
        ("https://w.wiki/", LinkFault.NOT_A_LINK),
        ("12" + " " * 5000, LinkFault.NOT_A_LINK),
        ("1234567890123", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/wiki/Special:MyEvents", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/wiki/Special:EventDetails", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/wiki/Special:EventDetails/12a", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/wiki/Special:Undelete/12", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/?curid=12", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/w/index.php?title=Event:Foo&curid=12", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/w/index.php?title=Event:Foo&diff=3", LinkFault.NO_EVENT),
        ("https://meta.wikimedia.org/w/api.php?titles=Event:Foo", LinkFault.NO_EVENT),
        ("User:Jane", LinkFault.NO_EVENT),
        (
            "https://fr.wikipedia.org/wiki/Event:A https://fr.wikipedia.org/wiki/B",
            LinkFault.AMBIGUOUS,
        ),
        ("Join us at https://meta.wikimedia.org/wiki/Event:Foo on Friday", LinkFault.AMBIGUOUS),
        ("[[Event:A]] [[Event:B]]", LinkFault.AMBIGUOUS),
        ("https://farm.example/zh-hans/Event:Foo", LinkFault.AMBIGUOUS),
    ],
)
def test_what_leads_to_no_event(typed, fault):
    problem = read_event_link(typed, META, FAMILY)
    assert problem == LinkProblem(fault)
    assert link_problem(problem).endswith(".")


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://de.m.wikipedia.org/wiki/Event:Foo", "de.wikipedia.org"),
        ("127.0.0.1:8081/wiki/Event:Foo", "127.0.0.1:8081"),
        ("https://meta.wikimedia.org.evil.example/wiki/Event:Foo", "meta.wikimedia.org.evil.example"),
        ("[[:de:Event:Foo]]", "de.wikipedia.org"),
        ("w:de:Event:Foo", "de.wikipedia.org"),
        ("[[c:Event:Foo]]", "commons.wikimedia.org"),
    ],
)
def test_a_link_to_another_wiki_is_reported_with_its_host(typed, host):
    for read in (read_event_link, read_edit_link):
        problem = read(typed, META, FAMILY)
        assert problem == LinkProblem(LinkFault.OTHER_WIKI, host)
        assert host in link_problem(problem)


def test_the_prefix_of_a_language_leads_to_the_same_project():
    wiktionary = KnownWiki("frwiktionary", "https://fr.wiktionary.org/w")
    german = KnownWiki("dewiktionary", "https://de.wiktionary.org/w")
    assert read_link("[[:de:Event:Foo]]", wiktionary, [german]) == PageTitle("dewiktionary", "Event:Foo")
    assert read_link("[[w:Event:Foo]]", wiktionary, [FRENCH]) == PageTitle("frwiki", "Event:Foo")
    # Other wikis have their own prefixes.
    assert read_link("[[de:Foo]]", ROOT) == PageTitle("rootwiki", "de:Foo")


@pytest.mark.parametrize(
    ("typed", "edit"),
    [
        ("123", Edit("metawiki", 123)),
        (f"{INDEX}?title=Lac&diff=200&oldid=190", Edit("frwiki", 200, 190)),
        (f"{INDEX}?title=Lac&curid=7&diff=200&oldid=190", Edit("frwiki", 200, 190)),
        (f"{INDEX}?title=Lac&diff=200", Edit("frwiki", 200)),
        (f"{INDEX}?diff=200.", Edit("frwiki", 200)),
        (f"{INDEX}?title=Lac&diff=prev&oldid=190", Edit("frwiki", 190)),
        (f"{INDEX}?title=Lac&diff=190&oldid=prev", Edit("frwiki", 190)),
        (f"{INDEX}?title=Lac&oldid=190", Edit("frwiki", 190)),
        (
            "https://fr.m.wikipedia.org/w/index.php?diff=200&oldid=190&diffmode=visual",
            Edit("frwiki", 200, 190),
        ),
        ("https://fr.wikipedia.org/wiki/Lac?diff=200", Edit("frwiki", 200)),
        ("https://fr.wikipedia.org/?diff=200", Edit("frwiki", 200)),
        ("https://fr.wikipedia.org/wiki/Discussion_utilisateur:Zoé?diff=prev&oldid=5", Edit("frwiki", 5)),
        ("https://fr.wikipedia.org/wiki/Spécial:Diff/190/200", Edit("frwiki", 200, 190)),
        ("https://fr.wikipedia.org/wiki/Sp%C3%A9cial:Diff/200", Edit("frwiki", 200)),
        ("Special:Diff/200/prev", Edit("metawiki", 200)),
        ("[[Special:Diff/200|this edit]]", Edit("metawiki", 200)),
        ("[[:fr:Spécial:Diff/200]]", Edit("frwiki", 200)),
        ("Служебная:Изменения/200", Edit("metawiki", 200)),
        ("https://meta.wikimedia.org/w/index.php?title=Special:PermanentLink/7", Edit("metawiki", 7)),
        ("Special:PermaLink/7", Edit("metawiki", 7)),
        ("Special:Redirect/revision/7", Edit("metawiki", 7)),
        ("https://fr.m.wikipedia.org/wiki/Spécial:MobileDiff/123", Edit("frwiki", 123)),
        ("https://fr.m.wikipedia.org/wiki/Spécial:MobileDiff/122...123", Edit("frwiki", 123, 122)),
        ("https://fr.wikipedia.org/w/rest.php/v1/revision/123", Edit("frwiki", 123)),
        ("https://fr.wikipedia.org/w/rest.php/v1/revision/122/compare/123", Edit("frwiki", 123, 122)),
        ("https://w.wiki/AbCd", ShortLink("https://w.wiki/AbCd")),
    ],
)
def test_the_edit_that_is_meant(typed, edit):
    assert read_edit_link(typed, META, FAMILY) == edit
    if isinstance(edit, Edit) and not typed.isdigit():
        assert read_event_link(typed, META, FAMILY) == LinkProblem(LinkFault.NO_EVENT)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (f"{INDEX}?title=Lac&diff=next&oldid=190", LinkFault.NEIGHBOURING_EDIT),
        (f"{INDEX}?title=Lac&oldid=190&direction=next", LinkFault.NEIGHBOURING_EDIT),
        (f"{INDEX}?title=Lac&direction=prev&oldid=190", LinkFault.NEIGHBOURING_EDIT),
        ("Special:Diff/190/next", LinkFault.NEIGHBOURING_EDIT),
        (f"{INDEX}?title=Lac&diff=cur&oldid=190", LinkFault.SEVERAL_EDITS),
        (f"{INDEX}?title=Lac&diff=0&oldid=190", LinkFault.SEVERAL_EDITS),
        (f"{INDEX}?title=Lac&diff=&oldid=190", LinkFault.SEVERAL_EDITS),
        ("Special:Diff/190/cur", LinkFault.SEVERAL_EDITS),
        (f"{INDEX}?title=Lac&diff=190&oldid=200", LinkFault.SEVERAL_EDITS),
        (f"{INDEX}?title=Lac&diff=190&oldid=190", LinkFault.SEVERAL_EDITS),
        (f"{INDEX}?title=Lac&action=edit&undo=190", LinkFault.NO_EDIT),
        (f"{INDEX}?title=Lac&action=edit&oldid=190", LinkFault.NO_EDIT),
        (f"{INDEX}?title=Lac&diff=prev", LinkFault.NO_EDIT),
        (f"{INDEX}?title=Lac&oldid=0", LinkFault.NO_EDIT),
        (f"{INDEX}?title=Lac&oldid=190x", LinkFault.NO_EDIT),
        (f"{INDEX}?title=Lac&action=history", LinkFault.NO_EDIT),
        (f"{INDEX}?curid=190", LinkFault.NO_EDIT),
        ("https://fr.wikipedia.org/wiki/Lac", LinkFault.NO_EDIT),
        ("https://fr.wikipedia.org/wiki/Spécial:Undelete/190", LinkFault.NO_EDIT),
        ("Special:PermanentLink/7/8", LinkFault.NO_EDIT),
        ("Special:MobileDiff/7..8", LinkFault.NO_EDIT),
        ("0", LinkFault.NOT_A_LINK),
        ("-5", LinkFault.NOT_A_LINK),
        ("javascript:alert(1)", LinkFault.NOT_A_LINK),
        ("", LinkFault.NOT_A_LINK),
    ],
)
def test_what_is_not_one_edit(typed, fault):
    problem = read_edit_link(typed, META, FAMILY)
    assert problem == LinkProblem(fault)
    assert link_problem(problem).endswith(".")


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("User:jane_Doe/sandbox", User("metawiki", "Jane Doe")),
        ("https://fr.m.wikipedia.org/wiki/Discussion_utilisatrice:Zo%C3%A9", User("frwiki", "Zoé")),
        ("https://meta.wikimedia.org/wiki/Special:Contributions/Jane", User("metawiki", "Jane")),
        (f"{INDEX}?title=Spécial:Contributions&target=Jane", User("frwiki", "Jane")),
        ("https://meta.wikimedia.org/wiki/User:Achieng_G.", User("metawiki", "Achieng G.")),
        ("User:192.0.2.7", LinkProblem(LinkFault.OTHER_PAGE)),
        ("12", LinkProblem(LinkFault.AMBIGUOUS)),
    ],
)
def test_a_link_by_itself(typed, link):
    assert read_link(typed, META, FAMILY) == link


def test_what_a_wiki_calls_things_goes_before_what_others_do():
    names = WikiNames(
        {
            -1: ("Besonderes", "Special"),
            2: ("Mitglied", "User"),
            1728: ("Treffen", "Event"),
            4: ("de", "Project"),
        },
        {"EventDetails": ("EventDetails", "Einzelheiten"), "Diff": ("Diff", "Unterschied")},
    )
    wiki = KnownWiki("metawiki", META.base_url, names)
    assert read_event_link("Besonderes:Einzelheiten/12", wiki) == EventNumber("metawiki", 12)
    assert read_event_link("Treffen:Foo", wiki) == PageTitle("metawiki", "Treffen:Foo")
    assert read_edit_link("Besonderes:Unterschied/5", wiki) == Edit("metawiki", 5)
    assert read_link("Mitglied:Jane", wiki) == User("metawiki", "Jane")
    assert read_link("de:Foo", wiki) == PageTitle("metawiki", "de:Foo")
    # On this wiki these are ordinary pages.
    assert read_event_link("Spezial:EventDetails/12", wiki) == LinkProblem(LinkFault.NOT_A_LINK)
    there = "https://meta.wikimedia.org/wiki/Spezial:EventDetails/12"
    assert read_event_link(there, wiki) == PageTitle("metawiki", "Spezial:EventDetails/12")


PIECES = st.sampled_from(
    [
        "https://",
        "meta.wikimedia.org",
        "fr.m.wikipedia.org",
        "/w",
        "/wiki/",
        "/index.php",
        "?title=",
        "&diff=",
        "&oldid=",
        "prev",
        "12",
        "Event:",
        "Special:",
        "Diff/",
        "EventDetails/",
        "MyLanguage/",
        "[[",
        "]]",
        "|",
        "fr:",
        "m:",
        " ",
        "%",
        "%25",
        "é",
        "<",
        ">",
        ".",
        ")",
        "#",
        "\u200e",
        "[",
        "]",
        "@",
        ":8080",
        "//",
    ]
)


@given(st.text(st.characters(), max_size=60) | st.lists(PIECES, max_size=14).map("".join))
def test_any_pasted_text_is_read_or_reported(typed):
    read_link(typed, META, FAMILY)
    for read in (read_event_link, read_edit_link):
        link = read(typed, META, FAMILY)
        if isinstance(link, LinkProblem):
            assert link_problem(link)
        else:
            assert not isinstance(link, User)


@given(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30))
def test_the_title_of_an_event_is_read_from_every_form(name):
    page = read_event_link(f"Event:{name}", META)
    assert isinstance(page, PageTitle)
    for typed in (f"[[{page.title}]]", f"https://meta.wikimedia.org/wiki/{page.title}", page.title):
        assert read_event_link(typed, META) == page


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "[[" * 1_000_000,
        "https://" * 250_000,
        "1" * 2_000_000,
        "\u0301\u0327" * 1_000_000,
        "%25" * 1333,
        "[[Event:" * 499,
        "Special:MyLanguage/" * 210,
        "fr:" * 1333,
        "//" * 1999,
        "(" * 3999,
        "https://meta.wikimedia.org/" + "wiki/" * 790,
        "https://meta.wikimedia.org/?" + "a=&" * 1300,
    ],
)
def test_hostile_texts_take_no_time(text):
    start = time.process_time()
    read_link(text, META, FAMILY)
    read_event_link(text, META, FAMILY)
    read_edit_link(text, META, FAMILY)
    assert time.process_time() - start < 0.5
