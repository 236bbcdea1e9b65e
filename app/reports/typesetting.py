"""Setting pages as PDF or pictures (decision 0019).

The layouts are in `app/resources`; they get what they say as JSON, so no name is ever read as markup.
"""

import json
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from app.domain.faults import Fault, KnownFault, log_bug
from app.domain.names import safe
from app.domain.places import RESOURCES
from app.i18n import _

if TYPE_CHECKING:
    from typst import Fonts

#: Asked for in this order, letter by letter; what the system lacks is passed over.
_FONTS: Final = ("Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
_RIGHT_TO_LEFT: Final = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
#: Countries that print on the American format.
_LETTER: Final = frozenset({"US", "CA", "MX", "CO", "CL", "VE", "PH"})


def page_of(language: str) -> dict[str, Any]:
    """Return what every layout needs to know of a language, like "pt-BR": direction, paper and fonts."""
    name, _dash, region = language.replace("_", "-").partition("@")[0].partition("-")
    return {
        "language": name,
        "region": region if len(region) == 2 else None,
        "right_to_left": name in _RIGHT_TO_LEFT,
        "paper": "us-letter" if region in _LETTER else "a4",
        # The last one comes with the engine.
        "fonts": [font for font in _FONTS if font in _fonts().families()] or ["Libertinus Serif"],
    }


def pdf(layout: str, content: dict[str, Any]) -> bytes:
    """Return pages as PDF/UA-1; without the standard, but tagged, where a letter is in no font.

    Raises KnownFault if they cannot be set.
    """
    from typst import TypstError

    try:
        return _compiled(layout, content, format="pdf", pdf_standards=["ua-1"])[0]
    except TypstError:
        # A letter that no font of this computer has, or no title: no reason to give nothing.
        return _set_anyway(layout, content, format="pdf")[0]


def pictures(layout: str, content: dict[str, Any], dots_per_inch: float) -> list[bytes]:
    """Return pages as PNG. Raises KnownFault if they cannot be drawn."""
    return _set_anyway(layout, content, format="png", ppi=dots_per_inch)


def _set_anyway(layout: str, content: dict[str, Any], **how: Any) -> list[bytes]:  # noqa: ANN401 - the engine's
    from typst import TypstError

    try:
        return _compiled(layout, content, **how)
    except TypstError as error:
        log_bug(error)
        raise KnownFault(
            Fault.DISK,
            _(
                "The document could not be set on this computer. Nothing was written, and your data is "
                "unchanged; choose another kind of file."
            ),
        ) from error


def _compiled(layout: str, content: dict[str, Any], **how: Any) -> list[bytes]:  # noqa: ANN401 - the engine's
    # Imported here: the window opens without it.
    import typst

    inputs = {"content": json.dumps(_cleaned(content))}
    source = (RESOURCES / layout).read_bytes()
    found = typst.compile(source, font_paths=_fonts(), sys_inputs=inputs, **how)
    return found if isinstance(found, list) else [found]


def _cleaned(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return the content without characters that no document can hold."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, list | tuple):
        return [_cleaned(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleaned(one) for key, one in value.items()}
    return value


@cache
def _fonts() -> "Fonts":
    """Return the fonts of the system; to look for them takes a while."""
    from typst import Fonts

    return Fonts()
