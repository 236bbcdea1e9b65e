"""The preferences: language, look, what is synced by itself, and where things go."""

from pathlib import Path

from PySide6.QtCore import QDir, QLocale, QSettings, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain import names
from app.domain.wording import check_texts
from app.i18n import _, languages
from app.models.accounts.wiki_control import proxy_for
from app.models.preferences import (
    AUTOMATIC_SYNC,
    DEFAULT_WIKI,
    EXPORT_FOLDER,
    LANGUAGE,
    default_wiki,
    syncs_by_itself,
)
from app.models.workspace import Workspace
from app.views.forms.fields import Choice
from app.views.look.appearance import TEXT_SIZES, Appearance, Scheme
from app.views.look.text import secondary
from app.views.widgets.dialog import Dialog

_ENGLISH = "en"


class PreferencesDialog(Dialog):
    """Each preference holds as soon as it is chosen; the language from the next start on."""

    def __init__(
        self, workspace: Workspace, settings: QSettings, appearance: Appearance, parent: QWidget
    ) -> None:
        super().__init__("preferences", _("Preferences"), parent)
        self._settings = settings
        self._appearance = appearance
        self._language = Choice("preferLanguage", _("Language"), self)
        for code in ("", *sorted({_ENGLISH, *languages()})):
            name = QLocale(code).nativeLanguageName() or code if code else _("System’s language")
            self._language.addItem(name, code)
        self._choose(self._language, str(settings.value(LANGUAGE) or ""))
        self._scheme = Choice("preferScheme", _("Look"), self)
        for scheme, text in (
            (Scheme.SYSTEM, _("As the system")),
            (Scheme.LIGHT, _("Light")),
            (Scheme.DARK, _("Dark")),
        ):
            self._scheme.addItem(text, scheme.value)
        self._choose(self._scheme, appearance.scheme.value)
        self._size = Choice("preferTextSize", _("Text size"), self)
        for percent in TEXT_SIZES:
            self._size.addItem(_("{percent} %").format(percent=QLocale().toString(percent)), percent)
        self._choose(self._size, appearance.text_size)
        self._motion = self._box("preferMotion", _("Reduce motion: nothing fades or slides"))
        self._motion.setChecked(appearance.reduces_motion)
        self._sync = self._box("preferSync", _("Fetch what is new when the window opens"))
        self._sync.setChecked(syncs_by_itself(settings))
        self._wiki = Choice("preferWiki", _("Wiki for new events"), self)
        self._wiki.addItem(_("The first one"), "")
        for account in workspace.accounts:
            self._wiki.addItem(names.safe(account.wiki.site_name), account.wiki.base_url)
        self._choose(self._wiki, default_wiki(settings))
        self._folder = QLineEdit(self)
        self._folder.setObjectName("preferFolder")
        self._folder.setAccessibleName(_("Folder for exported files"))
        self._folder.setReadOnly(True)
        self._folder.setText(QDir.toNativeSeparators(str(settings.value(EXPORT_FOLDER) or "")))
        self._folder.setPlaceholderText(_("Your documents"))
        addresses = [account.wiki.base_url for account in workspace.accounts]
        proxy = check_texts.proxy(proxy_for(addresses[0])) if addresses else ""
        self._lay_out(proxy, several=len(addresses) > 1)
        self._connect()

    def _lay_out(self, proxy: str, *, several: bool) -> None:
        column = self.content(width=520)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        language = QVBoxLayout()
        language.setSpacing(2)
        language.addWidget(self._language)
        language.addWidget(self._note("languageNote", _("Takes effect when you next open Event Center.")))
        form.addRow(_("Language"), language)
        form.addRow(_("Look"), self._scheme)
        form.addRow(_("Text size"), self._size)
        form.addRow("", self._motion)
        form.addRow(_("Sync"), self._sync)
        self._wiki.setVisible(several)
        if several:
            form.addRow(_("New events on"), self._wiki)
        folder = QHBoxLayout()
        folder.setSpacing(8)
        choose = QPushButton(_("Choose…"), self)
        choose.setObjectName("preferFolderChoose")
        choose.clicked.connect(self._ask_folder)
        folder.addWidget(self._folder, 1)
        folder.addWidget(choose)
        form.addRow(_("Exports go to"), folder)
        if proxy:
            form.addRow(_("Proxy"), self._note("proxyFound", proxy))
        column.addLayout(form)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        self.add_buttons(buttons)

    def _connect(self) -> None:
        self._language.currentIndexChanged.connect(
            lambda: self._settings.setValue(LANGUAGE, self._language.currentData())
        )
        self._scheme.currentIndexChanged.connect(
            lambda: self._appearance.choose_scheme(Scheme(self._scheme.currentData()))
        )
        self._size.currentIndexChanged.connect(
            lambda: self._appearance.choose_text_size(int(self._size.currentData()))
        )
        self._motion.toggled.connect(self._appearance.reduce_motion)
        self._sync.toggled.connect(lambda on: self._settings.setValue(AUTOMATIC_SYNC, on))
        self._wiki.currentIndexChanged.connect(
            lambda: self._settings.setValue(DEFAULT_WIKI, self._wiki.currentData())
        )

    @Slot()
    def _ask_folder(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("Where exported files go"), self._folder.text())
        if folder and Path(folder).is_dir():
            self._settings.setValue(EXPORT_FOLDER, folder)
            self._folder.setText(QDir.toNativeSeparators(folder))

    def _box(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text, self)
        box.setObjectName(name)
        return box

    def _note(self, name: str, text: str) -> QLabel:
        note = secondary(QLabel(text, self))
        note.setObjectName(name)
        note.setWordWrap(True)
        return note

    @staticmethod
    def _choose(choice: QComboBox, value: object) -> None:
        choice.setCurrentIndex(max(0, choice.findData(value)))
