"""User names: the canonical form of MediaWiki, and reading a name from pasted text."""

import re
from enum import Enum, auto
from ipaddress import ip_address, ip_network

from app.domain.names import search_terms
from app.domain.wikis.wiki_names import (
    Namespace,
    WikiNames,
    leads_elsewhere,
    translated_namespace,
    translated_special_page,
)
from app.domain.wikis.wiki_titles import (
    LONGEST_TEXT,
    Address,
    address_of,
    capitalized,
    decoded,
    has_control_characters,
    prefixes,
    tidy,
    unwrapped,
    without_marks,
)

#: MediaWiki's limit ($wgMaxNameChars). Wikimedia's lower one applies to new accounts only; the wiki still
#: looks up a name of 240 bytes (recording 1207).
LONGEST_NAME = 255
#: The characters that no user name can hold.
FORBIDDEN = "# < > [ ] | { } /"

#: Without a wiki's own names, MediaWiki's translations are used.
TRANSLATED_NAMES = WikiNames()

_USER_PAGES = (Namespace.USER, Namespace.USER_TALK)
#: The special pages about one person.
ABOUT_A_USER = ("Contributions", "GlobalContributions", "CentralAuth", "Emailuser", "Userrights")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}|&[A-Za-z0-9\u0080-\uffff]+;|&#[0-9]+;|&#x[0-9A-Fa-f]+;")
_UNREADABLE = re.compile("[\ue000-\uf8ff\ufffd-\uffff]")
# MediaWiki also forbids names that merely look like an IP address.
_LIKE_IPV4 = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.(?:xxx|[0-9]{1,3})")
_TEMPORARY = re.compile(r"~[12][0-9]{3}-\S+")
_EMAIL = re.compile(r"(?:[^<>@]*<)?(?:mailto:)?[^\s<>@/]+@[^\s<>@/]+\.[^\s<>@./]{2,}>?", re.IGNORECASE)

# Bullets and numbers of lists are separated from the name by a blank. In wikitext they need no blank, but
# then a link must follow.
_BULLET = re.compile(r"(?:[*#:;•‣◦▪▫●○·–—-]{1,9}|\(?[0-9]{1,4}[.)])\s+")
_CLOSE_BULLET = re.compile(r"(?:[*#:;]{1,9}|[0-9]{1,4}[.)])(?=\[|\{\{|<|https?://|@\[)", re.IGNORECASE)
_WIKILINK = re.compile(r"\[\[([^\[\]{}<>]*)\]\]|\[\[([^\[\]|]*)\|[^\[\]]*\]\]")
_TEMPLATE = re.compile(r"\{\{([^{}|]+)\|([^{}]*)\}\}")
#: Templates whose only argument is a user name.
_USER_TEMPLATES = frozenset(
    {"@", "mention", "no ping", "noping", "ping", "re", "reply to", "replyto", "u", "ul", "user"}
    | {"user link", "user-link", "user0", "user1", "userlink", "userlinks"}
)
# A signature ends with the time, the date in any language, and the time zone in brackets.
_TIME = re.compile(r"\b[0-9]{1,2}[:.][0-9]{2}\b")
_YEAR = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_TIME_ZONE = re.compile(r"\([A-Z0-9+:-]{2,8}\)\W*$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_MOST_DATE_WORDS = 3
_TAG = re.compile(r"<[^<>]*>")
_URL_START = re.compile(r"(?:^|\s)<?https?://", re.IGNORECASE)


class NameProblem(Enum):
    """Why a text is not the name of an account."""

    EMPTY = auto()
    ADDRESS = auto()
    TEMPORARY = auto()
    EMAIL = auto()
    FORBIDDEN = auto()
    UNREADABLE = auto()
    TOO_LONG = auto()
    OTHER_PAGE = auto()
    SEVERAL = auto()


def canonical(name: str, language: str = "") -> str:
    """Return MediaWiki's form of a name: no marks, single blanks, the first letter in upper case.

    `language` is that of the wiki: in Turkish, i becomes İ. Two texts name the same account if their
    canonical forms are equal.
    """
    if len(name) > LONGEST_TEXT:
        # Not a name, and normalizing a long text can take very long.
        return name
    return capitalized(tidy(name), language)


def checked_name(name: str, names: WikiNames = TRANSLATED_NAMES) -> str | NameProblem:
    """Return the canonical form of a bare name, or why MediaWiki does not allow it."""
    if len(name) > LONGEST_TEXT:
        return NameProblem.TOO_LONG
    plain = without_marks(name)
    bare = canonical(plain, names.language)
    if not bare:
        return NameProblem.EMPTY
    if has_control_characters(plain) or _UNREADABLE.search(bare):
        return NameProblem.UNREADABLE
    if is_ip_address(bare):
        return NameProblem.ADDRESS
    if _TEMPORARY.fullmatch(bare):
        return NameProblem.TEMPORARY
    if _EMAIL.fullmatch(bare):
        return NameProblem.EMAIL
    if set(FORBIDDEN.replace(" ", "")) & set(bare) or _ENCODED.search(bare) or "~~~" in bare:
        return NameProblem.FORBIDDEN
    if bare in (".", "..") or bare.startswith(":"):
        return NameProblem.FORBIDDEN
    prefix = next(prefixes(bare), ("", ""))[0]
    if leads_elsewhere(prefix) or names.namespace(prefix) or translated_namespace(prefix):
        # As a title, it would lead to another page.
        return NameProblem.OTHER_PAGE
    return bare if len(bare.encode()) <= LONGEST_NAME else NameProblem.TOO_LONG


def is_ip_address(text: str) -> bool:
    """Return whether a text is an IP address, a range of them, or looks like an address to MediaWiki."""
    if _LIKE_IPV4.fullmatch(text):
        return True
    try:
        if "/" in text:
            ip_network(text, strict=False)
        else:
            ip_address(text)
    except ValueError:
        return False
    return True


def read_user_name(typed: str, names: WikiNames = TRANSLATED_NAMES) -> str | NameProblem:
    """Return the canonical user name from a pasted text, or why there is none.

    Accepts names, mentions, list items, links, addresses and titles of user pages, their talk pages and of
    contributions, in any language. `names` are those of the user's wiki. Do not use it for names that come
    from the wiki: an account may be called “@handle” or “* Star”.
    """
    if len(typed) > LONGEST_TEXT:
        return NameProblem.TOO_LONG
    text = without_marks(typed)
    if has_control_characters(text):
        return NameProblem.UNREADABLE
    if is_ip_address(text):
        return NameProblem.ADDRESS
    text = _without_bullet(text, names)
    if text.startswith("@"):
        text = text[1:].strip()
        if text.startswith("@"):
            return checked_name(text, names)
    if "[[" in text or "{{" in text:
        return _linked(text, names)
    if len(_URL_START.findall(text)) > 1:
        return NameProblem.SEVERAL
    if address := address_of(unwrapped(text)):
        return _at_address(address, names)
    return _of_title(decoded(text), names)


def searched(typed: str, names: WikiNames = TRANSLATED_NAMES) -> str:
    """Return what to search for among people's names: the name in a pasted text, else the text itself.

    A name without any search term would find everybody.
    """
    name = read_user_name(typed, names)
    return name if isinstance(name, str) and search_terms(name) else typed


def _without_bullet(text: str, names: WikiNames) -> str:
    found = _BULLET.match(text) or _CLOSE_BULLET.match(text)
    if found:
        return text[found.end() :]
    bare = text.lstrip("*#:;")
    page = next(prefixes(bare), None)
    return bare if page and _user_namespace(page[0], names) else text


def _linked(text: str, names: WikiNames) -> str | NameProblem:
    """Return the user of all links in a text, if it contains nothing else but a signature's time."""
    if found := _TEMPLATE.fullmatch(text):
        return _of_template(found[1], found[2], names)
    targets = [(link[1] or link[2] or "").partition("|")[0] for link in _WIKILINK.finditer(text)]
    beside = _TAG.sub("", _WIKILINK.sub(" ", text))
    if not targets or set("[]{}|") & set(beside) or not (_says_nothing(beside) or _is_time(beside)):
        return NameProblem.FORBIDDEN
    users = {_of_title(decoded(target), names, in_link=True) for target in targets}
    return users.pop() if len(users) == 1 else NameProblem.SEVERAL


def _says_nothing(text: str) -> bool:
    return not any(letter.isalnum() for letter in text)


def _is_time(text: str) -> bool:
    """Return whether a text is the end of a signature, such as “15:04, 3 May 2026 (UTC)”."""
    parts = (_TIME.search(text), _YEAR.search(text), _TIME_ZONE.search(text))
    return all(parts) and len(_WORD.findall(text)) <= _MOST_DATE_WORDS


def _of_template(template: str, arguments: str, names: WikiNames) -> str | NameProblem:
    if tidy(template).casefold() not in _USER_TEMPLATES:
        return NameProblem.FORBIDDEN
    parts = arguments.split("|")
    users = [part.removeprefix("1=") for part in parts if "=" not in part or part.startswith("1=")]
    if len(users) != 1:
        return NameProblem.SEVERAL if users else NameProblem.EMPTY
    return _of_title(decoded(users[0]), names)


def _at_address(address: Address, names: WikiNames) -> str | NameProblem:
    """Return the user of a web address: a user page, talk page or contributions on any wiki."""
    title = address.query.get("title")
    path = address.path.lstrip("/")
    places = [path.partition(place)[2] for place in ("wiki/", "index.php/", "/")]
    for place in [title] if title else [*places, path]:
        page = tidy(decoded(place))
        found = (_user_namespace(prefix, names) for prefix, _ in prefixes(page))
        namespace = next(filter(None, found), None)
        if namespace == Namespace.SPECIAL and "/" not in page:
            target = address.query.get("target") or address.query.get("user") or ""
            page = f"{page}/{target}"
        if namespace:
            return _of_title(page, names, in_link=True)
    return NameProblem.OTHER_PAGE


def _user_namespace(prefix: str, names: WikiNames) -> int | None:
    """Return the namespace of user pages, user talk or special pages by its name in any language."""
    for number in (names.namespace(prefix), translated_namespace(prefix)):
        if number in (*_USER_PAGES, Namespace.SPECIAL):
            return number
    return None


def _of_title(title: str, names: WikiNames, *, in_link: bool = False) -> str | NameProblem:
    """Return the user of a page's title. Outside of links, a title without namespace is a user name."""
    for prefix, rest in prefixes(title):
        namespace = _user_namespace(prefix, names)
        if namespace == Namespace.SPECIAL:
            return _of_special_page(rest.partition("#")[0], names)
        if namespace:
            return user_of_page(rest, names)
        if not leads_elsewhere(prefix):
            break
    # checked_name refuses names with a prefix that leads to another wiki or namespace.
    return NameProblem.OTHER_PAGE if in_link else checked_name(title, names)


def user_of_page(rest: str, names: WikiNames) -> str | NameProblem:
    """Return the user of a user page by its title without namespace; ignore subpage and section."""
    page = rest.partition("#")[0].strip()
    if is_ip_address(page):
        return NameProblem.ADDRESS
    return checked_name(page.partition("/")[0], names)


def _of_special_page(rest: str, names: WikiNames) -> str | NameProblem:
    page, _, user = rest.partition("/")
    if not {names.special_page(page), translated_special_page(page)} & set(ABOUT_A_USER):
        return NameProblem.OTHER_PAGE
    return _of_title(user.rstrip("/"), names)
