"""The commands for the desk's files: lists of those who came, hand-over files, and what is printed."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from app.application import Application, read_passphrase
from app.commands.organizing.confirmation import confirm
from app.commands.output import Output
from app.desk.event_desk import EventDesk, Person
from app.desk.hand_over import merge_hand_overs, read_hand_overs, write_hand_over
from app.desk.reconcile import Entry, Match, reconcile_at
from app.domain import names
from app.domain.desk.acts import ActKind
from app.domain.desk.walk_ins import WalkIn
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.i18n import N_, _, listed, ngettext

_MATCHES = {
    Match.SURE: N_("sure"),
    Match.LIKELY: N_("likely"),
    Match.UNMATCHED: N_("unmatched"),
    Match.REFUSED: N_("not a name"),
}


def reconcile(
    application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    """Pair a list of those who came with the registrations; note nothing that was not confirmed."""
    names_here = application.account_of(at_desk.event).wiki.names
    column = None if options.column is None else options.column - 1
    found = reconcile_at(at_desk, application.reader, options.file, names_here, column)
    for entry in found.entries:
        output.line(_line(entry))
    sure = list(dict.fromkeys(one.candidates[0] for one in found.entries if one.match is Match.SURE))
    others = [one for one in found.entries if one.match is Match.UNMATCHED and not one.first_line]
    output.line(
        _("{sure} sure, {likely} likely, {unmatched} unmatched, {refused} not names").format(
            sure=len(sure),
            likely=sum(one.match is Match.LIKELY for one in found.entries),
            unmatched=len(others),
            refused=sum(one.match is Match.REFUSED for one in found.entries),
        )
    )
    if not options.apply:
        return
    kept = others if options.walk_ins else []
    question = ngettext(
        "Check in {sure} person of the list, and keep {kept} as walk-ins?",
        "Check in {sure} people of the list, and keep {kept} as walk-ins?",
        len(sure),
    )
    confirm(options, question.format(sure=len(sure), kept=len(kept)))
    at_desk.note_listed([Person(one.person, one.name) for one in sure], ActKind.CHECK_IN)
    for one in kept:
        at_desk.add_walk_in(WalkIn(one.text))


def _line(entry: Entry) -> str:
    """Return what is known of one name of a list."""
    match = _(_MATCHES[entry.match])
    text = names.set_apart(" ".join(entry.text.split()))
    parts = [_("line {number}: {match}: {text}").format(number=entry.line, match=match, text=text)]
    if entry.match is Match.LIKELY:
        who = listed(names.set_apart(one.name) for one in entry.candidates)
        parts.append(_("perhaps {names}").format(names=who))
    if entry.problem:
        parts.append(entry.problem)
    if entry.first_line:
        parts.append(_("already on line {number}").format(number=entry.first_line))
    return " · ".join(parts)


def hand_over(
    application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    """Write what is known at the desk to an encrypted file, or merge such a file."""
    wiki = _wiki_address(application, at_desk.event)
    if options.way == "export":
        if len(options.files) > 1:
            raise KnownFault(Fault.USAGE, _("Give one file to write. Nothing was written."))
        (file,) = options.files
        passphrase = _passphrase(options.file_passphrase, new=True)
        acts = write_hand_over(file, application.mirror, at_desk, wiki, passphrase)
        text = ngettext(
            "{n} act written to {path}. Whoever has the file and its passphrase can read the names.",
            "{n} acts written to {path}. Whoever has the file and its passphrase can read the names.",
            acts,
        )
        output.line(text.format(n=acts, path=str(file)))
        return
    handed_over = read_hand_overs(options.files, _passphrase(options.file_passphrase, new=False))
    merged = merge_hand_overs(at_desk, handed_over, wiki)
    text = ngettext("{n} new act merged.", "{n} new acts merged.", merged.acts)
    output.line(text.format(n=merged.acts))
    if merged.no_longer_in:
        who = listed(names.set_apart(at_desk.name_of(person)) for person in merged.no_longer_in)
        output.line(_("Taken back at the other desk, so not in any more: {names}").format(names=who))


def _wiki_address(application: Application, event: Event) -> str:
    account = application.account_of(event)
    return account.address_or_own(event.registration.page_wiki)


def _passphrase(file: Path | None, *, new: bool) -> str:
    """Return the passphrase of a hand-over file, from a file or from the terminal. Raises KnownFault."""
    if file is not None:
        passphrase = read_passphrase(file)
    elif sys.stdin.isatty():
        passphrase = getpass.getpass(_("Passphrase of the file: "))
        if new and passphrase != getpass.getpass(_("Once more: ")):
            raise KnownFault(Fault.USAGE, _("The two passphrases differ. Nothing was written."))
    else:
        raise KnownFault(
            Fault.USAGE, _("Give the file’s passphrase with --file-passphrase. Nothing was done.")
        )
    if new and not passphrase:
        raise KnownFault(Fault.USAGE, _("The passphrase is empty. Nothing was written."))
    return passphrase


def print_pages(
    application: Application, at_desk: EventDesk, options: argparse.Namespace, output: Output
) -> None:
    """Write a sign-in sheet, a checklist or name badges."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QGuiApplication

    from app.models.desk.print_control import Print, PrintChoices, printed_pages
    from app.models.desk.printing.badge_formats import BADGE_FORMATS, usual_format
    from app.models.desk.printing.paper import A4, LETTER, usual_paper
    from app.models.desk.printing.printed_pages import write_pdf

    # Fonts need it; it lives until the pages are written.
    qt = QGuiApplication.instance() or QGuiApplication([])
    labels = options.labels or usual_format()
    if labels not in BADGE_FORMATS:
        known = ", ".join(BADGE_FORMATS)
        sentence = _("There are no labels “{text}”. Choose from {known}. Nothing was written.")
        raise KnownFault(Fault.USAGE, sentence.format(text=labels, known=known))
    paper = {"a4": A4, "letter": LETTER}.get(options.paper) or usual_paper()
    choices = PrintChoices(
        Print(options.what), options.include_private, paper, labels, Qt.LayoutDirection.LeftToRight
    )
    event = at_desk.event
    site_name = application.account_of(event).wiki.site_name
    wiki = (site_name, _wiki_address(application, event))
    pages = printed_pages(application.mirror, application.reader, event, wiki, choices)
    write_pdf(pages, options.output, application.mirror)
    text = ngettext("{n} page written to {path}.", "{n} pages written to {path}.", pages.page_count)
    output.line(text.format(n=pages.page_count, path=str(options.output)))
    del qt
