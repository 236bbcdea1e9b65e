"""An edit behind what a person types: the link of a difference, or the number of a revision."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, unquote, urlsplit

_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
#: The namespace stands in any language; only these two special pages end in numbers of revisions.
_SPECIAL = re.compile(r"[^/:]+:(?:[^/]+)/(?:[0-9]+/)?([1-9][0-9]{0,14})/?$")


def edit_of(typed: str, wikis: Mapping[str, str], home: str) -> tuple[str, int] | None:
    """Return the wiki's id and the revision that a link or number means, None where it means none.

    `wikis` gives the ids of the known wikis by host; a bare number is a revision of the wiki `home`.
    """
    text = typed.strip()
    if _NUMBER.fullmatch(text):
        return home, int(text)
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    wiki = wikis.get(parts.netloc.lower())
    if parts.scheme not in ("http", "https") or wiki is None:
        return None
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    # diff=prev shows what came with oldid; a number in diff is the later of the two.
    for name in ("diff", "oldid"):
        if _NUMBER.fullmatch(asked.get(name, "")):
            return wiki, int(asked[name])
    title = asked.get("title") or unquote(parts.path).rpartition("/wiki/")[2]
    found = _SPECIAL.fullmatch(title)
    return (wiki, int(found[1])) if found else None
