"""Each sentence of the program is asserted in one file of tests; elsewhere kinds and keys are."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po

from tools.catalogue import TEMPLATE

TESTS = Path(__file__).resolve().parents[1]
#: Fewer words are names of things, or parts that several sentences share.
_FEWEST_WORDS = 3


def sentences() -> list[str]:
    """Return the texts of the catalogue, with a character that no test contains for each placeholder."""
    with TEMPLATE.open("rb") as file:
        found = [part for message in read_po(file) for part in _parts(message.id)]
    return [re.sub(r"\{\w+\}", "\0", text) for text in found]


def _parts(text: object) -> list[str]:
    return [str(part) for part in text] if isinstance(text, tuple | list) else [str(text)]


def asserted(module: ast.Module) -> Iterator[str]:
    """Yield the texts in assertions, conditions to wait for, patterns of errors, and parameters."""
    for node in ast.walk(module):
        if (
            isinstance(node, ast.Assert)
            or (isinstance(node, ast.keyword) and node.arg == "match")
            or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("waitUntil", "parametrize"))
        ):
            for part in ast.walk(node):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def test_each_sentence_is_asserted_in_one_file() -> None:
    texts = sentences()
    places: dict[str, set[str]] = defaultdict(set)
    for path in TESTS.rglob("*.py"):
        for words in set(asserted(ast.parse(path.read_text("utf-8")))):
            if len(words.split()) >= _FEWEST_WORDS:
                hits = [text for text in texts if words in text]
                if len(hits) == 1:
                    places[hits[0]].add(str(path.relative_to(TESTS)))
    assert len(places) > 100
    assert {text: files for text, files in places.items() if len(files) > 1} == {}
