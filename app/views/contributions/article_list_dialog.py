"""The dialog that shows and changes an event's article list."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.domain import names
from app.domain.accounts.account import Account
from app.domain.changes.operations import ChangeArticleList
from app.domain.events.article_list import ListedArticle, impossible_titles, titles_in
from app.domain.events.event import Event
from app.domain.wording import organizing_texts
from app.i18n import _, ngettext
from app.models.changes.article_lists import ArticleListFacts, ArticleLists, ArticleRow
from app.models.changes.outbox_control import OutboxControl
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.forms.list_file import choose_list
from app.views.look.colours import Accent
from app.views.look.text import secondary, strong
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import Dialog
from app.views.widgets.table_rows import set_up_rows

_ALL_WIKIS = "*"
_FIRST_NUMBER = 2
#: In pixels, beside the text of a field with a list.
_ROOM_OF_ARROW = 56
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
        wikis = sorted(event.registration.wikis, key=lambda wiki: wiki != home)
        for wiki in dict.fromkeys((*wikis, home)):
            if wiki != _ALL_WIKIS:
                self._wiki.addItem(wiki, wiki)
        longest = max(self.fontMetrics().horizontalAdvance(wiki) for wiki in (*wikis, home))
        self._wiki.setMinimumWidth(longest + _ROOM_OF_ARROW)
        self._open = self._button("articleFile", _("Open a file…"), self._choose_file)
        self._category = QLineEdit(self)
        self._category.setObjectName("articleCategory")
        self._category.setAccessibleName(_("Category whose articles are added"))
        self._category.setPlaceholderText(_("Name of a category"))
        self._category.returnPressed.connect(self._on_category)
        self._category.textChanged.connect(self._update_buttons)
        self._take = self._button("articleTake", _("Take its articles"), self._on_category)
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
        table = QTableWidget(0, 4, self)
        table.setObjectName("articleList")
        table.setAccessibleName(_("Articles of the event"))
        headings = (_("Article"), _("Wiki"), _("Bytes"), _("Edits by participants"))
        for section, text in enumerate(headings):
            item = QTableWidgetItem(text)
            if section >= _FIRST_NUMBER:
                item.setTextAlignment(_AT_END)
            table.setHorizontalHeaderItem(section, item)
        set_up_rows(table)
        table.setFrameShape(QFrame.Shape.StyledPanel)
        table.setWordWrap(False)
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for section in (1, 2, 3):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(8 * table.verticalHeader().defaultSectionSize())
        table.itemSelectionChanged.connect(self._update_buttons)
        return table

    def _lay_out(self) -> None:
        sources = QHBoxLayout()
        sources.addWidget(self._open)
        sources.addSpacing(12)
        sources.addWidget(self._category, 1)
        sources.addWidget(self._take)
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
        column.addLayout(sources)
        column.addLayout(adding)
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        close.rejected.connect(self.reject)
        self.add_buttons(close)

    def _read(self) -> None:
        self._lists.read(self._account, self._event, self._on_read, self._banner.report)

    def _on_read(self, facts: ArticleListFacts) -> None:
        self._rows = facts.rows
        self._table.setColumnHidden(3, not facts.edits_read)
        if facts.problems:
            self._banner.say("\n".join(facts.problems), Accent.WARNING)
        elif facts.missing_page:
            text = _(
                "There is no list yet. Many wikis let only administrators make its page, {page}: then ask "
                "one to make it once. What you add here is kept, and can be sent again then."
            )
            self._banner.say(text.format(page=names.set_apart(facts.missing_page)), Accent.WARNING)
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
            cells = (
                names.safe(row.article.title),
                row.article.wiki,
                self._size(row),
                self._edited(row),
            )
            for section, text in enumerate(cells):
                item = QTableWidgetItem(text)
                if section >= _FIRST_NUMBER:
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
            return _("waiting to be taken out") if row.listed else _("waiting to be added")
        if not row.known:
            return _("unknown")
        return _("not there yet") if row.size is None else self.locale().toString(row.size)

    def _edited(self, row: ArticleRow) -> str:
        if not row.edits:
            return ""
        number = self.locale().toString
        text = ngettext("{edits}, by {people} person", "{edits}, by {people} people", row.people)
        return text.format(edits=number(row.edits), people=number(row.people))

    def _typed(self) -> list[ListedArticle]:
        """Return the typed articles."""
        wiki = str(self._wiki.currentData())
        return [ListedArticle(wiki, title) for title in titles_in(self._titles.toPlainText())]

    @Slot()
    def _choose_file(self) -> None:
        if path := choose_list(self):
            self.open_file(path)

    def open_file(self, path: Path) -> None:
        """Put the titles of a file among those to be added, to be looked over."""
        self._lists.read_file(path, self._put, self._banner.report)

    @Slot()
    def _on_category(self) -> None:
        category = self._category.text().strip()
        if not category:
            return

        wiki = str(self._wiki.currentData())

        def put(titles: Sequence[str], complete: bool) -> None:
            if wiki != self._wiki.currentData():
                # They are articles of another wiki than the one chosen meanwhile.
                return
            self._put(titles)
            if not complete:
                taken = self.locale().toString(len(titles))
                self._banner.say(organizing_texts.category_too_large(taken), Accent.WARNING)
            elif not titles:
                self._banner.say(_("There are no articles in this category."), Accent.WARNING)

        self._lists.read_category(self._account, wiki, category, put, self._banner.report)

    def _put(self, titles: Sequence[str]) -> None:
        self._banner.hide()
        before = titles_in(self._titles.toPlainText())
        # As a link, a title is taken as it is.
        lines = [one if titles_in(one) == [one] else f"[[{one}]]" for one in (*before, *titles)]
        self._titles.setPlainText("\n".join(dict.fromkeys(lines)))

    @Slot()
    def _on_add(self) -> None:
        if impossible := impossible_titles(one.title for one in self._typed()):
            self._banner.say(organizing_texts.impossible_titles(impossible), Accent.ERROR)
            self._titles.setFocus()
            return
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
        self._take.setEnabled(bool(self._category.text().strip()))
        self._remove.setEnabled(self._table.selectionModel().hasSelection())
