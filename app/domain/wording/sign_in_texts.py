"""Texts about signing in, and about rights that a sign-in lacks."""

from urllib.parse import urlsplit

from app.domain.accounts.account import Account, SignInLack
from app.domain.wording.check_texts import sign_in_kind
from app.i18n import _


def sign_in_cancelled() -> str:
    """Return the sentence for a sign-in that was cancelled."""
    return _("The sign-in was cancelled. Nothing was changed.")


def details_refused(*, had_task: bool) -> str:
    """Return the sentence for a name, password or code that the wiki did not accept.

    `had_task`: there was a captcha too; a wrong answer to it is refused alike (CONTRACT §5).
    """
    if had_task:
        return _(
            "The wiki did not accept this. Check what you typed, the answer to the task too, and try again."
        )
    return _("The wiki did not accept this. Check what you typed and try again.")


def browser_refused_title() -> str:
    """Return the heading in the browser after a failed sign-in."""
    return _("The sign-in did not come about")


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


def no_account() -> str:
    """Return the sentence for data without any account."""
    return _("No wiki has been added yet. Sign in first.")
