"""Her own registration for an event, and her answers (CONTRACT §3, participants/self)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """An answer by the wiki's number of the option, from 1 on, and her own words where the option asks."""

    value: int
    other: str | None = None


@dataclass(frozen=True, slots=True)
class OwnRegistration:
    """How she is registered. `answers` by the question's name; those she skipped are left out.

    A registration is always sent whole: answers left out are deleted by the wiki. `prompt`: whether the wiki
    asks her, after an edit, if it belongs to the event; None where it has no such choice.
    """

    private: bool
    answers: Mapping[str, OwnAnswer] = field(default_factory=dict)
    prompt: bool | None = field(default=None, compare=False)
