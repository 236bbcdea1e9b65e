"""A scripted server that lists people with any ids, in pages as Event Registration does."""

from collections.abc import Callable, Collection
from typing import Any

from tests.support.servers.scripted_wiki import Asked, Reply


def event_json(event_id: int) -> dict[str, Any]:
    return {
        "id": event_id,
        "name": f"Event {event_id}",
        "event_page": f"Event:Event {event_id}",
        "event_page_wiki": "scripted",
        "status": "open",
        "timezone": "UTC",
        "start_time": "20270305100000",
        "end_time": "20270306180000",
        "types": ["meetup"],
        "wikis": [],
        "topics": [],
        "online_meeting": True,
        "inperson_meeting": False,
        "tracking_tools": [],
        "questions": [],
    }


def person_json(number: int) -> dict[str, Any]:
    return {
        "participant_id": number,
        "user_id": number,
        "user_registered_at": "20270101000000",
        "private": False,
        "user_name": f"Person {number}",
    }


def page_of(ids: Collection[int], asked: Asked) -> list[dict[str, Any]]:
    after = int(asked.query.get("last_participant_id", 0))
    return [person_json(number) for number in sorted(ids) if number > after][:20]


def wiki_with(people: Callable[[Asked], Reply]) -> Callable[[Asked], Reply]:
    """Return the answers of a wiki on which Amara organizes every event, with the given people."""

    def answer(asked: Asked) -> Reply:
        if asked.path == "/api.php" and asked.query["action"] == "sitematrix":
            return Reply(
                {"error": {"code": "badvalue", "info": 'Unrecognized value for parameter "action".'}}
            )
        if asked.path == "/api.php" and asked.query["meta"] == "userinfo":
            rights = ["campaignevents-organize-events"]
            user = {"id": 3, "name": "Amara", "groups": ["user"], "rights": rights}
            return Reply({"query": {"userinfo": user}})
        if asked.path == "/api.php":
            general = {"sitename": "Scripted", "generator": "MediaWiki 1.45.0", "wikiid": "scripted"}
            extensions = [{"name": "CampaignEvents"}]
            return Reply({"query": {"general": general, "extensions": extensions}})
        if asked.path == "/index.php":
            # Its special pages are empty.
            return Reply({}, 404)
        last = asked.path.rpartition("/")[2]
        if last == "participants":
            return people(asked)
        if last == "self":
            key = "campaignevents-rest-get-registration-info-notparticipant"
            return Reply({"errorKey": key, "messageTranslations": {"en": "Not registered."}}, 404)
        if last == "event_registrations" and "/participant/" in asked.path:
            return Reply([])
        if last == "event_registrations":
            return Reply([{"event_id": 1, "event_name": "Event 1"}])
        if last in ("organizers", "participant_questions"):
            return Reply([])
        return Reply(event_json(int(last)))

    return answer
