"""The routes of Event Registration that change something (CONTRACT §3, §4).

Each change is sent once. It raises NoAnswer if the wiki may have made the change anyway, and any other
KnownFault if it has not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from app.domain import names
from app.domain.accounts.account import RIGHT_DELETE, RIGHT_EMAIL, RIGHT_ENABLE, RIGHT_ORGANIZE
from app.domain.events.event_fields import DASHBOARD, EventFields
from app.domain.faults import Fault, KnownFault
from app.domain.people.chosen_people import ChosenPeople
from app.domain.people.own_registration import OwnRegistration
from app.domain.wording.refusal_texts import refused
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient

#: The maximum number of people that one call may remove.
MAX_REMOVED = 50
_BASE = "/campaignevents/v0/event_registration"
_CONTRIBUTIONS = "/campaignevents/v0/event_contributions"
_LISTS = "/campaignevents/v0/worklist"
_GRANTS = "/wikimediacampaignevents/v0/event_registration"
_EXTRANEOUS, _INVALID_BODY = "rest-extraneous-body-fields", "rest-body-validation-error"
_COUNTRY_CODE, _TRACKS, _IS_TEST = "meeting_country_code", "tracks_contributions", "is_test_event"
#: With 0.3 seconds between two attempts, no wrong response was ever seen (CONTRACT §6).
_SECONDS_BETWEEN_TRIES = 1.0
_PROMPT = "show_contribution_association_prompt"
#: Fields that older or later wikis, or wikis without the feature, do not know (CONTRACT §4.4, §4.13). Lists
#: are dropped only if they are empty, so that no choice of the user is lost silently (docs/versions.md).
_MAY_BE_UNKNOWN = frozenset((_TRACKS, _COUNTRY_CODE))
_LISTS_MAY_BE_UNKNOWN = ("types", "wikis", "topics")


@dataclass(frozen=True)
class OrganizerNames:
    """The complete list of an event's organizers. Raises ValueError if it is empty or has duplicates."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.names or len(set(self.names)) != len(self.names):
            raise ValueError("the list of organizers is empty or names somebody twice")


class EventChanges:
    """Sends changes to one wiki."""

    def __init__(self, client: WikiClient) -> None:
        self.client = client

    def create_page(self, title: str, text: str, summary: str) -> bool:
        """Create a page; return False, and change nothing, if a page with this title already exists."""
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
            # A captcha, or an edit filter: the reason can be in any of these fields.
            reason = edit.get("info") or edit.get("code") or edit.get("result") or ""
            raise KnownFault(Fault.INVALID, refused(None), wiki_said=names.safe(str(reason)[:500]))
        return True

    def enable(self, fields: EventFields) -> int:
        """Enable registration on a page; return the event's number."""
        value = self._send_event("POST", _BASE, _body(fields, DASHBOARD), {}, RIGHT_ENABLE)
        number = value.get("id") if isinstance(value, dict) else None
        if type(number) is not int or number <= 0:
            raise NoAnswer(self.client.name)
        return number

    def replace(
        self, event_id: int, fields: EventFields, tool: str | None, unknown: Mapping[str, Any]
    ) -> None:
        """Replace an event's registration as a whole (CONTRACT §4.2).

        `tool` is the tracking tool of the course, None for the Dashboard. `unknown` holds the fields from the
        wiki that this version does not know: they are sent back unchanged if the route accepts them.
        """
        body = {**_body(fields, tool or DASHBOARD), "status": fields.status}
        self._expect_empty(self._send_event("PUT", f"{_BASE}/{event_id}", body, unknown, RIGHT_ORGANIZE))

    def delete(self, event_id: int) -> None:
        """Delete an event's registration permanently."""
        self._expect_empty(
            self.client.change("DELETE", f"{_BASE}/{event_id}", {}, RIGHT_ORGANIZE, RIGHT_DELETE)
        )

    def set_organizers(self, event_id: int, organizers: OrganizerNames) -> None:
        """Replace the list of organizers."""
        body = {"organizer_usernames": list(organizers.names)}
        self._expect_empty(self.client.change("PUT", f"{_BASE}/{event_id}/organizers", body, RIGHT_ORGANIZE))

    def remove_people(self, event_id: int, people: ChosenPeople) -> int:
        """Remove at most 50 people; return how many of them were still registered."""
        if len(people.user_ids) > MAX_REMOVED:
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
        """Send an e-mail to people; return to how many of them the wiki sends it."""
        body: dict[str, object] = {
            "subject": subject,
            "message": message,
            "user_ids": list(people.user_ids),
        }
        if copy:
            # 1.43 does not know this field; the copy is not offered there.
            body["ccme"] = True
        value = self.client.change("POST", f"{_BASE}/{event_id}/email", body, RIGHT_EMAIL)
        sent = value.get("sent") if isinstance(value, dict) else None
        if type(sent) is not int:
            raise NoAnswer(self.client.name)
        return sent

    def register(self, event_id: int, wanted: OwnRegistration) -> None:
        """Register the user, or replace their registration."""
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
            value = self.client.change("PUT", path, body)
        except KnownFault as fault:
            # Later wikis require the field, others do not know it. The default is to show the prompt.
            if _PROMPT not in fault.parameters or _PROMPT in body:
                raise
            value = self.client.change("PUT", path, {**body, _PROMPT: True})
        self._expect_modified(value)

    def cancel_registration(self, event_id: int) -> None:
        """Cancel the user's own registration."""
        self._expect_modified(self.client.change("DELETE", f"{_BASE}/{event_id}/participants/self", {}))

    def associate_edit(self, event_id: int, wiki_id: str, revision_id: int) -> bool | None:
        """Count an edit as a contribution; the wiki does so a moment later. Idempotent.

        The author of the edit may do so and, from 1.46, an organizer of the event (CONTRACT §6). Returns
        whether the contribution is new; None if the wiki does not say so (1.45). Two attempts for one edit
        are at least a second apart: after it has refused one, a wiki responds wrongly to the next.
        """
        self.client.enforce_interval(f"edit {wiki_id} {revision_id}", _SECONDS_BETWEEN_TRIES)
        path = f"{_BASE}/{event_id}/edits/{wiki_id}/{revision_id}"
        value = self.client.change("PUT", path, {}, RIGHT_ORGANIZE, needed=False)
        if isinstance(value, dict):
            self._expect_modified(value)
            return bool(value["modified"])
        self._expect_empty(value)
        return None

    def remove_contribution(self, contribution_id: int) -> None:
        """Remove an edit from the contributions of its event."""
        path = f"{_CONTRIBUTIONS}/{contribution_id}"
        self._expect_empty(self.client.change("DELETE", path, {}, RIGHT_ORGANIZE))

    def change_article_list(
        self, page: str, add: Mapping[str, Sequence[str]], remove: Mapping[str, Sequence[str]]
    ) -> None:
        """Add titles to an article list and take others out, by wiki, in one edit; idempotent.

        Any user with a name may (CONTRACT §6). The page is made if the user may make it.
        """
        body: dict[str, object] = {}
        # A list in the place of an object is answered with an internal error.
        if add:
            body["add"] = dict(add)
        if remove:
            body["remove"] = dict(remove)
        path = f"{_LISTS}/{quote(page, safe='')}/pages"
        self._expect_empty(self.client.change("PATCH", path, body, needed=False))

    def set_grant_id(self, event_id: int, grant_id: str | None) -> None:
        """Set or clear the grant that an event belongs to; only on a wiki with the add-on."""
        path = f"{_GRANTS}/{event_id}/grant_id"
        if grant_id:
            self._expect_empty(self.client.change("PUT", path, {"grant_id": grant_id}, RIGHT_ORGANIZE))
        else:
            self._expect_empty(self.client.change("DELETE", path, {}, RIGHT_ORGANIZE))

    def _send_event(
        self, method: str, path: str, body: dict[str, Any], unknown: Mapping[str, Any], right: str
    ) -> Any:  # noqa: ANN401
        """Send an event; if the wiki rejects fields as unknown, send it again without them."""
        extra = {name: value for name, value in unknown.items() if name not in body}
        try:
            return self.client.change(method, path, {**body, **extra}, right)
        except KnownFault as fault:
            if fault.error_key == _INVALID_BODY and fault.parameters == (_TRACKS,) and _TRACKS not in body:
                # Later wikis require the field; an event that lacks it does not track contributions.
                return self.client.change(method, path, {**body, **extra, _TRACKS: False}, right)
            empty = {name for name in _LISTS_MAY_BE_UNKNOWN if not body.get(name)}
            empty |= set() if body.get(_IS_TEST) else {_IS_TEST}
            droppable = extra.keys() | _MAY_BE_UNKNOWN | empty
            if fault.error_key != _EXTRANEOUS or not fault.parameters or set(fault.parameters) - droppable:
                raise
            refused = set(fault.parameters)
            accepted = {name: value for name, value in {**body, **extra}.items() if name not in refused}
            if _COUNTRY_CODE in refused:
                accepted["meeting_country"] = _english_name(body[_COUNTRY_CODE])
            return self.client.change(method, path, accepted, right)

    def _expect_empty(self, value: object) -> None:
        """Check that the response to a change is empty, apart from warnings. Raises NoAnswer."""
        if (
            value is not None
            and value != []
            and not (isinstance(value, dict) and value.keys() <= {"warnings"})
        ):
            raise NoAnswer(self.client.name)

    def _expect_modified(self, value: object) -> None:
        if not isinstance(value, dict) or not isinstance(value.get("modified"), bool):
            raise NoAnswer(self.client.name)


def _is_code(country: str | None) -> bool:
    """Return whether this is a country code; older wikis store the country as free text."""
    return country is not None and len(country) == 2 and country.isupper()


def _english_name(code: str) -> str:
    """Return a country's English name, for wikis that store it as text."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def _body(fields: EventFields, tool: str) -> dict[str, Any]:
    """Return an event as a body of POST and PUT, without the fields of a meeting type that it lacks."""
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
