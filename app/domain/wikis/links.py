"""Reads events, pages, edits and users from links in any form in which people share them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from urllib.parse import urlsplit

from app.domain.wikis import user_namespaces as tables
from app.domain.wikis.user_names import ABOUT_A_USER, NameProblem, checked_name, user_of_page
from app.domain.wikis.wiki_names import Namespace, WikiNames, folded, is_language_code
from app.domain.wikis.wiki_titles import (
    LONGEST_TEXT,
    Address,
    address_of,
    decoded,
    has_control_characters,
    plain_host,
    prefixes,
    tidy,
    unwrapped,
    without_marks,
)


@dataclass(frozen=True)
class KnownWiki:
    """A wiki that links may lead to. `base_url` is its script path, as https://meta.wikimedia.org/w."""

    wiki_id: str
    base_url: str
    names: WikiNames = field(default_factory=WikiNames)


@dataclass(frozen=True)
class EventNumber:
    """An event by its number."""

    wiki: str
    number: int


@dataclass(frozen=True)
class PageTitle:
    """A page that may be an event's."""

    wiki: str
    title: str


@dataclass(frozen=True)
class Edit:
    """An edit by its revision.

    `compared_with` is the older revision of a link to a comparison. If that is not the revision's parent, the
    link shows several edits, of which this is the last.
    """

    wiki: str
    revision: int
    compared_with: int | None = None


@dataclass(frozen=True)
class User:
    """A user by their canonical name."""

    wiki: str
    name: str


@dataclass(frozen=True)
class ShortLink:
    """A short URL that only its host can resolve."""

    address: str


class LinkFault(Enum):
    """Why a text is not a usable link."""

    NOT_A_LINK = auto()
    #: A link to a wiki that is not known, `LinkProblem.host`.
    OTHER_WIKI = auto()
    #: A page of a known wiki, and none of an event, an edit or a user.
    OTHER_PAGE = auto()
    NO_EVENT = auto()
    NO_EDIT = auto()
    #: The edit after or before the one in the link.
    NEIGHBOURING_EDIT = auto()
    #: All edits since one, or a comparison with an older edit as the target.
    SEVERAL_EDITS = auto()
    #: Several links, or one that fits several wikis, or a number that could be of an event or an edit.
    AMBIGUOUS = auto()


@dataclass(frozen=True)
class LinkProblem:
    """Why a text is not a usable link; `host` is that of an unknown wiki."""

    fault: LinkFault
    host: str = ""


Link = EventNumber | PageTitle | Edit | User | ShortLink

#: The faults of texts that do not lead to a page of a known wiki.
_WITHOUT_A_PAGE = (LinkFault.NOT_A_LINK, LinkFault.OTHER_WIKI, LinkFault.AMBIGUOUS)
_PROJECT = 4
_EVENT = re.compile(r"[1-9][0-9]{0,8}")
_REVISION = re.compile(r"[1-9][0-9]{0,14}")
_WIKILINK = re.compile(r"\[\[([^\[\]|]+)(?:\|[^\[\]]*)?\]\]")
_URL = re.compile(r"(?:\bhttps?:|(?<![^\s<\[(\"]))//[^\s<>\"\[\]]+", re.IGNORECASE)
_BAD_IN_TITLE = re.compile(r"[#<>\[\]|{}\ufffd]|%[0-9A-Fa-f]{2}")
_SHORTENERS = ("w.wiki",)
_SHORT_CODE = re.compile(r"/_?[A-Za-z0-9$]+")
_SHORT_PATH = re.compile(r"/s/[0-9a-z]+")
#: Paths of a language's variants, such as /zh-hans/Title.
_VARIANT = re.compile(r"/(?:[a-z]{2,3}-[a-z]{2,8}|crh|gan|iu|kk|ku|shi|sr|tg|uz|zh)/(.+)")
_EVENT_ROUTE = re.compile(r"/rest\.php/campaignevents/v[0-9]+/event_registration/([1-9][0-9]{0,8})(?:/.*)?")
_REVISION_ROUTE = re.compile(
    r"/rest\.php/v1/revision/([1-9][0-9]{0,14})(?:/bare|/html|/with_html|/compare/([1-9][0-9]{0,14}))?"
)
_EVENT_PAGES = re.compile("EventDetails|(?:Edit|Delete|Cancel)EventRegistration|RegisterForEvent")
_PROJECT_DOMAINS = frozenset(tables.PROJECT_PREFIXES.values())
_OTHER_DOMAINS = frozenset({"wikimedia.org", "wikidata.org", "mediawiki.org", "wikifunctions.org"})
_WIKIMEDIA_DOMAINS = _PROJECT_DOMAINS | _OTHER_DOMAINS


def read_event_link(
    typed: str, home: KnownWiki, family: Collection[KnownWiki] = ()
) -> EventNumber | PageTitle | ShortLink | LinkProblem:
    """Return the event that a text refers to: its number, or the page that may have it.

    A bare number or title belongs to the wiki `home`; links may lead to it or its `family`.
    """
    if number := _number(typed):
        event = _EVENT.fullmatch(number)
        return EventNumber(home.wiki_id, int(number)) if event else LinkProblem(LinkFault.NO_EVENT)
    link = read_link(typed, home, family)
    if isinstance(link, EventNumber | PageTitle | ShortLink):
        return link
    if isinstance(link, LinkProblem) and link.fault in _WITHOUT_A_PAGE:
        return link
    return LinkProblem(LinkFault.NO_EVENT)


def read_edit_link(
    typed: str, home: KnownWiki, family: Collection[KnownWiki] = ()
) -> Edit | ShortLink | LinkProblem:
    """Return the edit that a text refers to; a bare number is a revision of the wiki `home`."""
    if number := _number(typed):
        return Edit(home.wiki_id, int(number))
    link = read_link(typed, home, family)
    if isinstance(link, Edit | ShortLink):
        return link
    if isinstance(link, LinkProblem) and link.fault is not LinkFault.OTHER_PAGE:
        return link
    return LinkProblem(LinkFault.NO_EDIT)


def _number(typed: str) -> str:
    """Return a bare number as text, empty if the text is not a number."""
    text = without_marks(typed) if len(typed) <= LONGEST_TEXT else ""
    return text if _REVISION.fullmatch(text) else ""


def read_link(typed: str, home: KnownWiki, family: Collection[KnownWiki] = ()) -> Link | LinkProblem:
    """Return the target of a link, or why it is not clear. A bare number is ambiguous."""
    if len(typed) > LONGEST_TEXT:
        return LinkProblem(LinkFault.NOT_A_LINK)
    if _number(typed):
        return LinkProblem(LinkFault.AMBIGUOUS)
    text = without_marks(typed)
    if not text or has_control_characters(text):
        return LinkProblem(LinkFault.NOT_A_LINK)
    wikis = {wiki.wiki_id: wiki for wiki in (*family, home)}
    titles = {found[1] for found in _WIKILINK.finditer(text)}
    addresses = {found[0].rstrip(".,;:!?”»…") for found in _URL.finditer(_WIKILINK.sub(" ", text))}
    if len(titles) + len(addresses) > 1:
        return LinkProblem(LinkFault.AMBIGUOUS)
    if titles:
        return _titled(titles.pop(), home, wikis, in_link=True)
    inside = unwrapped(text)
    if address_of(inside):
        return _addressed(inside, home, wikis)
    if addresses:
        address = addresses.pop()
        end = text.partition(address)[2]
        if end[:1] in ("]", ">", '"') or not any(letter.isalnum() for letter in end):
            return _addressed(address, home, wikis)
        # If blanks are not encoded, the words after an address may belong to it.
        return LinkProblem(LinkFault.AMBIGUOUS)
    return _titled(inside, home, wikis, in_link=False)


def _addressed(text: str, home: KnownWiki, wikis: Mapping[str, KnownWiki]) -> Link | LinkProblem:
    """Return the target of an address, without the full stop or bracket of the surrounding sentence."""
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]
    link = _at_address(text, home, wikis)
    stripped = text.rstrip(".…")
    # A user name may end with a full stop, and another user may have the same name without it.
    if stripped != text and not isinstance(link, User):
        return _at_address(stripped, home, wikis)
    return link


def _at_address(text: str, home: KnownWiki, wikis: Mapping[str, KnownWiki]) -> Link | LinkProblem:
    address = address_of(text)
    if not address:
        return LinkProblem(LinkFault.NOT_A_LINK)
    if address.host in _SHORTENERS:
        if not _SHORT_CODE.fullmatch(address.path):
            return LinkProblem(LinkFault.NOT_A_LINK)
        return ShortLink(f"https://{address.host}{address.path}")
    here = [wiki for wiki in wikis.values() if _host(wiki) == address.host] if address.host else [home]
    if not here:
        return LinkProblem(LinkFault.OTHER_WIKI, address.host)
    if _SHORT_PATH.fullmatch(address.path) and _domain(address.host) in _WIKIMEDIA_DOMAINS:
        return ShortLink(f"https://{address.host}{address.path}")
    links = [link for wiki in here if (link := _on_wiki(address, wiki, wikis))]
    if len(links) > 1:
        return LinkProblem(LinkFault.AMBIGUOUS)
    return links[0] if links else LinkProblem(LinkFault.OTHER_PAGE)


def _host(wiki: KnownWiki) -> str | None:
    return plain_host(urlsplit(wiki.base_url).netloc)


def _domain(host: str) -> str:
    return ".".join(host.split(".")[-2:])


def _on_wiki(address: Address, wiki: KnownWiki, wikis: Mapping[str, KnownWiki]) -> Link | LinkProblem | None:
    """Return the target of an address on a wiki, None if the path does not belong to the wiki."""
    base = urlsplit(wiki.base_url).path.rstrip("/")
    path, query = address.path, address.query
    route = path.removeprefix(base)
    if found := _EVENT_ROUTE.fullmatch(route):
        return EventNumber(wiki.wiki_id, int(found[1]))
    if found := _REVISION_ROUTE.fullmatch(route):
        return _difference(wiki, found[1], found[2]) if found[2] else Edit(wiki.wiki_id, int(found[1]))
    if path in ("", "/", base, f"{base}/", f"{base}/index.php", f"{base}/index.php/"):
        title = query.get("title", "")
    else:
        title = _path_title(path, base, wiki)
        if not title:
            return None
    prefix = tidy(title).partition(":")[0]
    if wiki.names.namespace(prefix) != Namespace.SPECIAL:
        if link := _of_query(query, wiki):
            return link
        if "curid" in query:
            # It overrides the title; only the wiki knows the page of this number.
            return LinkProblem(LinkFault.OTHER_PAGE)
    elif "/" not in title and (user := query.get("target")):
        title = f"{title}/{user}"
    return _titled(title, wiki, wikis, in_link=True) if title else LinkProblem(LinkFault.OTHER_PAGE)


def _path_title(path: str, base: str, wiki: KnownWiki) -> str:
    """Return the title in the path of an address, empty if there is none."""
    for place in (f"{base}/index.php/", "/w/index.php/", f"{base.rpartition('/')[0]}/wiki/", f"{base}/wiki/"):
        if path.startswith(place):
            return decoded(path[len(place) :])
    if found := _VARIANT.fullmatch(path):
        return decoded(found[1])
    title = decoded(path.removeprefix("/"))
    prefix, colon, _ = tidy(title).partition(":")
    return title if colon and wiki.names.namespace(prefix) else ""


def _of_query(query: Mapping[str, str], wiki: KnownWiki) -> Edit | LinkProblem | None:
    """Return the edit that the query of an address refers to, None if it refers to none."""
    new, old = query.get("diff"), query.get("oldid")
    if "undo" in query or "undoafter" in query:
        return LinkProblem(LinkFault.OTHER_PAGE)
    if new is None and old is None:
        return None
    if query.get("action", "view") not in ("view", "render", "") or "veaction" in query:
        return LinkProblem(LinkFault.OTHER_PAGE)
    if new is not None:
        return _difference(wiki, old or "", new)
    if query.get("direction") in ("next", "prev"):
        return LinkProblem(LinkFault.NEIGHBOURING_EDIT)
    return _edit(wiki, old or "")


def _difference(wiki: KnownWiki, old: str, new: str) -> Edit | LinkProblem:
    """Return the edit shown by a comparison, from the two keywords or numbers of its link.

    Of two numbers it is the later one: recent changes link to every edit together with its parent. The link
    does not contain whether there are more edits between them.
    """
    if new == "prev":
        return _edit(wiki, old)
    if new == "next":
        return LinkProblem(LinkFault.NEIGHBOURING_EDIT)
    if new in ("cur", "0", ""):
        return LinkProblem(LinkFault.SEVERAL_EDITS)
    if old in ("", "0", "prev"):
        return _edit(wiki, new)
    if not (_REVISION.fullmatch(old) and _REVISION.fullmatch(new)):
        return LinkProblem(LinkFault.OTHER_PAGE)
    if int(old) >= int(new):
        return LinkProblem(LinkFault.SEVERAL_EDITS)
    return Edit(wiki.wiki_id, int(new), int(old))


def _edit(wiki: KnownWiki, revision: str) -> Edit | LinkProblem:
    if not _REVISION.fullmatch(revision):
        return LinkProblem(LinkFault.OTHER_PAGE)
    return Edit(wiki.wiki_id, int(revision))


def _titled(
    title: str, wiki: KnownWiki, wikis: Mapping[str, KnownWiki], *, in_link: bool
) -> Link | LinkProblem:
    """Return the target of a title on a wiki. Outside of links, only a text with a namespace is a title."""
    page = tidy(decoded(title).partition("#")[0]).removeprefix(":").strip()
    prefix, colon, rest = (part.strip() for part in page.partition(":"))
    number = wiki.names.namespace(prefix) if colon else None
    if number is None and (there := _elsewhere(page, wiki)):
        host, title = there
        other = next((one for one in wikis.values() if _host(one) == host), None)
        if not other:
            return LinkProblem(LinkFault.OTHER_WIKI, host)
        if other is not wiki or wiki.names.namespace(title.partition(":")[0]) is not None:
            return _titled(title, other, wikis, in_link=True)
        # The wiki's own name as a prefix is the project namespace, as in “Meta:Title”.
        number = _PROJECT
    if number == Namespace.SPECIAL:
        return _special(rest, wiki, wikis)
    if number in (Namespace.USER, Namespace.USER_TALK):
        name = user_of_page(rest, wiki.names)
        return _user(name, wiki)
    if number == Namespace.MEDIA:
        return LinkProblem(LinkFault.OTHER_PAGE)
    if (number is None and not in_link) or not page or _BAD_IN_TITLE.search(page) or (number and not rest):
        return LinkProblem(LinkFault.NOT_A_LINK)
    return PageTitle(wiki.wiki_id, f"{prefix}:{rest}" if colon else page)


def _user(name: str | NameProblem, wiki: KnownWiki) -> User | LinkProblem:
    return User(wiki.wiki_id, name) if isinstance(name, str) else LinkProblem(LinkFault.OTHER_PAGE)


def _special(rest: str, wiki: KnownWiki, wikis: Mapping[str, KnownWiki]) -> Link | LinkProblem:
    """Return the target of a special page's address."""
    alias, _, argument = rest.partition("/")
    page, argument = wiki.names.special_page(alias), argument.strip().removesuffix("/")
    first, _, second = argument.partition("/")
    if page and _EVENT_PAGES.fullmatch(page) and _EVENT.fullmatch(argument):
        return EventNumber(wiki.wiki_id, int(argument))
    if page == "Diff":
        return _difference(wiki, first, second) if second else _edit(wiki, first)
    if page == "MobileDiff":
        old, dots, new = argument.partition("...")
        return _difference(wiki, old, new) if dots else _edit(wiki, argument)
    if page == "PermanentLink" or (page == "Redirect" and first == "revision"):
        return _edit(wiki, second if page == "Redirect" else argument)
    if page == "MyLanguage" and argument:
        return _titled(argument, wiki, wikis, in_link=True)
    if page in ABOUT_A_USER:
        return _user(checked_name(argument, wiki.names), wiki)
    return LinkProblem(LinkFault.OTHER_PAGE)


def _elsewhere(page: str, wiki: KnownWiki) -> tuple[str, str] | None:
    """Return the host and title to which interwiki prefixes lead from a Wikimedia wiki."""
    own = _host(wiki) or ""
    if _domain(own) not in _WIKIMEDIA_DOMAINS:
        return None
    # On wikis without a language, a language prefix leads to a Wikipedia.
    language, _, project = own.partition(".")
    if project not in _PROJECT_DOMAINS:
        language, project = "en", "wikipedia.org"
    host, title = "", page
    for prefix, rest in prefixes(page):
        key = folded(prefix)
        if key in tables.WIKI_PREFIXES:
            host = tables.WIKI_PREFIXES[key]
        elif key in tables.PROJECT_PREFIXES:
            project = tables.PROJECT_PREFIXES[key]
            host = f"{language}.{project}"
        elif is_language_code(key):
            host = f"{key}.{project}"
        else:
            break
        title = rest
    return (host, title) if host else None
