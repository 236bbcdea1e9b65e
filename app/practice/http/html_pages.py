"""The HTML pages of the practice wiki: plain, escaped, with the parts that clients look for."""

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from flask import Response

from app.practice.identity.rights import GRANT_NAMES
from app.practice.wiki import current_wiki

_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#202122}"
    "h1{font-weight:normal;border-bottom:1px solid #a2a9b1}table{border-collapse:collapse}"
    "td,th{border:1px solid #c8ccd1;padding:.3rem .6rem;text-align:start}"
    "button{font:inherit;padding:.4rem 1.2rem;margin-inline-end:.6rem}"
)


def page(
    title: str,
    content: str,
    *,
    status: int = 200,
    config: Mapping[str, Any] | None = None,
    language: str = "en",
) -> Response:
    """Return a page of the wiki; `content` is HTML, `title` is plain text."""
    variables = json.dumps(dict(config or {}), ensure_ascii=True, separators=(",", ":")).replace("</", "<\\/")
    script = f"<script>RLCONF={variables};</script>" if config is not None else ""
    site_name = escape(current_wiki().site.name)
    html = (
        f'<!DOCTYPE html>\n<html lang="{language}" dir="ltr">\n<head>\n<meta charset="UTF-8">\n'
        f"<title>{escape(title)} - {site_name}</title>\n{script}<style>{_STYLE}</style>\n</head>\n"
        f'<body><h1 id="firstHeading">{escape(title)}</h1>\n'
        f'<div id="mw-content-text" class="mw-body-content">{content}</div></body>\n</html>\n'
    )
    answer = Response(html, status)
    answer.headers["Content-Type"] = "text/html; charset=UTF-8"
    answer.headers["Vary"] = "Accept-Encoding, Cookie, Authorization"
    return answer


def error_page(title: str, message: str, status: int) -> Response:
    """Return an error page."""
    return page(title, f"<p>{escape(message)}</p>", status=status)


def moved(address: str) -> Response:
    """Return the 307 redirect of the REST routes."""
    shown = escape(address)
    answer = Response(f'<!doctype html><title>Redirect</title><a href="{shown}">{shown}</a>', 307)
    answer.headers["Content-Type"] = "text/html; charset=utf-8"
    answer.headers["Location"] = address
    return answer


def hidden(name: str, value: str) -> str:
    """Return a hidden field."""
    return f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">'


def login_page(action: str, token: str, problem: str = "") -> Response:
    """Return the sign-in form."""
    warning = f'<p class="error" role="alert">{escape(problem)}</p>' if problem else ""
    form = (
        f'{warning}<form method="post" name="userlogin" action="{escape(action)}">'
        f"{hidden('title', 'Special:UserLogin')}{hidden('wpLoginToken', token)}"
        '<p><label for="wpName1">Username</label><br>'
        '<input id="wpName1" name="wpName" autocomplete="username" required autofocus></p>'
        '<p><label for="wpPassword1">Password</label><br>'
        '<input id="wpPassword1" name="wpPassword" type="password" autocomplete="current-password"'
        " required></p>"
        '<p><button type="submit" name="wploginattempt" value="Log in">Log in</button></p></form>'
        '<p>The accounts of this toy world and their passwords are on <a href="/">its first page</a>.</p>'
    )
    return page("Log in", form, config={"wgCanonicalSpecialPageName": "Userlogin", "wgUserName": None})


def approval_page(
    step: str, user_name: str, client_name: str, token: str, grants: Sequence[str], kept: Mapping[str, str]
) -> Response:
    """Return the form to approve or decline a client; it is sent to `step` of Special:OAuth."""
    wishes = "".join(f"<li>{escape(GRANT_NAMES.get(grant, grant))}</li>" for grant in grants)
    fields = "".join(hidden(name, value) for name, value in kept.items())
    form = (
        f'<form id="mw-mwoauth-authorize-form" action="/wiki/Special:OAuth/{step}" method="post">'
        f"{hidden('title', f'Special:OAuth/{step}')}{hidden('wpEditToken', token)}"
        f"{hidden('display', '')}{hidden('wpaction', 'accept')}{hidden('wpconfirmUpdate', '0')}{fields}"
        f"<p>Hi {escape(user_name)},</p><p>In order to complete your request, <b>{escape(client_name)}</b>"
        f" needs permission to perform the following actions on your behalf on this site:</p>"
        f"<ul>{wishes}</ul>"
        '<p><button type="submit" name="accept" value="Allow">Allow</button>'
        '<button type="submit" name="cancel" value="Cancel">Cancel</button></p></form>'
    )
    return page("OAuth", form)
