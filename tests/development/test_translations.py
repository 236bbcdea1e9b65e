"""The catalogue of texts is current."""

import ast
import re
from pathlib import Path

import pytest

from tools.catalogue import ROOT, main

LOOK_UPS = ("_", "ngettext", "pgettext")


def test_the_template_holds_the_texts_of_the_program() -> None:
    assert main(["--check"]) == 0, "run: python3 dev.py translations"


def looked_up_at_import(tree: ast.AST) -> list[int]:
    """Return the lines on which a module looks a text up when it is imported, before a language is known."""
    found = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in LOOK_UPS:
            found.append(node.lineno)
        found += looked_up_at_import(node)
    return found


SOURCES = sorted((ROOT / "app").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_text_is_looked_up_before_a_language_is_chosen(path: Path) -> None:
    assert looked_up_at_import(ast.parse(path.read_text("utf-8"))) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_placeholders_have_names(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in (*LOOK_UPS, "N_")
        ):
            for text in node.args:
                if isinstance(text, ast.Constant):
                    assert not re.search(r"%\d(?!\d)|%n|%s|\{\}", str(text.value)), text.value
