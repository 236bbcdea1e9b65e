"""The catalogue of texts: extracts them, updates and compiles the translations, and makes a pseudo-language.

Run by `python3 dev.py translations`. With `--check` nothing is written, and the exit code is 1 where the
template is not what the program's texts are. With `--pseudo` the pseudo-language is made too, which shows in
the window and the terminal what is left out or cut off: `LANGUAGE=en_XA python3 dev.py run --practice`.
"""

import io
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "app" / "resources" / "translations"
DOMAIN = "event-center"
TEMPLATE = FOLDER / f"{DOMAIN}.pot"
PSEUDO = "en_XA"
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_METHODS = [("practice/**", "ignore"), ("**.py", "python")]
_ACCENTS = str.maketrans("AaCcEeGgIiNnOoSsUuYyZz", "ÀàÇçÈèĜĝÌìÑñÒòŠšÙùÝýŽž")
#: What of a text must stay: placeholders, and the mark of a key in a menu.
_KEPT = re.compile(r"(\{[^{}]*\}|&\w|<[^<>]*>)")
_LONGER = 0.4


def extracted() -> Catalog:
    """Return all texts of the program, in the order of their English."""
    catalogue = Catalog(project="Event Center Desktop", charset="utf-8")
    texts = extract_from_dir(ROOT / "app", _METHODS, keywords=_KEYWORDS, comment_tags=("For translators:",))
    for _file, _line, message, comments, context in texts:
        catalogue.add(message, auto_comments=comments, context=context)
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Return a catalogue as a file, without what changes although no text does."""
    file = io.BytesIO()
    write_po(file, catalogue, no_location=True, omit_header=not catalogue.locale, sort_output=True, width=100)
    return file.getvalue()


def update() -> None:
    """Write the template, and bring the translations up to date with it."""
    texts = extracted()
    TEMPLATE.write_bytes(written(texts))
    for path in FOLDER.glob(f"*/LC_MESSAGES/{DOMAIN}.po"):
        with path.open("rb") as file:
            translated = read_po(file, locale=path.parents[1].name)
        translated.update(texts)
        path.write_bytes(written(translated))
        compile_into(path.with_suffix(".mo"), translated)


def compile_into(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue as gettext reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_mo(file, catalogue)


def pseudo(texts: Catalog) -> Catalog:
    """Return the texts with accents, longer by two fifths and in brackets."""
    catalogue = Catalog(locale="en", charset="utf-8")
    for message in _messages(texts):
        if isinstance(message.id, tuple):
            catalogue.add(message.id, tuple(map(pseudo_text, message.id)), context=message.context)
        else:
            catalogue.add(message.id, pseudo_text(message.id), context=message.context)
    return catalogue


def pseudo_text(text: str) -> str:
    """Return a text that can still be read, and shows where it begins and ends."""
    pieces = [
        piece if _KEPT.fullmatch(piece) else piece.translate(_ACCENTS) for piece in _KEPT.split(text) if piece
    ]
    return f"[{''.join(pieces)}{'·' * round(len(text) * _LONGER)}]"


def _messages(texts: Catalog) -> Iterator[Message]:
    return (message for message in texts if message.id)


def main(arguments: Sequence[str]) -> int:
    """Do what is asked for; return the exit code."""
    if "--check" in arguments:
        return int(not TEMPLATE.exists() or TEMPLATE.read_bytes() != written(extracted()))
    update()
    if "--pseudo" in arguments:
        compile_into(FOLDER / PSEUDO / "LC_MESSAGES" / f"{DOMAIN}.mo", pseudo(extracted()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
