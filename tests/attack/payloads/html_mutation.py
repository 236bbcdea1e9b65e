"""Random mutations of pages into tag soup, and HTML that readers have been slow at."""

import random
import re
from collections.abc import Callable

from tests.attack.payloads.byte_mutation import mutated_bytes
from tests.attack.payloads.json_mutation import odd_text, size

_TAG = re.compile(r"<[^<>]{1,300}>")
#: Repeated so often that a reader with more than linear time would not end.
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
#: What the readers search for, so that nested pieces may be searched repeatedly.
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


def _repeat(html: str, rng: random.Random) -> str:
    position = _position(html, rng)
    piece = rng.choice(rng.choice((_REPEATED, _WANTED)))
    if not rng.randrange(4):
        piece = rng.choice(_WANTED) + piece
    return html[:position] + piece * max(1, size(rng) // len(piece)) + html[position:]


def _position(html: str, rng: random.Random) -> int:
    """Return a position to mutate: anywhere, in the head, or where the reader looks for its tab or list."""
    marks = (
        "<head",
        "</head>",
        "mw-content-text",
        "StatsPanel",
        "ContributionsPanel",
        "mw-datatable",
        "</body>",
    )
    found = html.find(rng.choice(marks)) if rng.random() < 0.6 else -1
    if found < 0:
        return rng.randint(0, len(html))
    if rng.randrange(2):
        return html.find(">", found) + 1
    return min(len(html), found + rng.choice((0, 9, 40, 200)))


def _tag(html: str, rng: random.Random) -> "re.Match[str] | None":
    return _TAG.search(html, _position(html, rng))


def _drop_tag(html: str, rng: random.Random) -> str:
    found = _tag(html, rng)
    return html[: found.start()] + html[found.end() :] if found else html


def _double_tag(html: str, rng: random.Random) -> str:
    found = _tag(html, rng)
    if not found:
        return html
    return (
        html[: found.end()]
        + found[0] * rng.choice((1, 2, 50, size(rng) // len(found[0]) + 1))
        + html[found.end() :]
    )


def _swap_tags(html: str, rng: random.Random) -> str:
    one, other = _tag(html, rng), _tag(html, rng)
    if not one or not other:
        return html
    first, last = sorted((one, other), key=lambda found: found.start())
    if first.end() > last.start():
        return html
    return html[: first.start()] + last[0] + html[first.end() : last.start()] + first[0] + html[last.end() :]


def _unquote(html: str, rng: random.Random) -> str:
    position = html.find('"', _position(html, rng))
    return (
        html[:position] + rng.choice(("", "'", "<", "\x00")) + html[position + 1 :] if position >= 0 else html
    )


def _attribute(html: str, rng: random.Random) -> str:
    found = _tag(html, rng)
    if not found:
        return html
    name = rng.choice(("class", "id", "href", "data-mw-event-id", "data-mw-event-name", "x" * 300))
    return html[: found.end() - 1] + f' {name}="{odd_text(rng)}"' + html[found.end() - 1 :]


def _number(html: str, rng: random.Random) -> str:
    found = re.compile(r"[0-9]+").search(html, _position(html, rng))
    if not found:
        return html
    other = rng.choice(("-1", "0", "9" * 30, "²³", "١٢", "1e9", "", "NaN", "1,2,3", "9" * 16, odd_text(rng)))
    return html[: found.start()] + other + html[found.end() :]


def _odd_inside(html: str, rng: random.Random) -> str:
    position = _position(html, rng)
    return html[:position] + odd_text(rng) + html[position:]


def _cut_tail(html: str, rng: random.Random) -> str:
    return html[: _position(html, rng)] + rng.choice(_ENDINGS)


def _only_soup(html: str, rng: random.Random) -> str:
    """Return the head, which identifies the page, with soup for a body."""
    head = html.partition("</head>")[0] + "</head><body>" + '<div id="mw-content-text">'
    pieces = [rng.choice(_REPEATED + _WANTED) * rng.choice((1, 3, 40)) for _ in range(rng.randint(1, 200))]
    return head + "".join(pieces) + "</body></html>"


MUTATIONS: tuple[Callable[[str, random.Random], str], ...] = (
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


def mutated_html(html: str, rng: random.Random) -> bytes:
    """Return the bytes of a page after a few mutations."""
    for _ in range(rng.choice((1, 1, 2, 3, 5))):
        html = rng.choice(MUTATIONS)(html, rng)
    body = html.encode("utf-8", "surrogatepass")
    return mutated_bytes(body, rng) if not rng.randrange(6) else body
