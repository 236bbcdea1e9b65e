"""The parts of special pages that clients rely on: elements, fields, message keys, configuration."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag

#: The parts of each page that are compared; the rest is the wiki's skin.
PARTS: dict[str, tuple[str, ...]] = {
    "MyEvents": ("table.mw-datatable", ".TablePager_nav"),
    "StatsPanel": ("#StatsPanel",),
    "ContributionsPanel": ("#ContributionsPanel",),
    "WorklistPanel": ("#WorklistPanel",),
}
#: Classes that are not compared: of forms and buttons only the sent fields count.
_LOOK = re.compile(
    r"oo-ui-(image|fieldLayout|labelElement-label$|indicator|checkbox|inputWidget|buttonInput|textInput)|mw-htmlform"
)
_KEY = re.compile(r"\(([a-z0-9]+[_-][a-z0-9_-]+)(?=[:)])")
#: Features that depend on the data: how an event is held, the sign of a sum.
_VARIES = re.compile(r"(message campaignevents-eventslist-participation-options|\w+ mw-diff-bytes)")
_VARIABLE = re.compile(r'"(wgCampaignEvents[A-Za-z]+|wgUserName|wgCanonicalSpecialPageName)":')


def lost(query: Mapping[str, Any], recorded: str, given: str) -> list[str]:
    """Return the features of a recorded page that the given one lacks."""
    title = str(query.get("title", "")).removeprefix("Special:").partition("/")[0]
    selectors = PARTS.get(str(query.get("tab", title)), ())
    if not selectors:
        return []
    recorded = recorded.replace("mw147", "practicewiki")
    there, here = BeautifulSoup(recorded, "html.parser"), BeautifulSoup(given, "html.parser")
    found = sorted(set(_VARIABLE.findall(recorded)) - set(_VARIABLE.findall(given)))
    for selector in selectors:
        wanted, had = (set(_features(page, selector)) for page in (there, here))
        found += sorted(one for one in wanted - had if not _VARIES.match(one))
    return found


def _features(page: BeautifulSoup, selector: str) -> Iterator[str]:
    for part in page.select(selector):
        yield from (f"message {key}" for key in _KEY.findall(part.get_text()))
        for tag in (part, *part.find_all(True)):
            yield from _element(tag)


def _element(tag: Tag) -> Iterator[str]:
    if tag.name in ("input", "button") and tag.get("name"):
        yield f"field {tag['name']} {tag.get('type')}"
    inside_form = tag.find_parent("form") is not None or tag.name == "form"
    data = sorted(name for name in tag.attrs if name.startswith("data-mw-"))
    kinds = [kind for kind in tag.get_attribute_list("class") if kind and not _LOOK.match(kind)]
    if not inside_form and kinds:
        yield " ".join((tag.name, *sorted(kinds), *data))
