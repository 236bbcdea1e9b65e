"""Lists of those who came: any encoding and separator, headings in any language, and nothing that crashes."""

import time
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.domain.desk.lists.list_text import LARGEST
from app.domain.desk.lists.name_tables import MOST_CELLS, NameTable, name_table
from app.domain.faults import KnownFault

SEMICOLONS = (
    "Wikipedia-Benutzername;Angemeldet;Anwesend\r\n"
    '"Müller; Anna";20.11.2026 11:15;ja\r\n'
    "O’Brien Mary;20.11.2026 11:20;nein\r\n"
    "=SUM(A1:A9);21.11.2026 09:00;ja\r\n"
    "0041;21.11.2026 09:05;ja\r\n"
)
TABS = (
    "Username\tName\tE-mail\r\n"
    "Žofia Dvořák\tŽ. D.\tz@example.org\r\n"
    "東京太郎\t太郎\tt@example.org\r\n"
    "أحمد الخطيب\tأ. خ.\ta@example.org\r\n"
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
)
PASTED = "* [[User:Jane]]\n:de:Benutzerin:Müller; Anna\njane Doe, jane doe\n\tTab\t\n"


def column(table: NameTable, number: int | None = None) -> list[str]:
    number = table.guessed if number is None else number
    return [row.cells[number] if number < len(row.cells) else "" for row in table.rows]


@pytest.mark.parametrize(
    ("source", "encoding"),
    [
        (SEMICOLONS.encode("utf-8-sig"), "UTF-8"),
        (SEMICOLONS.encode(), "UTF-8"),
        (SEMICOLONS.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + SEMICOLONS.encode("utf-16-be"), "UTF-16"),
        (SEMICOLONS.encode("utf-16-le"), "UTF-16"),
        (SEMICOLONS.encode("utf-16-be"), "UTF-16"),
        (SEMICOLONS.encode("cp1252"), "Windows-1252"),
        (SEMICOLONS.replace("\r\n", "\r").encode(), "UTF-8"),
        (SEMICOLONS.replace("\r\n", "\n").encode(), "UTF-8"),
        (SEMICOLONS.replace(";", "\t").replace("Müller\t", "Müller;").encode(), "UTF-8"),
        (SEMICOLONS.replace(";", ",").replace("Müller,", "Müller;").encode(), "UTF-8"),
        (b"sep=;\r\n" + SEMICOLONS.encode("cp1252"), "Windows-1252"),
        ("\ufeff" + SEMICOLONS, ""),
    ],
)
def test_a_spreadsheet_is_read_as_it_was_written(source: bytes | str, encoding: str) -> None:
    table = name_table(source)
    assert table.encoding == encoding
    assert table.headings is not None
    assert [one.heading for one in table.columns] == ["Wikipedia-Benutzername", "Angemeldet", "Anwesend"]
    assert column(table) == ["Müller; Anna", "O’Brien Mary", "=SUM(A1:A9)", "0041"]
    assert table.columns[2].samples == ("ja", "nein")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_names_in_all_scripts(codec: str) -> None:
    table = name_table(TABS.encode(codec))
    assert (table.separator, table.guessed) == ("\t", 0)
    assert column(table) == ["Žofia Dvořák", "東京太郎", "أحمد الخطيب"]


def test_utf16_without_a_mark_and_almost_without_plain_letters() -> None:
    names = "東京太郎\r\n山田花子\r\n김민준\r\nأحمد الخطيب\r\n"
    for codec in ("utf-16-le", "utf-16-be"):
        assert column(name_table(names.encode(codec))) == names.split("\r\n")[:-1]


def test_one_damaged_letter_does_not_spoil_the_other_names() -> None:
    table = name_table("Müller\nJosé".encode()[:-1])
    assert column(table) == ["Müller", "Jos\ufffd"]


def test_a_sign_in_sheet_with_the_line_of_each_row() -> None:
    table = name_table(SIGN_IN_SHEET.encode())
    assert (table.separator, table.guessed) == (",", 1)
    assert [(row.line, row.cells[1]) for row in table.rows] == [
        (2, "Jane Doe (WMDE)"),
        (3, "no tengo todavía"),
        (4, "N/A"),
        (5, "persona@example.org"),
        (6, "Éric Durand\nand my sister Ünal"),
        (8, "jane doe (WMDE)"),
        (9, ""),
    ]


def test_pasted_names_are_a_plain_list() -> None:
    table = name_table(PASTED)
    assert (table.separator, table.headings) == ("", None)
    assert column(table) == ["* [[User:Jane]]", ":de:Benutzerin:Müller; Anna", "jane Doe, jane doe", "Tab"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Müller; Anna\nSchmidt; Bo\n", ["Müller; Anna", "Schmidt; Bo"]),
        ("Doe, Jane\nDurand, Éric\n", ["Doe, Jane", "Durand, Éric"]),
        ("Ann, Bo, Cem", ["Ann, Bo, Cem"]),
        ("Ann,Bo,Cem", ["Ann,Bo,Cem"]),
        ("Ann\n\n\n  Bo \u00a0\n", ["Ann", "Bo"]),
        # A quotation mark that is not closed where the cell ends is a letter of the name.
        ('"Crazy" Ann\nBo "the" Second\n"Cem\n', ['"Crazy" Ann', 'Bo "the" Second', '"Cem']),
        ('"Ann, the ""first"""\nBo\n', ['Ann, the "first"', "Bo"]),
        ("Ann\x0bBo\u2028Cem", ["Ann", "Bo", "Cem"]),
    ],
)
def test_a_plain_list_has_a_name_a_line(text: str, lines: list[str]) -> None:
    assert column(name_table(text)) == lines


def test_a_table_in_wikitext() -> None:
    table = name_table(
        'Thanks to all!\n\n{| class="wikitable"\n|+ Who came\n! Day !! Name\n|-\n| 1 || [[User:Ann|A]]\n'
        '|-\n| 2\n| style="color:red" | {{u|Bo}}\nand others\n|}\n'
    )
    assert [one.heading for one in table.columns] == ["Day", "Name"]
    assert [(row.line, row.cells) for row in table.rows] == [
        (7, ("1", "[[User:Ann|A]]")),
        (9, ("2", "{{u|Bo}}\nand others")),
    ]
    assert (table.separator, table.guessed) == ("|", 1)


def test_section_headings_are_no_names() -> None:
    text = "== Who came ==\n* [[User:Ann]]\n* [[User:==Bo==]]\n=== Day 2 ===\n# [[User:Cem]]\n"
    table = name_table(text)
    assert [row.line for row in table.rows] == [2, 3, 5]
    assert column(name_table("==Star==\nAnn\n")) == ["==Star==", "Ann"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Username,Email\nJane,j@example.org\n", ["Jane"]),
        ("Username, Email\nJane, j@example.org\nBo, b@example.org\n", ["Jane", "Bo"]),
        ("Nr.;Nombre;Usuario/a\n1;Ana P.;Ana\n2;Bo Q.;Bo\n", ["Ana", "Bo"]),
        ("ウィキペディアの利用者名\t出席\n東京太郎\tはい\n", ["東京太郎"]),
        ("Teilnahmeliste;;\n;;\nName;Benutzername;Tag\nA. B.;Anna;1\nC. D.;Cem;1\n", ["Anna", "Cem"]),
        ("Имя участника\nАнна\n", ["Анна"]),
        ("שם משתמש,הגיע\nאסתר,כן\n", ["אסתר"]),
        # Other questions of a form speak of user names too.
        ("May we show your user name?,Your user name\nYes,Ann\nYes,Bo\nNo,Cem\n", ["Ann", "Bo", "Cem"]),
        # In a language that is not known, by what is below.
        ("ჟამი,ვინ\n10:01,Ann\n10:02,Bo\n10:03,Cem\n", ["Ann", "Bo", "Cem"]),
        # Even if nobody wrote a name there.
        ("Timestamp,User name,Photos\n1.1.,a@b.org,Yes\n1.1.,c@d.org,No\n1.1.,e@f.org,No\n", ["a@b.org"]),
    ],
)
def test_the_column_with_the_user_names(text: str, names: list[str]) -> None:
    table = name_table(text)
    assert table.headings is not None
    assert column(table)[: len(names)] == names


@pytest.mark.parametrize(
    "text",
    [
        "Wiki Editor;20.11.2026;yes\nBo;21.11.2026;no\n",
        "User:Ann\nUser:Bo\n",
        "Username: Ann\nUsername: Bo\n",
        "Superuser\nUser 77\nBo\n",
        "Ann\na@example.org\nb@example.org\nc@example.org\n",
        "[[User:Username]]\nBo\n",
    ],
)
def test_nobody_is_lost_as_a_heading(text: str) -> None:
    table = name_table(text)
    assert table.headings is None
    assert len(table.rows) == text.count("\n")


def test_headings_can_be_chosen() -> None:
    table = name_table("Wer;Tag\nAnn;x\nBo;y\n")
    assert table.headings is None
    with_headings = table.with_headings()
    assert [one.heading for one in with_headings.columns] == ["Wer", "Tag"]
    assert column(with_headings) == ["Ann", "Bo"]
    assert with_headings.without_headings() == table


def test_without_headings_the_column_whose_cells_differ_is_guessed() -> None:
    assert name_table("1;Ann;yes\n2;Bo;yes\n3;Cem;no\n").guessed == 1


@pytest.mark.parametrize(
    "source",
    [
        b"PK\x03\x04" + b"xl/worksheets" * 9,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99),
        b"%PDF-1.7\n",
        bytes(range(256)) * 40,
        b"\0" * 1000,
        b"a" * (LARGEST + 1),
        "a" * (LARGEST + 1),
        b"a;" * MOST_CELLS,
        b"\n" * (MOST_CELLS + 1),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(source: bytes | str) -> None:
    with pytest.raises(KnownFault) as refused:
        name_table(source)
    assert refused.value.sentence.endswith(".")


LISTED = st.lists(
    st.sampled_from(
        [
            *("Jane", "User:", '"', '""', ";", ",", "\t", ", ", "\n", "\r\n", "\r", "\0", "é", "Username"),
            *(
                "sep=;\n",
                "@",
                "1",
                " ",
                "[[",
                "|",
                "\ufeff",
                "\u2028",
                "東",
                "\ud800",
                "1.1.",
                "{|",
                "|-",
                "||",
            ),
        ]
    ),
    max_size=40,
).map("".join)


@given(LISTED | st.text(st.characters()))
@example("")
def test_any_text_is_a_table_or_is_refused(text: str) -> None:
    try:
        table = name_table(text)
    except KnownFault:
        return
    assert 0 <= table.guessed < len(table.columns)
    lines = [row.line for row in table.rows]
    assert lines == sorted(set(lines))
    for row in table.rows:
        assert any(row.cells)


@given(st.binary() | LISTED.map(lambda text: text.encode("utf-16-le", "surrogatepass")))
def test_any_bytes_are_a_table_or_are_refused(source: bytes) -> None:
    with suppress(KnownFault):
        assert name_table(source).columns


@pytest.mark.parametrize(
    "pattern",
    [
        *("a", ",", '"', '"a\n', '"""\n', '"""x\n', '"a,', "[[", "{{", "a\0", "\u0301\u0327", "a, "),
        *("{|\n", "{|\n|a\n", "{|\n|a|b", "*\n==a\n", "* =="),
    ],
)
def test_hostile_lists_take_little_time(pattern: str) -> None:
    source = (pattern * (LARGEST // len(pattern.encode()))).encode()
    start = time.process_time()
    with suppress(KnownFault):
        name_table(source)
    assert time.process_time() - start < 10
