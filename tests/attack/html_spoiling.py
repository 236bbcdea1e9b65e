"""Pages made into tag soup, by dice, and the shapes of HTML that readers have been slow at."""

import random
import re
from collections.abc import Callable

from tests.attack.byte_spoiling import spoiled_bytes
from tests.attack.json_spoiling import odd_text, size

_TAG = re.compile(r"<[^<>]{1,300}>")
#: What is repeated so often that a reader with more than linear time would not end.
_REPEATED = (
    "<",
    "</",
    "<!",
    "<!--",
    "<![CDATA[",
    "<?",
    "<a",
    "<a ",
    "<a b='",
    '<a b="',
    "<a b=c ",
    "<a href=x>",
    "<div>",
    "<b><i>",
    "<p>",
    "<table><tr><td>",
    "<script>",
    "<textarea>",
    "<style>",
    "</div>",
    "&",
    "&#",
    "&#x10ffff;",
    "&#99999999999;",
    "&amp",
    "&lt;",
    "(a: ",
    "(campaignevents-register-question-",
    "[[a|",
    '"wgUserName":',
    '"wgA":"\\\\',
    '"wgCampaignEventsEventID": ',
    "<h3>",
    " = ",
    "\x00",
    "字",
)
#: What the readers look for, so that each piece inside another may be looked at again and again.
_WANTED = (
    '<div id="mw-content-text">',
    '<div id="StatsPanel">',
    '<div id="ContributionsPanel">',
    '<div class="ext-campaignevents-eventdetails-stats-section">',
    '<div class="ext-campaignevents-eventdetails-stats-question-container">',
    '<table class="ext-campaignevents-eventdetails-stats-question-table">',
    '<div class="cdx-card__text">',
    '<div class="cdx-card__text__title">',
    '<table class="mw-datatable"><tbody>',
    "<tr>",
    '<tr data-mw-event-id="1">',
    '<td class="TablePager_col_event_name">',
    '<span class="TablePager-button-next"><a href="?offset=1">',
    "<td>",
    "<form>",
)
_ENDINGS = ("", "", "</body></html>", "</html>", ">", "-->", "]]>")


def _repeat(html: str, dice: random.Random) -> str:
    place = _place(html, dice)
    piece = dice.choice(dice.choice((_REPEATED, _WANTED)))
    if not dice.randrange(4):
        piece = dice.choice(_WANTED) + piece
    return html[:place] + piece * max(1, size(dice) // len(piece)) + html[place:]


def _place(html: str, dice: random.Random) -> int:
    """Return a place for damage: anywhere, in the head, or where the reader looks for its tab or list."""
    marks = (
        "<head",
        "</head>",
        "mw-content-text",
        "StatsPanel",
        "ContributionsPanel",
        "mw-datatable",
        "</body>",
    )
    found = html.find(dice.choice(marks)) if dice.random() < 0.6 else -1
    if found < 0:
        return dice.randint(0, len(html))
    if dice.randrange(2):
        return html.find(">", found) + 1
    return min(len(html), found + dice.choice((0, 9, 40, 200)))


def _tag(html: str, dice: random.Random) -> "re.Match[str] | None":
    return _TAG.search(html, _place(html, dice))


def _drop_tag(html: str, dice: random.Random) -> str:
    found = _tag(html, dice)
    return html[: found.start()] + html[found.end() :] if found else html


def _double_tag(html: str, dice: random.Random) -> str:
    found = _tag(html, dice)
    if not found:
        return html
    return (
        html[: found.end()]
        + found[0] * dice.choice((1, 2, 50, size(dice) // len(found[0]) + 1))
        + html[found.end() :]
    )


def _swap_tags(html: str, dice: random.Random) -> str:
    one, other = _tag(html, dice), _tag(html, dice)
    if not one or not other:
        return html
    first, last = sorted((one, other), key=lambda found: found.start())
    if first.end() > last.start():
        return html
    return html[: first.start()] + last[0] + html[first.end() : last.start()] + first[0] + html[last.end() :]


def _unquote(html: str, dice: random.Random) -> str:
    place = html.find('"', _place(html, dice))
    return html[:place] + dice.choice(("", "'", "<", "\x00")) + html[place + 1 :] if place >= 0 else html


def _attribute(html: str, dice: random.Random) -> str:
    found = _tag(html, dice)
    if not found:
        return html
    name = dice.choice(("class", "id", "href", "data-mw-event-id", "data-mw-event-name", "x" * 300))
    return html[: found.end() - 1] + f' {name}="{odd_text(dice)}"' + html[found.end() - 1 :]


def _number(html: str, dice: random.Random) -> str:
    found = re.compile(r"[0-9]+").search(html, _place(html, dice))
    if not found:
        return html
    other = dice.choice(
        ("-1", "0", "9" * 30, "²³", "١٢", "1e9", "", "NaN", "1,2,3", "9" * 16, odd_text(dice))
    )
    return html[: found.start()] + other + html[found.end() :]


def _odd_inside(html: str, dice: random.Random) -> str:
    place = _place(html, dice)
    return html[:place] + odd_text(dice) + html[place:]


def _cut_tail(html: str, dice: random.Random) -> str:
    return html[: _place(html, dice)] + dice.choice(_ENDINGS)


def _only_soup(html: str, dice: random.Random) -> str:
    """Return the head, which tells what page it is, with soup for a body."""
    head = html.partition("</head>")[0] + "</head><body>" + '<div id="mw-content-text">'
    pieces = [dice.choice(_REPEATED + _WANTED) * dice.choice((1, 3, 40)) for _ in range(dice.randint(1, 200))]
    return head + "".join(pieces) + "</body></html>"


SPOILERS: tuple[Callable[[str, random.Random], str], ...] = (
    _repeat,
    _repeat,
    _drop_tag,
    _double_tag,
    _swap_tags,
    _unquote,
    _attribute,
    _number,
    _number,
    _odd_inside,
    _cut_tail,
    _only_soup,
)


def spoiled_html(html: str, dice: random.Random) -> bytes:
    """Return the bytes of a page after a few acts of damage."""
    for _ in range(dice.choice((1, 1, 2, 3, 5))):
        html = dice.choice(SPOILERS)(html, dice)
    body = html.encode("utf-8", "surrogatepass")
    return spoiled_bytes(body, dice) if not dice.randrange(6) else body
