"""What wikis make of the network here, and the text that asks Wikimedia for an exception."""

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.accounts.wiki_check import Outcome
from app.domain.desk.venue import VenueCheck, VenueFinding
from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.wording.desk import venue_texts
from app.i18n import _
from app.models.desk.event_checks import EventChecks, moment
from app.models.workspace import Workspace
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.text import leading, secondary
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.wiki_words import WikiWords

_SIGNS = {
    Outcome.GOOD: ("check", Accent.SUCCESS),
    Outcome.NOTE: ("info", Accent.QUIET),
    Outcome.BAD: ("error", Accent.ERROR),
}
_ICON, _REQUEST_LINES = 18, 10


class VenueDialog(Dialog):
    """Asks the event's wikis once it is open; needs a network."""

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget) -> None:
        super().__init__("venueDialog", _("The network here"), parent)
        self._checks = EventChecks(workspace, self)
        self._fault = Banner("venueFault", self)
        self._wait = QProgressBar(self)
        self._wait.setRange(0, 0)
        self._wait.setTextVisible(False)
        self._wait.setAccessibleName(_("Asking the wikis…"))
        self._findings = QVBoxLayout()
        self._findings.setSpacing(10)
        self._request = QPlainTextEdit(self)
        self._request.setObjectName("venueRequest")
        self._request.setAccessibleName(_("The request for an exception"))
        self._request.setReadOnly(True)
        self._request.setFixedHeight(_REQUEST_LINES * self._request.fontMetrics().lineSpacing())
        self._how = secondary(QLabel(_("Where to ask: {page}").format(page=venue_texts.HOW_TO_ASK), self))
        self._how.setWordWrap(True)
        text = QLabel(
            _("Run this at the venue. Wikis judge people who are new by the address of their network."),
            self,
        )
        text.setWordWrap(True)
        column = self.content(width=620)
        column.addWidget(text)
        column.addWidget(self._fault)
        column.addWidget(self._wait)
        column.addLayout(self._findings)
        column.addWidget(self._how)
        column.addWidget(self._request)
        buttons = QDialogButtonBox(self)
        self._copy = QPushButton(_("Copy the request"), self)
        self._copy.setObjectName("venueCopy")
        self._copy.clicked.connect(self._on_copy)
        buttons.addButton(self._copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Close).setFocus()
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)
        for widget in (self._how, self._request, self._copy):
            widget.hide()
        self._checks.venue(event, self._on_checked, self._on_failed, self._wait.hide)

    def done(self, result: int) -> None:
        """Close, and ask no more."""
        self._checks.cancel()
        super().done(result)

    def _on_checked(self, check: VenueCheck) -> None:
        for finding in venue_texts.findings(check, moment):
            self._findings.addWidget(self._line(finding))
        self._request.setPlainText(check.request)
        for widget in (self._how, self._request, self._copy):
            widget.show()
        self.fit()

    def _on_failed(self, fault: KnownFault) -> None:
        self._fault.report(fault)

    def _line(self, finding: VenueFinding) -> QWidget:
        row = QWidget(self)
        sign, accent = _SIGNS[finding.outcome]
        picture = QLabel(row)
        picture.setPixmap(icon(sign, accent).pixmap(QSize(_ICON, _ICON), self.devicePixelRatioF()))
        words = QVBoxLayout()
        words.setSpacing(0)
        if finding.wiki:
            words.addWidget(secondary(QLabel(finding.wiki, row)))
        sentence = leading(QLabel(finding.sentence, row))
        sentence.setTextFormat(Qt.TextFormat.PlainText)
        sentence.setWordWrap(True)
        words.addWidget(sentence)
        said = WikiWords("venueWikiWords", row)
        said.show_words(finding.wiki_said or None)
        words.addWidget(said)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        return row

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._request.toPlainText())
