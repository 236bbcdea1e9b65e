"""The statistics tab of Special:EventDetails: aggregated answers, some after an agreement (CONTRACT §3)."""

import sqlite3
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from html import escape

from flask import request

from app.practice.events.aggregation import aggregated_counts
from app.practice.ground.messages import OPTION_KEYS
from app.practice.ground.special_page_names import in_address, special_title
from app.practice.ground.vocabulary import QUESTIONS
from app.practice.http.html_pages import hidden
from app.practice.http.special_page_words import number, words
from app.practice.identity.sessions import csrf_token, is_csrf_token
from app.practice.identity.visitors import Visitor
from app.practice.special.special_pages import icon, notice
from app.practice.wiki import PracticeWiki

TAB = "StatsPanel"
LEAST_OF_QUESTION = 10
LEAST_OF_OPTION = 5
_WORDS = "campaignevents-details-stats"
_CLASS = "ext-campaignevents-eventdetails-stats"
_OPEN_QUESTIONS, _PERSONAL_QUESTIONS = (4, 5), (1, 2, 3)


def statistics_panel(wiki: PracticeWiki, event_id: int, people: int, visitor: Visitor) -> str:
    """Return the content of the tab for an organizer of an event that has ended and had participants."""
    counts, waiting = aggregated_counts(wiki.store.read(), event_id, wiki.clock.now())
    if waiting:
        return notice(words(f"{_WORDS}-not-ready"))
    if not any(counts.values()):
        return notice(words(f"{_WORDS}-no-responses"))
    refused = _agree(wiki, event_id, visitor)
    if has_agreed(wiki.store.read(), event_id, visitor.user_id):
        personal = _questions(_PERSONAL_QUESTIONS, counts, people)
    else:
        title = special_title("EventDetails", event_id, wiki.site)
        personal = _agreement(title, visitor, refused=refused)
    return (
        f"<div>{_section('non-pii', _questions(_OPEN_QUESTIONS, counts, people))}"
        f"{_section('pii', personal)}</div>"
    )


def has_agreed(connection: sqlite3.Connection, event_id: int, user_id: int) -> bool:
    """Return whether an organizer has accepted the agreement for an event."""
    found = connection.execute(
        "SELECT 1 FROM agreements WHERE event_id = ? AND user_id = ?", (event_id, user_id)
    ).fetchone()
    return found is not None


def _agree(wiki: PracticeWiki, event_id: int, visitor: Visitor) -> bool:
    """Store the agreement if the form was sent; return whether its CSRF token was wrong."""
    if request.method != "POST":
        return False
    if not is_csrf_token(visitor.secret, "csrf", request.form.get("wpEditToken", "")):
        return True
    if request.form.get("wpAcceptance"):
        with wiki.store.write() as connection:
            connection.execute(
                "INSERT OR IGNORE INTO agreements (event_id, user_id) VALUES (?, ?)",
                (event_id, visitor.user_id),
            )
    return False


def _section(kind: str, content: str) -> str:
    header = escape(words(f"{_WORDS}-section-{kind}"))
    return f"<div class='{_CLASS}-section'><h2 class='{_CLASS}-section-header'>{header}</h2>{content}</div>"


def _agreement(title: str, visitor: Visitor, *, refused: bool) -> str:
    form = "campaignevents-edit-field-clickwrap"
    action = f"/index.php?title={in_address(title)}&tab={TAB}"
    if request.args.get("uselang"):
        action += f"&uselang={request.args['uselang']}"
    warning = notice(words("sessionfailure")) if refused else ""
    return (
        f"<p>{escape(words(f'{form}-checkbox-pretext'))}</p>"
        "<div class='mw-htmlform-ooui-wrapper oo-ui-layout oo-ui-panelLayout'>"
        f"<form action='{escape(action)}' method='post' enctype='application/x-www-form-urlencoded'"
        f" class='mw-htmlform mw-htmlform-ooui oo-ui-layout oo-ui-formLayout'>{warning}"
        f"{hidden('title', title)}\n"
        "<div class='mw-htmlform-field-HTMLCheckField oo-ui-layout oo-ui-fieldLayout'>"
        "<label class='oo-ui-labelElement-label'><span id='mw-input-wpAcceptance'>"
        "<input type='checkbox' tabindex='0' name='wpAcceptance' value='1' class='oo-ui-inputWidget-input' />"
        f"</span> {escape(words(f'{form}-checkbox-label'))}</label></div>"
        "<div class='mw-htmlform-field-HTMLSubmitField oo-ui-layout oo-ui-fieldLayout'>"
        "<span id='mw-input-wpSubmit' class='mw-htmlform-submit oo-ui-buttonInputWidget'>"
        "<button type='submit' tabindex='0' name='wpSubmit' value='' class='oo-ui-inputWidget-input'>"
        f"{escape(words(f'{form}-form-continue'))}</button></span></div>"
        f"{hidden('wpEditToken', csrf_token(visitor.secret or '', 'csrf'))}\n</form></div>"
    )


def _questions(numbers: tuple[int, ...], counts: dict[int, Counter[int]], people: int) -> str:
    return f"<div>{''.join(_question(one, counts[one], people) for one in numbers)}</div>"


def _question(question: int, counts: Counter[int], people: int) -> str:
    label = words(f"campaignevents-register-question-{QUESTIONS[question]['name']}-stats-label")
    expand, collapse = (icon(one, words(f"collapsible-{one}")) for one in ("expand", "collapse"))
    if counts.total() < LEAST_OF_QUESTION:
        text = words(f"{_WORDS}-not-enough-answers", LEAST_OF_QUESTION)
        content = notice(text, " mw-collapsible-content")
    else:
        content = _answers(question, counts, people)
    return (
        f"<div class='{_CLASS}-question-container mw-collapsible mw-collapsed'>"
        f"<div role='button' class='mw-collapsible-toggle'>{expand}{collapse}"
        f"<h3>{escape(label)}</h3></div>{content}</div>"
    )


def _answers(question: int, counts: Counter[int], people: int) -> str:
    heads = "".join(
        f"<th>{escape(words(f'{_WORDS}-header-{one}'))}</th>" for one in ("option", "percentage", "number")
    )
    rows, known, few = [], 0, 0
    for answer, key in OPTION_KEYS[question].items():
        given = counts[answer]
        if given < LEAST_OF_OPTION:
            few += 1
            most = _percentage(LEAST_OF_OPTION - 1, people)
            share = words(f"{_WORDS}-range-percentage", 0, most)
            rows.append((words(key), share, words(f"{_WORDS}-few-answers-option", LEAST_OF_OPTION)))
        else:
            known += given
            rows.append((words(key), words("percent", _percentage(given, people)), number(given)))
    rows.append((words(f"{_WORDS}-no-response"), *_no_response_cells(people, known, few)))
    rows_html = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f"<table class='{_CLASS}-question-table mw-collapsible-content'>"
        f"<thead><tr>{heads}</tr></thead>{rows_html}</table>"
    )


def _no_response_cells(people: int, known: int, few: int) -> tuple[str, str]:
    """Return number and percentage without a response: a range if some options have few answers."""
    most = people - known
    least = max(most - (LEAST_OF_OPTION - 1) * few, 0)
    if least == most:
        return words("percent", _percentage(most, people)), number(most)
    return (
        words(f"{_WORDS}-range-percentage", _percentage(least, people), _percentage(most, people)),
        words(f"{_WORDS}-range-number", number(least), number(most)),
    )


def _percentage(part: int, people: int) -> str:
    share = (Decimal(100 * part) / people).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{share}".removesuffix(".0")
