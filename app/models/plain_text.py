"""Text from a wiki, escaped where Qt would read it as HTML or as a shortcut."""

import html


def tool_tip(text: str) -> str:
    """Return a tool tip that shows the text unchanged: Qt renders anything with a tag in it as HTML."""
    if "<" not in text and "&" not in text:
        return text
    return f"<qt>{html.escape(text)}</qt>".replace("\n", "<br>")


def button_text(text: str) -> str:
    """Return text for a menu, a button or a tab, where a single & would underline the letter after it."""
    return text.replace("&", "&&")


def plain_action_text(text: str) -> str:
    """Return the text of an action without the mark of its key in the menu and without "…"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")
