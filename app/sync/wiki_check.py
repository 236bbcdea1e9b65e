"""Checks whether a wiki and the sign-ins on it meet the program's needs."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace

from app.domain.accounts.account import Account, Identity, SignIn, SignInLack, WikiFacts
from app.domain.accounts.wiki_check import Checked, Finding, Outcome
from app.domain.faults import Fault, KnownFault
from app.domain.wording import check_texts, wiki_fault_texts
from app.i18n import _, ngettext
from app.sync.wikis import Wikis
from app.wiki.event_registration import LIST_LIMIT, EventRegistration
from app.wiki.http.certificates import named_bundle, trusted_authorities
from app.wiki.http.proxies import proxy_of

_MOST_SECONDS_APART = 60
_TRIED = ("1.43", "1.44", "1.45", "1.46", "1.47")


def check_wiki(wikis: Wikis, account: Account, cancel: threading.Event | None = None) -> Iterator[Finding]:
    """Yield the findings in order; a fault of the connection ends the check. Nothing is changed anywhere.

    Raises KnownFault only if the check was stopped.
    """
    registrations = wikis.connection(account, cancel)
    address = account.wiki.base_url
    safe = address.startswith("https:")
    sentence = _("{address}, over TLS") if safe else _("{address}, on this computer")
    yield Finding(Checked.ADDRESS, Outcome.GOOD, sentence.format(address=address))
    if safe:
        yield from _check_connection_path(address)
    try:
        began = time.monotonic()
        facts = registrations.facts()
        took = round(1000 * (time.monotonic() - began))
        yield Finding(Checked.CONNECTION, Outcome.GOOD, _("answers, in {ms} ms").format(ms=took))
        yield from _facts(facts)
        registrations.question_labels()
        yield Finding(
            Checked.ROUTES, Outcome.GOOD, _("the wiki gives events, questions and participants as expected")
        )
        yield _clock(facts.clock_difference)
    except KnownFault as fault:
        if fault.fault is Fault.CANCELLED:
            raise
        yield Finding(Checked.CONNECTION, Outcome.BAD, fault.sentence, fault.fault)
        return
    yield from _sign_ins(wikis, account, facts, cancel)
    yield _events_list(registrations, account)


def proxy_found(address: str) -> str | None:
    """Return the proxy that requests to a wiki go through; None if there is none, or none of use."""
    try:
        return proxy_of(address)
    except KnownFault:
        return None


def _check_connection_path(address: str) -> Iterator[Finding]:
    """Yield the findings on the proxy and on the trusted certificates."""
    try:
        proxy = proxy_of(address)
    except KnownFault as fault:
        yield Finding(Checked.PROXY, Outcome.BAD, fault.sentence, fault.fault)
    else:
        yield Finding(Checked.PROXY, Outcome.GOOD, check_texts.proxy(proxy))
    try:
        trusted_authorities()
    except KnownFault as fault:
        yield Finding(Checked.CERTIFICATES, Outcome.BAD, fault.sentence, fault.fault)
    else:
        variable, path = named_bundle() or (None, "")
        yield Finding(Checked.CERTIFICATES, Outcome.GOOD, check_texts.certificates(variable, path))


def _facts(facts: WikiFacts) -> Iterator[Finding]:
    if facts.has_event_registration:
        sentence = (
            _("version {version}").format(version=facts.event_registration_version)
            if facts.event_registration_version
            else _("there, version not told")
        )
        yield Finding(Checked.EVENT_REGISTRATION, Outcome.GOOD, sentence)
    else:
        missing = wiki_fault_texts.no_event_registration(facts.site_name)
        yield Finding(Checked.EVENT_REGISTRATION, Outcome.BAD, missing)
    version = facts.version
    if version.startswith(_TRIED):
        yield Finding(Checked.VERSION, Outcome.GOOD, version)
    else:
        yield Finding(
            Checked.VERSION,
            Outcome.NOTE,
            _("{version}; Event Center was tried with 1.43 to 1.47").format(version=version),
        )


def _clock(difference: int) -> Finding:
    if abs(difference) <= _MOST_SECONDS_APART:
        return Finding(Checked.CLOCK, Outcome.GOOD, _("this computer and the wiki agree"))
    return Finding(Checked.CLOCK, Outcome.NOTE, check_texts.clock_differs(difference))


def _sign_ins(
    wikis: Wikis, account: Account, wiki: WikiFacts, cancel: threading.Event | None
) -> Iterator[Finding]:
    lack, active_here = SignInLack.RIGHT, False
    for one in account.sign_ins:
        named = check_texts.sign_in_named(one, account)
        try:
            identity = _identity(wikis, account, one, cancel)
        except KnownFault as fault:
            if fault.fault is Fault.CANCELLED:
                raise
            yield Finding(Checked.SIGN_IN, Outcome.BAD, fault.sentence)
            continue
        if identity is None:
            yield Finding(
                Checked.SIGN_IN, Outcome.BAD, _("{kind}: it has ended; sign in again").format(kind=named)
            )
            continue
        yield Finding(Checked.SIGN_IN, Outcome.GOOD, _("{kind}: the wiki takes it").format(kind=named))
        rights = replace(one, rights=identity.rights).organizing
        yield Finding(
            Checked.RIGHTS,
            Outcome.GOOD if rights else Outcome.NOTE,
            check_texts.sign_in_rights(named, rights),
        )
        if one.address == account.wiki.base_url:
            active_here = True
            if lack is not SignInLack.NOTHING and identity.lack(wiki) is not SignInLack.RIGHT:
                lack = identity.lack(wiki)
    if lack is SignInLack.GRANT:
        yield Finding(
            Checked.RIGHTS,
            Outcome.BAD,
            _(
                "you are an organizer here, but no sign-in of yours carries the rights; sign in with "
                "user name and password too"
            ),
        )
    elif lack is SignInLack.RIGHT and active_here:
        yield Finding(Checked.RIGHTS, Outcome.NOTE, _("your account has no right to organize events here"))


def _identity(
    wikis: Wikis, account: Account, sign_in: SignIn, cancel: threading.Event | None
) -> Identity | None:
    """Return the identity of a sign-in, None if it has ended. Raises KnownFault."""
    for active, connection in wikis.each_sign_in(account, cancel, sign_in.address):
        if active.kind is sign_in.kind:
            try:
                return connection.identity()
            except KnownFault as fault:
                if fault.fault is not Fault.SIGN_IN_ENDED:
                    raise
    return None


def _events_list(registrations: EventRegistration, account: Account) -> Finding:
    try:
        listed = registrations.organized_by(account.identity.central_id)
    except KnownFault as fault:
        return Finding(Checked.EVENTS_LIST, Outcome.BAD, fault.sentence)
    if len(listed) < LIST_LIMIT:
        present = sum(not one.deleted for one in listed)
        return Finding(
            Checked.EVENTS_LIST,
            Outcome.GOOD,
            ngettext("{n} event, all of them", "{n} events, all of them", present).format(n=present),
        )
    outcome = Outcome.GOOD if account.has_session else Outcome.NOTE
    sentence = check_texts.events_cut(LIST_LIMIT, session=account.has_session)
    return Finding(Checked.EVENTS_LIST, outcome, sentence)
