"""Seeded fuzzing of the program: mutated answers, slow servers, tampered folders, kills.

`python3 dev.py attack` runs it and prints a line of counts for each part; the exit code is 1 if one that must
be 0 is not. The seed and the numbers in a reported fault reproduce it.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable

from tests.attack.attack_counts import Counts
from tests.attack.folders import folders
from tests.attack.kills import kills
from tests.attack.payloads import payloads
from tests.attack.slow import slow

KILLS = tuple(kills.PARTS)
#: The order matters: the memory of the process is measured before other parts use it.
PARTS = ("slow", "payloads", "folders", *KILLS)


def runs(seed: int, *, short: bool) -> dict[str, Callable[[], Counts]]:
    """Return the function of each part; the short form is part of the test suite."""
    killed = 10 if short else 80
    return {
        "slow": lambda: slow.run(seed, short=short),
        "payloads": lambda: payloads.run(seed, 20_000 if short else 100_000),
        "folders": lambda: folders.run(seed, 80 if short else 800),
        **{name: (lambda name=name: kills.run(name, seed, killed)) for name in KILLS},  # type: ignore[misc]
    }


def main(argv: list[str] | None = None) -> int:
    """Run the parts and print their counts."""
    parser = argparse.ArgumentParser(
        prog="attack", description="Attacks the program, and counts what gives way."
    )
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), metavar="N")
    parser.add_argument("--short", action="store_true", help="about three minutes on two slow cores")
    parser.add_argument(
        "--only", nargs="+", choices=(*PARTS, "kills"), metavar="NAME", help=", ".join((*PARTS, "kills"))
    )
    options = parser.parse_args(argv)
    wanted = set(options.only or PARTS)
    if "kills" in wanted:
        wanted |= set(KILLS)
    print(f"seed {options.seed}", flush=True)
    failed = False
    for name, run in runs(options.seed, short=options.short).items():
        if name not in wanted:
            continue
        began = time.monotonic()
        counted = run()
        print(
            f"{counted.line()} ({time.monotonic() - began:.0f} s)", *counted.details(), sep="\n", flush=True
        )
        failed |= counted.failed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
