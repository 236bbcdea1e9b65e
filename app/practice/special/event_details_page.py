"""Special:EventDetails: the tabs of an event (CONTRACT §5)."""

import json
import sqlite3
from dataclasses import dataclass
from html import escape
from typing import Any

from flask import Response, request

from app.practice.events.article_lists import has_lists
from app.practice.events.event_pages import pretty_path
from app.practice.events.event_records import ORGANIZERS_PAGE, event_name, organizes, sees_private
from app.practice.events.people_json import PARTICIPANTS_PAGE
from app.practice.ground.special_page_names import in_address, special_title
from app.practice.ground.timestamps import formatted_moment
from app.practice.ground.user_names import is_temporary
from app.practice.http.special_page_words import asked_language, number, words
from app.practice.identity.visitors import Visitor
from app.practice.special.contributions_page import TAB as CONTRIBUTIONS
from app.practice.special.contributions_page import Viewer, contributions_panel
from app.practice.special.special_pages import address_on, button, message_box, special_page
from app.practice.special.statistics_page import TAB as STATISTICS
from app.practice.special.statistics_page import statistics_panel
from app.practice.special.worklist_panel import TAB as WORKLIST
from app.practice.special.worklist_panel import worklist_config, worklist_panel
from app.practice.wiki import PracticeWiki, current_visitor, current_wiki

NAME = "EventDetails"
_WORDS = "campaignevents-event-details"
_CLASS = "ext-campaignevents-eventdetails"
_PANEL = "oo-ui-layout oo-ui-panelLayout oo-ui-panelLayout-scrollable oo-ui-tabPanelLayout"
_OPTION = "oo-ui-widget oo-ui-widget-enabled oo-ui-labelElement oo-ui-optionWidget oo-ui-tabOptionWidget"
_BACK = f"{_CLASS}-back-btn"
_OPEN_QUESTIONS = [4, 5]


@dataclass(frozen=True)
class _PageContext:
    """The event and the visitor of the page."""

    wiki: PracticeWiki
    row: sqlite3.Row
    visitor: Visitor
    organizer: bool
    people: int

    @property
    def event_id(self) -> int:
        return int(self.row["event_id"])


def show_event_details(asked: str) -> Response:
    """Return the page of an event; parts for organizers are left out for other visitors."""
    wiki, visitor = current_wiki(), current_visitor()
    connection = wiki.store.read()
    row = None
    if asked.isascii() and asked.isdigit():
        row = connection.execute("SELECT * FROM events WHERE event_id = ?", (int(asked),)).fetchone()
    if row is None or row["deleted"]:
        problem = "not-found" if row is None else "event-deleted"
        content = message_box(f"{_WORDS}-{problem}")
        return special_page(NAME, asked, words("eventdetails"), content, visitor)
    (people,) = connection.execute(
        "SELECT count(*) FROM participants WHERE event_id = ? AND gone = 0", (row["event_id"],)
    ).fetchone()
    context = _PageContext(wiki, row, visitor, organizes(connection, visitor, row["event_id"]), people)
    panels, config = _panels(context)
    own_events = f"/wiki/{in_address(special_title('MyEvents', '', wiki.site))}"
    back = (
        button(words("campaignevents-back-to-your-events"), own_events, "arrowPrevious", _BACK)
        if context.organizer
        else ""
    )
    heading = words(f"{_WORDS}-event", event_name(row))
    return special_page(NAME, asked, heading, back + _tabs(context, panels), visitor, config)


def _panels(context: _PageContext) -> tuple[dict[str, tuple[str, str]], dict[str, Any]]:
    """Return the label and the content of each tab, and the page's configuration."""
    row, visitor = context.row, context.visitor
    private = sees_private(context.wiki.store.read(), visitor, context.event_id)
    mails = context.organizer and visitor.may("campaignevents-email-participants")
    last_organizer, last_participant = _last_shown(context, private)
    config: dict[str, Any] = {
        "wgCampaignEventsEventID": context.event_id,
        "wgCampaignEventsShowEmailTab": mails,
        "wgCampaignEventsLastOrganizerID": last_organizer,
        "wgCampaignEventsShowParticipantCheckboxes": context.organizer,
        "wgCampaignEventsShowPrivateParticipants": private,
        "wgCampaignEventsEventDetailsParticipantsTotal": context.people,
        "wgCampaignEventsLastParticipantID": last_participant,
        "wgCampaignEventsCurUserCentralID": visitor.user_id or None,
        "wgCampaignEventsViewerHasEmail": visitor.account is not None and visitor.account.can_get_mail,
        "wgCampaignEventsNonPIIQuestionIDs": _OPEN_QUESTIONS,
    }
    if context.wiki.version.has_goals:
        config["wgCampaignEventsEventName"] = event_name(row)
    panels = {
        "EventDetailsPanel": ("event-details", _details(context)),
        "ParticipantsPanel": ("participants", _participants(context)),
    }
    if has_lists(context.wiki):
        config |= worklist_config(context.wiki, row)
        if row["tracks"]:
            panels[WORKLIST] = ("worklist", worklist_panel(context.wiki, row, may_edit=_has_name(visitor)))
    if row["tracks"] and context.wiki.version.counts_contributions:
        viewer = Viewer(visitor.user_id, context.organizer, private)
        content, more = contributions_panel(context.wiki, context.event_id, viewer)
        panels[CONTRIBUTIONS] = ("contributions", content)
        config |= more
    if mails:
        header = escape(words("campaignevents-email-participants-label"))
        content = f"<div class='ext-campaignevents-event-details-email-panel'><h2>{header}</h2></div>"
        panels["EmailPanel"] = ("email", content)
    over = row["end_utc"] < context.wiki.clock.stamp()
    if context.organizer and over and context.people:
        content = statistics_panel(context.wiki, context.event_id, context.people, visitor)
        panels[STATISTICS] = ("stats", content)
    return panels, config


def _has_name(visitor: Visitor) -> bool:
    """Return whether a visitor has an account that is not a temporary one."""
    return visitor.account is not None and not is_temporary(visitor.name)


def _last_shown(context: _PageContext, private: bool) -> tuple[int | None, int | None]:
    """Return the last ids of the page's lists, from which its script continues."""
    (organizer, participant) = (
        context.wiki.store.read()
        .execute(
            "SELECT (SELECT max(organizer_id) FROM (SELECT organizer_id FROM organizers"
            " WHERE event_id = :event AND gone = 0 ORDER BY organizer_id LIMIT :organizers)),"
            " (SELECT max(participant_id) FROM (SELECT participant_id FROM participants"
            " WHERE event_id = :event AND gone = 0 AND (:private OR private = 0)"
            " ORDER BY participant_id LIMIT :participants))",
            {
                "event": context.event_id,
                "private": private,
                "organizers": ORGANIZERS_PAGE,
                "participants": PARTICIPANTS_PAGE,
            },
        )
        .fetchone()
    )
    return organizer, participant


def _tabs(context: _PageContext, panels: dict[str, tuple[str, str]]) -> str:
    chosen = request.args.get("tab", "EventDetailsPanel")
    options = "".join(_option(context, name, label, name == chosen) for name, (label, _) in panels.items())
    panels_html = ""
    for name, (_, content) in panels.items():
        hidden, kind = "", ""
        if name == chosen:
            kind = " oo-ui-tabPanelLayout-active"
        elif chosen in panels:
            hidden, kind = " aria-hidden='true'", " oo-ui-element-hidden"
        panels_html += f"<div id='{name}' role='tabpanel'{hidden} class='{_PANEL}{kind}'>{content}</div>"
    return (
        f"<div id='{_CLASS}-tabs' class='oo-ui-layout oo-ui-menuLayout oo-ui-menuLayout-static"
        " oo-ui-menuLayout-top oo-ui-menuLayout-showMenu oo-ui-indexLayout'>"
        "<div aria-hidden='false' class='oo-ui-menuLayout-menu'>"
        "<div class='oo-ui-layout oo-ui-panelLayout oo-ui-indexLayout-tabPanel'>"
        "<div role='tablist' aria-multiselectable='false' tabindex='0' class='oo-ui-selectWidget"
        f" oo-ui-tabSelectWidget oo-ui-tabSelectWidget-frameless'>{options}</div></div></div>"
        "<div class='oo-ui-menuLayout-content'><div class='oo-ui-layout oo-ui-panelLayout"
        f" oo-ui-stackLayout oo-ui-indexLayout-stackLayout'>{panels_html}</div></div></div>"
    )


def _option(context: _PageContext, name: str, label: str, selected: bool) -> str:
    title = in_address(special_title(NAME, context.event_id, context.wiki.site))
    address = f"/index.php?title={title}&tab={name}"
    kind = " oo-ui-optionWidget-selected" if selected else ""
    return (
        f"<div aria-selected='{str(selected).lower()}' role='tab' class='{_OPTION}{kind}'>"
        f"<a href='{escape(address)}' class='oo-ui-labelElement-label'>"
        f"{escape(words(f'{_WORDS}-tab-{label}'))}</a></div>"
    )


def _details(context: _PageContext) -> str:
    row = context.row
    language = asked_language()
    moments = [escape(formatted_moment(row[f"{end}_local"], language)) for end in ("start", "end")]
    types = ", ".join(words(f"campaignevents-eventtype-{one}") for one in json.loads(row["types"]))
    page = escape(address_on(context.wiki, row["page_wiki"], pretty_path(row["page_title"])))
    section = f"{_CLASS}-section"
    return (
        f"<div class='{_CLASS}-panel oo-ui-layout oo-ui-panelLayout oo-ui-panelLayout-framed'>"
        f"<div class='{_CLASS}-content'><div class='{_CLASS}-info-topbar'>"
        f"<h2>{escape(words(f'{_WORDS}-label'))}</h2></div><div class='{_CLASS}-content-wrapper'>"
        f"<div><h3 class='{section}-header'>{escape(words(f'{_WORDS}-dates-label'))}</h3>"
        f"<div class='{section}-content {_CLASS}-time'>"
        f'<span class="ext-campaignevents-time-range">{" – ".join(moments)}</span> '
        f'<span class="ext-campaignevents-timezone">{escape(row["timezone"])}</span></div></div>'
        f"<div><h3 class='{section}-header'>{escape(words(f'{_WORDS}-event-types-header'))}</h3>"
        f"<div class='{section}-content'>{escape(types)}</div></div></div></div>"
        f"<div class='{_CLASS}-tab-footer'>"
        f"<a href='{page}'>{escape(words(f'{_WORDS}-view-event-page'))}</a></div></div>"
    )


def _participants(context: _PageContext) -> str:
    header = f"{_CLASS}-participants-header"
    count = escape(words(f"{_WORDS}-header-participants", number(context.people)))
    return (
        f"<div class='{_CLASS}-participants-panel'><div class='{header}'>"
        f"<span class='{header}-participant-count'>{count}</span></div></div>"
    )
