"""Parse HTML into elements in one pass and in linear time.

html.parser and Beautiful Soup take minutes for some pages of a few kilobytes that are full of unclosed rows,
tags or comments, and they cannot be interrupted.
"""

import re
from collections import Counter
from html import unescape
from itertools import pairwise

# A list of 250 events, the largest page that is requested, has less than a third of each.
MAX_CHARACTERS = 2_000_000
MAX_TAGS = 30_000
MAX_ATTRIBUTES = 60_000
MAX_REFERENCES = 30_000

# All quantifiers are possessive, because backtracking could take quadratic time.
_TAG = re.compile(r"</?([a-z][^\s/>]*+)", re.ASCII | re.IGNORECASE)
_TAG_END = re.compile(r"([\s/]*+)>", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?+""", re.ASCII
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: Elements that contain only text, and the pattern of their end tags.
_ENDS = {
    name: re.compile(rf"</{name}[\s/>]", re.ASCII | re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
_CODE = ("script", "style")


class Element:
    """An element with its content."""

    __slots__ = ("_attributes", "_begin", "_elements", "_end", "_text_begin", "_text_end", "_texts", "name")

    def __init__(
        self, name: str, attributes: dict[str, str], elements: "list[Element]", texts: list[str]
    ) -> None:
        """Open an element; `elements` and `texts` are those of the page so far."""
        self.name = name
        self._attributes = attributes
        # Shared lists of the whole page, in document order: an element's content is a slice of each.
        self._elements, self._texts = elements, texts
        self._begin, self._text_begin = len(elements) + 1, len(texts)
        self.end()

    def end(self) -> None:
        """Close the element: its content is everything that was added since it was opened."""
        self._end, self._text_end = len(self._elements), len(self._texts)

    def text(self) -> str:
        """Return the text content."""
        return "".join(map(_decoded, self._texts[self._text_begin : self._text_end]))

    def attribute(self, name: str) -> str:
        """Return an attribute's value, empty if it is missing."""
        return _decoded(self._attributes.get(name, ""))

    def with_id(self, value: str) -> "Element | None":
        """Return the descendant with an id, or None."""
        inside = self._elements[self._begin : self._end]
        return next((one for one in inside if one._attributes.get("id") == value), None)

    def first(self, name: str = "", css_class: str = "", attribute: str = "") -> "Element | None":
        """Return the first descendant that matches all given conditions, or None."""
        inside = self._elements[self._begin : self._end]
        return next((one for one in inside if one._has(name, css_class, attribute)), None)

    def all(self, name: str = "", css_class: str = "") -> "list[Element]":
        """Return the descendants that match all given conditions.

        Raises:
            ValueError: one of them contains another, so that content would be processed twice.
        """
        inside = self._elements[self._begin : self._end]
        found = [one for one in inside if one._has(name, css_class, "")]
        if any(after._begin <= before._end for before, after in pairwise(found)):
            raise ValueError("one inside another")
        return found

    def _has(self, name: str, css_class: str, attribute: str) -> bool:
        if (name and self.name != name) or (attribute and attribute not in self._attributes):
            return False
        classes = self._attributes.get("class", "")
        # Splitting is slow, so most elements are ruled out by a substring test.
        return not css_class or (css_class in classes and css_class in classes.split())


def read_html(html: str) -> Element:
    """Return an element that contains a whole page.

    End tags that HTML makes optional are not inferred, and an end tag without a start tag is ignored.

    Raises:
        ValueError: the page exceeds the limits.
    """
    if len(html) > MAX_CHARACTERS or html.count("<") > MAX_TAGS or html.count("&") > MAX_REFERENCES:
        raise ValueError("too much")
    return _Reader(html).read()


class _Reader:
    def __init__(self, html: str) -> None:
        self._html = html
        self._place = 0
        self._elements: list[Element] = []
        self._texts: list[str] = []
        self._open: list[Element] = []
        self._open_names = Counter[str]()
        self._attributes_left = MAX_ATTRIBUTES

    def read(self) -> Element:
        self._begin("", {})
        while (tag := self._html.find("<", self._place)) >= 0:
            self._read_text(tag)
            if found := _TAG.match(self._html, tag):
                self._place = found.end()
                name = found[1].lower()
                if self._html[tag + 1] == "/":
                    self._skip_past(">")
                    self._finish(name)
                else:
                    self._read_tag(name)
            elif self._html.startswith("<!--", tag):
                # "<!-->" is a whole comment.
                self._place = tag + 2
                self._skip_past("-->")
            elif self._html.startswith(("<!", "<?", "</"), tag):
                self._skip_past(">")
            else:
                self._read_text(tag + 1)
        self._read_text(len(self._html))
        self._finish("")
        return self._elements[0]

    def _read_text(self, end: int) -> None:
        if end > self._place:
            self._texts.append(self._html[self._place : end])
            self._place = end

    def _skip_past(self, text: str) -> None:
        found = self._html.find(text, self._place)
        self._place = found + len(text) if found >= 0 else len(self._html)

    def _read_tag(self, name: str) -> None:
        attributes: dict[str, str] = {}
        while found := _ATTRIBUTE.match(self._html, self._place):
            self._attributes_left -= 1
            if self._attributes_left < 0:
                raise ValueError("too many attributes")
            attributes.setdefault(found[1].lower(), found[2] or found[3] or found[4] or "")
            self._place = found.end()
        end = _TAG_END.match(self._html, self._place)
        if end is None:
            # The page ends inside the tag.
            self._place = len(self._html)
            return
        self._place = end.end()
        self._begin(name, attributes)
        if name in _VOID or end[1].endswith("/"):
            self._finish(name)
        elif name in _ENDS:
            closing = _ENDS[name].search(self._html, self._place)
            place = closing.start() if closing else len(self._html)
            if name in _CODE:
                self._place = place
            self._read_text(place)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        element = Element(name, attributes, self._elements, self._texts)
        self._elements.append(element)
        self._open.append(element)
        self._open_names[name] += 1

    def _finish(self, name: str) -> None:
        if not self._open_names[name]:
            return
        while True:
            element = self._open.pop()
            element.end()
            self._open_names[element.name] -= 1
            if element.name == name:
                return


def _decoded(text: str) -> str:
    try:
        return unescape(text)
    except ValueError:
        # `unescape` raises ValueError for a character reference with thousands of digits.
        return text
