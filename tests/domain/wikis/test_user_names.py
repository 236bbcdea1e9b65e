"""The canonical form of user names, and reading names from pasted text."""

import time
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.wikis.user_names import NameProblem, canonical, checked_name, read_user_name, searched
from app.domain.wikis.wiki_names import WikiNames
from app.domain.wording.user_name_texts import name_problem

ANY_TEXT = st.text(st.characters(), max_size=60)
PASTED = st.lists(
    st.sampled_from(
        [
            "[[",
            "]]",
            "|",
            "User:",
            ":de:",
            "Benutzer:",
            "https://",
            "/wiki/",
            "?title=",
            "%C3",
            "#",
            "@",
            "* ",
            "1. ",
            "{{u|",
            "}}",
            "Special:Contributions/",
            "Jane",
            " ",
            "_",
            "é",
            "e\u0301",
            "\u200e",
            "~2026-1",
            "192.0.2.7",
            "\t",
            "&amp;",
            "<",
            ">",
            "/",
            "أحمد",
        ]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        # What people pasted into a list.
        ("* [[User:Jane Doe (WMDE)|Jane]]", "Jane Doe (WMDE)"),
        ("# User:zoë_van_der_Berg", "Zoë van der Berg"),
        ("Fr:User:Éric Durand", "Éric Durand"),
        (":de:Benutzerin:Müller; Anna", "Müller; Anna"),
        ("https://meta.wikimedia.org/wiki/User:O%E2%80%99Brien_Mary", "O’Brien Mary"),
        ("https://en.m.wikipedia.org/wiki/User_talk:TRUE", "TRUE"),
        ("\u200eأحمد الخطيب\u200f", "أحمد الخطيب"),
        ("Maria Pe\u0301rez", "Maria Pérez"),
        ("@handle", "Handle"),
        ("@@handle", "@handle"),
        ("jane Doe (WMDE), jane doe (WMDE)", "Jane Doe (WMDE), jane doe (WMDE)"),
        ("Special:Contributions/Ilkay_Işık", "Ilkay Işık"),
        ("\tTab\t", "Tab"),
        ("Jan-3 \u00a0", "Jan-3"),
        # What people searched for.
        ("User:Jane Doe (WMDE)", "Jane Doe (WMDE)"),
        ("user:jane_doe_(wmde)", "Jane doe (wmde)"),
        ("https://meta.wikimedia.org/wiki/User:Jane_Doe_(WMDE)", "Jane Doe (WMDE)"),
        ("[[User:Jane Doe (WMDE)|]]", "Jane Doe (WMDE)"),
        ("@Jane Doe", "Jane Doe"),
        ("Benutzerin:Jane Doe (WMDE)", "Jane Doe (WMDE)"),
        # Invisible marks, and letters without an upper case in titles.
        ("\u200eJane Doe (WMDE)\u200e", "Jane Doe (WMDE)"),
        ("\u2068أحمد الخطيب\u2069", "أحمد الخطيب"),
        ("Maria Pérez\u200e", "Maria Pérez"),
        ("გიორგი ორგანიზატორი", "გიორგი ორგანიზატორი"),
        ("ßen", "ßen"),
        ("\ufeffJane\u00ad\u200b", "Jane"),
        # Names that look like something else.
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
        ("*Star", "*Star"),
        (";Semi", ";Semi"),
        ("'''Bold'''", "'''Bold'''"),
        ("“Quoted”, with comma", "“Quoted”, with comma"),
        ("A & B", "A & B"),
        ("A&amp Co", "A&amp Co"),
        ("100% Sure", "100% Sure"),
        ("-Dash first", "-Dash first"),
        ("0041", "0041"),
        ("~Tilde", "~Tilde"),
        ("Anna: Müller", "Anna: Müller"),
        # Lists, signatures, templates.
        ("• Jane", "Jane"),
        ("12. Jane", "Jane"),
        ("(3) [[User:jane]]", "Jane"),
        ("*[[User:Jane]]", "Jane"),
        ("#User:Jane", "Jane"),
        ("* @Jane_Doe", "Jane Doe"),
        ("# [[User:Jane|J]] ([[User talk:Jane|talk]]) 15:04, 3 May 2026 (UTC)", "Jane"),
        ("[[Benutzer:Jane|J]] ([[BD:Jane|Diskussion]]) 15:04, 3. Mai 2026 (CEST)", "Jane"),
        ("<span>[[Utilisatrice:Zoé|<b>Zoé</b>]]</span>", "Zoé"),
        ("{{u|jane}}", "Jane"),
        ("{{ping|1=User:Jane}}", "Jane"),
        # Other languages and wikis.
        ("w:fr:Utilisatrice:Zoé", "Zoé"),
        ("m:User:Jane", "Jane"),
        ("Участница:Анна", "Анна"),
        ("利用者‐会話:田中", "田中"),
        ("مستخدمة:ليلى", "ليلى"),
        ("Usuário(a) Discussão:Ana", "Ana"),
        ("istifadəçi:Elvin", "Elvin"),
        ("Thảo luận Thành viên:Lan", "Lan"),
        ("user  talk : Jane", "Jane"),
        ("特別:投稿記録/田中", "田中"),
        ("Spezial:Beiträge/Jane_Doe", "Jane Doe"),
        ("Special:Contributions/User:Jane", "Jane"),
        # Subpages, sections, addresses.
        ("User:Jane/sandbox", "Jane"),
        ("[[User talk:Jane/Archive 1#Thanks]]", "Jane"),
        ("User:Jane#About me", "Jane"),
        ("<https://en.m.wikipedia.org/wiki/User:Jane_Doe/sandbox?action=edit#top>", "Jane Doe"),
        ("en.wikipedia.org/w/index.php?title=User:Jane+Doe&action=edit", "Jane Doe"),
        ("/index.php?title=User:Participant0291&action=edit&redlink=1", "Participant0291"),
        ("https://wiki.example/index.php/User:Jane", "Jane"),
        ("//zh.wikipedia.org/zh-hans/User:%E4%B8%AD", "中"),
        ("https://en.wikipedia.org/wiki/Special:Contributions/Jane_Doe?offset=5", "Jane Doe"),
        ("https://en.wikipedia.org/w/index.php?title=Special:Contributions&target=Jane", "Jane"),
        ("[https://meta.wikimedia.org/wiki/User:Jane Jane's page]", "Jane"),
        ("https://meta.wikimedia.org/wiki/User:Achieng_G.", "Achieng G."),
        ("https://meta.wikimedia.org/wiki/User:S%25C3%25A3o", "São"),
        ("Jane%20Doe", "Jane Doe"),
        ("O&#39;Brien", "O'Brien"),
    ],
)
def test_the_account_that_is_meant(typed, name):
    assert read_user_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", NameProblem.EMPTY),
        (" \u200e_ ", NameProblem.EMPTY),
        ("@", NameProblem.EMPTY),
        ("User:", NameProblem.EMPTY),
        ("192.0.2.7", NameProblem.ADDRESS),
        ("300.300.300.300", NameProblem.ADDRESS),
        ("192.0.2.xxx", NameProblem.ADDRESS),
        ("192.0.2.0/24", NameProblem.ADDRESS),
        ("2001:db8::1", NameProblem.ADDRESS),
        ("User:192.0.2.7", NameProblem.ADDRESS),
        ("User talk:2001:db8::1", NameProblem.ADDRESS),
        ("https://en.wikipedia.org/wiki/Special:Contributions/2001:DB8:0:0:0:0:0:0/32", NameProblem.ADDRESS),
        ("~2026-30817-42", NameProblem.TEMPORARY),
        ("[[User:~2026-1]]", NameProblem.TEMPORARY),
        ("somebody@example.org", NameProblem.EMAIL),
        ("mailto:somebody@example.org", NameProblem.EMAIL),
        ("Jane Doe <jane@example.org>", NameProblem.EMAIL),
        ("@jane@social.example", NameProblem.EMAIL),
        ("foo|bar", NameProblem.FORBIDDEN),
        ("name#fragment", NameProblem.FORBIDDEN),
        ("#Hash (cannot be a name; must be refused)", NameProblem.FORBIDDEN),
        (":Colon", NameProblem.FORBIDDEN),
        ("Jane/sandbox", NameProblem.FORBIDDEN),
        ("<Jane>", NameProblem.FORBIDDEN),
        ("Jane ~~~~", NameProblem.FORBIDDEN),
        ("A&unknown;B", NameProblem.FORBIDDEN),
        ("..", NameProblem.FORBIDDEN),
        ("[[User:Jane]] and Bob", NameProblem.FORBIDDEN),
        ("[[User:Jane]", NameProblem.FORBIDDEN),
        ("{{infobox|Jane}}", NameProblem.FORBIDDEN),
        ("Jane\tDoe", NameProblem.UNREADABLE),
        ("Jane\nBob", NameProblem.UNREADABLE),
        ("J%E9r%F4me", NameProblem.UNREADABLE),
        ("J\ufffdr\ufffdme", NameProblem.UNREADABLE),
        ("x" * 256, NameProblem.TOO_LONG),
        ("ж" * 128, NameProblem.TOO_LONG),
        ("[[Jane Doe]]", NameProblem.OTHER_PAGE),
        ("[[Anna: Müller]]", NameProblem.OTHER_PAGE),
        ("https://wiki.example/wiki/Foo:User:Jane", NameProblem.OTHER_PAGE),
        ("Talk:User:Jane", NameProblem.OTHER_PAGE),
        ("User:Talk:Jane", NameProblem.OTHER_PAGE),
        ("fr:Jane", NameProblem.OTHER_PAGE),
        ("Special:RecentChanges", NameProblem.OTHER_PAGE),
        ("https://en.wikipedia.org/wiki/Jane_Doe", NameProblem.OTHER_PAGE),
        ("https://jane@en.wikipedia.org/wiki/User:Jane", NameProblem.FORBIDDEN),
        ("[[User:Jane]], [[User:Bob]]", NameProblem.SEVERAL),
        ("{{ping|Jane|Bob}}", NameProblem.SEVERAL),
        ("https://wiki.example/wiki/User:Jane https://wiki.example/wiki/User:Bob", NameProblem.SEVERAL),
    ],
)
def test_why_a_text_is_not_a_user_name(typed, problem):
    assert read_user_name(typed) is problem
    sentence = name_problem(problem, typed)
    assert sentence.endswith(".")
    assert "\n" not in sentence


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("jane_Doe", "Jane Doe"),
        ("  Jane\u00a0\u3000Doe__", "Jane Doe"),
        ("Jane doe (WMDE)", "Jane doe (WMDE)"),
        ("ǆungla", "ǅungla"),
        ("øst", "Øst"),
        ("ﬁna", "Fina"),
        ("ẞen", "ẞen"),
        # Upper cases of a later Unicode version than MediaWiki's.
        ("ƛa", "ƛa"),
        ("ɤa", "ɤa"),
    ],
)
def test_the_form_of_a_name(name, form):
    assert canonical(name) == form


def test_the_language_of_the_wiki_decides_about_the_turkish_i():
    assert canonical("ilkay", "tr") == "İlkay"
    assert read_user_name("User:ırmak", WikiNames(language="tr")) == "Irmak"
    assert canonical("ilkay") == "Ilkay"


def test_names_differ_by_every_letter_but_the_first():
    assert canonical("jane Doe") == canonical("Jane Doe") != canonical("jane doe")


def test_a_name_as_long_as_the_wiki_looks_up():
    assert read_user_name("x" * 255) == "X" + "x" * 254


def test_the_wikis_own_word_for_its_users():
    names = WikiNames({2: ("Mitglied", "User"), 3: ("Mitglied Diskussion", "User talk")})
    assert read_user_name("Mitglied:Jane", names) == "Jane"
    assert read_user_name("[[Mitglied Diskussion:Jane]]", names) == "Jane"
    assert read_user_name("Utilisatrice:Zoé", names) == "Zoé"
    assert read_user_name("Mitglied:Jane") == "Mitglied:Jane"


def test_the_sentence_quotes_no_more_than_it_must():
    sentence = name_problem(NameProblem.FORBIDDEN, "a|\u202e" + "b" * 1000)
    assert "\u202e" not in sentence
    assert len(sentence) < 300


@given(ANY_TEXT | PASTED)
def test_any_pasted_text_is_read_or_reported(typed):
    name = read_user_name(typed)
    if isinstance(name, NameProblem):
        assert name_problem(name, typed)
    else:
        assert name == canonical(name) == checked_name(name)


@given(ANY_TEXT)
def test_a_canonical_name_stays(name):
    assert canonical(canonical(name)) == canonical(name)
    assert unicodedata.is_normalized("NFC", canonical(name))


@given(ANY_TEXT)
def test_an_account_is_found_by_its_name_its_page_and_its_link(name):
    known = checked_name(name)
    assume(isinstance(known, str))
    assert checked_name(known) == known
    for typed in (f"User:{known}", f"[[Benutzer:{known}|x]]", f"* [[User talk:{known}]]"):
        assert read_user_name(typed) in (known, NameProblem.OTHER_PAGE)
    # A mention, a bullet or a number before a name is not part of it.
    assume(known[0] not in "@*#:;•‣◦▪▫●○·–—-(0123456789" and ":" not in known)
    assert read_user_name(known) == known


@pytest.mark.parametrize(
    "text",
    [
        "a" * 2_000_000,
        "[[" * 1_000_000,
        "User:" * 400_000,
        "\u0301\u0327" * 1_000_000,
        "@" * 2_000_000,
        "%25" * 1333,
        "[[User:" * 570,
        "{{u|" * 999,
        "\u0301\u0327" * 1999,
        "x@" * 1999,
        "1:" * 1999,
        "/" * 3999,
    ],
)
def test_hostile_texts_take_no_time(text):
    start = time.process_time()
    read_user_name(text)
    canonical(text)
    checked_name(text)
    assert time.process_time() - start < 0.5


@pytest.mark.parametrize("typed", ["User:'", "@'", "1. ''", "[[User:']]"])
def test_a_search_for_a_name_never_becomes_one_for_everybody(typed: str) -> None:
    assert searched(typed) == typed
