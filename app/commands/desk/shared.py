"""The commands for a desk that several computers share through a server."""

import argparse
from collections.abc import Callable

from app.application import Application, read_passphrase
from app.commands.desk import documents
from app.commands.exit_codes import DONE
from app.commands.output import Output
from app.desk.event_desk import EventDesk
from app.domain import names, times
from app.domain.desk.shared_desk import ServerEvent
from app.domain.events.event import Event
from app.domain.faults import Fault, KnownFault
from app.domain.wording.desk import shared_desk_texts
from app.i18n import _
from app.store.desk.server_address import ServerAddress
from app.store.desk.shared_desk import (
    SharedDeskSettings,
    accept_names_leave,
    read_certificate,
    read_shared_desk,
    remove_shared_desk,
    save_shared_desk,
)


def shared(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Set the shared desk of an event up, accept its notice, sync it or remove it."""
    _VERBS[options.way](application, application.find_event(options.event), options, output)
    return DONE


def status(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Say where an event's desk is shared, and what has to be exchanged. Raises KnownFault."""
    # Imported where it is needed: the library takes a tenth of a second.
    from app.desk.shared_desk import compare_once

    event = application.find_event(options.event)
    settings = _settings(application, event)
    output.line(_("Shared desk: {address}").format(address=str(settings.address)))
    here = compare_once(application.reader, event.key, _server_event(application, event), settings)
    output.line(
        _("{here} acts here, {there} on the server; {fetch} to fetch, {send} to send").format(
            here=here.here, there=here.there, fetch=here.to_fetch, send=here.to_send
        )
    )
    output.document(documents.shared_desk(event, settings, here))
    return DONE


def _settings(application: Application, event: Event) -> SharedDeskSettings:
    settings = read_shared_desk(application.reader, event.key)
    if settings is None:
        raise KnownFault(Fault.USAGE, _("The desk of this event is not shared. “shared set” sets it up."))
    return settings


def _server_event(application: Application, event: Event) -> ServerEvent:
    return ServerEvent.of(application.account_of(event), event)


def _set(application: Application, event: Event, options: argparse.Namespace, output: Output) -> None:
    address = ServerAddress.of_text(options.address)
    password = read_passphrase(options.password_file) if options.password_file else ""
    certificate = read_certificate(options.certificate) if options.certificate else ""
    application.mirror.writer.do_durably(save_shared_desk, event.key, address, password, certificate)
    if _settings(application, event).accepted_at is None:
        output.line(shared_desk_texts.notice(address.server))
        output.line(_("Nothing is sent before you accept this with “shared accept”."))
    else:
        output.line(_("The shared desk is set up."))


def _accept(application: Application, event: Event, _options: argparse.Namespace, output: Output) -> None:
    settings = _settings(application, event)
    application.mirror.writer.do_durably(accept_names_leave, event.key, times.now())
    output.line(shared_desk_texts.notice(settings.address.server))
    output.line(_("Accepted. “shared sync” exchanges what was noted."))


def _sync(application: Application, event: Event, _options: argparse.Namespace, output: Output) -> None:
    from app.desk.shared_desk import exchange_once

    settings = _settings(application, event)
    desk = EventDesk(application.mirror, application.reader, event)
    fetched, sent = exchange_once(desk, application.reader, _server_event(application, event), settings)
    output.line(_("{fetched} acts fetched, {sent} sent").format(fetched=fetched, sent=sent))
    output.document({"event_id": event.event_id, "fetched": fetched, "sent": sent})


def _remove(application: Application, event: Event, _options: argparse.Namespace, output: Output) -> None:
    settings = _settings(application, event)
    application.mirror.writer.do_durably(remove_shared_desk, event.key)
    sentence = _(
        "This computer no longer shares the desk. What is on the server {server} stays there; whoever runs "
        "it can erase the event."
    )
    output.line(sentence.format(server=names.set_apart(settings.address.server)))


_VERBS: dict[str, Callable[[Application, Event, argparse.Namespace, Output], None]] = {
    "set": _set,
    "accept": _accept,
    "sync": _sync,
    "remove": _remove,
}
