"""Texts of a wiki check, and about what is known of a wiki."""

from collections.abc import Collection
from urllib.parse import urlsplit

from app.domain.accounts.account import Account, SignIn, SignInKind
from app.domain.accounts.traffic import RequestRate
from app.domain.accounts.wiki_check import Checked, Outcome
from app.i18n import N_, _, listed, ngettext

_CHECKED = {
    Checked.ADDRESS: N_("Address"),
    Checked.PROXY: N_("Proxy"),
    Checked.CERTIFICATES: N_("Certificates"),
    Checked.CONNECTION: N_("Connection"),
    Checked.EVENT_REGISTRATION: N_("Event Registration"),
    Checked.VERSION: N_("MediaWiki"),
    Checked.ROUTES: N_("Event data"),
    Checked.CLOCK: N_("Clock"),
    Checked.SIGN_IN: N_("Sign-in"),
    Checked.RIGHTS: N_("Rights"),
    Checked.EVENTS_LIST: N_("List of events"),
}
_OUTCOMES = {Outcome.GOOD: N_("good"), Outcome.NOTE: N_("note"), Outcome.BAD: N_("problem")}
_KINDS = {
    SignInKind.OAUTH2: N_("OAuth 2"),
    SignInKind.OAUTH1: N_("OAuth 1.0a"),
    SignInKind.OWNER_TOKEN: N_("owner-only token"),
    SignInKind.SESSION: N_("user name and password"),
}
_RIGHTS = {
    "enable-registration": N_("make events"),
    "organize-events": N_("edit events and manage participants"),
    "email-participants": N_("write to participants"),
    "generate-invitation-lists": N_("make invitation lists"),
    "view-private-participants": N_("see private participants of all events"),
    "delete-registration": N_("delete any registration"),
}

#: A difference of clocks is told in hours from here on.
_MOST_MINUTES = 120


def checked(what: Checked) -> str:
    """Return the label of an item of the check."""
    return _(_CHECKED[what])


def outcome(how: Outcome) -> str:
    """Return the label of a result."""
    return _(_OUTCOMES[how])


def sign_in_kind(kind: SignInKind) -> str:
    """Return the label of a kind of sign-in."""
    return _(_KINDS[kind])


def sign_in_named(sign_in: SignIn, account: Account) -> str:
    """Return the kind of a sign-in, with the wiki if it is another one of the family."""
    kind = _(_KINDS[sign_in.kind])
    if sign_in.address == account.wiki.base_url:
        return kind
    return _("{kind} on {wiki}").format(kind=kind, wiki=urlsplit(sign_in.address).netloc)


def sign_in_can(organizing: Collection[str]) -> str:
    """Return what a sign-in can do besides reading public data, by its rights without their prefix."""
    names = [_(words) for right, words in _RIGHTS.items() if right in organizing]
    return listed(names, apart=True) if names else _("read public events and people, register yourself")


def proxy(proxy: str | None) -> str:
    """Return the sentence for the proxy that requests go through."""
    return _("over {proxy}").format(proxy=proxy) if proxy else _("none")


def certificates(variable: str | None, path: str) -> str:
    """Return the sentence for which certificates are trusted."""
    if variable is None:
        return _("those that this computer trusts")
    return _("those in {path}, as the variable {variable} says").format(path=path, variable=variable)


def clock_differs(seconds: int) -> str:
    """Return the sentence for clocks that differ; the wiki's is `seconds` ahead."""
    minutes = round(abs(seconds) / 60)
    if minutes >= _MOST_MINUTES:
        hours = round(minutes / 60)
        behind, ahead = (
            ngettext(
                "this computer is {n} hour behind the wiki",
                "this computer is {n} hours behind the wiki",
                hours,
            ),
            ngettext(
                "this computer is {n} hour ahead of the wiki",
                "this computer is {n} hours ahead of the wiki",
                hours,
            ),
        )
        return (behind if seconds > 0 else ahead).format(n=hours)
    if seconds > 0:
        return ngettext(
            "this computer is {n} minute behind the wiki",
            "this computer is {n} minutes behind the wiki",
            minutes,
        ).format(n=minutes)
    return ngettext(
        "this computer is {n} minute ahead of the wiki",
        "this computer is {n} minutes ahead of the wiki",
        minutes,
    ).format(n=minutes)


def sign_in_rights(named: str, organizing: Collection[str]) -> str:
    """Return the sentence for the rights of a sign-in."""
    return _("{kind}: {rights}").format(kind=named, rights=sign_in_can(organizing))


def events_cut(count: int, *, session: bool) -> str:
    """Return the sentence for a list of events that the wiki limits."""
    if session:
        return _("the wiki lists {n} at most; the others are read from Special:MyEvents").format(n=count)
    return _(
        "the wiki lists the {n} oldest alone; sign in with user name and password to get the others, or add "
        "them by their links"
    ).format(n=count)


def check_report(program: str, rows: Collection[tuple[str, str, str]]) -> str:
    """Return a check as text for a bug report."""
    lines = [f"{how.upper()}  {what}: {sentence}" for how, what, sentence in rows]
    return "\n".join([program, *lines])


def request_rate(lately: RequestRate) -> str:
    """Return the current request rate of a family of wikis, and its limit."""
    if lately.most is None:
        return ngettext(
            "{n} request in the last minute; three at once at most",
            "{n} requests in the last minute; three at once at most",
            lately.requests,
        ).format(n=lately.requests)
    return _("{n} of {most} requests used in the last minute; three at once at most").format(
        n=lately.requests, most=lately.most
    )


def traffic(requests: int, received: int) -> str:
    """Return the traffic with a wiki since the program started; `received` in bytes."""
    size = f"{received / 1_000_000:.1f} MB" if received >= 1_000_000 else f"{received / 1000:.0f} kB"
    return ngettext("{n} request, {size} received", "{n} requests, {size} received", requests).format(
        n=requests, size=size
    )
