"""A field for several wikis, each shown by its name."""

from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import QLocale, QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QToolButton, QWidget

from app.domain import names
from app.domain.choosing import Choices
from app.i18n import _
from app.models.events.wikis_by_name import wiki_entries, wiki_names
from app.views.forms.flow_layout import FlowLayout
from app.views.look.appearance import set_role
from app.views.look.icons import icon

_MOST_SHOWN = 15


class WikiChips(QWidget):
    """Chosen wikis, and a line that finds more by a part of their id, host or name.

    Enter or a comma takes the first one found. `wikis` gives the ids by host.
    """

    #: What is chosen or typed was changed.
    edited = Signal()
    #: Enter was pressed, and no wiki is called what was typed.
    not_found = Signal()

    def __init__(self, wikis: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        language = QLocale().name()
        entries = wiki_entries(wikis, language)
        self._names = wiki_names(wikis, language)
        self._choices = Choices(entries)
        self._ids = {entry.text: str(entry.value) for entry in entries}
        #: Where only one wiki is known, no other can be checked.
        self._checks = len(self._ids) > 1
        self._chips: dict[str, QToolButton] = {}
        self.line = _Line(self)
        self.line.setObjectName("eventWikis")
        self.line.setMinimumWidth(160)
        self._found = QStringListModel(self)
        self._completer = QCompleter(self._found, self)
        self._completer.setWidget(self.line)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._take_offered)
        self._flow = FlowLayout(self)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._flow.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._on_typed)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self._on_left)
        self.line.emptied.connect(self._remove_last)

    def wikis(self) -> tuple[str, ...]:
        """Return the ids of the chosen wikis; what is still typed is one too."""
        typed = self._meant(self.line.text())
        return tuple(dict.fromkeys([*self._chips, typed] if typed else self._chips))

    def set_wikis(self, wikis: Iterable[str]) -> None:
        """Choose other wikis."""
        for wiki in list(self._chips):
            self._drop(wiki)
        self.line.clear()
        for wiki in wikis:
            self._add(wiki)

    def unknown(self) -> list[str]:
        """Return what is chosen or typed and is no wiki; empty where only one wiki is known."""
        known = set(self._ids.values())
        return [one for one in self.wikis() if one not in known] if self._checks else []

    def _meant(self, typed: str) -> str:
        """Return the id of the only wiki of exactly this name, else what was typed."""
        meant = self._choices.meant(typed)
        return str(meant.value) if meant else typed.strip()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        """Offer the wikis found; text with separators, as is pasted, is taken apart."""
        *whole, rest = text.replace(";", ",").split(",")
        unknown = [typed.strip() for typed in whole if typed.strip() and not self._take(typed)]
        if whole:
            rest = ", ".join(filter(None, [*unknown, rest.strip()]))
            self.line.setText(rest)
        hits = self._choices.found(rest, _MOST_SHOWN)
        self._found.setStringList([entry.text for entry in hits])
        if hits:
            self._completer.complete(self.line.rect())
        elif popup := self._completer.popup():
            popup.hide()
        self.edited.emit()

    @Slot()
    def _on_entered(self) -> None:
        if popup := self._completer.popup():
            # It passes Enter on to the line without closing.
            popup.hide()
        if self._take(self.line.text()):
            self.line.clear()
            self.edited.emit()
        else:
            self.not_found.emit()

    def _take(self, typed: str) -> bool:
        """Choose the wiki that is meant, else the first one found; return whether there was one."""
        if self._meant(typed) in self._ids.values() or not self._checks:
            self._add(self._meant(typed))
            return True
        hits = self._choices.found(typed, 1)
        if hits:
            self._add(str(hits[0].value))
        return bool(hits)

    @Slot(str)
    def _take_offered(self, offered: str) -> None:
        self.line.clear()
        self._add(self._ids[offered])
        self.edited.emit()

    @Slot()
    def _on_left(self) -> None:
        """Choose what was typed if it is certain which wiki is meant."""
        if self._meant(self.line.text()) in self._ids.values():
            self._on_entered()

    def _add(self, wiki: str) -> None:
        if wiki in self._chips:
            return
        name = self._names.get(wiki, wiki)
        chip = QToolButton(self)
        chip.setObjectName(f"wikiChip-{wiki}")
        chip.setText(names.safe(name))
        chip.setIcon(icon("clear"))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        set_role(chip, "chip")
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        label = _("Remove {wiki}").format(wiki=names.safe(name))
        chip.setAccessibleName(label)
        chip.setToolTip(label if name == wiki else f"{label} ({wiki})")
        chip.clicked.connect(partial(self._remove, wiki))
        self._chips[wiki] = chip
        self._flow.insert(self._flow.count() - 1, chip)
        # A new widget is the last in the order of Tab; this field itself stands for its line there.
        before = self.line.previousInFocusChain()
        while before is self:
            before = before.previousInFocusChain()
        if before is not None:
            QWidget.setTabOrder(before, chip)
        chip.show()
        self.updateGeometry()

    def _drop(self, wiki: str) -> None:
        chip = self._chips.pop(wiki)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
        self.updateGeometry()

    def _remove(self, wiki: str) -> None:
        self._drop(wiki)
        self.line.setFocus()
        self.edited.emit()

    @Slot()
    def _remove_last(self) -> None:
        if self._chips:
            self._remove(list(self._chips)[-1])


class _Line(QLineEdit):
    """The line for one more wiki."""

    #: Enter was pressed with something typed.
    entered = Signal()
    #: The focus went to another field.
    left = Signal()
    #: Backspace was pressed with nothing typed.
    emptied = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Enter and Backspace; Enter in the empty line goes on, as in all fields of a form."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Report that the line was left; its list of what was found has the focus meanwhile."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()
