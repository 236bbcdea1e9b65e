"""The dialogs about a wiki: its details and sign-ins, and a check of both."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app import NAME, __version__
from app.domain import names
from app.domain.accounts.account import Account, SignIn
from app.domain.accounts.wiki_check import Finding, Outcome
from app.domain.faults import KnownFault
from app.domain.wording import check_texts
from app.i18n import _
from app.models.accounts.wiki_control import WikiControl
from app.models.events import event_text
from app.views.forms.fields import Choice
from app.views.look.colours import Accent
from app.views.look.icons import icon
from app.views.look.margins import set_margins
from app.views.look.text import heading, leading, secondary, show_text, strong
from app.views.widgets.dialog import resize_within_screen

_SIGNS = {
    Outcome.GOOD: ("check", Accent.SUCCESS),
    Outcome.NOTE: ("info", Accent.PROGRESSIVE),
    Outcome.BAD: ("error", Accent.ERROR),
}


class _WikiDialog(QDialog):
    """A dialog about one of the user's wikis, which offers a choice if there are several."""

    def __init__(
        self, name: str, title: str, accounts: Sequence[Account], chosen: Account, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.choice = Choice("wikiAsked", _("Wiki"), self)
        for account in accounts:
            name = names.set_apart(account.identity.name)
            self.choice.addItem(f"{names.set_apart(account.wiki.site_name)} – {name}", account)
        self.choice.setCurrentIndex([account.key for account in accounts].index(chosen.key))
        self.choice.setVisible(len(accounts) > 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        self.buttons.rejected.connect(self.reject)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.content = QScrollArea(self)
        self.content.setWidgetResizable(True)
        self.content.setFrameShape(QScrollArea.Shape.NoFrame)
        self.content.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.choice)
        column.addWidget(self.content, 1)
        column.addWidget(self.buttons)
        resize_within_screen(self, 620, 480)

    @property
    def account(self) -> Account:
        """The selected account."""
        account = self.choice.currentData()
        assert isinstance(account, Account)  # noqa: S101 - set in __init__
        return account

    def plain(self, text: str) -> QLabel:
        """Return a label with selectable plain text that wraps."""
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        show_text(label, text)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


class AboutWikiDialog(_WikiDialog):
    """Shows a wiki, the user's sign-ins there, and the requests to it."""

    def __init__(
        self,
        control: WikiControl,
        accounts: Sequence[Account],
        chosen: Account,
        sign_in: Callable[[Account], object],
        forget: Callable[[Account, SignIn], object],
        parent: QWidget,
    ) -> None:
        super().__init__("aboutWiki", "", accounts, chosen, parent)
        self.setWindowTitle(_("About this wiki"))
        self._control = control
        self._sign_in = sign_in
        self._forget = forget
        self.choice.currentIndexChanged.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        account, wiki = self.account, self.account.wiki
        page = QWidget(self)
        column = QVBoxLayout(page)
        set_margins(column, 0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(heading(leading(self.plain(wiki.site_name))))
        facts = QFormLayout()
        facts.setVerticalSpacing(6)
        for label, value in (
            (_("Address:"), wiki.base_url),
            (_("Wiki id:"), wiki.wiki_id),
            (_("MediaWiki:"), wiki.version),
            (_("Event Registration:"), wiki.event_registration_version or _("yes")),
            (_("You are:"), names.set_apart(account.identity.name)),
        ):
            facts.addRow(secondary(QLabel(label, page)), leading(self.plain(value)))
        column.addLayout(facts)
        column.addSpacing(8)
        column.addWidget(strong(self.plain(_("Your sign-ins"))))
        for one in account.sign_ins:
            column.addWidget(self._sign_in_line(account, one))
        again = QPushButton(icon("sign-in"), _("Sign in another way…"), page)
        again.setObjectName("signInAnotherWay")
        again.clicked.connect(self._sign_in_again)
        row = QHBoxLayout()
        row.addWidget(again)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(strong(self.plain(_("Asked of it since Event Center was opened"))))
        for address, traffic in self._control.traffic(account):
            text = check_texts.traffic(traffic.requests, traffic.received)
            line = text if address == wiki.base_url else f"{address}: {text}"
            asked = self.plain(line)
            asked.setObjectName("wikiTraffic")
            column.addWidget(asked)
        rate = self.plain(check_texts.request_rate(self._control.request_rate(account)))
        rate.setObjectName("wikiPressure")
        column.addWidget(secondary(rate))
        column.addStretch(1)
        self.content.setWidget(page)

    def _sign_in_line(self, account: Account, sign_in: SignIn) -> QWidget:
        line = QWidget(self)
        kind = check_texts.sign_in_named(sign_in, account)
        day = event_text.day(datetime.fromtimestamp(sign_in.signed_in_at).astimezone())
        status = (
            _("has ended; sign in again")
            if sign_in.ended
            else _("since {day}. It can: {rights}").format(
                day=day, rights=check_texts.sign_in_can(sign_in.organizing)
            )
        )
        sign = QLabel(line)
        icon_name, accent = ("warning", Accent.WARNING) if sign_in.ended else ("check", Accent.SUCCESS)
        sign.setPixmap(icon(icon_name, accent).pixmap(QSize(20, 20), self.devicePixelRatioF()))
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        text = self.plain(f"{kind[:1].upper()}{kind[1:]} – {status}")
        text.setObjectName(f"signIn_{sign_in.kind.value}")
        row.addWidget(text, 1)
        if len(account.sign_ins) > 1:
            forget = QPushButton(_("Forget…"), line)
            forget.setObjectName(f"forget_{sign_in.kind.value}")
            forget.setAutoDefault(False)
            forget.setAccessibleName(_("Forget this sign-in: {kind}").format(kind=kind))
            forget.clicked.connect(lambda: self._on_forget(account, sign_in))
            row.addWidget(forget, 0, Qt.AlignmentFlag.AlignTop)
        return line

    def _on_forget(self, account: Account, sign_in: SignIn) -> None:
        self.accept()
        self._forget(account, sign_in)

    @Slot()
    def _sign_in_again(self) -> None:
        account = self.account
        self.accept()
        self._sign_in(account)


class CheckWikiDialog(_WikiDialog):
    """Checks a wiki and the sign-ins on it; the result can be copied."""

    def __init__(
        self, control: WikiControl, accounts: Sequence[Account], chosen: Account, parent: QWidget
    ) -> None:
        super().__init__("checkWiki", "", accounts, chosen, parent)
        self.setWindowTitle(_("Check this wiki"))
        self._control = control
        self._found: list[Finding] = []
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setMaximumHeight(8)
        self._bar.setAccessibleName(_("Checking…"))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(1, self._bar)
        self._copy = self.buttons.addButton(
            _("Copy for a bug report"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self._copy.setObjectName("copyCheck")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        self._again = self.buttons.addButton(_("Check again"), QDialogButtonBox.ButtonRole.ActionRole)
        self._again.setObjectName("checkAgain")
        self._again.clicked.connect(self.begin)
        for button in (self._copy, self._again):
            button.setAutoDefault(False)
        self.choice.currentIndexChanged.connect(self.begin)
        self.begin()

    @Slot()
    def begin(self) -> None:
        """Check the chosen wiki."""
        self._found = []
        self._set_busy(True)
        self._control.check(self, self.account, self._on_found, self._on_fault, self._on_ended)

    def report(self) -> str:
        """Return the result as text without personal data."""
        rows = [
            (check_texts.outcome(one.outcome), check_texts.checked(one.checked), one.sentence)
            for one in self._found
        ]
        return check_texts.check_report(f"{NAME} {__version__}", rows)

    def done(self, result: int) -> None:
        """Stop the check and close."""
        self._control.cancel()
        super().done(result)

    def _on_found(self, found: list[Finding]) -> None:
        self._found = found
        page = QWidget(self)
        grid = QGridLayout(page)
        set_margins(grid, 0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(2, 1)
        grid.addWidget(heading(leading(self.plain(self.account.wiki.site_name))), 0, 0, 1, 3)
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(found, 1):
            icon_name, accent = _SIGNS[one.outcome]
            sign = QLabel(page)
            sign.setPixmap(icon(icon_name, accent).pixmap(QSize(20, 20), self.devicePixelRatioF()))
            sign.setAccessibleName(check_texts.outcome(one.outcome))
            what = strong(QLabel(check_texts.checked(one.checked), page))
            sentence = self.plain(one.sentence)
            sentence.setObjectName(f"found{row}")
            grid.addWidget(sign, row, 0, top)
            grid.addWidget(what, row, 1, top)
            grid.addWidget(sentence, row, 2)
        grid.setRowStretch(len(found) + 1, 1)
        self.content.setWidget(page)

    def _on_fault(self, fault: KnownFault) -> None:
        self.content.setWidget(self.plain(fault.sentence))

    def _on_ended(self) -> None:
        self._set_busy(False)

    def _set_busy(self, busy: bool) -> None:
        self._bar.setVisible(busy)
        self.choice.setEnabled(not busy)
        self._again.setEnabled(not busy)
        self._copy.setEnabled(bool(self._found) and not busy)
