"""Commands for the user's own registration for an event."""

import argparse

from app.application import Application
from app.commands.organizing.confirmation import confirm
from app.commands.organizing.submission import event_as_changed, own_registration, permit, submit_for
from app.commands.output import Output
from app.domain.changes.operations import CancelRegistration, Register
from app.domain.events.permissions import Action
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.question import QUESTION_OPTIONS
from app.i18n import _


def register(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Register the user for an event, or change their registration."""
    known = event_as_changed(application, options.event)
    permit(application, options, Action.REGISTER, known)
    before = own_registration(application, known)
    answers = dict(before.answers) if before else {}
    for name, value in options.answer:
        answers.pop(name, None)
        if value.value:
            answers[name] = value
    operation = Register(OwnRegistration(options.private, answers), before)
    return submit_for(application, options, output, known, operation)


def unregister(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Cancel the user's own registration."""
    known = event_as_changed(application, options.event)
    permit(application, options, Action.CANCEL, known)
    confirm(options, _("Cancel your registration, with your answers?"))
    operation = CancelRegistration(own_registration(application, known))
    return submit_for(application, options, output, known, operation)


def answer(text: str) -> tuple[str, OwnAnswer]:
    """Return the answer in NAME=NUMBER or NAME=NUMBER:OWN WORDS. Raises ValueError."""
    name, _unused, value = text.partition("=")
    number, _unused, other = value.partition(":")
    most = {question: count for (_number, question), count in QUESTION_OPTIONS.items()}
    if name not in most or not number.isdigit() or int(number) > most[name]:
        raise ValueError(text)
    return name, OwnAnswer(int(number), other or None)
