"""Texts of a venue check, and the text that asks Wikimedia for an exception from its limits."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from app.domain import names
from app.domain.accounts.wiki_check import Outcome
from app.domain.desk.venue import (
    WIKIMEDIA_LIMITS,
    AddressBlock,
    EditLimit,
    VenueCheck,
    VenueFinding,
    VisitedWiki,
)
from app.domain.events.event import Event
from app.i18n import _, listed, ngettext

#: Where Wikimedia tells how to ask for an exception.
HOW_TO_ASK = "https://meta.wikimedia.org/wiki/Mass_account_creation"


def findings(check: VenueCheck, moment: Callable[[int], str]) -> list[VenueFinding]:
    """Return the lines of a venue check. `moment` formats seconds since 1970."""
    found = [finding for wiki in check.wikis for finding in _of_wiki(wiki, check.expected, moment)]
    found += [VenueFinding(one.wiki, Outcome.NOTE, one.sentence) for one in check.unanswered]
    return [*found, *_of_all(check)]


def exemption_request(
    event: Event, page: str, wikis: Sequence[str], addresses: Sequence[str], people: int
) -> str:
    """Return the text that asks for an exception. `page`: the address of the event's page.

    In English whatever the user's language is, because it is pasted into a public task that system
    administrators read.
    """
    registration = event.registration
    return "\n".join(
        (
            "Please raise the limits on new accounts and temporary accounts for an event:",
            "",
            f"* Event: {names.safe(registration.name)}",
            f"* Page: {page}",
            f"* Wikis: {', '.join(names.safe(wiki) for wiki in wikis)}",
            f"* From: {_in_utc(registration.starts_at())}",
            f"* Until: {_in_utc(registration.ends_at())}",
            f"* IP address: {', '.join(addresses)}",
            f"* Expected number of people: {people}",
            "",
            "All of them use this address, and many will create an account there or edit with a temporary "
            "account.",
        )
    )


def _in_utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _of_wiki(wiki: VisitedWiki, expected: int, moment: Callable[[int], str]) -> Iterator[VenueFinding]:
    seen = _("The wiki sees your address as {address}.").format(address=wiki.address)
    yield VenueFinding(wiki.wiki, Outcome.GOOD, seen)
    for block in wiki.blocks:
        sentence = _block(block, moment, exempt=wiki.exempts_from(block))
        outcome = Outcome.NOTE if wiki.exempts_from(block) else _outcome(block)
        yield VenueFinding(wiki.wiki, outcome, sentence, block.wiki_said)
    if not wiki.blocks:
        yield VenueFinding(wiki.wiki, Outcome.GOOD, _("No block applies to this address."))
    if not wiki.can_create_accounts and not any(block.stops_new_accounts for block in wiki.blocks):
        sentence = _("The wiki lets nobody create an account from here, and tells of no block that does it.")
        yield VenueFinding(wiki.wiki, Outcome.BAD, sentence)
    if wiki.has_no_rate_limit:
        sentence = _("Your account has no rate limit: signed in, you can create accounts for others.")
        yield VenueFinding(wiki.wiki, Outcome.GOOD, sentence)
    edits = wiki.newcomer_edits
    if edits is not None and expected > edits.edits:
        yield VenueFinding(wiki.wiki, Outcome.NOTE, _edit_limit(edits))


def _outcome(block: AddressBlock) -> Outcome:
    harmless = not block.stops_new_accounts and (block.partial or block.anonymous_only)
    return Outcome.NOTE if harmless else Outcome.BAD


def _block(block: AddressBlock, moment: Callable[[int], str], *, exempt: bool) -> str:
    """Return the sentences for a block: what is blocked, what that means, and until when."""
    if block.automatic:
        what = _("The address is blocked automatically, because somebody who is blocked has used it.")
    elif block.everywhere:
        what = _("{target} is blocked on all wikis of the family.").format(target=_target(block))
    else:
        what = _("{target} is blocked.").format(target=_target(block))
    if exempt:
        return f"{what} " + _("This wiki makes an exception.")
    if block.partial:
        effect = _("Some pages cannot be edited from here.")
    elif block.anonymous_only:
        effect = _("From here, only people who are signed in can edit.")
    else:
        effect = _("Nobody can edit from here, signed in or not, unless their account is exempt.")
    accounts = _("Nobody can create an account from here.") if block.stops_new_accounts else ""
    if block.until is None:
        until = _("The block has no end.")
    else:
        until = _("The block ends {moment}.").format(moment=moment(block.until))
    return " ".join(part for part in (what, effect, accounts, until) if part)


def _target(block: AddressBlock) -> str:
    return names.set_apart(block.target) if block.target else _("The address")


def _edit_limit(limit: EditLimit) -> str:
    return ngettext(
        "All newcomers here together, with new accounts or without, can save {n} edit in {seconds} seconds.",
        "All newcomers here together, with new accounts or without, can save {n} edits in {seconds} seconds.",
        limit.edits,
    ).format(n=limit.edits, seconds=limit.seconds)


def _of_all(check: VenueCheck) -> Iterator[VenueFinding]:
    if len(check.addresses) > 1:
        sentence = _("The wikis see different addresses of yours: {addresses}. Name them all.")
        yield VenueFinding("", Outcome.NOTE, sentence.format(addresses=listed(check.addresses)))
    if check.varies_by_device:
        sentence = _(
            "With IPv6 each device has an address of its own. Ask whoever runs the network for its whole "
            "range, and name that."
        )
        yield VenueFinding("", Outcome.NOTE, sentence)
    limits = WIKIMEDIA_LIMITS
    sentence = _(
        "Wikimedia’s wikis let one address create {accounts} accounts and {temporary} temporary accounts a "
        "day (noted {noted})."
    ).format(accounts=limits.accounts, temporary=limits.temporary_accounts, noted=limits.noted)
    if not check.has_wikimedia_limits:
        sentence += " " + _("This wiki may have other limits; its administrators know them.")
    yield VenueFinding("", Outcome.NOTE, sentence)
    if check.needs_exception:
        yield VenueFinding("", Outcome.NOTE, _what_to_do(check))


def _what_to_do(check: VenueCheck) -> str:
    if check.is_late:
        return ngettext(
            "{n} person is expected. An exception takes days, which may be too late now: let people create "
            "their accounts before they come, or over a mobile network.",
            "{n} people are expected. An exception takes days, which may be too late now: let people create "
            "their accounts before they come, or over a mobile network.",
            check.expected,
        ).format(n=check.expected)
    return ngettext(
        "{n} person is expected. An exception takes days, so send the request soon. {page} says where it "
        "belongs.",
        "{n} people are expected. An exception takes days, so send the request soon. {page} says where it "
        "belongs.",
        check.expected,
    ).format(n=check.expected, page=HOW_TO_ASK)
