"""User names as MediaWiki accepts and writes them (CONTRACT §6, §7).

Observed in recordings 172, 672, 679, 918, 1207 and 1291; the rest follows MediaWiki's `UserNameUtils`. Names
are normalized (NFC) first: see `normalized`.
"""

import ipaddress
import re
import unicodedata

from app.practice.ground.sites import Site
from app.practice.ground.titles import LONGEST, MAIN, USER, parse_title

# Leaves room for the titles of the user's own scripts and styles.
_LONGEST_NEW = 235
_LIKE_IPV4 = re.compile(r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.(?:xxx|[0-9]{1,3})")
# Control characters, spaces, joiners, breaks, surrogates, private use: legal in titles, not in user names.
_TROUBLESOME = re.compile("[\u0080-\u009f\u00a0\u2000-\u200f\u2028-\u202f\u3000\ud800-\udfff\ue000-\uf8ff]")
# `invalidusernamechars` of `siprop=general`. Older accounts may have them (918: "=2+3", "@handle").
_NOT_IN_NEW = re.compile(r"[@:>=]")
_RESERVED = frozenset(
    (
        "MediaWiki default",
        "Conversion script",
        "Maintenance script",
        "Template namespace initialisation script",
        "ScriptImporter",
        "Delete page script",
        "Move page script",
        "Command line script",
        "Unknown user",
    )
)


def normalized(text: str) -> str:
    """Return text in Unicode normalization form C, as MediaWiki reads every parameter."""
    return unicodedata.normalize("NFC", text)


def canonical_user_name(text: str, site: Site) -> str | None:
    """Return the canonical form of a user name, None for an invalid one.

    The prefix of the user namespace is accepted, in English or in the language of the wiki.
    """
    if "#" in text:
        return None
    title = parse_title(text, site, USER)
    if title is None or title.namespace != USER or not _is_valid(title.text, site):
        return None
    return title.text


def _is_valid(name: str, site: Site) -> bool:
    if "/" in name or _TROUBLESOME.search(name) or is_address(name) or len(name.encode()) > LONGEST:
        return False
    # A name must not look like a page of another namespace: "User:Talk:Somebody".
    title = parse_title(name, site)
    return title is not None and title.namespace == MAIN and title.text == name


def is_address(name: str) -> bool:
    """Return whether a name looks like an IP address, including masked ones such as "300.1.2.xxx"."""
    if _LIKE_IPV4.fullmatch(name):
        return True
    try:
        return "%" not in name and bool(ipaddress.IPv6Address(name))
    except ValueError:
        return False


def is_temporary(name: str) -> bool:
    """Return whether a name has the form of a temporary account (`~2$1`, as on Wikimedia's wikis)."""
    return name.startswith("~2")


def may_sign_in(name: str) -> bool:
    """Return whether an account with a canonical name may sign in: some names are reserved for MediaWiki."""
    return name not in _RESERVED


def may_be_created(name: str) -> bool:
    """Return whether a canonical name is allowed for a new account, if it is free."""
    too_long = len(name.encode()) > _LONGEST_NEW
    return may_sign_in(name) and not (too_long or _NOT_IN_NEW.search(name) or is_temporary(name))
