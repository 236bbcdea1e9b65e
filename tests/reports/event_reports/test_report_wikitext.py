"""The wikitext of a report: every name links to its user, and nothing else is read as markup."""

import mwparserfromhell
import pytest

from app.reports.event_reports.formats.report_wikitext import plain, user_link, wikitext
from tests.reports.event_reports.sample_report import NAMES, sample_report


def parsed(text: str) -> "mwparserfromhell.wikicode.Wikicode":
    return mwparserfromhell.parse(text)


def test_every_name_links_to_its_user_page_and_shows_as_it_is() -> None:
    """Case P08."""
    links = parsed(wikitext(sample_report())).filter_wikilinks()
    assert [str(link.title) for link in links] == [f"User:{name}" for name in NAMES]
    shown = [mwparserfromhell.parse(str(link.text)).strip_code(normalize=True) for link in links]
    assert shown == list(NAMES)


@pytest.mark.parametrize("name", ["#Hash", "A]]B", "A|B", "{{x}}", "<b>", "a~~~~b"])
def test_what_can_be_no_user_name_is_no_link(name: str) -> None:
    code = parsed(user_link(name))
    assert not code.filter_wikilinks()
    assert not code.filter_templates()
    assert code.strip_code(normalize=True) == name


def test_a_name_of_another_direction_does_not_turn_the_line() -> None:
    assert user_link("محمد (x)") == "<bdi>[[User:محمد (x)|محمد (x)]]</bdi>"


@pytest.mark.parametrize(
    "text",
    [
        "''italic'' '''bold'''",
        "[[link]] {{template}} {{{parameter}}} <nowiki>",
        "* list",
        "# list",
        "; term",
        "= heading =",
        "a = b",
        "| cell || cell",
        "-| row",
        "~~~~",
        "__NOTOC__",
        "http://example.org",
        "mailto:desk@example.org, tel:+49 30",
        "&amp; &lt;",
        " indented",
        "----",
    ],
)
def test_text_is_no_markup(text: str) -> None:
    code = parsed(plain(text))
    assert code.strip_code(normalize=True).strip() == " ".join(text.split())
    assert all(type(node).__name__ in ("Text", "HTMLEntity") for node in code.nodes)


def test_the_tables_are_tables_with_the_rows_of_the_report() -> None:
    tables = [tag for tag in parsed(wikitext(sample_report())).filter_tags() if tag.tag == "table"]
    assert len(tables) == 4
    rows = [len([tag for tag in table.contents.filter_tags() if tag.tag == "tr"]) for table in tables]
    assert rows == [3, 3, 4, len(NAMES) + 1]


def test_that_it_names_people_is_said_in_the_source_only() -> None:
    """A page is read by everybody, so the notice is for whoever saves it there."""
    code = parsed(wikitext(sample_report()))
    assert "This file names people." in str(code.filter_comments()[0])
    assert "This file names people." not in code.strip_code()
