"""HTML read into elements in one pass, in a time that grows only with its length.

html.parser and Beautiful Soup take minutes for some pages of a few kilobytes, full of rows, tags or comments
that never end, and nothing can stop them meanwhile.
"""

import re
from collections import Counter
from html import unescape
from itertools import pairwise

# A list of 250 events, the largest page that is asked for, has less than a third of each.
MOST_CHARACTERS = 2_000_000
MOST_TAGS = 30_000
MOST_ATTRIBUTES = 60_000
MOST_REFERENCES = 30_000

# Possessive throughout: trying again what has matched once could take quadratic time.
_TAG = re.compile(r"</?([a-z][^\s/>]*+)", re.ASCII | re.IGNORECASE)
_TAG_END = re.compile(r"([\s/]*+)>", re.ASCII)
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?+""", re.ASCII
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
#: Elements that hold nothing but text, and how each ends.
_ENDS = {
    name: re.compile(rf"</{name}[\s/>]", re.ASCII | re.IGNORECASE)
    for name in ("script", "style", "textarea", "title")
}
_CODE = ("script", "style")


class Element:
    """An element with all that it holds."""

    __slots__ = ("_attributes", "_begin", "_elements", "_end", "_text_begin", "_text_end", "_texts", "name")

    def __init__(
        self, name: str, attributes: dict[str, str], elements: "list[Element]", texts: list[str]
    ) -> None:
        """Begin an element of a page, which has had these elements and texts until now."""
        self.name = name
        self._attributes = attributes
        # Those of the whole page, in their order: what an element holds is a part of each.
        self._elements, self._texts = elements, texts
        self._begin, self._text_begin = len(elements) + 1, len(texts)
        self.end()

    def end(self) -> None:
        """Let it hold what the page has had since it began."""
        self._end, self._text_end = len(self._elements), len(self._texts)

    def text(self) -> str:
        """Return the text inside."""
        return "".join(map(_decoded, self._texts[self._text_begin : self._text_end]))

    def attribute(self, name: str) -> str:
        """Return an attribute's text, empty where there is none."""
        return _decoded(self._attributes.get(name, ""))

    def with_id(self, value: str) -> "Element | None":
        """Return the element inside that has an id."""
        inside = self._elements[self._begin : self._end]
        return next((one for one in inside if one._attributes.get("id") == value), None)

    def first(self, name: str = "", css_class: str = "", attribute: str = "") -> "Element | None":
        """Return the first element inside that has all that is given."""
        inside = self._elements[self._begin : self._end]
        return next((one for one in inside if one._has(name, css_class, attribute)), None)

    def all(self, name: str = "", css_class: str = "") -> "list[Element]":
        """Return the elements inside that have all that is given. Raises ValueError where one holds another.

        So whoever looks into each of them looks at nothing twice.
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
        # Splitting is slow, and most elements have no class like it.
        return not css_class or (css_class in classes and css_class in classes.split())


def read_html(html: str) -> Element:
    """Return an element that holds a whole page. Raises ValueError where it is larger than pages are.

    No end is guessed where HTML lets a tag be left out, and an end tag without a beginning is passed over.
    """
    if len(html) > MOST_CHARACTERS or html.count("<") > MOST_TAGS or html.count("&") > MOST_REFERENCES:
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
        self._attributes_left = MOST_ATTRIBUTES

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
            # The page ends within the tag.
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
        # The number of no letter has thousands of digits.
        return text
