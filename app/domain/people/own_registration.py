"""The user's own registration for an event, with answers (CONTRACT §3, participants/self)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class OwnAnswer:
    """An answer: the wiki's number of the option, counted from 1, and free text if the option allows it."""

    value: int
    other: str | None = None


@dataclass(frozen=True)
class OwnRegistration:
    """The user's registration. `answers` by the question's name; unanswered questions are left out.

    A registration is always sent whole: the wiki deletes answers that are left out. `prompt`: whether the
    wiki asks, after an edit, if the edit belongs to the event; None if the wiki does not have this setting.
    """

    private: bool
    answers: Mapping[str, OwnAnswer] = field(default_factory=dict)
    prompt: bool | None = field(default=None, compare=False)
