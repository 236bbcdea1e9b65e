"""Realistic people for the benchmarks, in many scripts, as a wiki would send them."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from app.domain.people.participant import Participant
from app.practice.events.people_json import PARTICIPANTS_PAGE, Viewpoint, participant_json
from app.practice.world.people_names import believable_names
from app.wiki import shapes
from app.wiki.http import answers

WIKI = "bench.example"
_SEED = 2026
_OPENED = datetime(2026, 1, 5, 8, tzinfo=UTC)
_SECONDS = 60 * 24 * 3600
_VIEW = Viewpoint(organizer=True, ended=False, language="qqx", now=_OPENED + timedelta(days=61))
_PRIVATE_SHARE = 0.12
_MAILED_SHARE = 0.85
_CONFIDENCE = (18, 26, 24, 22, 10)
_AFFILIATE = (34, 16, 50)
_OTHERS = ("Wikimedia Kenya", "Wikimedia México", 'WikiDonne, "Italia"', "=1+1", None)


def people_json(count: int) -> Iterator[dict[str, Any]]:
    """Yield a number of people as the participants route shows them to an organizer."""
    rng = random.Random(_SEED)
    names = believable_names(_SEED)
    for number in range(1, count + 1):
        moment = _OPENED + timedelta(seconds=int(_SECONDS * number / count))
        affiliate = rng.choices(range(3), _AFFILIATE)[0]
        row: Any = {
            "participant_id": number,
            "user_id": number + 1_000,
            "name": next(names),
            "hidden": rng.random() < 0.002,
            "has_page": rng.random() < 0.2,
            "registered_at": moment.strftime("%Y%m%d%H%M%S"),
            "private": rng.random() < _PRIVATE_SHARE,
            "email": "someone@mail.example" if rng.random() < _MAILED_SHARE else None,
            "email_confirmed": True,
            "confidence": rng.choices(range(5), _CONFIDENCE)[0],
            "affiliate": affiliate,
            "affiliate_other": rng.choice(_OTHERS) if affiliate == 1 else None,
            "first_answer_at": moment.strftime("%Y%m%d%H%M%S"),
            "aggregated": False,
        }
        yield participant_json(row, _VIEW)


def pages(count: int) -> list[bytes]:
    """Return a number of people as the bodies of a wiki's pages; the last page is not full."""
    made: list[bytes] = []
    page: list[dict[str, Any]] = []
    for person in people_json(count):
        page.append(person)
        if len(page) == PARTICIPANTS_PAGE:
            made.append(json.dumps(page, ensure_ascii=False).encode())
            page = []
    made.append(json.dumps(page, ensure_ascii=False).encode())
    return made


class PreparedPages:
    """Replaces a wiki's participants route where the network is not measured."""

    def __init__(self, bodies: list[bytes]) -> None:
        self._bodies = bodies
        self._shape = shapes.Shape(WIKI)
        self.client = self
        self.name = WIKI

    def participants(self, _event_id: int, after: int, *, private: bool) -> list[Participant]:
        """Return the page after an id, parsed and validated like the real route's."""
        assert private
        body = self._bodies[after // PARTICIPANTS_PAGE]
        value = answers.rest_value(WIKI, answers.Answer(200, _HEADERS, body), kind=shapes.PEOPLE)
        return shapes.participants(self._shape, value, after)


_HEADERS = {"content-type": "application/json"}
