"""An event's article list in the terminal."""

from tests.support.data.event_making import api, make_event, make_list
from tests.support.servers.practice_server import practice_server


def test_articles_are_added_shown_and_taken_out(run, folder) -> None:
    with practice_server("--mediawiki", "1.47") as wiki:
        event = make_event(wiki, tracks_contributions=True, types=["editing-event"])
        make_list(wiki, event, "Main Page")
        assert run(folder, "sign-in", wiki.base, "--owner-token-stdin", stdin=wiki.token() + "\n").code == 0
        assert run(folder, "sync", "--event", str(event)).code == 0
        shown = run(folder, "worklist", str(event), "--json")
        assert shown.code == 0, shown.err
        (one,) = shown.document["articles"]
        assert (one["title"], one["exists"]) == ("Main Page", True)
        assert one["bytes"] > 0
        added = run(folder, "worklist", str(event), "add", "ada_Lovelace", "Ada Lovelace", "Élisabeth")
        assert added.code == 0, added.err
        listed = run(folder, "worklist", str(event), "--json").document["articles"]
        assert {one["title"]: one["exists"] for one in listed} == {
            "Main Page": True,
            "Ada Lovelace": False,
            "Élisabeth": False,
        }
        removed = run(folder, "worklist", str(event), "remove", "Main Page")
        assert removed.code == 0, removed.err
        titles = [one["title"] for one in run(folder, "worklist", str(event), "--json").document["articles"]]
        assert titles == ["Ada Lovelace", "Élisabeth"]
        assert run(folder, "worklist", str(event), "add").code == 2
        changes = run(folder, "changes", "--json").document
        again = run(folder, "worklist", str(event), "add", "ada Lovelace")
        assert again.code == 2
        assert "Ada Lovelace" in again.err
        assert run(folder, "changes", "--json").document == changes, "nothing was asked for"
        impossible = run(folder, "worklist", str(event), "add", "Rome", "No [such]|x")
        assert impossible.code == 2
        assert "No [such]|x" in impossible.err
        strange = run(folder, "worklist", str(event), "remove", "Nowhere", "Élisabeth")
        assert strange.code == 2
        assert "Nowhere" in strange.err
        assert "Élisabeth" not in strange.err
        # From a table and from a category.
        table = folder.parent / "list.csv"
        table.write_text("Nr;Title;Views\n1;paris, Texas;12\n2;Rome;7\n", "utf-8")
        for title in ("Ada Lovelace", "Mary Somerville"):
            api(wiki, "organizer", action="edit", title=title, text="A life. [[Category:Women in science]]")
        more = ("--from", str(table), "--category", "Women in science")
        taken = run(folder, "worklist", str(event), "add", *more)
        assert taken.code == 0, taken.err
        assert "1 article is on the list already" in taken.err
        titles = [one["title"] for one in run(folder, "worklist", str(event), "--json").document["articles"]]
        assert sorted(titles) == ["Ada Lovelace", "Mary Somerville", "Paris, Texas", "Rome", "Élisabeth"]
        assert run(folder, "worklist", str(event), "add", "--category", "Category:Nobody").code == 2
        table.write_text("Nr;Überschrift\n1;Rome\n", "utf-8")
        unknown = run(folder, "worklist", str(event), "add", "--from", str(table))
        assert unknown.code == 2
        assert "Überschrift" in unknown.err
    # Kept for later without a network.
    waiting = run(folder, "worklist", str(event), "add", "Later", "--offline")
    assert waiting.code == 0
    assert "Articles: add 1 article to the list" in run(folder, "changes").out
    number = run(folder, "changes", "--json").document[-1]["number"]
    assert "+ Later (practicewiki)" in run(folder, "changes", "show", str(number)).out


def test_an_event_without_a_list_says_so(run, synced, big_event) -> None:
    shown = run(synced, "worklist", big_event)
    assert shown.code == 0
    assert "no article list" in shown.out
