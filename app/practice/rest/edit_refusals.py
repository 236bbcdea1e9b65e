"""The errors of the REST routes for visitors who may not edit pages: blocked, or without the right."""

from app.practice.ground.timestamps import formatted_moment
from app.practice.ground.titles import PROJECT, namespace_name
from app.practice.http.rest_answers import RestError, refusal
from app.practice.identity.visitors import NOBODYS_ADDRESS, Account, Visitor
from app.practice.login.address_blocks import AddressBlock, block_automatically, block_of_address
from app.practice.login.blocks import BLOCK_REASON, BLOCKED_BY, block_details
from app.practice.wiki import PracticeWiki


def check_may_edit(wiki: PracticeWiki, visitor: Visitor) -> None:
    """Refuse a visitor who may not edit pages."""
    if visitor.account is not None and visitor.account.blocked:
        block_automatically(wiki, visitor.account, BLOCK_REASON)
        raise _blocked(wiki, visitor.account)
    if "edit" not in visitor.rights:
        project = namespace_name(PROJECT, wiki.site)
        message = (
            "The action you have requested is limited to users in one of the groups:"
            f" *, [[{project}:Users|Users]]."
        )
        raise refusal(403, "badaccess-groups", message)
    block = block_of_address(wiki, visitor)
    if block is not None:
        raise _address_blocked(wiki, block)
    if not wiki.rate_limits.may_edit(visitor, wiki.clock.seconds()):
        message = "You've exceeded your rate limit. Please wait some time and try again."
        raise refusal(403, "apierror-ratelimited", message)


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


def _address_blocked(wiki: PracticeWiki, block: AddressBlock) -> RestError:
    """Return the error for a blocked IP address, perhaps autoblocked because of another user (1107)."""
    blocker, _ = BLOCKED_BY
    begin = (
        "Your IP address has been automatically blocked because it was used by another user, who was blocked"
        if block.automatic
        else "Your username or IP address has been blocked. The block was made"
    )
    message = (
        f"{begin} by [[User:{blocker}|\u202a{blocker}\u202c]].\nThe reason given is:\n\n"
        f":<em>{block.reason}</em>\n\n*Start of block: {formatted_moment(block.made_at, 'en')}\n"
        f"*Expiration of block: {formatted_moment(block.expires, 'en')}\n"
        f"*Intended blockee: {NOBODYS_ADDRESS}\n\n{_whom_to_ask(wiki, blocker)}\n\n"
        'You can use the "Email this user" feature if a valid email address is specified in your'
        " [[Special:Preferences|preferences]] and you have not been blocked from using it.\n\n"
        f"Your current IP address is {NOBODYS_ADDRESS}. Block ID #{block.block_id}.\n"
        "Please include all above details in any queries you make."
    )
    return refusal(403, "autoblockedtext" if block.automatic else "blockedtext", message)


def _whom_to_ask(wiki: PracticeWiki, blocker: str) -> str:
    project = namespace_name(PROJECT, wiki.site)
    return (
        f"You can contact [[User:{blocker}|\u202a{blocker}\u202c]] or another"
        f" [[{project}:Administrators|administrator]] to discuss the block."
    )
