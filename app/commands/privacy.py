"""The commands for the care of personal data: what is here, one person's data, and erasing."""

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime

from app.application import Application
from app.commands import documents
from app.commands.organizing.confirmation import confirm
from app.commands.output import Output
from app.desk.erasing import erase_event_with_receipt, erase_person_with_receipt
from app.desk.person_data import PersonAtEvent, person_data
from app.desk.person_lines import lines_about
from app.domain import names
from app.domain.changes.change import Change
from app.domain.faults import Fault, KnownFault
from app.domain.privacy.retention import Holding, RetentionRule, is_due
from app.domain.wording import privacy_texts
from app.domain.wording.change_texts import change_summary
from app.i18n import _, listed, ngettext
from app.store.changes.outbox import read_changes
from app.store.privacy.erasing import let_people_come_back
from app.store.privacy.holdings import read_holdings, read_rule, save_days, save_rule

_KEEP, _UNSAID = "keep", -1


def add_privacy_arguments(one: argparse.ArgumentParser) -> None:
    """Add what can be asked and said about personal data."""
    one.add_argument(
        "event", nargs="?", metavar="EVENT", help=_("the event for which --keep-days or --allow-again holds")
    )
    one.add_argument("--person", metavar="NAME", help=_("show everything that is known of one person"))
    one.add_argument(
        "--keep-days",
        metavar="DAYS",
        type=_days,
        default=_UNSAID,
        help=_("how many days after its end data is kept: of EVENT, or usually; “keep”: until it is erased"),
    )
    one.add_argument(
        "--erase-by-itself",
        choices=("yes", "no"),
        help=_("whether data is erased by itself when its time is over; it is not before you say yes"),
    )
    one.add_argument(
        "--allow-again", action="store_true", help=_("let the next sync fetch the people of an erased EVENT")
    )


def add_erase_arguments(one: argparse.ArgumentParser) -> None:
    """Add what can be erased."""
    one.add_argument("event", nargs="?", metavar="EVENT", help=_("the event whose personal data is erased"))
    one.add_argument("--person", metavar="NAME", help=_("erase everything that is known of one person"))
    one.add_argument("--all", action="store_true", help=_("sign out everywhere and erase everything"))
    one.add_argument("--yes", action="store_true", help=_("do not ask"))


def _days(text: str) -> int | None:
    if text == _KEEP:
        return None
    if text.isascii() and text.isdigit() and len(text) < 5:
        return int(text)
    raise argparse.ArgumentTypeError(_("“{text}” is not a number of days").format(text=text))


def changes_privacy(options: argparse.Namespace) -> bool:
    """Return whether the command is to change how long data is kept."""
    return bool(options.keep_days != _UNSAID or options.erase_by_itself or options.allow_again)


def privacy(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Say what personal data is here, or how long it is kept."""
    if options.person is not None:
        return _show_person(application, options.person, output)
    write = application.mirror.writer.do_durably
    event = application.find_event(options.event) if options.event else None
    if options.allow_again:
        if event is None:
            raise KnownFault(Fault.USAGE, _("Say which event."))
        is_over = event.registration.ends_at() < datetime.now(UTC)
        write(let_people_come_back, event.key, is_over=is_over)
    rule = read_rule(application.reader)
    if options.keep_days != _UNSAID and event is not None:
        write(save_days, event.key, options.keep_days, keeps=options.keep_days is None)
    elif options.keep_days != _UNSAID:
        if options.keep_days is None:
            raise KnownFault(Fault.USAGE, _("Only the data of an event can be kept until it is erased."))
        rule = RetentionRule(options.keep_days, rule.agreed)
    if options.erase_by_itself:
        rule = RetentionRule(rule.days, options.erase_by_itself == "yes")
    if rule != read_rule(application.reader):
        write(save_rule, rule)
    holdings = read_holdings(application.reader)
    if event is not None:
        holdings = [one for one in holdings if one.event.key == event.key]
    _print_holdings(rule, holdings, output)
    output.document(documents.privacy(rule, holdings))
    return 0


def _print_holdings(rule: RetentionRule, holdings: Iterable[Holding], output: Output) -> None:
    rows = [
        (
            str(one.event.event_id),
            names.isolated(one.event.registration.name),
            str(one.participants),
            str(one.answers),
            str(one.check_ins),
            str(one.notes),
            str(one.edits),
            _until(one),
        )
        for one in sorted(holdings, key=lambda one: one.event.registration.starts_at())
    ]
    headings = (
        *(_("Event"), _("Title"), _("People"), _("Answers"), _("At the desk"), _("Notes")),
        *(_("Edits"), _("Kept until")),
    )
    output.table(headings, rows)
    output.line()
    text = ngettext(
        "Personal data is kept for {count} day after an event’s end.",
        "Personal data is kept for {count} days after an event’s end.",
        rule.days,
    )
    output.line(text.format(count=rule.days))
    output.line(
        _("What is due is erased by itself at the next sync.")
        if rule.agreed
        else _("Nothing is erased by itself before you say so (--erase-by-itself yes).")
    )


def _until(holding: Holding) -> str:
    if holding.erased_at is not None and holding.is_empty:
        return _("erased on {day}").format(day=_day(holding.erased_at))
    if holding.is_empty:
        return ""
    if holding.until is None:
        return _("until you erase it")
    day = _day(holding.until)
    return _("{day}, due").format(day=day) if is_due(holding, _now()) else day


def _show_person(application: Application, typed: str, output: Output) -> int:
    found = _known_of(application, typed)
    for one in found:
        output.line(names.isolated(one.event.registration.name))
        for line in lines_about(
            one,
            lambda moment: _day(int(moment.timestamp())),
            lambda moment: f"{moment:%Y-%m-%d %H:%M}",
            names.set_apart,
        ):
            output.line(f"  {line}")
    output.document(documents.person_data(found[0].name, found))
    return 0


def erase(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Erase the personal data of an event, of one person, or everything."""
    if sum((options.event is not None, options.person is not None, options.all)) != 1:
        raise KnownFault(
            Fault.USAGE, _("Say what is to be erased: an event, --person NAME, or --all. Nothing was erased.")
        )
    if options.all:
        return _erase_all(application, options, output)
    if options.person is not None:
        return _erase_person(application, options, output)
    return _erase_event(application, options, output)


def _erase_event(application: Application, options: argparse.Namespace, output: Output) -> int:
    event = application.find_event(options.event)
    waiting = [one for one in _open_changes(application) if one.event_key == event.key]
    question = _("Erase all personal data of “{event}” on this computer?").format(
        event=names.isolated(event.registration.name)
    )
    _confirm(options, question, privacy_texts.unsent([change_summary(one) for one in waiting]))
    wiki = application.account_of(event).wiki.site_name
    done, receipt = erase_event_with_receipt(
        application.mirror, application.reader, event, wiki, _moment(_now())
    )
    output.line(receipt)
    output.document(
        {"event_id": event.event_id, "participants": done.participants, "at_the_desk": done.noted}
    )
    return 0


def _erase_person(application: Application, options: argparse.Namespace, output: Output) -> int:
    found = _known_of(application, options.person)
    waiting = [change for one in found for change in one.changes if change.open]
    question = _("Erase everything that this computer knows about {name}, at {events}?").format(
        name=names.isolated(found[0].name),
        events=listed(names.isolated(one.event.registration.name) for one in found),
    )
    _confirm(options, question, privacy_texts.unsent([change_summary(one) for one in waiting]))
    count, receipt = erase_person_with_receipt(application.mirror, application.reader, found, _moment(_now()))
    output.line(receipt)
    output.document({"events": count})
    return 0


def _erase_all(application: Application, options: argparse.Namespace, output: Output) -> int:
    waiting = [change_summary(one) for one in _open_changes(application)]
    question = _("Sign out everywhere, and erase everything that is on this computer?")
    _confirm(options, question, privacy_texts.unsent(waiting))
    accounts = application.accounts()
    for account in accounts:
        application.wikis.sign_out(account)
    application.mirror.erase_settings()
    output.line(_("Everything was erased at {when}.").format(when=_moment(_now())))
    output.line(privacy_texts.elsewhere())
    output.document({"signed_out_of": [account.wiki.wiki_id for account in accounts]})
    return 0


def _confirm(options: argparse.Namespace, question: str, losses: str) -> None:
    confirm(options, f"{losses} {question}".strip())


def _known_of(application: Application, typed: str) -> list[PersonAtEvent]:
    """Return what is known of a person. Raises KnownFault where the name is empty or unknown."""
    if not typed.strip():
        raise KnownFault(Fault.USAGE, _("The name is empty. Nothing was done."))
    found = person_data(application.mirror, application.reader, typed)
    if not found:
        raise KnownFault(
            Fault.USAGE, _("Nothing is known of a person of this name on this computer. Nothing was done.")
        )
    return found


def _open_changes(application: Application) -> list[Change]:
    return [one for one in read_changes(application.reader) if one.open]


def _now() -> int:
    return int(datetime.now(UTC).timestamp())


def _day(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"


def _moment(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
