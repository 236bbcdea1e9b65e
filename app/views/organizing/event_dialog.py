"""The dialog that creates an event, edits one, or edits a pending change to one."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.domain import names, times
from app.domain.accounts.account import Account
from app.domain.changes.change import Change
from app.domain.changes.merge import Edit, edit_between, overlaid
from app.domain.changes.operations import CreateEvent, EditEvent
from app.domain.events.calendar import events_on
from app.domain.events.event import Event
from app.domain.events.event_checks import FormField, Problem, problems
from app.domain.events.event_fields import EVERY_WIKI, EventFields, fields_of
from app.domain.events.page_text import is_unwritten
from app.domain.faults import KnownFault
from app.domain.wording import change_texts, organizing_texts
from app.i18n import _, listed
from app.models.changes.outbox_control import OutboxControl
from app.models.events.drafts import Drafts
from app.models.workspace import Workspace
from app.views.forms.enter_key import enter_goes_on
from app.views.look.colours import Accent
from app.views.organizing.event_form import EventForm
from app.views.organizing.event_times import next_week, own_zone
from app.views.organizing.page_text_editor import PageTextEditor
from app.views.widgets.banner import Banner
from app.views.widgets.dialog import free_size, resize_within_screen
from app.views.widgets.message_boxes import choose

_STAMP = "%Y%m%d%H%M%S"
_WEEK = timedelta(days=7)
#: Pixels: the width at which the page text stands beside the form.
_WIDE = 1180
#: The names of the event's fields that differ from those of the form.
_FIELD_NAMES = {FormField.TITLE: "page", FormField.COUNTRY: "country_code", FormField.GRANT: "grant_id"}


class EventDialog(QDialog):
    """The form of an event in a dialog; the result is queued in the outbox."""

    def __init__(
        self,
        workspace: Workspace,
        outbox: OutboxControl,
        account: Account,
        *,
        event: Event | None = None,
        change: Change | None = None,
        offline: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make the form for a new event, for an existing `event`, or for a pending `change`."""
        super().__init__(parent)
        self.setObjectName("eventDialog")
        self._workspace = workspace
        self._outbox = outbox
        self._account = account
        self._event = event
        self._change = change
        self._creation = change.operation if change and isinstance(change.operation, CreateEvent) else None
        self._edit = change.operation.edited() if change else {}
        self._new = event is None and not self._edit
        self._drafts = Drafts(workspace, self)
        self._tried = False
        #: The field that the wiki refused, and what was written there.
        self._refused: tuple[FormField, object] | None = None
        self._banner = Banner("eventDialogBanner", self)
        tracks = self._counts_contributions(account)
        self.form = EventForm(
            new=self._new,
            tracks=tracks,
            grants=account.wiki.has_grant_ids,
            goals=self._has_goals(account),
            types=account.wiki.has_types,
            wikis=account.wikis_by_host(),
            parent=self,
        )
        self.page_text = PageTextEditor(account.identity.name, self._drafts.page_template(), self)
        #: The form and the page text, where there is no room for both side by side.
        self._tabs: QTabWidget | None = None
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        text = _("Make event") if self._new else _("Save changes")
        self._accept = self._buttons.addButton(text, QDialogButtonBox.ButtonRole.AcceptRole)
        self._accept.setObjectName("eventDialogAccept")
        enter_goes_on(self, self._accept)
        self._note = QLabel(self)
        self._lay_out(offline=offline)
        self._base = self._beginning()
        self.form.fill(self._base)
        self._start_text()
        self.form.edited.connect(self._on_edited)
        self.page_text.edited.connect(self._on_edited)
        self.page_text.save_requested.connect(self._drafts.save_page_template)
        self._buttons.accepted.connect(self._on_accept)
        self._buttons.rejected.connect(self.reject)
        self._show_refusal()
        self._before = self._written()

    def begin_from(self, event: Event) -> None:
        """Fill in an earlier event, moved by whole weeks to the next date in the future."""
        fields = fields_of(event.registration)
        start, end = times.local_time(fields.start), times.local_time(fields.end)
        zone = event.registration.zone()
        since = datetime.now(UTC) - start.replace(tzinfo=zone)
        later = max(since // _WEEK + 1, 0) * _WEEK
        start += later
        # An end on the last day of year 9999 cannot be moved.
        with suppress(OverflowError):
            end += later
        self._base = replace(
            fields, status="open", start=start.strftime(_STAMP), end=end.strftime(_STAMP), grant_id=None
        )
        self.form.fill(self._base)
        self.form.title.selectAll()
        self._banner.say(
            _(
                "Copied from “{name}”, on the same day of the week. Give the new event a title of its own."
            ).format(name=names.set_apart(event.registration.name)),
            Accent.PROGRESSIVE,
        )
        self._before = self._written()

    def reject(self) -> None:
        """Close, after a question if edits would be lost."""
        if self._written() == self._before:
            super().reject()
            return
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.windowTitle(),
            _("Throw away what you have written?"),
            parent=self,
        )
        box.setObjectName("askThrowAway")
        throw = box.addButton(_("Throw away"), QMessageBox.ButtonRole.DestructiveRole)
        throw.setObjectName("askThrowAwayAccept")
        stay = box.addButton(_("Go on writing"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        throw.clicked.connect(lambda: QDialog.reject(self))
        box.open()

    def _counts_contributions(self, account: Account) -> bool:
        """Return whether this wiki counts contributions, as far as its events show (CONTRACT §4.4)."""
        known = [
            one.registration.tracks_contributions
            for one in self._workspace.events
            if one.wiki_key == account.key and one.fetched_at is not None
        ]
        return any(one is not None for one in known) or not known

    def _has_goals(self, account: Account) -> bool:
        """Return whether this wiki has goals, by its events or, without events, by its version."""
        known = [
            one.registration.has_goals
            for one in self._workspace.events
            if one.wiki_key == account.key and one.fetched_at is not None
        ]
        return any(known) or (not known and account.wiki.is_at_least(1, 46))

    def _beginning(self) -> EventFields:
        if self._event is not None:
            return fields_of(self._event.registration)
        if self._creation is not None:
            return self._creation.fields
        if self._change is not None and self._edit:
            event = self._workspace.find_event(self._change.event_key)
            assert event is not None  # noqa: S101 - whoever opens this has looked
            return overlaid([self._edit], fields_of(event.registration))
        return EventFields(
            page="",
            timezone=own_zone(),
            start=next_week(14),
            end=next_week(17),
            tracks_contributions=False,
        )

    def _start_text(self) -> None:
        if self._creation is not None:
            # The pending text was already filled from a template; it must not be filled a second time.
            self.page_text.template.setPlainText(self._creation.page_text.replace("$", "$$"))
        self.page_text.show_fields(self.form.fields())

    def _lay_out(self, *, offline: bool) -> None:
        self.setWindowTitle(self._heading())
        scroll = QScrollArea(self)
        scroll.setObjectName("eventScroll")
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll = scroll
        beside = self._new and free_size(self).width() >= _WIDE
        if beside:
            self.page_text.stand_upright()
        elif self._new:
            self._tabs = QTabWidget(self)
            self._tabs.setDocumentMode(True)
            self._tabs.setObjectName("eventDialogTabs")
            self._tabs.addTab(scroll, _("Event"))
            self._tabs.addTab(self.page_text, _("Page text"))
        else:
            self.page_text.hide()
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setText(
            _("Offline: it will be kept here and sent when the network is back.") if offline else ""
        )
        bottom = QHBoxLayout()
        bottom.setContentsMargins(20, 8, 20, 12)
        bottom.addWidget(self._note, 1)
        bottom.addWidget(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._banner)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._tabs or scroll, 1)
        if beside:
            middle.addWidget(self.page_text, 1)
        column.addLayout(middle, 1)
        column.addLayout(bottom)
        resize_within_screen(self, _WIDE if beside else 780, 760)

    def _heading(self) -> str:
        site = names.safe(self._account.wiki.site_name)
        if self._new:
            return _("New event on {site}").format(site=site)
        event = self._event or self._workspace.find_event(self._change.event_key if self._change else 0)
        name = names.unmarked(self._workspace.event_name(event)) if event else ""
        return _("Edit “{name}”").format(name=name)

    def _written(self) -> tuple[EventFields, str]:
        return self.form.fields(), self.page_text.template.toPlainText() if self._new else ""

    def _show_refusal(self) -> None:
        """Show beside its field why the wiki refused the change that is edited."""
        change = self._change
        if change is None or not change.sentence:
            return
        field = FormField(change.error_field) if change.error_field else None
        if field and (widget := self.form.go_to(field)) is not None:
            # Beside its field only; it goes when the field is mended.
            self._refused = (field, self._value_of(field))
            self.form.show_problems({field: change.sentence}, {field: change.wiki_said})
            QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(widget, 20, 60))
        else:
            self._banner.say(change.sentence, Accent.ERROR, wiki_said=change.wiki_said)

    def _value_of(self, field: FormField) -> object:
        """Return what is written in a field, or in the whole form where the field is several."""
        fields = self.form.fields()
        name = _FIELD_NAMES.get(field, field.value.replace("-", "_"))
        return getattr(fields, name, fields)

    @Slot()
    def _on_edited(self) -> None:
        fields = self.form.fields()
        self.page_text.show_fields(fields)
        self._show_same_days(fields)
        if self._tried or self._refused:
            self._check()

    def _show_same_days(self, fields: EventFields) -> None:
        """Say which other events are on the days of this one."""
        own = self._event.key if self._event else self._change.event_key if self._change else 0
        first, last = times.local_time(fields.start).date(), times.local_time(fields.end).date()
        others = [event for event in events_on(first, last, self._workspace.events) if event.key != own]
        listed_names = listed(names.set_apart(event.registration.name) for event in others)
        text = _("Also on these days: {events}").format(events=listed_names) if others else ""
        self.form.same_days.setText(text)
        self.form.same_days.setVisible(bool(text))

    def _check(self) -> dict[FormField, Problem]:
        fields = self.form.fields()
        has_types = self._account.wiki.has_types
        found = problems(fields, new=self._new, now=datetime.now(UTC), has_types=has_types)
        if self._new and not self.page_text.text().strip():
            found[FormField.PAGE_TEXT] = Problem.PAGE_TEXT_MISSING
        if fields.wikis != (EVERY_WIKI,) and self.form.wikis.unknown():
            found.setdefault(FormField.WIKIS, Problem.WIKIS_UNKNOWN)
        if self.form.in_person.isChecked() and self.form.country.unknown:
            found[FormField.COUNTRY] = Problem.COUNTRY_UNKNOWN
        texts = {field: organizing_texts.problem_sentence(one) for field, one in found.items()}
        shown = texts if self._tried else {}
        if self._refused and self._value_of(self._refused[0]) != self._refused[1]:
            self._refused = None
        if self._refused and self._change and self._change.sentence:
            field = self._refused[0]
            self.form.show_problems({**shown, field: self._change.sentence}, {field: self._change.wiki_said})
        else:
            self.form.show_problems(shown)
        missing = found.get(FormField.PAGE_TEXT)
        self.page_text.problem.say(organizing_texts.problem_sentence(missing) if missing else "")
        return found

    @Slot()
    def _on_accept(self) -> None:
        self._tried = True
        found = self._check()
        if found:
            self._go_to(next(iter(found)))
            return
        fields = self.form.fields()
        if self._new:
            self._create(CreateEvent(fields, self.page_text.text()))
            return
        if self._change is not None and self._edit:
            event = self._workspace.find_event(self._change.event_key)
            base = _base_of(self._edit, fields_of(event.registration)) if event else self._base
        else:
            base = self._base
        edit = edit_between(base, fields)
        if not edit:
            self._banner.say(change_texts.nothing_to_change(), Accent.PROGRESSIVE)
            return
        self._submit(EditEvent(edit), self._event.key if self._event else 0)

    def _create(self, operation: CreateEvent) -> None:
        """Submit a new event, after a question if its page says nothing yet."""
        if not is_unwritten(operation.page_text):
            self._submit(operation, 0)
            return
        options = (
            (_("Write the page first"), partial(self._go_to, FormField.PAGE_TEXT)),
            (_("Make the event"), partial(self._submit, operation, 0)),
        )
        text = _("The event page has nothing but “…” under a heading")
        detail = _("Everybody will see the page as it is. You can write it here now, or later on the wiki.")
        choose(self, "askUnwritten", text, detail, options)

    def _go_to(self, field: FormField) -> None:
        if field is FormField.PAGE_TEXT:
            if self._tabs:
                self._tabs.setCurrentIndex(1)
            self.page_text.template.setFocus()
            return
        if self._tabs:
            self._tabs.setCurrentIndex(0)
        widget = self.form.go_to(field)
        if widget is not None:
            self._scroll.ensureWidgetVisible(widget, 20, 60)

    def _submit(self, operation: CreateEvent | EditEvent, event_key: int) -> None:
        self._accept.setEnabled(False)
        if self._change is not None:
            self._outbox.replace(self._change.number, operation, self.accept, self._on_fault)
        else:
            self._outbox.queue(self._account.key, event_key, operation, self.accept, self._on_fault)

    def _on_fault(self, fault: KnownFault) -> None:
        self._accept.setEnabled(True)
        self._banner.report(fault)


def _base_of(edit: Edit, fields: EventFields) -> EventFields:
    """Return the event as it was before a pending edit."""
    for part, change in edit.items():
        fields = fields.with_part(part, change.base)
    return fields
