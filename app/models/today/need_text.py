"""The texts of what needs the organizer."""

from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain import names
from app.domain.changes.change import Change
from app.domain.changes.needs import Need, NeedKind
from app.domain.events.event import Event
from app.domain.wording import change_texts
from app.i18n import N_, _, ngettext
from app.models.events.event_text import EventText, moment_here
from app.models.today.card_text import countdown


@dataclass(frozen=True)
class NeedText:
    """`word` stands on the pill, in the accent of that name; `button` is the action."""

    word: str
    accent: str
    title: str
    detail: str
    button: str


def need_text(need: Need, words: EventText, now: datetime) -> NeedText:
    """Return the texts of a need."""
    word, accent, button = _WORDS[need.kind]
    title, detail = _title_and_detail(need, words, now)
    return NeedText(_(word), accent, title, detail, _(button))


def _title_and_detail(need: Need, words: EventText, now: datetime) -> tuple[str, str]:
    event, change = need.event, need.change
    if need.account is not None:
        wiki = names.set_apart(need.account.wiki.site_name)
        return _("Your sign-in on {wiki} has ended").format(wiki=wiki), _("Nothing is lost.")
    if change is not None:
        return change_texts.change_summary(change), _of_change(change, event)
    if need.kind is NeedKind.ERASE:
        text = ngettext(
            "The personal data of {count} event is due to be erased",
            "The personal data of {count} events is due to be erased",
            need.count,
        )
        return text.format(count=need.count), _("Nothing is erased before you say so.")
    if event is None:
        return "", ""
    name = names.set_apart(event.registration.name)
    if need.kind is NeedKind.DRAFT:
        return _("Unfinished e-mail"), name
    if need.kind is NeedKind.LOOK:
        return name, _("it can be read now who of the participants stayed")
    if need.kind is NeedKind.COUNT:
        ends = moment_here(event.registration.ends_at())
        if not need.count:
            text = _("what participants edited can be counted for the event until it ends, {moment}")
            return name, text.format(moment=ends)
        text = ngettext(
            "{count} edit is not counted for the event yet; it ends {moment}",
            "{count} edits are not counted for the event yet; it ends {moment}",
            need.count,
        )
        return name, text.format(count=need.count, moment=ends)
    if need.kind is NeedKind.STILL_OPEN:
        ended = words.ago(event.registration.ends_at().astimezone(UTC))
        return name, _("ended {ago}, and its registration is still open").format(ago=ended)
    at = event.participants_complete_at
    checked = _("never fully checked") if at is None else _("last full check: {moment}")
    checked = checked.format(moment=words.moment(at)) if at is not None else checked
    return name, f"{countdown(event, now)} · {checked}"


def _of_change(change: Change, event: Event | None) -> str:
    state = change.sentence or change_texts.change_state(change)
    if event is None:
        return state
    return f"{names.set_apart(event.registration.name)} · {state}"


_WORDS = {
    NeedKind.REFUSED: (N_("Refused"), "ERROR", N_("Show…")),
    NeedKind.DECIDE: (N_("Decide"), "WARNING", N_("Decide…")),
    NeedKind.SIGN_IN: (N_("Sign-in"), "WARNING", N_("Sign in…")),
    NeedKind.COUNT: (N_("Count"), "PROGRESSIVE", N_("Look…")),
    NeedKind.CHECK: (N_("Check"), "PROGRESSIVE", N_("Check now")),
    NeedKind.STILL_OPEN: (N_("Still open"), "PROGRESSIVE", N_("Close")),
    NeedKind.ERASE: (N_("Privacy"), "QUIET", N_("Look…")),
    NeedKind.LOOK: (N_("Who stayed"), "QUIET", N_("Read now")),
    NeedKind.DRAFT: (N_("Draft"), "QUIET", N_("Continue…")),
}
