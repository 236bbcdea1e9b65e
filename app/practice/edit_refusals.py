"""Why somebody may not edit pages, as the REST routes say it: blocked, or without the right."""

from app.practice.blocks import BLOCKED_BY, block_details
from app.practice.rest_answers import RestError, refusal
from app.practice.titles import PROJECT, namespace_name
from app.practice.visitors import Account, Visitor
from app.practice.wiki import PracticeWiki


def check_may_edit(wiki: PracticeWiki, visitor: Visitor) -> None:
    """Refuse a visitor who may not edit pages."""
    if visitor.account is not None and visitor.account.blocked:
        raise _blocked(wiki, visitor.account)
    if "edit" not in visitor.rights:
        project = namespace_name(PROJECT, wiki.site)
        message = (
            "The action you have requested is limited to users in one of the groups:"
            f" *, [[{project}:Users|Users]]."
        )
        raise refusal(403, "badaccess-groups", message)


def _blocked(wiki: PracticeWiki, account: Account) -> RestError:
    block, (blocker, _) = block_details(account), BLOCKED_BY
    message = (
        "<strong>Your username or IP address has been blocked.</strong>\n\n"
        f"The block was made by [[User:{blocker}|\u202a{blocker}\u202c]].\n"
        f"The reason given is: <em>{block['blockreason']}</em>\n\n"
        f"*Start of block: {block['blockedtimestampformatted']}\n"
        f"*Expiration of block: {block['blockexpiry']}\n"
        f"*Intended blockee: \u202a{account.name}\u202c\n\n{_whom_to_ask(wiki, blocker)}\n"
        'You can use the "Email this user" feature if a valid email address is specified in your'
        " [[Special:Preferences|preferences]] and you have not been blocked from using it.\n"
        f"Your current IP address is 127.0.0.1. Block ID #{block['blockid']}.\n"
        "Please include all above details in any queries you make."
    )
    return refusal(403, "blockedtext", message)


def _whom_to_ask(wiki: PracticeWiki, blocker: str) -> str:
    project = namespace_name(PROJECT, wiki.site)
    return (
        f"You can contact [[User:{blocker}|\u202a{blocker}\u202c]] or another"
        f" [[{project}:Administrators|administrator]] to discuss the block."
    )
