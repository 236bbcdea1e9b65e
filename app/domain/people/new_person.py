"""A participant as named on Today."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NewPerson:
    """Somebody who registered lately. `registered_at`: seconds since 1970."""

    event_key: int
    participant_id: int
    name: str
    private: bool
    registered_at: int
