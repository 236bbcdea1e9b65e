"""In what the versions of MediaWiki and its extensions differ (docs/versions.md)."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Version:
    """A version, by what a client meets there; the defaults are those of 1.43."""

    number: str
    #: Events are about wikis and topics; they may be tests, and their moments may be asked for in words.
    has_wikis: bool = False
    #: Events have types, and their pages may be in the wiki's own namespace too.
    has_types: bool = False
    #: A country is one of a list of codes; before, it was any text. 1.45 gives its name too.
    has_country_codes: bool = False
    names_countries: bool = True
    #: How many bytes the name of a country may have; 1.43 had no limit.
    country_bytes: int | None = None
    #: An organizer may have a copy of the e-mail.
    copies_mails: bool = False
    #: Somebody who does not organize an event may hold the right to see who registered privately, and the
    #: rights of organizers are a group's own.
    has_organizer_group: bool = False
    makes_invitation_lists: bool = False
    counts_contributions: bool = False
    #: Whether contributions are counted has to be said, goals may be set for them, organizers count edits of
    #: participants, and edits count only while the event goes on.
    has_goals: bool = False
    #: A refused edit is remembered for a moment, and its next tries are answered wrongly.
    locks_edits: bool = False
    #: The addresses of meeting and chat are for those who take part or organize.
    hides_links: bool = False
    #: Whoever registers says whether the wiki may ask to which event an edit belongs.
    asks_about_edits: bool = False
    has_article_lists: bool = False
    #: OAuth: any port of 127.0.0.1, no secret of a public client, and the errors of the later library.
    ignores_loopback_ports: bool = False
    refreshes_without_secret: bool = False
    reports_invalid_grant: bool = False
    #: For how many seconds after its use a refresh token works again.
    refresh_grace: int = 0
    #: Where a family shares accounts, `list=globalusers` tells of many at once.
    lists_global_users: bool = False
    #: Where the wiki has it on, owner-only tokens get a cookie which is a token by itself.
    has_oauth_jwt: bool = False
    #: A session has a cookie more, which is a token by itself.
    has_session_jwt: bool = False

    @property
    def generator(self) -> str:
        """Return how the wiki calls its software."""
        return f"MediaWiki {self.number}.0"


_1_43 = Version("1.43")
_1_44 = replace(
    _1_43,
    number="1.44",
    has_wikis=True,
    country_bytes=255,
    copies_mails=True,
    has_organizer_group=True,
)
_1_45 = replace(
    _1_44,
    number="1.45",
    has_types=True,
    has_country_codes=True,
    makes_invitation_lists=True,
    counts_contributions=True,
)
_1_46 = replace(
    _1_45,
    number="1.46",
    names_countries=False,
    has_goals=True,
    hides_links=True,
    asks_about_edits=True,
    ignores_loopback_ports=True,
    refreshes_without_secret=True,
    reports_invalid_grant=True,
    has_oauth_jwt=True,
)
_1_47 = replace(
    _1_46,
    number="1.47",
    locks_edits=True,
    has_article_lists=True,
    refresh_grace=600,
    lists_global_users=True,
    has_session_jwt=True,
)
VERSIONS: dict[str, Version] = {one.number: one for one in (_1_43, _1_44, _1_45, _1_46, _1_47)}
DEFAULT_VERSION = "1.45"
