"""Reading the articles in a category, as large wikis tell them."""

from collections.abc import Iterator

import pytest

from app.wiki.article_lists import read_category
from app.wiki.http.client import WikiClient
from tests.support.servers.scripted_wiki import Asked, Reply, ScriptedWiki


@pytest.fixture
def client(wiki_script: ScriptedWiki) -> Iterator[WikiClient]:
    client = WikiClient(wiki_script.base, tries=1)
    yield client
    client.close()


def test_a_page_without_articles_is_not_the_end(client: WikiClient, wiki_script: ScriptedWiki) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.query.get("cmcontinue") == "page|a":
            return Reply({"query": {"categorymembers": [{"ns": 0, "title": "Ada Lovelace"}]}})
        more = {"cmcontinue": "page|a", "continue": "-||"}
        return Reply({"query": {"categorymembers": []}, "continue": more})

    wiki_script.answer = answer
    assert read_category(client, "Women") == (["Ada Lovelace"], True)


def test_a_category_without_an_end_is_cut_and_said_to_be(
    client: WikiClient, wiki_script: ScriptedWiki
) -> None:
    members = [{"ns": 0, "title": "Again"}]
    more = {"cmcontinue": "page|x", "continue": "-||"}
    wiki_script.always({"query": {"categorymembers": members}, "continue": more})
    titles, complete = read_category(client, "Women")
    assert set(titles) == {"Again"}
    assert not complete


def test_a_name_with_a_colon_is_tried_in_the_namespace_of_categories(
    client: WikiClient, wiki_script: ScriptedWiki
) -> None:
    def answer(asked: Asked) -> Reply:
        if asked.query["cmtitle"].startswith("Category:"):
            return Reply({"query": {"categorymembers": [{"ns": 0, "title": "Spock"}]}})
        return Reply({"error": {"code": "invalidcategory", "info": "The category name is not valid."}})

    wiki_script.answer = answer
    assert read_category(client, "Star Trek: people").titles == ["Spock"]
