"""People who came without a registration."""

import json
from dataclasses import dataclass
from typing import Final

#: What the store holds.
LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True)
class WalkIn:
    """Somebody who came without a registration.

    `is_user_name`: the name is that of an account, whose user id is `user_id` where it was learnt.
    """

    name: str
    is_user_name: bool = False
    user_id: int | None = None


def walk_in_to_text(walk_in: WalkIn) -> str:
    """Return a walk-in as the text of an act."""
    return json.dumps([walk_in.name, walk_in.is_user_name, walk_in.user_id], ensure_ascii=False)


def walk_in_of_text(text: str) -> WalkIn:
    """Return the walk-in of an act's text. Raises ValueError."""
    try:
        content = json.loads(text)
    except RecursionError as error:
        raise ValueError("no walk-in") from error
    match content:
        case [str(name), bool(is_user_name), int() | None as user_id] if abs(user_id or 0) <= LARGEST_ID:
            return WalkIn(name, is_user_name, user_id)
    raise ValueError("no walk-in")
