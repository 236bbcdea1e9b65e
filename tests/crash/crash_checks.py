"""Compares a change with what the practice wiki recorded of it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import requests

from app.domain.changes.change import Change, ChangeState, Question
from app.domain.changes.operations import Operation
from tests.support.data.event_making import event_of, organizers_of
from tests.support.servers.practice_server import PracticeServer


@dataclass
class Round:
    """One change and its expected effect."""

    kind: str
    operation: Operation
    event: int
    event_key: int
    chosen: frozenset[int] = frozenset()
    before: frozenset[int] = frozenset()
    title: str = ""
    subject: str = ""
    value: str = ""
    fault_kind: str = "calm"


def differences(server: PracticeServer, present: Round, change: Change) -> list[str]:
    """Return the differences between the wiki's journal and a change."""
    if change.state is ChangeState.FAILED:
        return [f"lost: refused, {change.sentence}"]
    if change.state is ChangeState.ASKS and change.question is not Question.MAYBE_SENT:
        return [f"lost: asks without a reason, {change.sentence}"]
    made = server.changes(present.event)
    done = change.state is ChangeState.DONE
    return _CHECKS[present.kind](server, present, made, done=done)


def _edited(server: PracticeServer, present: Round, made: list[Any], *, done: bool) -> list[str]:
    name, value = ("chat_url", present.value) if present.value else ("status", "closed")
    hits = [one for one in made if one["method"] == "PUT" and (one["body"] or {}).get(name) == value]
    holds = event_of(server, present.event)[name] == value
    return _judged(len(hits), holds=holds, done=done)


def _removed(server: PracticeServer, present: Round, made: list[Any], *, done: bool) -> list[str]:
    asked = [
        user_id
        for one in made
        if one["method"] == "DELETE" and one["path"].endswith("/participants")
        for user_id in (one["body"] or {}).get("user_ids") or present.before
    ]
    left = {one["user_id"] for one in server.people(present.event)}
    wrong = [f"removed: {one}" for one in (present.before - left) - present.chosen]
    wrong += [f"twice: removal of {one}" for one, count in Counter(asked).items() if count > 1]
    if done and left & present.chosen:
        wrong.append("lost: done, and somebody is still there")
    return wrong


def _emailed(server: PracticeServer, present: Round, _made: list[Any], *, done: bool) -> list[str]:
    sent = [one for one in server.mails() if one["subject"] == present.subject]
    if len(sent) > 1:
        return [f"mail: sent {len(sent)} times"]
    if sent and not set(sent[0]["recipients"]) <= present.before:
        return ["mail: sent to others"]
    return ["lost: done, and never sent"] if done and not sent else []


def _organized(server: PracticeServer, present: Round, made: list[Any], *, done: bool) -> list[str]:
    puts = [one for one in made if one["path"].endswith("/organizers")]
    wanted = [server.name(), server.name("co_organizer")]
    return _judged(len(puts), holds=organizers_of(server, present.event) == wanted, done=done)


def _created(server: PracticeServer, present: Round, _made: list[Any], *, done: bool) -> list[str]:
    every = requests.get(f"{server.base}/practice/changes", timeout=20).json()
    posts = [one for one in every if (one["body"] or {}).get("event_page") == present.title]
    return _judged(len(posts), holds=bool(posts), done=done)


def _registered(server: PracticeServer, present: Round, made: list[Any], *, done: bool) -> list[str]:
    own = server.rest("GET", f"/event_registration/{present.event}/participants/self")
    wanted = {"private": True, "answers": {"age": {"value": 3}}}
    holds = own.status_code == 404 if present.kind == "cancel" else own.json() == wanted
    method = "DELETE" if present.kind == "cancel" else "PUT"
    asked = [one for one in made if one["path"].endswith("/self") and one["method"] == method]
    return _judged(len(asked), holds=holds, done=done)


def _deleted(server: PracticeServer, present: Round, made: list[Any], *, done: bool) -> list[str]:
    asked = [one for one in made if one["method"] == "DELETE"]
    gone = server.rest("GET", f"/event_registration/{present.event}").status_code == 404
    return _judged(len(asked), holds=gone, done=done)


_CHECKS: dict[str, Any] = {
    "edit": _edited,
    "status": _edited,
    "remove": _removed,
    "email": _emailed,
    "organizers": _organized,
    "create": _created,
    "register": _registered,
    "cancel": _registered,
    "delete": _deleted,
}


def _judged(times_made: int, *, holds: bool, done: bool) -> list[str]:
    wrong = [f"twice: made {times_made} times"] if times_made > 1 else []
    return [*wrong, "lost: done, and the wiki does not have it"] if done and not holds else wrong
