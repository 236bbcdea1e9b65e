"""The names of a wiki's namespaces and special pages."""

import pytest

from app.domain.wikis.wiki_names import WikiNames

SITEINFO = {
    "general": {"lang": "de", "sitename": "Beispielwiki"},
    "namespaces": {
        "-1": {"id": -1, "case": "first-letter", "name": "Spezial", "canonical": "Special"},
        "0": {"id": 0, "case": "first-letter", "name": ""},
        "2": {"id": 2, "case": "first-letter", "name": "Benutzer", "canonical": "User"},
        "1728": {"id": 1728, "case": "first-letter", "name": "Event", "canonical": "Event"},
    },
    "namespacealiases": [{"id": 2, "alias": "Benutzerin"}],
    "specialpagealiases": [
        {
            "realname": "EventDetails",
            "aliases": ["Veranstaltungsdetails", "EventDetails"],
        }
    ],
}


def test_the_names_from_a_wikis_siteinfo():
    names = WikiNames.from_siteinfo(SITEINFO)
    assert names.language == "de"
    assert names.namespaces[2] == ("Benutzer", "User", "Benutzerin")
    assert names.namespaces[1728] == ("Event",)
    assert names.namespace("benutzerin") == names.namespace("USER") == 2
    assert names.namespace("Utilisatrice") is None
    assert names.namespace("") is None
    assert names.special_page("veranstaltungsDetails") == "EventDetails"
    assert names.special_page("Diff") is None


def test_names_are_kept_as_text():
    names = WikiNames.from_siteinfo(SITEINFO)
    assert WikiNames.from_json(names.as_json()) == names
    assert WikiNames.from_json(WikiNames().as_json()) == WikiNames()


def test_translations_are_used_until_a_wikis_names_are_known():
    names = WikiNames()
    assert names.namespace("Обсуждение_участницы") == 3
    assert names.namespace("Spécial") == -1
    assert names.namespace("Veranstaltung") == 1728
    assert names.special_page("Szczegóły_wydarzenia") == "EventDetails"
    assert names.namespace("Foo") is names.special_page("Foo") is None


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"namespaces": [], "namespacealiases": {}, "specialpagealiases": None, "general": "de"},
        {"namespaces": {"2": None, "3": {"id": "3", "name": "A"}}, "namespacealiases": [None, {"id": 2}]},
        {
            "specialpagealiases": [{"realname": 5, "aliases": []}, {"realname": "Diff"}],
            "general": {"lang": 5},
        },
    ],
)
def test_what_has_another_shape_is_left_out(query):
    names = WikiNames.from_siteinfo(query)
    assert names.namespace("User") == 2
    assert names.language == ""
