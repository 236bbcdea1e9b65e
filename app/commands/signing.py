"""The commands for signing in and out."""

import argparse
import getpass
import sys
import threading
import webbrowser
from urllib.parse import urlsplit

from app.application import Application
from app.commands import words
from app.commands.confirmation import confirm
from app.commands.output import Output, tell
from app.domain import wording
from app.domain.account import Account, OAuthClient, SignIn, SignInLack
from app.domain.faults import Fault, KnownFault
from app.domain.names import isolated
from app.domain.wiki_profiles import known_wikis
from app.store import outbox


def sign_in(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Sign in on a wiki, and say what the sign-in may not do."""
    from app.sync import wikis

    if options.client_secret_stdin and not options.client_id:
        raise KnownFault(Fault.USAGE, words.secret_without_client())
    if not _leads_here(options.redirect_uri):
        raise KnownFault(Fault.USAGE, words.bad_redirect(options.redirect_uri))
    facts = wikis.find(options.wiki_url)
    if options.owner_token_stdin:
        token = _secret(words.paste_token())
        if not (token.isascii() and token.isprintable() and token):
            raise KnownFault(Fault.USAGE, wording.token_refused())
        key = application.wikis.sign_in_with_token(facts, token)
    else:
        client = _client(options, facts.base_url)
        key = application.wikis.sign_in_with_browser(
            facts, client, lambda address: _open(address, browser=not options.no_browser), threading.Event()
        )
    account = next(account for account in application.accounts() if account.key == key)
    output.line(words.signed_in(isolated(account.identity.name), account.wiki.site_name))
    if lack := wording.lack(account):
        output.line(lack)
    output.document(_described(account))
    return 0


def sign_out(application: Application, options: argparse.Namespace, output: Output) -> int:
    """Forget a wiki with its data."""
    account = application.find_account(options.wiki)
    known = outbox.read_changes(application.reader)
    waiting = [one for one in known if one.open and one.account_key == account.key]
    if waiting:
        confirm(options, words.ask_sign_out(account.wiki.site_name, len(waiting)))
    application.wikis.sign_out(account)
    output.line(words.signed_out(account.wiki.site_name))
    output.document({"signed_out": account.wiki.wiki_id})
    return 0


def accounts(application: Application, _: argparse.Namespace, output: Output) -> int:
    """List the accounts."""
    known, labels = application.accounts(), application.labels()
    rows = [
        (
            labels[account.key],
            isolated(account.identity.name),
            account.wiki.base_url,
            ", ".join(_told(one) for one in account.sign_ins if one.address == account.wiki.base_url),
        )
        for account in known
    ]
    if rows:
        output.table(words.HEADINGS_ACCOUNTS, rows)
        for account in known:
            if lack := wording.lack(account):
                output.line(f"{labels[account.key]}: {lack}")
    else:
        output.line(wording.no_account())
    output.document([_described(account) for account in known])
    return 0


def _client(options: argparse.Namespace, base_url: str) -> OAuthClient:
    if options.client_id:
        secret = _secret(words.paste_secret()) if options.client_secret_stdin else None
        return OAuthClient(options.client_id, secret, options.redirect_uri)
    for profile in known_wikis():
        if profile.address == base_url and profile.client:
            return profile.client
    raise KnownFault(Fault.USAGE, wording.client_needed())


def _secret(asked: str) -> str:
    """Return the line on standard input, typed unseen where that is a terminal."""
    return (getpass.getpass(asked) if sys.stdin.isatty() else sys.stdin.readline()).strip()


def _leads_here(address: str) -> bool:
    from app.wiki.addresses import is_loopback

    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and is_loopback(parts.hostname) and bool(parts.port)
    except ValueError:
        return False


def _open(address: str, *, browser: bool) -> None:
    tell(words.open_this(address))
    if browser:
        webbrowser.open(address)


def _told(sign_in: SignIn) -> str:
    return words.ended_sign_in(sign_in.kind.value) if sign_in.ended else sign_in.kind.value


def _described(account: Account) -> dict[str, object]:
    return {
        "wiki": account.wiki.wiki_id,
        "site_name": account.wiki.site_name,
        "address": account.wiki.base_url,
        "mediawiki": account.wiki.version,
        "name": account.identity.name,
        "central_id": account.identity.central_id,
        "sign_ins": [
            {
                "kind": one.kind.value,
                "address": one.address,
                "ended": one.ended,
                "rights": sorted(one.organizing),
            }
            for one in account.sign_ins
        ],
        "ended": account.ended,
        "lacks": None if account.identity.lack() is SignInLack.NOTHING else account.identity.lack().value,
    }
