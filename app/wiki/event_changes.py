"""The routes of Event Registration that change something (CONTRACT §3, §4).

Each call is made once. It raises NoAnswer where the wiki may have done it all the same, and any other
KnownFault where it has not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.domain import names, wording
from app.domain.accounts.account import RIGHT_DELETE, RIGHT_EMAIL, RIGHT_ENABLE, RIGHT_ORGANIZE
from app.domain.events.event_fields import DASHBOARD, EventFields
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPeople
from app.domain.people.own_registration import OwnRegistration
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient

#: People that one call may remove.
MOST_REMOVED = 50
_BASE = "/campaignevents/v0/event_registration"
_CONTRIBUTIONS = "/campaignevents/v0/event_contributions"
_GRANTS = "/wikimediacampaignevents/v0/event_registration"
_EXTRANEOUS, _INVALID_BODY = "rest-extraneous-body-fields", "rest-body-validation-error"
_COUNTRY_CODE, _TRACKS, _IS_TEST = "meeting_country_code", "tracks_contributions", "is_test_event"
#: With 0.3 seconds between them a wrong answer was never met (CONTRACT §6).
_SECONDS_BETWEEN_TRIES = 1.0
_PROMPT = "show_contribution_association_prompt"
#: What older and later wikis, or those without the feature, do not know (CONTRACT §4.4, §4.13); lists only
#: where they are empty, so that nothing she chose is lost without a word (docs/versions.md).
_MAY_BE_UNKNOWN = frozenset((_TRACKS, _COUNTRY_CODE))
_LISTS_MAY_BE_UNKNOWN = ("types", "wikis", "topics")


@dataclass(frozen=True, slots=True)
class OrganizerNames:
    """The whole list of an event's organizers: from 1 on, each once. Raises ValueError."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.names or len(set(self.names)) != len(self.names):
            raise ValueError("the list of organizers is empty or names somebody twice")


class EventChanges:
    """Makes changes on one wiki."""

    def __init__(self, client: WikiClient) -> None:
        self.client = client

    def make_page(self, title: str, text: str, summary: str) -> bool:
        """Make a page; return False where a page of this title is there already, which stays as it is."""
        try:
            value = self.client.page_change(
                "createpage", action="edit", title=title, text=text, summary=summary, createonly=1
            )
        except KnownFault as fault:
            if fault.error_key == "articleexists":
                return False
            raise
        edit = value.get("edit")
        if not isinstance(edit, dict):
            raise NoAnswer(self.client.name)
        if edit.get("result") != "Success":
            # A captcha, or a filter that turned the edit down: the wiki says so in many ways.
            reason = edit.get("info") or edit.get("code") or edit.get("result") or ""
            raise KnownFault(Fault.INVALID, wording.refused(names.safe(str(reason)[:500])))
        return True

    def enable(self, fields: EventFields) -> int:
        """Enable registration on a page; return the event's number."""
        value = self._whole("POST", _BASE, _body(fields, DASHBOARD), {}, RIGHT_ENABLE)
        number = value.get("id") if isinstance(value, dict) else None
        if type(number) is not int or number <= 0:
            raise NoAnswer(self.client.name)
        return number

    def replace(
        self, event_id: int, fields: EventFields, tool: str | None, unknown: Mapping[str, Any]
    ) -> None:
        """Replace an event's registration as a whole (CONTRACT §4.2).

        `tool` is the tracking tool of the course, None for the Dashboard. `unknown` are the fields that the
        wiki gave and that this version does not know: they go back as they were, where the route takes them.
        """
        body = {**_body(fields, tool or DASHBOARD), "status": fields.status}
        self._nothing(self._whole("PUT", f"{_BASE}/{event_id}", body, unknown, RIGHT_ORGANIZE))

    def delete(self, event_id: int) -> None:
        """Delete an event's registration, for ever."""
        self._nothing(self.client.change("DELETE", f"{_BASE}/{event_id}", {}, RIGHT_ORGANIZE, RIGHT_DELETE))

    def set_organizers(self, event_id: int, organizers: OrganizerNames) -> None:
        """Set the whole list of organizers."""
        body = {"organizer_usernames": list(organizers.names)}
        self._nothing(self.client.change("PUT", f"{_BASE}/{event_id}/organizers", body, RIGHT_ORGANIZE))

    def remove_people(self, event_id: int, people: ChosenPeople) -> int:
        """Remove at most 50 people; return how many of them were still there."""
        if len(people.user_ids) > MOST_REMOVED:
            raise ValueError("too many people at once")
        value = self.client.change(
            "DELETE", f"{_BASE}/{event_id}/participants", {"user_ids": list(people.user_ids)}, RIGHT_ORGANIZE
        )
        fields = value if isinstance(value, dict) else {}
        public, private = fields.get("public"), fields.get("private")
        if type(public) is not int or type(private) is not int:
            raise NoAnswer(self.client.name)
        return public + private

    def email(self, event_id: int, subject: str, message: str, people: ChosenPeople, *, copy: bool) -> int:
        """Write to people; return to how many the wiki sends it."""
        body: dict[str, object] = {
            "subject": subject,
            "message": message,
            "user_ids": list(people.user_ids),
        }
        if copy:
            # 1.43 does not know it: there it is not offered.
            body["ccme"] = True
        value = self.client.change("POST", f"{_BASE}/{event_id}/email", body, RIGHT_EMAIL)
        sent = value.get("sent") if isinstance(value, dict) else None
        if type(sent) is not int:
            raise NoAnswer(self.client.name)
        return sent

    def register(self, event_id: int, wanted: OwnRegistration) -> None:
        """Register, or change her registration as a whole."""
        body: dict[str, Any] = {"is_private": wanted.private}
        if wanted.answers:
            body["answers"] = {
                name: {"value": answer.value, **({"other": answer.other} if answer.other else {})}
                for name, answer in wanted.answers.items()
            }
        if wanted.prompt is not None:
            body[_PROMPT] = wanted.prompt
        path = f"{_BASE}/{event_id}/participants/self"
        try:
            told = self.client.change("PUT", path, body)
        except KnownFault as fault:
            # Later wikis require it, others do not know it; unless she said otherwise, they ask.
            if _PROMPT not in fault.parameters or _PROMPT in body:
                raise
            told = self.client.change("PUT", path, {**body, _PROMPT: True})
        self._modified(told)

    def cancel_registration(self, event_id: int) -> None:
        """Cancel her registration."""
        self._modified(self.client.change("DELETE", f"{_BASE}/{event_id}/participants/self", {}))

    def associate_edit(self, event_id: int, wiki_id: str, revision_id: int) -> bool | None:
        """Count an edit as a contribution; the wiki does it a moment later. Twice is like once.

        Its author may, and from 1.46 an organizer of the event (CONTRACT §6). Returns whether it is new, None
        where the wiki does not say: 1.45. Two tries for one edit are a second apart, for a wiki that has just
        refused one answers the next ones wrongly.
        """
        self.client.keep_apart(f"edit {wiki_id} {revision_id}", _SECONDS_BETWEEN_TRIES)
        path = f"{_BASE}/{event_id}/edits/{wiki_id}/{revision_id}"
        value = self.client.change("PUT", path, {}, RIGHT_ORGANIZE, needed=False)
        if isinstance(value, dict):
            self._modified(value)
            return bool(value["modified"])
        self._nothing(value)
        return None

    def remove_contribution(self, contribution_id: int) -> None:
        """Take an edit out of the contributions of its event."""
        path = f"{_CONTRIBUTIONS}/{contribution_id}"
        self._nothing(self.client.change("DELETE", path, {}, RIGHT_ORGANIZE))

    def set_grant_id(self, event_id: int, grant_id: str | None) -> None:
        """Set the grant that an event belongs to, or none; only on a wiki with the add-on."""
        path = f"{_GRANTS}/{event_id}/grant_id"
        if grant_id:
            self._nothing(self.client.change("PUT", path, {"grant_id": grant_id}, RIGHT_ORGANIZE))
        else:
            self._nothing(self.client.change("DELETE", path, {}, RIGHT_ORGANIZE))

    def _whole(
        self, method: str, path: str, body: dict[str, Any], unknown: Mapping[str, Any], right: str
    ) -> Any:  # noqa: ANN401
        """Send an event, without the fields that the wiki then says it does not take."""
        extra = {name: value for name, value in unknown.items() if name not in body}
        try:
            return self.client.change(method, path, {**body, **extra}, right)
        except KnownFault as fault:
            if fault.error_key == _INVALID_BODY and fault.parameters == (_TRACKS,) and _TRACKS not in body:
                # Later wikis want to be told; what the event did not say it does not do.
                return self.client.change(method, path, {**body, **extra, _TRACKS: False}, right)
            empty = {name for name in _LISTS_MAY_BE_UNKNOWN if not body.get(name)}
            empty |= set() if body.get(_IS_TEST) else {_IS_TEST}
            droppable = extra.keys() | _MAY_BE_UNKNOWN | empty
            if fault.error_key != _EXTRANEOUS or not fault.parameters or set(fault.parameters) - droppable:
                raise
            refused = set(fault.parameters)
            kept = {name: value for name, value in {**body, **extra}.items() if name not in refused}
            if _COUNTRY_CODE in refused:
                kept["meeting_country"] = _english_name(body[_COUNTRY_CODE])
            return self.client.change(method, path, kept, right)

    def _nothing(self, value: object) -> None:
        """Take the answer to a change that has nothing to say but, perhaps, warnings."""
        if (
            value is not None
            and value != []
            and not (isinstance(value, dict) and value.keys() <= {"warnings"})
        ):
            raise NoAnswer(self.client.name)

    def _modified(self, value: object) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("modified"), bool):
            raise NoAnswer(self.client.name)


def _is_code(country: str | None) -> bool:
    """Tell a country's code from a country as older wikis keep it: as somebody has written it."""
    return country is not None and len(country) == 2 and country.isupper()


def _english_name(code: str) -> str:
    """Return a country's name for wikis that keep it as text."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def _body(fields: EventFields, tool: str) -> dict[str, Any]:
    """Return an event as POST and PUT take it; fields of a meeting that there is not are left out."""
    body: dict[str, Any] = {
        "event_page": fields.page,
        "timezone": fields.timezone,
        "start_time": fields.start,
        "end_time": fields.end,
        "types": list(fields.types),
        "wikis": list(fields.wikis),
        "topics": list(fields.topics),
        "online_meeting": fields.online,
        "inperson_meeting": fields.in_person,
        "is_test_event": fields.is_test,
    }
    optional: Sequence[tuple[str, object, bool]] = (
        ("meeting_url", fields.meeting_url, fields.online),
        (_COUNTRY_CODE, fields.country_code, fields.in_person and _is_code(fields.country_code)),
        ("meeting_country", fields.country_code, fields.in_person and not _is_code(fields.country_code)),
        ("meeting_address", fields.address, fields.in_person),
        ("chat_url", fields.chat_url, True),
        ("tracking_tool_id", tool, bool(fields.course)),
        ("tracking_tool_event_id", fields.course, True),
    )
    body |= {name: value for name, value, wanted in optional if wanted and value}
    if fields.goal_type:
        body |= {"goal_type": fields.goal_type, "goal_target": fields.goal_target}
    if fields.tracks_contributions is not None:
        body["tracks_contributions"] = fields.tracks_contributions
    return body
