"""Shared parts of the special pages: configuration, message boxes, buttons (CONTRACT §5)."""

from collections.abc import Mapping
from html import escape
from typing import Any

from flask import Response

from app.practice.ground.special_page_names import special_title
from app.practice.http.html_pages import page
from app.practice.http.special_page_words import asked_language, words
from app.practice.identity.visitors import Visitor
from app.practice.wiki import PracticeWiki, current_wiki

_PRIVATE = "private, must-revalidate, max-age=0"
_LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"
_WIDGET = "oo-ui-widget oo-ui-widget-"
_SPACES = str.maketrans(" ", "_")


def special_page(
    name: str,
    rest: str,
    heading: str,
    content: str,
    visitor: Visitor,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """Return a special page; `rest` is the subpage part of its title, `more` extends its configuration."""
    title = special_title(name, rest, current_wiki().site)
    language = asked_language()
    config = {
        "wgCanonicalNamespace": "Special",
        "wgCanonicalSpecialPageName": name,
        "wgNamespaceNumber": -1,
        "wgPageName": title.translate(_SPACES),
        "wgTitle": title.partition(":")[2],
        "wgIsArticle": False,
        "wgAction": "view",
        "wgUserName": visitor.account.name if visitor.account else None,
        "wgUserGroups": list(visitor.groups),
        "wgPageViewLanguage": language,
        "wgPageContentLanguage": language,
        **(more or {}),
    }
    answer = page(heading, content, config=config, language=language)
    answer.headers["Expires"] = _LONG_AGO
    answer.headers["Cache-Control"] = _PRIVATE
    return answer


def address_on(wiki: PracticeWiki, wiki_id: str, path: str) -> str:
    """Return the URL of a page: a path on the current wiki, an absolute URL on another one."""
    if wiki_id == wiki.site.wiki_id:
        return path
    hosts = {one.site.wiki_id: one.base_url for one in wiki.family}
    return hosts.get(wiki_id, f"https://{wiki_id}.example") + path


def message_box(key: str) -> str:
    """Return the message box of a special page that has nothing to show."""
    return (
        '<div class="cdx-message--error cdx-message cdx-message--block">'
        '<span class="cdx-message__icon"></span><div class="cdx-message__content">'
        f"<p>{escape(words(key))}\n</p></div></div>"
    )


def notice(text: str, more_classes: str = "") -> str:
    """Return a notice inside a panel."""
    return (
        f"<div aria-live='polite' class='{_WIDGET}enabled oo-ui-labelElement oo-ui-flaggedElement-notice"
        f" oo-ui-iconElement oo-ui-messageWidget{more_classes}'>"
        "<span class='oo-ui-iconElement-icon oo-ui-icon-infoFilled oo-ui-image-notice'></span>"
        f"<span class='oo-ui-labelElement-label'>{escape(text)}</span></div>"
    )


def icon(name: str, label: str, more_classes: str = "", *, titled: bool = False) -> str:
    """Return an icon with a text label."""
    title = f"title='{escape(label)}' " if titled else ""
    return (
        f"<span {title}class='{more_classes}{_WIDGET}enabled oo-ui-iconElement-icon oo-ui-icon-{name}"
        " oo-ui-iconElement oo-ui-labelElement-invisible oo-ui-iconWidget'>"
        f"{escape(label)}</span>"
    )


def button(label: str, address: str | None, icon_name: str, own_class: str) -> str:
    """Return a link button, disabled if there is no URL."""
    dead = " aria-disabled='true'" if address is None else ""
    state = "disabled" if address is None else "enabled"
    lead = f"tabindex='-1'{dead}" if address is None else f"tabindex='0' href='{escape(address)}'"
    return (
        f"<span{dead} class='{own_class} {_WIDGET}{state} oo-ui-buttonElement"
        " oo-ui-buttonElement-frameless oo-ui-iconElement oo-ui-labelElement"
        " oo-ui-flaggedElement-progressive oo-ui-buttonWidget'>"
        f"<a role='button' {lead} rel='nofollow' class='oo-ui-buttonElement-button'>"
        f"<span class='oo-ui-iconElement-icon oo-ui-icon-{icon_name}'></span>"
        f"<span class='oo-ui-labelElement-label'>{escape(label)}</span></a></span>"
    )
