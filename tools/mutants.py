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


@dataclass(frozen=True)
class Mutant:
    """A file with one change: the line before and after it."""

    path: str
    before: str
    after: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}: {self.before} → {self.after}"


def mutants_of(path: Path) -> Iterator[Mutant]:
    """Yield every mutant of a file that compiles."""
    source = path.read_text(encoding="utf-8")
    tree = get_ast(source)
    for name in cosmic_ray.plugins.operator_names():
        operator_class = cosmic_ray.plugins.get_operator(name)
        if operator_class.arguments() or any(part in name for part in _WITHOUT_EFFECT):
            continue
        operator = operator_class()
        places = sum(len(list(operator.mutation_positions(node))) for node in ast_nodes(tree))
        for place in range(places):
            text = mutate_code(source, operator, place)
            if text and text != source and (changed := _changed_line(source, text)):
                try:
                    compile(text, str(path), "exec")
                except SyntaxError:
                    continue
                yield Mutant(str(path.relative_to(ROOT)), *changed, text)


def _changed_line(before: str, after: str) -> tuple[str, str] | None:
    """Return the first line that differs; None where only a type or a text for people does."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    line, changed = next((pair for pair in pairs if pair[0] != pair[1]), ("", ""))
    if line.lstrip().startswith(("def ", "class ", "from ", "import ", "@", "#", '"')):
        return None
    return line.strip(), changed.strip()


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
    found = [mutant for path in files if "migrations" not in path.parts for mutant in mutants_of(path)]
    # One for each line: some lines have thirty, nearly all of which fail alike.
    by_line: dict[tuple[str, str], list[Mutant]] = {}
    for mutant in found:
        if str(mutant) not in known:
            by_line.setdefault((mutant.path, mutant.before), []).append(mutant)
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    lines = chance.sample(list(by_line), min(options.sample, len(by_line)))
    chosen = [chance.choice(by_line[line]) for line in lines]
    print(f"{len(found):,} mutants, {len(chosen)} of them tested", flush=True)
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
