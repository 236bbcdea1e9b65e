"""The settings of a practice wiki."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.practice.ground.versions import DEFAULT_VERSION, VERSIONS, Version

GRANT_SETS = ("shipped", "organizer")
FAULT_KINDS = (
    "drop",
    "lose",
    "delay",
    "cut",
    "429",
    "500",
    "503",
    "not-json",
    "wrong-shape",
    "readonly",
    "maxlag",
    "redirect-after",
    "answered-200",
    "slow-headers",
    "slow-body",
)


@dataclass(frozen=True)
class Fault:
    """A kind of failure, its rate, and the seed of its random generator.

    With `changes_only` only requests that would change something are affected. `location` is the target of
    "redirect-after", `body` the body of "answered-200" (default: `{}`, or `[]` where participants are read),
    and `seconds` for how long the slow kinds send slowly before they send the rest at once.
    """

    kind: str
    rate: float = 1.0
    seed: int = 0
    changes_only: bool = False
    location: str = ""
    body: str = ""
    seconds: float = 60.0

    def __post_init__(self) -> None:
        if self.kind not in FAULT_KINDS:
            raise ValueError(f"no such fault: {self.kind}; there are {', '.join(FAULT_KINDS)}")
        if not 0.0 <= self.rate <= 1.0:
            raise ValueError(f"a rate is between 0 and 1, not {self.rate}")
        if self.kind == "redirect-after" and not self.location:
            raise ValueError("redirect-after takes a location")


def read_fault(text: str) -> Fault:
    """Read `KIND[:RATE[:SEED]]`."""
    kind, _, rest = text.partition(":")
    rate, _, seed = rest.partition(":")
    return Fault(kind, float(rate) if rate else 1.0, int(seed) if seed else 0)


@dataclass(frozen=True)
class Settings:
    """The parsed options of the command."""

    port: int = 0
    data: Path | None = None
    events: int = 0
    participants: int = 0
    edits: int = 0
    latency_ms: int = 0
    faults: tuple[Fault, ...] = field(default=())
    grants: str = "organizer"
    clock: datetime | None = None
    token_lifetime: int = 3600
    auto_approve: bool = False
    threads: int = 8
    redirect_port: int = 8127
    until_stdin_closes: bool = False
    wikimedia: bool = False
    family: bool = False
    mediawiki: str = DEFAULT_VERSION

    @property
    def version(self) -> Version:
        """Return the version of MediaWiki that is simulated."""
        return VERSIONS[self.mediawiki]

    @property
    def redirect_uri(self) -> str:
        """Return the redirect URI of the OAuth clients."""
        return f"http://127.0.0.1:{self.redirect_port}/callback"
