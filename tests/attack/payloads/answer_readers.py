"""Everything that reads an answer of a wiki, by name: routes, changes, pages, sign-ins."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from typing import Any

from app.domain import names
from app.domain.accounts.account import (
    Identity,
    OAuth1Secrets,
    OAuthClient,
    SessionSecrets,
    Tokens,
    WikiFacts,
)
from app.domain.events.event import Registration
from app.domain.events.event_fields import EventFields, fields_of
from app.domain.people.chosen_people import ChosenPeople
from app.domain.people.own_registration import OwnAnswer, OwnRegistration
from app.domain.people.participant import Participant
from app.domain.wikis.links import KnownWiki
from app.wiki import discovery, link_targets
from app.wiki.event_changes import EventChanges, OrganizerNames
from app.wiki.event_registration import EventRegistration
from app.wiki.http import answers
from app.wiki.http.answers import Answer
from app.wiki.http.client import WikiClient
from app.wiki.sign_in import oauth, oauth1
from app.wiki.sign_in.credentials import BearerCredentials, SessionCredentials
from app.wiki.sign_in.session_sign_in import SessionSignIn
from tests.attack.payloads.recorded_answers import valid_recording

#: The kinds of request in an exchange, so that one of them can get a mutated answer.
TOKEN, FORM, LOGIN, ASKED = "token", "form", "login", "asked"
CLIENT = OAuthClient("client", "secret", "http://127.0.0.1:8127/callback")
_FIELDS = EventFields(
    "Event:Walk", "UTC", "20270305100000", "20270306180000", types=("meetup",), wikis=("*",)
)
_A_WIKI = WikiFacts("https://wiki.example.org", "Wiki", "awiki", "MediaWiki 1.47.0", "en", True, "1", 0)
_SOMEBODY = Identity("Amara", 31, 3, frozenset(), frozenset(), False, True)
_PEOPLE = ChosenPeople((3, 4))
_OWN = OwnRegistration(private=True, answers={"age": OwnAnswer(2)}, prompt=True)
_NOW = datetime(2027, 3, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reader:
    """Makes requests to an address and reads the answers; `mutated` is the kind that gets a mutated one."""

    read: Callable[[str], object]
    mutated: str = ASKED


def kind_of(query: Mapping[str, Any], form: Mapping[str, Any]) -> str:
    """Return the kind of a request."""
    if form.get("action") == "clientlogin":
        return LOGIN
    meta = str(query.get("meta", ""))
    if "tokens" in meta:
        return TOKEN
    return FORM if meta == "authmanagerinfo" else ASKED


def valid_answer(kind: str) -> Answer:
    """Return a valid answer to a kind of request."""
    named = {TOKEN: ("csrf token", "011-"), FORM: ("sign-in form", ""), LOGIN: ("sign-in answer", "")}
    if kind == ASKED:
        return Answer(204, {}, b"")
    found = valid_recording(*named[kind])
    body = found.payload()
    if kind == TOKEN:
        body = body.replace(b'"csrftoken"', b'"logintoken": "b0b1+\\\\", "csrftoken"')
    return Answer(200, dict(found.headers), body)


def _client(base: str, *, session: bool = False) -> WikiClient:
    if session:
        cookies = SessionCredentials(base, SessionSecrets(()), lambda _: None, lambda: None)
        return WikiClient(base, cookies, tries=1)
    return WikiClient(
        base, BearerCredentials(base, Tokens("token"), None, lambda _: None, lambda: None), tries=1
    )


def _read(call: Callable[[EventRegistration], object], *, session: bool = False) -> Callable[[str], object]:
    def read(base: str) -> object:
        with closing(_client(base, session=session)) as client:
            return call(EventRegistration(client))

    return read


def _change(call: Callable[[EventChanges], object], *, session: bool = False) -> Callable[[str], object]:
    def change(base: str) -> object:
        with closing(_client(base, session=session)) as client:
            return call(EventChanges(client))

    return change


def _home(wiki: EventRegistration) -> KnownWiki:
    return KnownWiki("awiki", wiki.client.base_url)


def _first_form(base: str) -> object:
    with closing(SessionSignIn(base)) as talk:
        return talk.begin()


def _sign_in(base: str) -> object:
    with closing(SessionSignIn(base)) as talk:
        talk.begin()
        step = talk.answer({"username": "Amara", "password": "-"})
        return step if step is None else (step, talk.answer({field.name: "1" for field in step.fields}))


def _authorized(base: str) -> object:
    return oauth.authorization(base, CLIENT).tokens("code")


def _refreshed(base: str) -> object:
    return oauth.refreshed(base, CLIENT, "refresh")


def _initiated(base: str) -> object:
    return oauth1.authorization(base, CLIENT)


def _signed_for(base: str) -> object:
    secrets = OAuth1Secrets("client", "secret", "token", "secret")
    return oauth1.Authorization("", "token", base, secrets).secrets("verifier")


#: Readers over the shared connections.
READERS: dict[str, Reader] = {
    "registration": Reader(_read(lambda wiki: wiki.registration(5, as_organizer=True))),
    "organizers": Reader(_read(lambda wiki: wiki.organizers(5))),
    "participants": Reader(_read(lambda wiki: wiki.participants(5, 0, private=True))),
    "own registration": Reader(_read(lambda wiki: wiki.own_registration(5))),
    "organized by": Reader(_read(lambda wiki: wiki.organized_by(3))),
    "attended by": Reader(_read(lambda wiki: wiki.attended_by(3), session=True)),
    "question labels": Reader(_read(lambda wiki: wiki.question_labels())),
    "grant id": Reader(_read(lambda wiki: wiki.grant_id(5))),
    "identity": Reader(_read(lambda wiki: wiki.identity())),
    "facts": Reader(_read(lambda wiki: wiki.facts())),
    "family": Reader(_read(lambda wiki: wiki.family(_SOMEBODY))),
    "named": Reader(_read(lambda wiki: wiki.named(["Amara", "Nobody"], _A_WIKI))),
    "find edit": Reader(
        _read(
            lambda wiki: link_targets.find_edit(
                wiki.client, _home(wiki), (), f"{wiki.client.base_url}/index.php?diff=12&oldid=11"
            )
        )
    ),
    "find wiki": Reader(lambda base: discovery.find_wiki(base)),
    "make page": Reader(_change(lambda wiki: wiki.create_page("Event:Walk", "text", "-"))),
    "enable": Reader(_change(lambda wiki: wiki.enable(_FIELDS))),
    "replace": Reader(_change(lambda wiki: wiki.replace(5, _FIELDS, None, {"later": 1}))),
    "delete": Reader(_change(lambda wiki: wiki.delete(5), session=True)),
    "set organizers": Reader(_change(lambda wiki: wiki.set_organizers(5, OrganizerNames(("Amara",))))),
    "remove people": Reader(_change(lambda wiki: wiki.remove_people(5, _PEOPLE))),
    "e-mail": Reader(_change(lambda wiki: wiki.email(5, "a", "b", _PEOPLE, copy=False))),
    "register": Reader(_change(lambda wiki: wiki.register(5, _OWN))),
    "unregister": Reader(_change(lambda wiki: wiki.cancel_registration(5))),
    "associate edit": Reader(_change(lambda wiki: wiki.associate_edit(5, "awiki", 7))),
    "remove contribution": Reader(_change(lambda wiki: wiki.remove_contribution(7))),
    "set grant id": Reader(_change(lambda wiki: wiki.set_grant_id(5, "2611-00123"))),
    "csrf token": Reader(_change(lambda wiki: wiki.delete(5), session=True), TOKEN),
    "sign-in form": Reader(_first_form, FORM),
    "sign-in answer": Reader(_sign_in, LOGIN),
}
#: Readers of pages: each takes about ten times as long as reading an API answer.
PAGE_READERS: dict[str, Reader] = {
    "my events": Reader(_read(lambda wiki: wiki.my_events(), session=True)),
    "statistics": Reader(_read(lambda wiki: wiki.statistics(5), session=True)),
    "contributions": Reader(_read(lambda wiki: wiki.contributions(8), session=True)),
    "find event": Reader(
        _read(
            lambda wiki: link_targets.find_event(
                wiki.client, _home(wiki), (), f"{wiki.client.base_url}/wiki/Event:Walk"
            )
        )
    ),
    "event on page": Reader(_read(lambda wiki: link_targets.event_on_page(wiki.client, "Event:Walk"))),
}
#: Readers that send requests to a fixed host: never over a connection.
MEMORY_READERS: dict[str, Reader] = {
    "short address": Reader(
        _read(lambda wiki: link_targets.find_event(wiki.client, _home(wiki), (), "https://w.wiki/7aBc"))
    ),
}
#: Readers with a connection of their own, which cannot be replaced in memory.
WIRE_READERS: dict[str, Reader] = {
    "tokens": Reader(_authorized),
    "refreshed tokens": Reader(_refreshed),
    "signed for": Reader(_signed_for),
    "initiated": Reader(_initiated),
}
#: Functions that interpret an answer without a reader.
MEANINGS = (answers.rest_value, answers.api_value, answers.change_value, answers.page_change_value)


def use(value: object) -> None:
    """Use a value as the program's lists do; every text in it must be encodable."""
    _encode_texts(value)
    for one in value[:50] if isinstance(value, list) else [value]:
        if isinstance(one, Registration):
            one.starts_at().isoformat(), one.ends_at().isoformat(), one.phase(_NOW), fields_of(one)
            names.isolated(one.name)
        if isinstance(one, Participant):
            names.search_text(one.name)
            names.isolated(one.name or "")


def _encode_texts(value: object) -> None:
    """Encode every text in a value.

    Raises: UnicodeEncodeError for a lone surrogate."""
    if isinstance(value, str):
        value.encode()
    elif is_dataclass(value):
        for field in fields(value):
            _encode_texts(getattr(value, field.name))
    elif isinstance(value, Mapping):
        _encode_texts([*value.keys(), *value.values()])
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            _encode_texts(one)
