"""Change single places of the program, one at a time, and see whether a test of the room fails.

Each changed file ("mutant") is tested in a copy of the repository: first by the tests whose names share a
word with the file's, then by all tests of its room. A mutant that passes them is alive: a fault there would
go unnoticed. Mutants that cannot change behaviour are listed in `equivalent_mutants.txt`. Exit code 1 if
fewer than 90 % of the others are killed.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from queue import Queue

import cosmic_ray.plugins
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("domain", "sync", "store")
EQUIVALENT = ROOT / "tools" / "equivalent_mutants.txt"
_LEAST_KILLED = 0.9
_SECONDS = 600
#: They change types in annotations, or marks that only tools read.
_WITHOUT_EFFECT = ("ReplaceBinaryOperator_BitOr", "RemoveDecorator")
_DECLARATIONS = ("def ", "class ", "from ", "import ", "@", "#", '"')


@dataclass(frozen=True)
class Mutant:
    """A file with one change: the line before and after it."""

    path: str
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.before} → {self.after}"


@dataclass(frozen=True)
class Place:
    """Where an operator of the tool can change a file, by the number of its occurrence."""

    path: Path
    operator: str
    occurrence: int

    def mutant(self) -> Mutant | None:
        """Return the changed file, None if it does not compile or does not differ."""
        source = self.path.read_text(encoding="utf-8")
        text = mutate_code(source, cosmic_ray.plugins.get_operator(self.operator)(), self.occurrence)
        pairs = zip(source.splitlines(), (text or "").splitlines(), strict=False)
        before, after = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
        if text is None or before == after:
            return None
        try:
            compile(text, str(self.path), "exec")
        except SyntaxError:
            return None
        return Mutant(str(self.path.relative_to(ROOT)), before.strip(), after.strip(), text)


def places_of(path: Path) -> Iterator[tuple[int, Place]]:
    """Yield the lines of a file that can be changed, and how; declarations are left out."""
    source = path.read_text(encoding="utf-8")
    lines, nodes = source.splitlines(), list(ast_nodes(get_ast(source)))
    for name in cosmic_ray.plugins.operator_names():
        operator_class = cosmic_ray.plugins.get_operator(name)
        if operator_class.arguments() or any(part in name for part in _WITHOUT_EFFECT):
            continue
        operator = operator_class()
        found = (start[0] for node in nodes for start, _end in operator.mutation_positions(node))
        for occurrence, line in enumerate(found):
            if not lines[line - 1].lstrip().startswith(_DECLARATIONS):
                yield line, Place(path, name, occurrence)


def _first_of(places: list[Place], equivalent: set[str]) -> Mutant | None:
    """Return the first change that compiles and may change behaviour."""
    mutants = (place.mutant() for place in places)
    return next((one for one in mutants if one and str(one) not in equivalent), None)


def is_killed(mutant: Mutant, copy: Path) -> bool:
    """Return whether a test fails on a mutant, or does not end."""
    target = copy / mutant.path
    original = target.read_text(encoding="utf-8")
    target.write_text(mutant.text, encoding="utf-8")
    try:
        return any(_fails(copy, tests) for tests in _tests_for(mutant, copy))
    finally:
        target.write_text(original, encoding="utf-8")


def _tests_for(mutant: Mutant, copy: Path) -> list[list[str]]:
    path = Path(mutant.path)
    room = Path("tests") / path.relative_to("app").parts[0]
    words = {word.rstrip("s") for word in path.stem.split("_")}
    near = [
        str(one.relative_to(copy))
        for one in sorted((copy / room).rglob("test_*.py"))
        if words & {word.rstrip("s") for word in one.stem.split("_")}
    ]
    return [near, [str(room)]] if near else [[str(room)]]


def _fails(copy: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:randomly", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main(arguments: list[str]) -> int:
    """Test a sample of mutants and list those that no test kills."""
    parser = argparse.ArgumentParser(prog="dev.py mutate", description=__doc__)
    parser.add_argument("--sample", type=int, default=200, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument("--rooms", nargs="+", default=list(ROOMS), choices=ROOMS)
    parser.add_argument("--jobs", type=int, default=2, metavar="N")
    options = parser.parse_args(arguments)
    known = set(EQUIVALENT.read_text(encoding="utf-8").splitlines())
    files = [path for room in options.rooms for path in sorted((ROOT / "app" / room).rglob("*.py"))]
    # One change for each line: some lines have thirty, nearly all of which fail alike.
    by_line: dict[tuple[Path, int], list[Place]] = {}
    for path in files:
        if "migrations" not in path.parts:
            for line, place in places_of(path):
                by_line.setdefault((path, line), []).append(place)
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    lines = chance.sample(list(by_line), len(by_line))
    offered = (_first_of(chance.sample(by_line[line], len(by_line[line])), known) for line in lines)
    chosen = list(islice((mutant for mutant in offered if mutant), options.sample))
    print(f"{sum(map(len, by_line.values())):,} possible changes, {len(chosen)} of them tested", flush=True)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        copies: Queue[Path] = Queue()
        for number in range(options.jobs):
            copies.put(_copy(Path(folder) / str(number)))

        def test(mutant: Mutant) -> bool:
            copy = copies.get()
            try:
                return is_killed(mutant, copy)
            finally:
                copies.put(copy)

        alive = []
        for number, (mutant, killed) in enumerate(zip(chosen, pool.map(test, chosen), strict=True), 1):
            if not killed:
                alive.append(mutant)
            print(f"{number:4} {'killed' if killed else 'ALIVE '} {mutant}", flush=True)
    share = 1 - len(alive) / max(len(chosen), 1)
    print(f"{len(chosen) - len(alive)} of {len(chosen)} killed: {share:.1%}")
    return int(share < _LEAST_KILLED)


def _copy(folder: Path) -> Path:
    """Return a copy of the files under version control."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    for name in filter(None, names.split("\0")):
        source, target = ROOT / name, folder / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
