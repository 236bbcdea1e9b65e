"""The commands for signing in and out."""

import argparse
import getpass
import sys
import threading
import webbrowser
from urllib.parse import urlsplit

from app.application import Application
from app.commands import documents, words
from app.commands.organizing.confirmation import confirm
from app.commands.output import Output, print_error
from app.domain.accounts.account import Account, OAuthClient, SignIn, SignInLack, WikiFacts
from app.domain.accounts.sign_in_form import REMEMBER, FieldKind, SignInStep
from app.domain.accounts.wiki_profiles import known_wikis
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wording import check_texts, local_data_texts, sign_in_texts, wiki_fault_texts
from app.i18n import _, listed, ngettext
from app.store.changes import outbox
from app.store.desk.acts import events_with_acts
from app.store.events import events

_TRIES = 3


def sign_in(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Sign in on a wiki, and say what the sign-in may not do."""
    if options.client_secret_stdin and not options.client_id:
        raise KnownFault(
            Fault.USAGE, _("Give the client with --client-id too; its secret alone is of no use.")
        )
    if not _leads_here(options.redirect_uri):
        raise KnownFault(
            Fault.USAGE,
            _(
                "“{address}” does not lead back to this computer. Give the address that the client was "
                "registered with, like http://127.0.0.1:8127/callback."
            ).format(address=options.redirect_uri),
        )
    facts = application.wikis.find(options.wiki_url)
    if options.session:
        key = _with_session(application, facts)
    elif options.owner_token_stdin:
        token = _secret(_("Access token (not shown): "))
        if not (token.isascii() and token.isprintable() and token):
            raise KnownFault(Fault.USAGE, wiki_fault_texts.token_refused())
        key = application.wikis.sign_in_with_token(facts, token)
    else:
        client = _client(options, facts.base_url)
        key = application.wikis.sign_in_with_browser(
            facts, client, lambda address: _open(address, browser=not options.no_browser), threading.Event()
        )
    account = next(account for account in application.accounts() if account.key == key)
    output.line(
        _("Signed in on {wiki} as {name}.").format(wiki=facts.site_name, name=isolated(account.identity.name))
    )
    # What the account lacks, it lacks on its own wiki.
    if facts.base_url == account.wiki.base_url and (lack := sign_in_texts.lack(account)):
        output.line(_with_hint(account, lack))
    output.document(documents.account(account))
    return 0


def _with_session(application: Application, facts: WikiFacts) -> int:
    """Sign in with a session, a line of standard input for each field that the wiki asks for."""
    from app.sync.session_login import SessionLogin

    login = SessionLogin(application.wikis, facts)
    try:
        step = login.begin()
        tries = 0
        while True:
            if step.message:
                print_error(step.message)
            answer = login.answer(_filled_in(step))
            if isinstance(answer, int):
                return answer
            # Without a terminal the same answer would come again and again.
            tries += answer.refused
            if answer.refused and (not sys.stdin.isatty() or tries >= _TRIES):
                sentence = sign_in_texts.details_refused(had_task=step.has_task)
                raise KnownFault(Fault.REFUSED, sentence, wiki_said=answer.message)
            step = answer
    finally:
        login.close()


def _filled_in(step: SignInStep) -> dict[str, str]:
    values: dict[str, str] = {}
    button = next((field for field in step.fields if field.kind is FieldKind.BUTTON), None)
    if button:
        print_error(_("An empty line stands for “{label}”.").format(label=button.label))
    for field in step.fields:
        if field.name == REMEMBER:
            # The process ends with this command: a session that is not stored would be of no use.
            values[field.name] = "1"
        elif field.kind is FieldKind.HIDDEN:
            values[field.name] = field.value
        elif field.picture:
            raise KnownFault(
                Fault.REFUSED,
                _(
                    "The wiki asks to read a picture, which a terminal cannot show. Sign in in the window "
                    "instead."
                ),
            )
        elif field.kind is FieldKind.NOTE:
            print_error(f"{field.label} {field.value}")
        elif field.kind in (FieldKind.TEXT, FieldKind.PASSWORD):
            asked = f"{field.label.rstrip(':')}: "
            typed = _secret(asked) if field.is_secret else _line(asked)
            if not typed and button:
                return {**values, button.name: "1"}
            if not typed and not field.optional:
                raise KnownFault(
                    Fault.USAGE, _("“{label}” must not be empty.").format(label=field.label.rstrip(":"))
                )
            values[field.name] = typed
    return values


def _line(asked: str) -> str:
    return (input(asked) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def sign_out(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Forget a wiki with its data."""
    account = application.find_account(options.wiki)
    known = outbox.read_changes(application.reader)
    waiting = [one for one in known if one.open and one.account_key == account.key]
    losses = []
    if waiting:
        losses.append(
            ngettext(
                "{n} change that is not sent yet would be lost.",
                "{n} changes that are not sent yet would be lost.",
                len(waiting),
            ).format(n=len(waiting))
        )
    keys = {one.key for one in events.read_events(application.reader) if one.wiki_key == account.key}
    if keys & events_with_acts(application.reader):
        losses.append(local_data_texts.desk_lost())
    if losses:
        question = _("Sign out of {wiki}? {losses}")
        confirm(options, question.format(wiki=account.wiki.site_name, losses=" ".join(losses)))
    application.wikis.sign_out(account)
    output.line(
        _("Signed out of {wiki}; its data was removed from this computer.").format(
            wiki=account.wiki.site_name
        )
    )
    output.document({"signed_out_of": account.wiki.wiki_id})
    return 0


def accounts(application: Application, _options: argparse.Namespace, output: Output) -> int:
    """List the accounts."""
    known, labels = application.accounts(), application.labels()
    rows = [
        (
            labels[account.key],
            isolated(account.identity.name),
            account.wiki.base_url,
            listed(_labelled(one, account) for one in account.sign_ins),
        )
        for account in known
    ]
    if rows:
        output.table([_(heading) for heading in words.HEADINGS_ACCOUNTS], rows)
        for account in known:
            if lack := sign_in_texts.lack(account):
                output.line(f"{labels[account.key]}: {_with_hint(account, lack)}")
    else:
        output.line(sign_in_texts.no_account())
    output.document([documents.account(account) for account in known])
    return 0


def _client(options: argparse.Namespace, base_url: str) -> OAuthClient:
    if options.client_id:
        secret = _secret(_("Secret of the client (not shown): ")) if options.client_secret_stdin else None
        if options.oauth1 and not secret:
            raise KnownFault(
                Fault.USAGE, _("OAuth 1.0a needs the client's secret: give it with --client-secret-stdin.")
            )
        return OAuthClient(options.client_id, secret, options.redirect_uri, options.oauth1)
    for profile in known_wikis():
        if profile.address == base_url and profile.client:
            return profile.client
    raise KnownFault(
        Fault.USAGE,
        _(
            "This wiki has no OAuth client for Event Center yet. Give one with --client-id "
            "(the guide tells how to register it), use an owner-only token, or sign in with "
            "user name and password (--session)."
        ),
    )


def _secret(asked: str) -> str:
    """Return the line on standard input, typed unseen where that is a terminal."""
    return (getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def _leads_here(address: str) -> bool:
    from app.wiki.http.addresses import is_loopback

    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and is_loopback(parts.hostname) and bool(parts.port)
    except ValueError:
        return False


def _open(address: str, *, browser: bool) -> None:
    print_error(
        _("Open this address in a browser and approve the sign-in:\n{address}").format(address=address)
    )
    if browser:
        webbrowser.open(address)


def _with_hint(account: Account, lack: str) -> str:
    if account.identity.blocked or account.lack() is not SignInLack.GRANT:
        return lack
    return f"{lack} {words.sign_in_so(account.wiki.base_url)}"


def _labelled(sign_in: SignIn, account: Account) -> str:
    named = check_texts.sign_in_named(sign_in, account)
    return _("{kind} (ended: sign in again)").format(kind=named) if sign_in.ended else named
