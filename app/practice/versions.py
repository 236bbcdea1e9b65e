"""In what the versions of MediaWiki and its extensions differ (docs/versions.md)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Version:
    """A version, by what a client meets there; the defaults are those of 1.45."""

    number: str
    #: Events have types, and wikis and topics where the wiki lets them.
    sorts_events: bool = True
    #: Event pages may be in the wiki's own namespace too.
    lets_project_pages: bool = True
    #: A country is one of a list of codes; before, it was any text.
    has_country_codes: bool = True
    names_countries: bool = True
    counts_contributions: bool = True
    #: Whether contributions are counted has to be said, and goals may be set for them.
    has_goals: bool = False
    #: The addresses of meeting and chat are for those who take part or organize.
    hides_links: bool = False
    #: Whoever registers says whether the wiki may ask to which event an edit belongs.
    asks_about_edits: bool = False
    ignores_loopback_ports: bool = False
    refreshes_without_secret: bool = False

    @property
    def generator(self) -> str:
        """Return how the wiki calls its software."""
        return f"MediaWiki {self.number}.0"


VERSIONS: dict[str, Version] = {
    "1.43": Version(
        "1.43",
        sorts_events=False,
        lets_project_pages=False,
        has_country_codes=False,
        counts_contributions=False,
    ),
    "1.45": Version("1.45"),
    "1.46": Version(
        "1.46",
        names_countries=False,
        has_goals=True,
        hides_links=True,
        asks_about_edits=True,
        ignores_loopback_ports=True,
        refreshes_without_secret=True,
    ),
}
DEFAULT_VERSION = "1.45"
