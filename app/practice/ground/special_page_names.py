"""The names of the special pages: English ones, known to every wiki, and those in a wiki's language."""

from collections.abc import Mapping
from urllib.parse import quote

from app.practice.ground.sites import Site
from app.practice.ground.titles import SPECIAL, Title

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "Userlogin": ("UserLogin", "Login"),
    "Contributions": ("Contributions", "Contribs"),
    "Diff": ("Diff",),
    "PermanentLink": ("PermanentLink", "PermaLink"),
    "EnableEventRegistration": ("EnableEventRegistration",),
    "EditEventRegistration": ("EditEventRegistration",),
    "DeleteEventRegistration": ("DeleteEventRegistration",),
    "RegisterForEvent": ("RegisterForEvent",),
    "CancelEventRegistration": ("CancelEventRegistration",),
    "MyEvents": ("MyEvents",),
    "AllEvents": ("AllEvents",),
    "EventDetails": ("EventDetails",),
    "OAuth": ("OAuth", "MWOAuth"),
    "OAuthManageMyGrants": ("OAuthManageMyGrants", "OAuthGrants"),
    # From ConfirmEdit and MobileFrontend, which the recorded wiki does not have.
    "Captcha": ("Captcha",),
    "MobileDiff": ("MobileDiff",),
}
#: In 1.43 they exist only where a setting enables them.
INVITATION_PAGES = ("GenerateInvitationList", "MyInvitationLists", "InvitationList")
# CampaignEvents has no French names for its pages; the names below are all that MediaWiki has.
_LOCAL: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "fr": {
        "Userlogin": ("Connexion", "Identification"),
        "PermanentLink": ("Lien_permanent", "LienPermanent"),
    }
}


def special_page_aliases(site: Site) -> dict[str, tuple[str, ...]]:
    """Return all names of each special page: first the one that the wiki writes, last the English ones."""
    local = _LOCAL.get(site.language, {})
    return {page: (*local.get(page, ()), *names) for page, names in _ENGLISH.items()}


def special_page_of(title: Title, site: Site) -> tuple[str | None, str]:
    """Return the special page that a title names (or None) and the subpage text; case does not matter."""
    name, _, rest = title.text.partition("/")
    wanted = _folded(name)
    for page, names in special_page_aliases(site).items():
        if wanted in map(_folded, (page, *names)):
            return page, rest
    return None, rest


def special_title(page: str, rest: str | int, site: Site) -> str:
    """Return the title of a special page as the wiki writes it."""
    name = special_page_aliases(site)[page][0].replace("_", " ")
    return Title(SPECIAL, f"{name}/{rest}" if rest != "" else name).prefixed(site)


def in_address(title: str) -> str:
    """Return a title as it is written in a URL."""
    return quote(title.replace(" ", "_"), safe=":/")


def _folded(name: str) -> str:
    return name.replace("_", " ").upper()
