"""Pages for browsers: main page, event pages, sign-in, special pages."""

from html import escape
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, g, redirect, request

from app.practice.api.api_login import account_with_password
from app.practice.events.event_pages import event_of_page, page_row, pretty_path
from app.practice.events.event_records import event_name
from app.practice.ground.special_page_names import special_page_of
from app.practice.ground.timestamps import formatted_moment
from app.practice.ground.titles import SPECIAL, Title, normal_title, parse_title
from app.practice.ground.user_names import normalized
from app.practice.http.html_pages import error_page, login_page, page
from app.practice.identity.sessions import csrf_token, is_csrf_token
from app.practice.identity.visitors import account_by_id
from app.practice.oauth.oauth1_pages import ANSWERS as OAUTH1_PAGES
from app.practice.oauth.oauth_authorize import show_approval
from app.practice.special.event_details_page import show_event_details
from app.practice.special.my_events_page import show_my_events
from app.practice.wiki import PracticeWiki, bearer_of, begin_session, current_session, current_wiki
from app.practice.world.crowd import PASSWORD
from app.practice.world.world import remembered_world

pages = Blueprint("pages", __name__)
_WRONG = "Incorrect username or password entered. Please try again."


@pages.before_request
def refuse_bearer() -> Response | None:
    """Refuse every bearer token: OAuth works with the APIs only (CONTRACT §2)."""
    if bearer_of(request) is not None and not request.path.startswith(("/api.php", "/rest.php")):
        return error_page("Error", "OAuth can only be used with the API", 400)
    return None


@pages.get("/")
def show_first_page() -> Response:
    """Return the main page: accounts with their passwords, and events."""
    wiki = current_wiki()
    described = remembered_world(wiki.store)
    people = "".join(
        f"<tr><td>{escape(one['name'])}</td><td>{escape(role.replace('_', ' '))}</td>"
        f"<td><code>{escape(one['password'])}</code> {escape(one.get('hint', ''))}</td></tr>"
        for role, one in described.items()
        if isinstance(one, dict) and "password" in one
    )
    rows = wiki.store.read().execute(
        "SELECT e.*, (SELECT count(*) FROM participants p WHERE p.event_id = e.event_id AND p.gone = 0)"
        " AS people FROM events e WHERE e.page_wiki = ? ORDER BY e.event_id LIMIT 200",
        (wiki.site.wiki_id,),
    )
    events = "".join(
        f'<tr><td>{row["event_id"]}</td><td><a href="{escape(pretty_path(row["page_title"]))}">'
        f"<bdi>{escape(event_name(row))}</bdi></a></td><td>{formatted_moment(row['start_local'], 'en')}"
        f" ({escape(row['timezone'])})</td><td>{row['people']}</td></tr>"
        for row in rows
    )
    return page(
        wiki.site.name,
        "<p>A wiki to practise on, with Event Registration. Nothing here is real, nothing leaves this"
        " computer, and every e-mail ends in a drawer.</p>"
        f"<h2>Accounts</h2><table><tr><th>Name<th>What for<th>Password</tr>{people}</table>"
        f"<p>Everybody else signs in with <code>{escape(PASSWORD)}</code>.</p>"
        f"<h2>Events</h2><table><tr><th>Id<th>Event<th>Begins<th>Participants</tr>{events}</table>",
    )


@pages.route("/index.php", methods=["GET", "POST"])
def show_by_query() -> Response:
    """Answer index.php: special pages directly, other pages with a redirect to /wiki/."""
    wiki = current_wiki()
    asked = parse_title(normalized(request.values.get("title", "Main Page")), wiki.site)
    if asked is None:
        return error_page("Bad title", "The requested page title contains invalid characters.", 400)
    if asked.namespace == SPECIAL:
        return _special(asked)
    title = asked.prefixed(wiki.site)
    if request.args.get("action") == "render":
        return Response(_page_text(wiki, title) or "", mimetype="text/html")
    return _to(wiki.base_url + pretty_path(title), 301)


@pages.route("/wiki/<path:title>", methods=["GET", "POST"])
def show_page(title: str) -> Response:
    """Return a page; the configuration of an event page has the event's id (CONTRACT §5, Event pages)."""
    wiki, asked = current_wiki(), parse_title(normalized(title), current_wiki().site)
    if asked is None:
        return error_page("Bad title", "The requested page title contains invalid characters.", 400)
    if asked.namespace == SPECIAL:
        return _special(asked)
    clean = asked.prefixed(wiki.site)
    config: dict[str, Any] = {
        "wgPageName": clean.replace(" ", "_"),
        "wgTitle": asked.text,
        "wgAction": "view",
        "wgUserName": _own_name(wiki),
    }
    event = event_of_page(wiki, clean)
    if event is not None and not event["deleted"]:
        config["wgCampaignEventsEventID"] = event["event_id"]
        config["wgCampaignEventsParticipantIsPublic"] = None
    text = _page_text(wiki, clean)
    if text is None:
        return page(clean, "<p>There is currently no text in this page.</p>", status=404, config=config)
    return page(clean, text, config=config)


def _page_text(wiki: PracticeWiki, title: str) -> str | None:
    row = page_row(wiki.store.read(), wiki.site.wiki_id, title)
    return f"<pre>{escape(row['text'])}</pre>" if row else None


def _own_name(wiki: PracticeWiki) -> str | None:
    session = current_session()
    account = account_by_id(wiki.store.read(), session.user_id) if session and session.user_id else None
    return account.name if account else None


def _special(title: Title) -> Response:
    site = current_wiki().site
    name, rest = special_page_of(title, site)
    if name == "Userlogin":
        return _sign_in() if request.method == "POST" else _show_login()
    if name == "OAuth" and rest == "approve":
        return show_approval()
    if name == "OAuth" and rest.replace("_", " ") == "rest redirect":
        return _to_rest()
    if name == "Captcha" and rest == "image":
        return _captcha_picture()
    if name == "OAuth" and rest in OAUTH1_PAGES:
        return OAUTH1_PAGES[rest]()
    if name == "EventDetails":
        return show_event_details(rest)
    if name == "MyEvents":
        return show_my_events()
    content = "<p>The practice wiki does not have this special page.</p>"
    return page(title.prefixed(site), content, status=404)


def _show_login(problem: str = "") -> Response:
    kept = {name: request.values[name] for name in ("returnto", "returntoquery") if name in request.values}
    action = f"/index.php?title=Special:UserLogin&{urlencode(kept)}"
    return login_page(action, csrf_token(begin_session().secret, "login"), problem)


def _sign_in() -> Response:
    wiki, session = current_wiki(), begin_session()
    if not is_csrf_token(session.secret, "login", request.form.get("wpLoginToken", "")):
        return _show_login("There seems to be a problem with your login session. Please try again.")
    name, password = (request.form.get(field, "") for field in ("wpName", "wpPassword"))
    account = account_with_password(wiki, normalized(name), password)
    if account is None:
        return _show_login(_WRONG)
    wiki.sessions.sign_in(session, account.user_id)
    g.signed_in = account
    returns = normal_title(request.args.get("returnto", "Main Page"), wiki.site) or "Main Page"
    query = request.args.get("returntoquery", "")
    return _to(f"{wiki.base_url}/index.php?title={pretty_path(returns)[6:]}&{query}", 302)


def _to_rest() -> Response:
    target = request.args.get("rest_url", "")
    if not target.startswith("/rest.php/"):
        return error_page("Error", "Bad return address.", 400)
    return _to(current_wiki().base_url + target, 302)


def _to(address: str, status: int) -> Response:
    location = redirect(address, status).headers["Location"]
    return Response("", status, {"Location": location}, content_type="text/html; charset=UTF-8")


def _captcha_picture() -> Response:
    """Return the image of a pending captcha."""
    picture = current_wiki().captchas.picture(request.args.get("wpCaptchaId", ""))
    if picture is None:
        return error_page("Captcha", "The CAPTCHA is missing or has expired.", 404)
    answer = Response(picture, content_type="image/png")
    answer.headers["Cache-Control"] = "private, no-cache, max-age=0"
    return answer
