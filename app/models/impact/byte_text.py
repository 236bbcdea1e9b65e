"""How much longer or shorter pages became."""

from PySide6.QtCore import QLocale


def byte_change(locale: QLocale, size_diff: int) -> str:
    """Return a number of bytes with its sign; a minus sign, not a hyphen."""
    number = locale.toString(abs(size_diff))
    return f"+{number}" if size_diff > 0 else f"\u2212{number}" if size_diff < 0 else number
