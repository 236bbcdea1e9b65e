"""The differences between versions of MediaWiki and its extensions (docs/versions.md)."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Version:
    """The features of a version that a client can observe; the defaults are those of 1.43."""

    number: str
    #: Events have wikis and topics, may be test events, and there is a route for formatted times.
    has_wikis: bool = False
    #: Events have types, and their pages may be in the project namespace too.
    has_types: bool = False
    #: A country is one of a list of codes; before, it was free text. 1.45 also returns its name.
    has_country_codes: bool = False
    names_countries: bool = True
    #: The maximum length of a country's name in bytes; 1.43 had no limit.
    country_bytes: int | None = None
    #: An organizer may request a copy of the e-mail.
    copies_mails: bool = False
    #: The rights of organizers belong to a group, and users who do not organize an event may have the right
    #: to see private participants.
    has_organizer_group: bool = False
    makes_invitation_lists: bool = False
    counts_contributions: bool = False
    #: `tracks_contributions` is required, goals may be set, organizers may associate edits of participants,
    #: and edits count only during the event.
    has_goals: bool = False
    #: A refused edit stays locked for a moment, and further requests for it get wrong answers.
    locks_edits: bool = False
    #: The URLs of meeting and chat are returned to participants and organizers only.
    hides_links: bool = False
    #: Participants choose whether the wiki may ask to which event an edit belongs.
    asks_about_edits: bool = False
    has_article_lists: bool = False
    #: OAuth: any port of 127.0.0.1 is accepted, public clients need no secret to refresh, and errors are
    #: those of the later library.
    ignores_loopback_ports: bool = False
    refreshes_without_secret: bool = False
    reports_invalid_grant: bool = False
    #: For how many seconds after its use a refresh token keeps working.
    refresh_grace: int = 0
    #: In a wiki family, `list=globalusers` returns many global accounts at once.
    lists_global_users: bool = False
    #: Owner-only tokens get a JWT cookie, where the wiki has it enabled.
    has_oauth_jwt: bool = False
    #: Cookie sessions get a JWT cookie.
    has_session_jwt: bool = False

    @property
    def generator(self) -> str:
        """Return the `generator` of `meta=siteinfo`."""
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
