"""Finding people by what somebody types, and showing their names safely."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.domain.names import NAMELESS, isolated, safe, search_terms, search_text, set_apart

# Whatever a wiki may send as a name, beside lone surrogates, which cannot be stored.
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


def found(name: str, typed: str) -> bool:
    return all(term in search_text(name) for term in search_terms(typed))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Zoë Núñez", "zoe nunez"),
        ("Zoë Núñez", "NUÑEZ ZOË"),
        ("Zoë Núñez", "une"),
        ("Paweł Zieliński", "pawel zielinski"),
        ("Straße", "STRASSE"),
        ("İpek Işık", "ipek isik"),
        ("Ægir Øst", "aegir ost"),
        ("Amara Okafor", "ok"),
        ("Amara Okafor", "a o"),
        ("Wiki_Anna", "anna"),
        ("Wiki_Anna", "an"),
        ("山田太郎", "山"),
        ("山田太郎", "太郎"),
        ("สมชาย", "ชา"),
        ("김민준", "민"),
        ("Ｆｕｌｌ　Ｗｉｄｔｈ", "full width"),
        ("محمد", "مُحَمَّد"),
        ("שלום", "שָׁלוֹם"),
        ("\u200eJohn", "jo"),
        ("می\u200cخواهم", "میخواهم"),
        ("한글", unicodedata.normalize("NFD", "한글")),
        ("Ελλάς", "ελλασ"),
    ],
)
def test_accents_case_and_order_do_not_matter(name, typed):
    assert found(name, typed)


@pytest.mark.parametrize(("name", "typed"), [("Amara Okafor", "ka"), ("Amara Okafor", "r"), ("Anna", "bob")])
def test_one_or_two_letters_are_the_beginning_of_a_word(name, typed):
    assert not found(name, typed)


@given(NAMES)
def test_a_name_always_finds_itself(name):
    assert found(name, name)


@given(NAMES)
def test_the_words_of_a_name_find_it_in_any_order(name):
    assert found(name, " ".join(reversed(name.replace("_", " ").split())))


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=20))
def test_a_name_is_found_without_its_accents_and_in_other_case(name):
    # An iota below a Greek letter is an accent when it is taken off, and a letter when the case is changed.
    assume("\u0345" not in unicodedata.normalize("NFD", name))
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    assert found(name, bare) or unicodedata.normalize("NFC", bare) != bare
    assert found(name, name.casefold())


@given(NAMES)
def test_a_search_text_holds_nothing_that_could_break_a_line(name):
    text = search_text(name)
    assert not {"\x00", "\x01", "\n", "\r"} & set(text)
    assert text


@given(st.text(st.characters(), max_size=30))
def test_nobody_without_a_name_is_found_by_typing(typed):
    assert search_text(None) == search_text("") == NAMELESS
    terms = search_terms(typed)
    assert not terms or not all(term in NAMELESS for term in terms)


@given(st.text(max_size=40))
def test_safe_text_stays_on_its_line_and_in_its_direction(text):
    shown = safe(text)
    turning = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
    assert not turning & set(shown)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert safe(shown) == shown


def test_joiners_that_scripts_need_stay():
    assert safe("می\u200cخواهم 👩\u200d🔬") == "می\u200cخواهم 👩\u200d🔬"


def test_only_names_from_right_to_left_are_set_apart():
    assert isolated("Zoë") == "Zoë"
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("a\u202egpj.exe") == "agpj.exe"
    assert isolated("\x1b[31mred") == "[31mred"


@pytest.mark.parametrize("typed", ["br", "sm", "q", "o"])
def test_parts_set_apart_by_punctuation_begin_like_words(typed):
    found = search_text("O'Brien-Smith (QuillGnome)")
    assert all(term in found for term in search_terms(typed))


@pytest.mark.parametrize("name", ["Ann (XY)", "=SUM(A1)", "Achieng G.", "محمد", "-Dash-"])
def test_names_with_signs_at_their_ends_are_set_apart(name):
    assert set_apart(name) == f"\u2068{name}\u2069"


def test_plain_names_need_no_marks():
    assert set_apart("Łukasz 2") == "Łukasz 2"
    assert set_apart("24 Nov") == "\u206824 Nov\u2069"
    assert set_apart("") == ""
