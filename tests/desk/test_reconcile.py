"""Pairing a list of those who came with the people who are known: who is sure, likely, new, or nobody."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.desk.reconcile import Entry, KnownWalkIn, Match, Reconciliation, reconcile
from app.domain.desk.acts import PersonKey
from app.domain.faults import KnownFault
from app.domain.wikis.wiki_names import WikiNames

PEOPLE = [
    (1, "Jane Doe (WMDE)"),
    (2, "Zoë van der Berg"),
    (3, "Éric Durand"),
    (4, "Müller; Anna"),
    (5, "O’Brien Mary"),
    (6, "TRUE"),
    (7, "Handle"),
    (8, "Ilkay Işık"),
    (9, "Maria Pérez"),
    (10, "=SUM(A1:A9)"),
    (11, "0041"),
    (12, "Jan-3"),
    (13, "أحمد الخطيب"),
    (14, "Jane doe (WMDE)"),
    (15, "@handle"),
]
PASTED = (
    "* [[User:Jane Doe (WMDE)|Jane]]\n"
    "# User:zoë_van_der_Berg\n"
    "Fr:User:Éric Durand\n"
    ":de:Benutzerin:Müller; Anna\n"
    "https://meta.wikimedia.org/wiki/User:O%E2%80%99Brien_Mary\n"
    "https://en.m.wikipedia.org/wiki/User_talk:TRUE\n"
    "\u200eأحمد الخطيب\u200f\n"
    "Maria Pe\u0301rez\n"
    "@handle\n"
    "@@handle\n"
    "jane Doe (WMDE), jane doe (WMDE)\n"
    "Special:Contributions/Ilkay_Işık\n"
    "192.0.2.7\n"
    "~2026-30817-42\n"
    "foo|bar\n"
    "name#fragment\n"
    "somebody@example.org\n"
    "\tTab\t\n"
    "Jan-3 \u00a0\n"
)
SIGN_IN_SHEET = (
    'Timestamp,"What is your Wikipedia user name? (leave empty if you have none)","May we take photos?"\r\n'
    "20/11/2026 10:02:11,Jane Doe (WMDE),Yes\r\n"
    '20/11/2026 10:03:40,"no tengo todavía",Yes\r\n'
    "20/11/2026 10:04:02,N/A,No\r\n"
    "20/11/2026 10:04:50,persona@example.org,Yes\r\n"
    '20/11/2026 10:05:10,"Éric Durand\nand my sister Ünal",Yes\r\n'
    "20/11/2026 10:06:00,jane doe (WMDE),Yes\r\n"
    "20/11/2026 10:07:30,,Yes\r\n"
    "20/11/2026 10:08:30,User:Jane_Doe_(WMDE),Yes\r\n"
    "20/11/2026 10:09:30,,No\r\n"
)


def names_of(entry: Entry) -> list[str]:
    return [one.name for one in entry.candidates]


def only(text: str, *people: str, **options: object) -> Entry:
    [entry] = reconcile(text, enumerate(people, 1), **options).entries  # type: ignore[arg-type]
    return entry


def matches(reconciliation: Reconciliation) -> list[tuple[int, str, str]]:
    """Return the line, the kind of match, and the name of the best candidate, else the text."""
    return [(one.line, one.match.name, (names_of(one) or [one.text])[0]) for one in reconciliation.entries]


def test_names_as_people_paste_them() -> None:
    assert matches(reconcile(PASTED.encode(), PEOPLE)) == [
        (1, "SURE", "Jane Doe (WMDE)"),
        (2, "SURE", "Zoë van der Berg"),
        (3, "SURE", "Éric Durand"),
        (4, "SURE", "Müller; Anna"),
        (5, "SURE", "O’Brien Mary"),
        (6, "SURE", "TRUE"),
        (7, "SURE", "أحمد الخطيب"),
        (8, "SURE", "Maria Pérez"),
        (9, "SURE", "Handle"),
        (10, "SURE", "@handle"),
        (11, "SURE", "Jane Doe (WMDE)"),
        (11, "SURE", "Jane doe (WMDE)"),
        (12, "SURE", "Ilkay Işık"),
        (13, "REFUSED", "192.0.2.7"),
        (14, "REFUSED", "~2026-30817-42"),
        (15, "UNMATCHED", "foo|bar"),
        (16, "UNMATCHED", "name#fragment"),
        (17, "UNMATCHED", "somebody@example.org"),
        (18, "UNMATCHED", "Tab"),
        (19, "SURE", "Jan-3"),
    ]


def test_what_is_no_user_name_is_told_with_its_line() -> None:
    told = {one.line: one.problem for one in reconcile(PASTED, PEOPLE).entries if one.problem}
    assert list(told) == [13, 14, 15, 16, 17]
    assert "IP address" in told[13]
    assert "temporary account, which cannot register" in told[14]
    assert "“foo|bar” is not a user name" in told[15]
    assert "“name#fragment” is not a user name" in told[16]
    assert "e-mail address, not a user name" in told[17]


def test_names_that_nobody_has_are_kept_apart() -> None:
    entries = reconcile("jane Doe (WMDE), jane doe (WMDE)", []).entries
    assert [(one.name, one.match, one.first_line) for one in entries] == [
        ("Jane Doe (WMDE)", Match.UNMATCHED, 0),
        ("Jane doe (WMDE)", Match.UNMATCHED, 0),
    ]


def test_a_sign_in_sheet() -> None:
    result = reconcile(SIGN_IN_SHEET.encode(), PEOPLE)
    assert result.column == 1
    assert matches(result) == [
        (2, "SURE", "Jane Doe (WMDE)"),
        (3, "UNMATCHED", "no tengo todavía"),
        (4, "UNMATCHED", "N/A"),
        (5, "UNMATCHED", "persona@example.org"),
        (6, "REFUSED", "Éric Durand\nand my sister Ünal"),
        (8, "SURE", "Jane doe (WMDE)"),
        (9, "UNMATCHED", ""),
        (10, "SURE", "Jane Doe (WMDE)"),
        (11, "UNMATCHED", ""),
    ]
    entries = {one.line: one for one in result.entries}
    assert entries[10].first_line == 2
    # Two who left the cell empty are two people.
    assert entries[11].first_line == 0
    assert "line break" in entries[6].problem
    assert "Durand and" in entries[6].problem
    assert "no name in this line" in entries[9].problem
    assert entries[3].problem == ""


def test_somebody_who_is_likely_is_told_to_be_sure_elsewhere() -> None:
    entries = reconcile("Jane Doe (WMDE)\njane doe (WMDE)\n", [(1, "Jane Doe (WMDE)")]).entries
    assert [(one.match, one.first_line) for one in entries] == [(Match.SURE, 0), (Match.LIKELY, 0)]
    [candidate] = entries[1].candidates
    assert (candidate.person, candidate.likeness, candidate.sure_line) == (PersonKey.of_user(1), 1, 1)


def test_the_same_person_twice_is_one() -> None:
    text = "Ann\nUser:ann\nNewcomer\nnewcomer\na@example.org\nA@example.org\nN/A\nN/A\n[[User talk:Ann]]\n"
    entries = reconcile(text, [(1, "Ann")]).entries
    # “N/A” is no name: two who wrote it are two people.
    assert [one.first_line for one in entries] == [0, 1, 0, 3, 0, 5, 0, 0, 1]


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        # The same folded text.
        ("zoe VAN der berg", "Zoë van der Berg"),
        ("O'Brien Mary", "O’Brien Mary"),
        ("OBrien Mary", "O’Brien Mary"),
        ("JaneDoe", "Jane Doe"),
        ("jan 3", "Jan-3"),
        # Nearly the same.
        ("Zofia Dvorzak", "Žofia Dvořák"),
        ("Eirc Durand", "Éric Durand"),
        ("Anna Mueller", "Anna Müller"),
        ("Participant 0291", "Participant0292"),
        ("Михайл Петров", "Михаил Петров"),
        # Words in another order, or left out.
        ("Durand Éric", "Éric Durand"),
        ("Doe, Jane", "Jane Doe"),
        ("Jane Doe", "Jane Doe (WMDE)"),
        ("Jane Doe from WMDE", "Jane Doe"),
    ],
)
def test_who_is_likely_is_a_candidate(text: str, registered: str) -> None:
    entry = only(text, "Somebody Else", registered, "Another")
    assert entry.match is Match.LIKELY
    assert names_of(entry) == [registered]
    assert entry.candidates[0].person == PersonKey.of_user(2)


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("Bo", "Jo"),
        ("Ann", "Ann-Marie Smith"),
        ("Jane", "Jane Doe (WMDE)"),
        ("山田太郎", "山田花子"),
        ("N/A", "Na"),
        ("no tengo todavía", "Nora Tengo"),
        ("persona@example.org", "Persona"),
    ],
)
def test_who_is_not_like_anybody_is_new(text: str, registered: str) -> None:
    entry = only(text, registered)
    assert (entry.match, entry.candidates) == (Match.UNMATCHED, ())


def test_candidates_come_in_order_of_likeness() -> None:
    entry = only(
        "jane doe", "Jane Roee", "Jane Doee", "JaneDoe", "Jane-Doe", "Jane Doe", "Jane Doé", "Jan Doe"
    )
    assert entry.match is Match.LIKELY
    assert names_of(entry)[0] == "Jane Doe"
    likeness = [one.likeness for one in entry.candidates]
    assert likeness == sorted(likeness, reverse=True)
    assert len(likeness) == 5


@pytest.mark.parametrize(
    ("text", "people", "expected"),
    [
        # The whole is somebody's name.
        ("Doe, Jane", ["Doe, Jane"], [("SURE", "Doe, Jane")]),
        ("doe, jane", ["Doe, Jane", "Jane"], [("LIKELY", "Doe, Jane")]),
        ("Dooe, Jane", ["Doe, Jane"], [("LIKELY", "Doe, Jane")]),
        # It is nobody's.
        ("Ann, Bo", ["Ann"], [("SURE", "Ann"), ("UNMATCHED", "Bo")]),
        ("Bo, Christina Müller", ["Christina Müller"], [("UNMATCHED", "Bo"), ("SURE", "Christina Müller")]),
        (
            "Bo, Christina Mueller",
            ["Christina Müller"],
            [("UNMATCHED", "Bo"), ("LIKELY", "Christina Müller")],
        ),
        ("Ann, 192.0.2.7", ["Ann"], [("SURE", "Ann"), ("REFUSED", "192.0.2.7")]),
        ("* [[User:Ann]], [[User:Bo]]", ["Ann", "Bo"], [("SURE", "Ann"), ("SURE", "Bo")]),
    ],
)
def test_a_comma_separates_only_where_the_whole_is_nobody(
    text: str, people: list[str], expected: list[tuple[str, str]]
) -> None:
    found = matches(reconcile(text, enumerate(people, 1)))
    assert [(match, name) for _line, match, name in found] == expected


def test_a_name_that_looks_like_something_else_is_its_accounts() -> None:
    names = ["* Star", "@only", "1. FC Fan", "=SUM(A1:A9)"]
    text = "* Star\n@only\n1. FC Fan\n'=SUM(A1:A9)\n"
    assert [one.match for one in reconcile(text, enumerate(names, 1)).entries] == [Match.SURE] * 4


def test_walk_ins_are_known_too() -> None:
    walk_ins = [
        KnownWalkIn("aa", "newcomer", True),
        KnownWalkIn("bb", "no tengo todavía", False),
        KnownWalkIn("cc", "N/A", False),
        KnownWalkIn("dd", "N/A", False),
    ]
    text = "Newcomer\nno tengo todavía\nno tengo todavía\nN/A\nN/A\nN/A\nNewcommer\n"
    entries = reconcile(text, PEOPLE, walk_ins).entries
    assert [(one.match, [str(who.person) for who in one.candidates], one.first_line) for one in entries] == [
        (Match.SURE, ["w:aa"], 0),
        (Match.SURE, ["w:bb"], 0),
        (Match.SURE, ["w:bb"], 2),
        # As many as have come.
        (Match.SURE, ["w:cc"], 0),
        (Match.SURE, ["w:dd"], 0),
        (Match.UNMATCHED, [], 0),
        (Match.LIKELY, ["w:aa"], 0),
    ]


def test_a_registration_goes_before_a_walk_in_of_the_same_name() -> None:
    entry = only("Ann", "Ann", walk_ins=[KnownWalkIn("aa", "Ann", True), KnownWalkIn("bb", "Ann", False)])
    assert entry.candidates[0].person == PersonKey.of_user(1)


def test_people_whose_name_is_hidden_are_nobody() -> None:
    assert only("Photo,User name\nyes,\n", "", "Ann").match is Match.UNMATCHED


def test_the_column_is_found_by_the_people_or_chosen() -> None:
    text = "Vorname X,Wer,Rolle\nMaria P.,Ann,Gast\nMarta Q.,Bo,Gast\nMario R.,Nobody Else,Gast\n"
    people = [(1, "Ann"), (2, "Bo")]
    found = reconcile(text, people, has_headings=True)
    assert (found.column, [one.match for one in found.entries][:2]) == (1, [Match.SURE] * 2)
    chosen = reconcile(text, people, column=0, has_headings=True)
    assert [one.text for one in chosen.entries] == ["Maria P.", "Marta Q.", "Mario R."]
    assert len(reconcile(text, people).entries) == 4
    for column in (-1, 3):
        with pytest.raises(KnownFault) as refused:
            reconcile(text, people, column=column)
        assert "3 columns" in refused.value.sentence


def test_somebody_who_is_called_like_a_heading_is_not_lost() -> None:
    assert [one.match for one in reconcile("Username\nAnn\n", [(1, "Username"), (2, "Ann")]).entries] == [
        Match.SURE,
        Match.SURE,
    ]
    assert len(reconcile("Username\nAnn\n", [(2, "Ann")]).entries) == 1
    assert len(reconcile("Username;Day\nAnn;1\n", [(1, "Username"), (2, "Ann")]).entries) == 1
    # What is below looks as if these were headings.
    text = "Ann;none\nBo;b@example.org\nCem;c@example.org\nDi;d@example.org\n"
    assert len(reconcile(text, [(1, "Ann")]).entries) == 4
    assert len(reconcile("Username\nAnn\n", [(2, "Ann")], has_headings=False).entries) == 2


def test_names_are_read_by_the_wikis_own_rules() -> None:
    names = WikiNames({2: ("Mitglied", "User")}, {}, "tr")
    entries = reconcile("Mitglied:Ann\nirmak\n", [(1, "Ann"), (2, "İrmak")], names=names).entries
    assert [one.match for one in entries] == [Match.SURE, Match.SURE]


ANY_LISTED = st.lists(
    st.sampled_from(
        [
            *("Jane", "jane doe", "User:", "[[", "]]", "|", ",", ", ", ";", "\n", "\t", '"', "@", "N/A"),
            *("é", "\0", "192.0.2.7", "a@b.org", "Username", "\ud800", "東京太郎", "{{u|", "}}", "//", "'"),
        ]
    ),
    max_size=30,
).map("".join)


@given(ANY_LISTED | st.binary())
@example("")
@example(b"\xff\xfe\x00")
def test_any_list_is_paired_or_refused(source: str | bytes) -> None:
    try:
        result = reconcile(source, PEOPLE, [KnownWalkIn("aa", "N/A", False), KnownWalkIn("bb", "", False)])
    except KnownFault:
        return
    for entry in result.entries:
        assert len(entry.candidates) <= 5
        assert bool(entry.candidates) == (entry.match in (Match.SURE, Match.LIKELY))
        assert bool(entry.problem) or entry.match is not Match.REFUSED
        assert entry.first_line <= entry.line


@pytest.mark.parametrize(
    ("codec", "encoding", "name"),
    [
        ("cp1252", "Windows-1252", "Éric Durand"),
        ("cp1251", "Windows-1251", "Оксана Шевченко"),
        ("cp1250", "Windows-1250", "Łukasz Żółć"),
        ("cp1253", "Windows-1253", "Ελένη Παπά"),
        ("cp1254", "Windows-1254", "Ilkay Işık"),
        ("cp1255", "Windows-1255", "דוד כהן"),
        ("cp1256", "Windows-1256", "أحمد الخطيب"),
        ("cp932", "Shift JIS", "日本太郎"),
        ("gb18030", "GB 18030", "维基人"),
        ("cp949", "Windows-949", "김철수"),
        ("big5", "Big5", "繁體使用者"),
        ("cp874", "Windows-874", "ผู้ใช้"),
        ("cp1257", "Windows-1257", "Šarūnas Žąsis"),
        ("mac_cyrillic", "Mac OS Cyrillic", "Оксана Шевченко"),
        ("mac_roman", "Mac OS Roman", "Zoë van der Berg"),
    ],
)
def test_a_list_from_an_older_spreadsheet_is_read_as_the_names_of_registered_people_are_written(
    codec: str, encoding: str, name: str
) -> None:
    source = f"Name;Here\r\n{name};yes\r\nÜnbekannt;yes\r\n".encode(codec, errors="replace")
    found = reconcile(source, [*PEOPLE, (99, name)])
    assert found.table.encoding == encoding
    assert [one.name for one in found.entries[0].candidates] == [name]
    assert found.entries[0].match is Match.SURE


def test_a_damaged_letter_does_not_change_how_the_others_are_read() -> None:
    source = "Name;Here\r\nÉric Durand;yes\r\nZoë van der Berg;yes\r\n".encode("cp1252")
    found = reconcile(source + b"\x9dAnna;yes\r\n", PEOPLE)
    assert found.table.encoding == "Windows-1252"
    assert [one.match for one in found.entries[:2]] == [Match.SURE, Match.SURE]


def test_a_long_list_with_the_line_ends_of_old_computers_is_read() -> None:
    names = ["Zoë van der Berg", "Éric Durand", *(f"Somebody else {number}" for number in range(9_000))]
    found = reconcile("\r".join(["Name", *names]).encode("mac_roman"), PEOPLE)
    assert [one.match for one in found.entries[:2]] == [Match.SURE, Match.SURE]
