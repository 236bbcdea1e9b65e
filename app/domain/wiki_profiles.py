"""The wikis that the program knows by name, and their OAuth clients (resources/wikis.toml)."""

import tomllib
from dataclasses import dataclass

from app.domain.account import OAuthClient
from app.domain.places import RESOURCES

#: Where the browser brings a sign-in back, unless the client was registered otherwise.
DEFAULT_REDIRECT = "http://127.0.0.1:8127/callback"


@dataclass(frozen=True, slots=True)
class WikiProfile:
    """A wiki to choose from. `client` is None where its users must register one (docs/oauth-client.md)."""

    name: str
    address: str
    client: OAuthClient | None


def known_wikis() -> list[WikiProfile]:
    """Return the wikis to choose from, in their order."""
    entries = tomllib.loads((RESOURCES / "wikis.toml").read_text("utf-8"))["wiki"]
    profiles = []
    for entry in entries:
        client_id = entry.get("client_id", "")
        redirect = entry.get("redirect_uri", DEFAULT_REDIRECT)
        client = OAuthClient(client_id, None, redirect) if client_id else None
        profiles.append(WikiProfile(entry["name"], entry["address"], client))
    return profiles
