"""The text of a new event page: the user's template, and a preview for this event."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.domain.events.event_fields import EventFields
from app.domain.events.page_text import PLACEHOLDERS, default_template, page_text
from app.i18n import _, listed
from app.views.forms.problem_label import ProblemLabel
from app.views.look.text import secondary, strong


class PageTextEditor(QWidget):
    """The template on the leading side, the filled-in page beside it."""

    edited = Signal()
    #: The user wants to save the template for later events; None restores the program's own.
    save_requested = Signal(object)

    def __init__(self, organizer: str, template: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageTextEditor")
        self._organizer = organizer
        self._fields: EventFields | None = None
        self.template = self._text("pageTemplate", _("Page text with placeholders"))
        self.preview = self._text("pagePreview", _("The page as it will be made"))
        self.preview.setReadOnly(True)
        self.problem = ProblemLabel("problem-page-text", self)
        self._save = QPushButton(_("Keep as my template"), self)
        self._save.setObjectName("keepTemplate")
        self._save.setToolTip(_("New events will begin with this text"))
        self._back = QPushButton(_("Use the standard text"), self)
        self._back.setObjectName("standardTemplate")
        self.template.setPlainText(template or default_template())
        self._lay_out()
        self.template.textChanged.connect(self._on_edited)
        self._save.clicked.connect(self._on_save)
        self._back.clicked.connect(self._on_back)

    def stand_upright(self) -> None:
        """Show the page above its text, to stand beside the form."""
        self._sides.setOrientation(Qt.Orientation.Vertical)
        self._sides.insertWidget(0, self._page)

    def show_fields(self, fields: EventFields) -> None:
        """Fill in the template with the values of the form."""
        self._fields = fields
        self._fill()

    def text(self) -> str:
        """Return the text of the page to create."""
        return self.preview.toPlainText()

    def _lay_out(self) -> None:
        leading, trailing = QWidget(self), QWidget(self)
        for side, heading, text in (
            (leading, _("Text"), self.template),
            (trailing, _("Page as it will be made"), self.preview),
        ):
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            column.addWidget(strong(QLabel(heading, side)))
            column.addWidget(text, 1)
        self._sides = sides = QSplitter(Qt.Orientation.Horizontal, self)
        sides.setChildrenCollapsible(False)
        sides.setHandleWidth(16)
        sides.addWidget(leading)
        sides.addWidget(trailing)
        self._page = trailing
        sides.setSizes([500, 500])
        known = listed(f"${name}" for name in PLACEHOLDERS)
        note = secondary(
            QLabel(
                _(
                    "Wikitext. {known} are filled in. The wiki itself shows the dates, the place and the "
                    "button to register above this text."
                ).format(known=known),
                self,
            )
        )
        note.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._save)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(note)
        column.addWidget(sides, 1)
        column.addWidget(self.problem)
        column.addLayout(buttons)

    def _text(self, name: str, label: str) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setObjectName(name)
        text.setAccessibleName(label)
        text.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        text.setFont(font)
        return text

    def _fill(self) -> None:
        if self._fields is not None:
            self.preview.setPlainText(page_text(self.template.toPlainText(), self._fields, self._organizer))

    @Slot()
    def _on_edited(self) -> None:
        self._fill()
        self._save.setText(_("Keep as my template"))
        self._save.setEnabled(True)
        self.edited.emit()

    @Slot()
    def _on_save(self) -> None:
        self.save_requested.emit(self.template.toPlainText())
        self._save.setText(_("Kept"))
        self._save.setEnabled(False)

    @Slot()
    def _on_back(self) -> None:
        self.template.setPlainText(default_template())
        self.save_requested.emit(None)
