"""Texts about signing in, and about rights that a sign-in lacks."""

from urllib.parse import urlsplit

from app.domain.accounts.account import Account, SignInLack
from app.domain.wording.checking import sign_in_kind
from app.i18n import _


def sign_in_timeout() -> str:
    """Return the sentence for a sign-in whose browser did not respond in time."""
    return _("No answer came back from the browser. Nothing was changed; start the sign-in again when ready.")


def sign_in_cancelled() -> str:
    """Return the sentence for a sign-in that was cancelled."""
    return _("The sign-in was cancelled. Nothing was changed.")


def sign_in_state() -> str:
    """Return the sentence for an answer that belongs to another sign-in."""
    return _(
        "The browser's answer does not belong to this sign-in, so it was not used. Start the sign-in again."
    )


def sign_in_must_restart() -> str:
    """Return the sentence for a sign-in that the wiki has lost the state of."""
    return _("The wiki has lost the thread of this sign-in. Nothing was changed; begin again.")


def sign_in_elsewhere(wiki: str) -> str:
    """Return the sentence for a wiki that redirects a sign-in to another site."""
    return _(
        "{wiki} wants this sign-in to go on in a browser, which a session here cannot. Use OAuth instead."
    ).format(wiki=wiki)


def browser_done_title() -> str:
    """Return the heading in the browser after a sign-in."""
    return _("You are signed in")


def browser_done() -> str:
    """Return the text in the browser after a sign-in."""
    return _("Event Center has received the answer. You can close this page and go back to the program.")


def browser_refused_title() -> str:
    """Return the heading in the browser after a failed sign-in."""
    return _("The sign-in did not come about")


def port_taken(port: int) -> str:
    """Return the sentence for a port that another program uses."""
    return _(
        "Another program uses port {port}, where the browser would bring back the sign-in. Close it "
        "(perhaps a second Event Center), then try again."
    ).format(port=port)


def other_account(present: str, wiki: str) -> str:
    """Return the sentence for a second person on the same wiki."""
    return _(
        "This computer already holds the data of {present} on {wiki}. Sign out there first, which "
        "removes that data."
    ).format(present=present, wiki=wiki)


def one_sign_in_ended(account: Account) -> str:
    """Return the sentence for an account with one ended sign-in and another active one."""
    ended = account.ended_sign_ins[0]
    here = ended.address == account.wiki.base_url
    return _(
        "Your sign-in on {wiki} with {kind} has ended. What was fetched and what waits to be sent is still "
        "here; sign in again to go on organizing."
    ).format(
        wiki=account.wiki.site_name if here else urlsplit(ended.address).netloc, kind=sign_in_kind(ended.kind)
    )


def lack_grant(wiki: str) -> str:
    """Return the sentence for an organizer whose sign-in lacks the OAuth grant."""
    return _(
        "You are an organizer on {wiki}, but this sign-in does not carry the organizer rights: the wiki "
        "has no OAuth grant for them. You can see public participants and events; sign in with your password "
        "too, and you can organize from here."
    ).format(wiki=wiki)


def lack_right(wiki: str) -> str:
    """Return the sentence for a user none of whose groups may organize events."""
    return _(
        "Your account has no right to organize events on {wiki}. You can see public participants and events; "
        "the wiki’s administrators can give you the right."
    ).format(wiki=wiki)


def lack(account: Account) -> str | None:
    """Return what an account cannot do and what can be done about it, None if it lacks nothing."""
    if account.identity.blocked:
        return _(
            "Your account is blocked on {wiki}. You can sync and read; the wiki would refuse your changes."
        ).format(wiki=account.wiki.site_name)
    lacking = account.lack()
    if lacking is SignInLack.GRANT:
        return lack_grant(account.wiki.site_name)
    return lack_right(account.wiki.site_name) if lacking is SignInLack.RIGHT else None


def captcha_for_browsers(wiki: str) -> str:
    """Return the sentence for a captcha that only a browser can show."""
    return _(
        "{wiki} wants a captcha that only a browser can show. It asks for one after wrong passwords from the "
        "same address, which everybody at a venue shares. Nothing is lost: wait five minutes and try again, "
        "or sign in through the browser."
    ).format(wiki=wiki)


def no_account() -> str:
    """Return the sentence for data without any account."""
    return _("No wiki has been added yet. Sign in first.")
