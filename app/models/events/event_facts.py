"""What is known about an event, as labels and texts: the facts of the overview."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale

from app.domain import names
from app.domain.changes.projection import ShownOrganizer
from app.domain.events.calendar import on_same_days
from app.domain.events.event import Event
from app.domain.events.event_fields import EventPart
from app.domain.statistics.wiki_statistics import Editor
from app.domain.wording import people_texts
from app.domain.wording.people_texts import hidden_name
from app.i18n import _, listed, ngettext
from app.models.events.event_text import EventText, country_name
from app.models.workspace import Workspace

#: Labels with their texts.
Facts = list[tuple[str, str]]
#: How many editors are named; the rest is counted.
_MOST_EDITORS = 10


def other_address(workspace: Workspace, event: Event) -> str | None:
    """Return the address of the wiki with the event's page, None if it is the account's own."""
    account = workspace.account(event.wiki_key)
    address = account.address_of(event.registration.page_wiki) if account else None
    return address if account and address != account.wiki.base_url else None


class EventFacts:
    """Puts an event's facts into words; what the wiki does not have yet is marked."""

    def __init__(self, workspace: Workspace, words: EventText) -> None:
        self._workspace = workspace
        self._words = words

    def groups(self, event: Event) -> list[tuple[str, Facts]]:
        """Return the facts that are known, under their headings."""
        groups = (
            (_("When and where"), self._when_and_where(event)),
            (_("Registration"), self._registration(event)),
            (_("About"), self._about(event)),
            (_("What came of it"), self._contributions(event)),
        )
        known = [(heading, [fact for fact in facts if fact[1]]) for heading, facts in groups]
        return [(heading, facts) for heading, facts in known if facts]

    def _when_and_where(self, event: Event) -> Facts:
        registration, words = event.registration, self._words
        when = f"{words.dates(registration)} ({names.safe(registration.timezone)})"
        meeting, chat = names.safe(registration.meeting_url or ""), names.safe(registration.chat_url or "")
        return [
            (_("When"), self._marked(event, when, EventPart.WHEN)),
            (_("In your time"), words.dates_here(registration) or ""),
            (_("Where"), self._marked(event, self._where(event), EventPart.PLACE, EventPart.ONLINE)),
            (_("Meeting link"), self._marked(event, meeting, EventPart.ONLINE)),
            (_("Chat link"), self._marked(event, chat, EventPart.CHAT)),
            (_("Also on these days"), self._on_same_days(event)),
        ]

    def _registration(self, event: Event) -> Facts:
        return [
            (_("Page on"), urlsplit(other_address(self._workspace, event) or "").netloc),
            (_("Status"), self._marked(event, self._words.status(event), EventPart.STATUS)),
            (_("Participants"), self._participants(event)),
            (_("Fetched"), self._words.fetched(event)),
            (_("Organizers"), self._organizers(event)),
            (_("You"), self._own(event)),
        ]

    def _about(self, event: Event) -> Facts:
        registration, words = event.registration, self._words
        tracks = registration.tracks_contributions
        counted = "" if tracks is None else _("Counted") if tracks else _("Not counted")
        goal = words.goal(registration.goal_type, registration.goal_target)
        wikis, grant = names.safe(words.wikis(registration)), names.safe(registration.grant_id or "")
        return [
            (_("Type"), self._marked(event, words.types(registration), EventPart.TYPES)),
            (_("Topics"), self._marked(event, words.topics(registration), EventPart.TOPICS)),
            (_("Wikis"), self._marked(event, wikis, EventPart.WIKIS)),
            (_("Contributions"), self._marked(event, counted, EventPart.CONTRIBUTIONS)),
            (_("Goal"), self._marked(event, goal, EventPart.GOAL)),
            (_("Dashboard"), self._marked(event, self._tracking(event), EventPart.COURSE)),
            (_("Grant ID"), self._marked(event, grant, EventPart.GRANT)),
            (_("Event number"), str(registration.event_id or "")),
        ]

    def _marked(self, event: Event, value: str, *parts: EventPart) -> str:
        """Return a value, marked if the wiki does not have it yet."""
        if self._workspace.projection.parts_waiting(event.key).isdisjoint(parts):
            return value
        return _("{value} – not on the wiki yet").format(value=value or _("(nothing)"))

    def _on_same_days(self, event: Event) -> str:
        others = on_same_days(event, self._workspace.events)
        return listed(names.set_apart(other.registration.name) for other in others)

    def _contributions(self, event: Event) -> Facts:
        """Return the event's contributions as rows."""
        found = self._workspace.contributions(event.key)
        locale = QLocale()
        rows = []
        for name, numbers in found.totals if found else ():
            texts = [locale.toString(float(one), "f", 0) for one in numbers]
            text = texts[0] if len(texts) == 1 else f"+{texts[0]} / −{texts[1]}"
            rows.append((people_texts.contribution_total(name), text))
        if found and found.goal:
            goal = found.goal
            text = _("{reached} of {target} ({percent} %)").format(
                reached=locale.toString(goal.reached),
                target=locale.toString(goal.target),
                percent=locale.toString(goal.percent),
            )
            rows.insert(0, (_("Goal reached"), text))
        if found and found.editors:
            rows.append((_("Who edited"), self._editors(found.editors)))
        return rows

    def _editors(self, editors: Sequence[Editor]) -> str:
        """Return who edited most, one per line."""
        most = sorted(editors, key=lambda one: one.edits, reverse=True)
        lines = []
        for one in most[:_MOST_EDITORS]:
            name = names.safe(one.name) if one.name else hidden_name()
            edits = ngettext("{count} edit", "{count} edits", one.edits).format(count=one.edits)
            lines.append(f"{names.isolated(name)}: {edits}")
        if len(most) > _MOST_EDITORS:
            lines.append(
                ngettext("and {count} other", "and {count} others", len(most) - _MOST_EDITORS).format(
                    count=len(most) - _MOST_EDITORS
                )
            )
        return "\n".join(lines)

    def _where(self, event: Event) -> str:
        registration = event.registration
        parts = []
        if registration.in_person:
            country = registration.country or country_name(registration.country_code) or ""
            address = listed(names.safe(line) for line in (registration.address or "").splitlines() if line)
            parts.append(listed(part for part in (address, names.safe(country)) if part) or _("In person"))
        if registration.online:
            parts.append(_("Online"))
        return "\n".join(parts)

    def _participants(self, event: Event) -> str:
        locale = QLocale()
        text = locale.toString(event.participants)
        if event.private_participants:
            text = _("{text}, {private_participants} of them private").format(
                text=text, private_participants=locale.toString(event.private_participants)
            )
        leaving = len(self._workspace.projection.removals(event.key))
        waiting = ngettext(
            "{count} removal not on the wiki yet", "{count} removals not on the wiki yet", leaving
        ).format(count=leaving)
        return f"{text}; {waiting}" if leaving else text

    def _organizers(self, event: Event) -> str:
        return QLocale().createSeparatedList(
            [self._organizer(person) for person in self._workspace.organizers(event.key)]
        )

    def _organizer(self, person: ShownOrganizer) -> str:
        name = names.set_apart(person.name) if person.name else _("(name hidden by the wiki)")
        if person.waiting:
            text = (
                _("{name} (not removed on the wiki yet)")
                if person.leaves
                else _("{name} (not added on the wiki yet)")
            )
            return text.format(name=name)
        return _("{name} (creator)").format(name=name) if "creator" in person.roles else name

    def _own(self, event: Event) -> str:
        known = self._workspace.own_registration(event.key)
        projection = self._workspace.projection
        own = projection.own_registration(event.key, known)
        waiting = projection.own_change(event.key) is not None
        if own is None:
            return _("Not registered – not on the wiki yet") if waiting else ""
        text = _("Registered privately") if own.private else _("Registered publicly")
        return _("{text} – not on the wiki yet").format(text=text) if waiting else text

    def _tracking(self, event: Event) -> str:
        courses = [str(tool.get("tool_event_id", "")) for tool in event.registration.tracking_tools]
        return names.safe(listed(course for course in courses if course))
