"""The edit behind a link or a number."""

import pytest

from app.domain.edit_link import edit_of

WIKIS = {"meta.wikimedia.org": "metawiki", "fr.wikipedia.org": "frwiki"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("123", ("metawiki", 123)),
        (" 123 ", ("metawiki", 123)),
        ("https://fr.wikipedia.org/w/index.php?title=Lac&diff=200&oldid=190", ("frwiki", 200)),
        ("https://fr.wikipedia.org/w/index.php?title=Lac&diff=prev&oldid=190", ("frwiki", 190)),
        ("https://fr.wikipedia.org/w/index.php?title=Lac&oldid=190", ("frwiki", 190)),
        ("https://fr.wikipedia.org/wiki/Spécial:Diff/190/200", ("frwiki", 200)),
        ("https://fr.wikipedia.org/wiki/Sp%C3%A9cial:Diff/200", ("frwiki", 200)),
        ("https://meta.wikimedia.org/w/index.php?title=Special:PermanentLink/7", ("metawiki", 7)),
        ("https://de.wikipedia.org/w/index.php?title=See&diff=5", None),
        ("https://fr.wikipedia.org/wiki/Lac", None),
        ("javascript:alert(1)", None),
        ("http://[", None),
        ("0", None),
        ("", None),
    ],
)
def test_the_edit_that_is_meant(typed: str, meant: tuple[str, int] | None) -> None:
    assert edit_of(typed, WIKIS, "metawiki") == meant
