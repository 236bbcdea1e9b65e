"""Global accounts, which exist in a wiki family only."""

import pytest
import requests

from tests.support.servers.running_wiki import start, stop


def ask(base: str, **query: str) -> dict[str, object]:
    form = {"action": "query", "format": "json", "formatversion": "2", **query}
    return dict(requests.post(f"{base}/api.php", form, timeout=20).json())


@pytest.fixture(scope="module")
def family():
    running = start("--family", "--mediawiki", "1.47", "--clock", "2027-03-01T09:00:00+00:00")
    yield running
    stop(running)


def bases(family) -> list[str]:
    return [one["base_url"] for one in family.description["family"]]


def test_people_are_listed_by_central_ids_and_by_names(family):
    prop = "editcount|registration|locked|localinfo"
    for shift, base in zip((0, 5000), bases(family), strict=True):
        answer = ask(base, list="globalusers", guscentralids="8|9999999|3", gusprop=prop)
        jun, nobody, amara = answer["query"]["globalusers"]
        assert (jun["centralid"], jun["name"], jun["locked"]) == (8, "Jun Watanabe", False)
        assert jun["registration"] == jun["localinfo"]["timestamp"]
        assert (amara["editcount"], amara["localinfo"]["localid"]) == (88, 3 + shift)
        assert nobody == {"centralid": 9999999, "missing": True}
    names = ask(bases(family)[0], list="globalusers", gususers="jun_Watanabe|Bad#name|Nobody here")
    assert names["query"]["globalusers"] == [
        {"centralid": 8, "name": "Jun Watanabe"},
        {"name": "Bad#name", "invalid": True},
        {"name": "Nobody here", "missing": True},
    ]


def test_an_unknown_registration_is_left_out_of_global_accounts(family):
    family.control("account", {"user": "Ingrid Solberg", "registered": None})
    row = ask(bases(family)[0], list="globalusers", guscentralids="4", gusprop="registration|localinfo")
    assert row["query"]["globalusers"] == [
        {"centralid": 4, "name": "Ingrid Solberg", "localinfo": {"attached": True, "localid": 4}}
    ]
    (local,) = ask(bases(family)[0], list="users", ususerids="4", usprop="registration")["query"]["users"]
    assert local["registration"] is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"gususers": "A", "guscentralids": "3"}, "invalidparammix"),
        ({}, "missingparam"),
        ({"guscentralids": "|".join(map(str, range(51)))}, "toomanyvalues"),
    ],
)
def test_questions_about_global_accounts_that_are_refused(family, query, code):
    assert ask(bases(family)[0], list="globalusers", **query)["error"]["code"] == code


def test_a_global_account_has_its_wikis(family):
    answer = ask(bases(family)[1], meta="globaluserinfo", guiid="8", guiprop="merged|editcount")
    info = answer["query"]["globaluserinfo"]
    assert (info["home"], info["id"], info["name"]) == ("practicewiki", 8, "Jun Watanabe")
    assert [(one["wiki"], one["id"]) for one in info["merged"]] == [("practicewiki", 8), ("practicefr", 5008)]
    for query in ({"guiid": "9999999"}, {"guiuser": "Nobody here"}):
        answer = ask(bases(family)[1], meta="globaluserinfo", **query)
        assert answer["query"]["globaluserinfo"] == {"missing": True}


def test_before_1_47_there_is_no_list_of_global_accounts(run_wiki):
    base = run_wiki("--family", "--mediawiki", "1.46").base
    assert "query" in ask(base, list="globalusers", guscentralids="3")["warnings"]
    assert ask(base, meta="globaluserinfo", guiid="3")["query"]["globaluserinfo"]["id"] == 3
