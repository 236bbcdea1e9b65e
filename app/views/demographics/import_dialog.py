"""The dialog that takes over response statistics from a saved page or copied tables."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from app.domain.events.event import Event
from app.domain.faults import KnownFault
from app.domain.wikis.page_addresses import page_address
from app.i18n import _
from app.models.statistics.statistics_loader import StatisticsLoader
from app.models.workspace import Workspace
from app.views.look.icons import icon
from app.views.look.text import open_link
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog


class ImportStatisticsDialog(Dialog):
    """The organizer opens the page and agrees to its conditions; the program never does."""

    taken_over = Signal()

    def __init__(self, workspace: Workspace, event: Event, parent: QWidget | None = None) -> None:
        super().__init__("importStatistics", _("Import response statistics"), parent)
        self._workspace, self._event = workspace, event
        self._loader = StatisticsLoader(workspace, self)
        self._fault = Banner("importFault", self)
        lead = QLabel(
            _(
                "The wiki shows the summed-up answers of an ended event only on its own page, after you have "
                "agreed there to handle them with care. Open it, then save the whole page and choose the "
                "file here, or copy its tables and paste them."
            ),
            self,
        )
        lead.setWordWrap(True)
        page = QPushButton(icon("external"), _("Open the wiki’s page"), self)
        page.setObjectName("importOpenPage")
        page.clicked.connect(self._on_open)
        file = QPushButton(_("Choose a saved page…"), self)
        file.setObjectName("importChoose")
        file.clicked.connect(self._on_choose)
        self._text = QPlainTextEdit(self)
        self._text.setObjectName("importText")
        self._text.setAccessibleName(_("Copied tables"))
        self._text.setPlaceholderText(_("Paste copied tables here"))
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(8 * self.fontMetrics().height())
        self._text.textChanged.connect(self._on_text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._accept = buttons.addButton(_("Take over"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("importAccept")
        buttons.accepted.connect(self._on_accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(page)
        row.addWidget(file)
        row.addStretch(1)
        column = self.content(width=560)
        column.addWidget(lead)
        column.addWidget(self._fault)
        column.addLayout(row)
        column.addWidget(self._text, 1)
        self.add_buttons(buttons)
        self._on_text()
        self._text.setFocus()

    @Slot()
    def _on_open(self) -> None:
        account = self._workspace.account(self._event.wiki_key)
        base = account.address_or_own(self._event.registration.page_wiki) if account else ""
        open_link(page_address(base, f"Special:EventDetails/{self._event.event_id}", tab="StatsPanel"))

    @Slot()
    def _on_choose(self) -> None:
        kinds = _("Saved pages (*.html *.htm *.txt *.tsv)")
        path, _kind = QFileDialog.getOpenFileName(self, self.windowTitle(), "", kinds)
        if path:
            self.take_over(Path(path))

    @Slot()
    def _on_text(self) -> None:
        self._accept.setEnabled(bool(self._text.toPlainText().strip()))

    @Slot()
    def _on_accept(self) -> None:
        self.take_over(self._text.toPlainText())

    def take_over(self, source: Path | str) -> None:
        """Take over a saved page, or the text of copied tables."""
        self._accept.setEnabled(False)
        self._loader.take_over(self._event, source, self._on_taken, self._on_failed, self._on_text)

    def _on_taken(self) -> None:
        self.taken_over.emit()
        self.accept()

    def _on_failed(self, fault: KnownFault) -> None:
        self._fault.report(fault)
