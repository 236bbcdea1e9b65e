"""The predefined wikis, their OAuth clients and rate limits (app/resources/wikis.toml)."""

import tomllib
from dataclasses import dataclass
from typing import Any

from app.domain.accounts.account import OAuthClient
from app.domain.places import RESOURCES
from app.i18n import N_

#: The default redirect URI of OAuth clients.
DEFAULT_REDIRECT = "http://127.0.0.1:8127/callback"
#: The only name in the file that is translated.
_TRANSLATED = N_("Practice wiki")


@dataclass(frozen=True)
class WikiProfile:
    """A wiki to choose from. `client` is None if users must register their own (guide: oauth-client.md)."""

    name: str
    address: str
    client: OAuthClient | None


@dataclass(frozen=True)
class WikiFamily:
    """Wikis with a common rate limit, recognized by the suffixes of their hosts."""

    name: str
    suffixes: tuple[str, ...]
    requests_a_minute: int

    def has(self, host: str) -> bool:
        """Return whether a host is one of the family's."""
        return any(host == suffix or host.endswith("." + suffix) for suffix in self.suffixes)


def known_families() -> list[WikiFamily]:
    """Return the families with a known rate limit."""
    entries = _read()["family"]
    return [WikiFamily(one["name"], tuple(one["suffixes"]), one["requests_a_minute"]) for one in entries]


def _read() -> dict[str, Any]:
    return tomllib.loads((RESOURCES / "wikis.toml").read_text("utf-8"))


def known_wikis() -> list[WikiProfile]:
    """Return the wikis to choose from, in order."""
    entries = _read()["wiki"]
    profiles = []
    for entry in entries:
        client_id = entry.get("client_id", "")
        redirect = entry.get("redirect_uri", DEFAULT_REDIRECT)
        client = OAuthClient(client_id, None, redirect) if client_id else None
        profiles.append(WikiProfile(entry["name"], entry["address"], client))
    return profiles
