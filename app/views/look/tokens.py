"""The colours of the look by their meaning, light and dark: the one table that all else is made from.

The values follow Wikimedia's Codex, so that the program looks at home beside the wikis.
"""

from dataclasses import dataclass

#: The least contrast of text with its ground; of large text, icons and the outlines of controls (WCAG 2.2).
READABLE, VISIBLE = 4.5, 3.0


@dataclass(frozen=True)
class Tokens:
    """The colours of one scheme, as "#rrggbb". The `…_soft` ones are grounds, the `line_…` ones decorate."""

    text: str
    secondary: str
    disabled: str
    progressive: str
    error: str
    success: str
    warning: str
    surface: str
    raised: str
    neutral: str
    progressive_soft: str
    error_soft: str
    warning_soft: str
    success_soft: str
    outline: str
    line_strong: str
    line_subtle: str
    line_muted: str
    on_progressive: str


LIGHT = Tokens(
    text="#202122",
    secondary="#54595d",
    disabled="#a2a9b1",
    progressive="#3366cc",
    error="#bf3c2c",
    success="#177860",
    warning="#886425",
    surface="#ffffff",
    raised="#f8f9fa",
    neutral="#eaecf0",
    progressive_soft="#e8eeff",
    error_soft="#ffe9e5",
    warning_soft="#fdf2d5",
    success_soft="#dff2eb",
    outline="#72777d",
    line_strong="#a2a9b1",
    line_subtle="#c8ccd1",
    line_muted="#dadde3",
    on_progressive="#ffffff",
)
DARK = Tokens(
    text="#eaecf0",
    secondary="#a2a9b1",
    disabled="#54595d",
    progressive="#88a3e8",
    error="#fd7865",
    success="#2cb491",
    warning="#ca982e",
    surface="#101418",
    raised="#202122",
    neutral="#27292d",
    progressive_soft="#1b223d",
    error_soft="#3c1a13",
    warning_soft="#2d2212",
    success_soft="#132821",
    outline="#a2a9b1",
    line_strong="#72777d",
    line_subtle="#54595d",
    line_muted="#404244",
    on_progressive="#101418",
)


@dataclass(frozen=True)
class Meeting:
    """Colours that meet on the screen: what lies on which grounds, and the contrast that is needed.

    `least` is None for what only decorates, or is disabled: it says nothing that is not said otherwise.
    """

    over: str
    grounds: tuple[str, ...]
    least: float | None


_PLAIN = ("surface", "raised", "neutral")
_SOFT = ("progressive_soft", "error_soft", "warning_soft", "success_soft")
#: Every pair of tokens that meet.
MEETINGS = (
    Meeting("text", (*_PLAIN, *_SOFT), READABLE),
    Meeting("secondary", (*_PLAIN, *_SOFT), READABLE),
    Meeting("progressive", (*_PLAIN, "progressive_soft"), READABLE),
    Meeting("error", (*_PLAIN, "progressive_soft", "error_soft"), READABLE),
    Meeting("warning", (*_PLAIN, "progressive_soft", "warning_soft"), READABLE),
    Meeting("success", (*_PLAIN, "progressive_soft", "success_soft"), READABLE),
    Meeting("on_progressive", ("progressive",), READABLE),
    Meeting("outline", (*_PLAIN, "progressive_soft"), VISIBLE),
    Meeting("disabled", _PLAIN, None),
    Meeting("line_strong", _PLAIN, None),
    Meeting("line_subtle", _PLAIN, None),
    Meeting("line_muted", _PLAIN, None),
)
