"""Taking a widget out of a page that is shown."""

from PySide6.QtWidgets import QLayout, QWidget


def retire(widget: QWidget) -> None:
    """Hide a widget and delete it soon; until then nobody finds it or what is in it by name.

    Without a parent it would be a window of its own for a moment, and take the focus from the one in use.
    """
    widget.hide()
    for one in (widget, *widget.findChildren(QWidget)):
        one.setObjectName("")
    widget.deleteLater()


def retire_all(layout: QLayout) -> None:
    """Take all widgets out of a layout, and retire them."""
    while (item := layout.takeAt(0)) is not None:
        if widget := item.widget():
            retire(widget)
