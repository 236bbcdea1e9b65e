"""The dialog that shows and changes an event's article list."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.domain import names
from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle, canonical_title
from app.domain.events.event import Event
from app.i18n import _, ngettext
from app.models.changes.article_lists import ArticleListFacts, ArticleLists, ArticleRow
from app.models.changes.outbox_control import OutboxControl
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.look.colours import Accent
from app.views.look.text import secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.table_rows import set_up_rows

_ALL_WIKIS = "*"
_AT_END = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class ArticleListDialog(Dialog):
    """What is changed here waits in the outbox like every change."""

    def __init__(
        self, workspace: Workspace, outbox: OutboxControl, account: Account, event: Event, parent: QWidget
    ) -> None:
        super().__init__("articleListDialog", _("Article list"), parent)
        self._workspace, self._outbox, self._account, self._event = workspace, outbox, account, event
        self._lists = ArticleLists(workspace, self)
        self._rows: Sequence[ArticleRow] = ()
        self._shown: Sequence[ArticleRow] = ()
        self._waits = 0
        self._banner = Banner("articleListFault", self)
        self._state = secondary(QLabel(_("Reading the list…"), self))
        self._state.setObjectName("articleListState")
        self._table = self._make_table()
        self._titles = QPlainTextEdit(self)
        self._titles.setObjectName("articleTitles")
        self._titles.setAccessibleName(_("Titles to add, one per line"))
        self._titles.setPlaceholderText(_("One title per line, also pasted from a table or as [[links]]"))
        self._titles.setTabChangesFocus(True)
        self._titles.setFixedHeight(5 * self.fontMetrics().height())
        self._titles.textChanged.connect(self._update_buttons)
        self._wiki = Choice("articleWiki", _("Wiki of the articles"), self)
        home = event.registration.page_wiki or account.wiki.wiki_id
        for wiki in dict.fromkeys((*event.registration.wikis, home)):
            if wiki != _ALL_WIKIS:
                self._wiki.addItem(wiki, wiki)
        self._add = self._button("articleAdd", _("Add to the list"), self._on_add)
        self._remove = self._button("articleRemove", _("Take the chosen ones out"), self._on_remove)
        self._lay_out()
        workspace.outbox_changed.connect(self._on_outbox)
        self._update_buttons()
        self._read()

    def _button(self, name: str, text: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setObjectName("articleList")
        table.setAccessibleName(_("Articles of the event"))
        for section, text in enumerate((_("Article"), _("Wiki"), _("Bytes"))):
            item = QTableWidgetItem(text)
            if section == 2:
                item.setTextAlignment(_AT_END)
            table.setHorizontalHeaderItem(section, item)
        set_up_rows(table)
        table.setFrameShape(QFrame.Shape.StyledPanel)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(8 * table.verticalHeader().defaultSectionSize())
        table.itemSelectionChanged.connect(self._update_buttons)
        return table

    def _lay_out(self) -> None:
        adding = QHBoxLayout()
        adding.addWidget(QLabel(_("Wiki"), self))
        adding.addWidget(self._wiki)
        adding.addStretch(1)
        adding.addWidget(self._add)
        taking = QHBoxLayout()
        taking.addWidget(self._state, 1)
        taking.addWidget(self._remove)
        column = self.content(width=680, spacing=8)
        column.addWidget(self._banner)
        column.addWidget(self._table, 1)
        column.addLayout(taking)
        column.addSpacing(8)
        column.addWidget(strong(QLabel(_("Add articles"), self)))
        column.addWidget(self._titles)
        column.addLayout(adding)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        self.add_buttons(close)

    def _read(self) -> None:
        self._lists.read(self._account, self._event, self._on_read, self._banner.report)

    def _on_read(self, facts: ArticleListFacts) -> None:
        self._rows = facts.rows
        if facts.problems:
            self._banner.say("\n".join(facts.problems), Accent.WARNING)
        self._show()

    @Slot()
    def _on_outbox(self) -> None:
        waited, self._waits = self._waits, len(self._lists.pending(self._event))
        if self._waits < waited:
            # Something has reached the wiki, or was refused there.
            self._read()
        self._show()

    def _show(self) -> None:
        rows = self._lists.with_pending(self._event, self._rows)
        self._shown = rows
        self._table.setRowCount(len(rows))
        for place, row in enumerate(rows):
            cells = (names.safe(row.article.title), row.article.wiki, self._size(row))
            for section, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if section == 2:
                    item.setTextAlignment(_AT_END)
                self._table.setItem(place, section, item)
        there = sum(row.size is not None for row in rows)
        text = ngettext(
            "{count} article, {there} there already", "{count} articles, {there} there already", len(rows)
        )
        number = self.locale().toString
        self._state.setText(text.format(count=number(len(rows)), there=number(there)))
        self._update_buttons()

    def _size(self, row: ArticleRow) -> str:
        if row.waits:
            return _("changed, not on the wiki yet")
        if not row.known:
            return _("unknown")
        return _("not there yet") if row.size is None else self.locale().toString(row.size)

    def _typed(self) -> list[ListedArticle]:
        """Return the typed articles: the first cell of each line, without the brackets of a link."""
        wiki, found = str(self._wiki.currentData()), []
        for line in self._titles.toPlainText().splitlines():
            bare = (
                line.split("\t")[0].strip().strip('"').removeprefix("[[").partition("]]")[0].partition("|")[0]
            )
            if title := canonical_title(bare):
                found.append(ListedArticle(wiki, title))
        return list(dict.fromkeys(found))

    @Slot()
    def _on_add(self) -> None:
        known = {row.article for row in self._lists.with_pending(self._event, self._rows)}
        new = tuple(one for one in self._typed() if one not in known)
        if new:
            self._outbox.queue(self._account.key, self._event.key, ChangeArticleList(add=new))
        self._titles.clear()

    @Slot()
    def _on_remove(self) -> None:
        places = sorted(index.row() for index in self._table.selectionModel().selectedRows())
        chosen = tuple(self._shown[place].article for place in places)
        if chosen:
            self._outbox.queue(self._account.key, self._event.key, ChangeArticleList(remove=chosen))
        self._table.clearSelection()

    @Slot()
    def _update_buttons(self) -> None:
        self._add.setEnabled(bool(self._typed()))
        self._remove.setEnabled(self._table.selectionModel().hasSelection())
