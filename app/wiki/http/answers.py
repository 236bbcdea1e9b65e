"""Turn an HTTP response into a value or one of the known faults (CONTRACT §2, §3, §4)."""

import contextlib
import html
import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import msgspec

from app.domain import names
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network_texts, wiki_fault_texts
from app.domain.wording.refusal_texts import refused
from app.i18n import _

#: The prefix of all error keys with which OAuth rejects a request (CONTRACT §2).
INVALID_AUTHORIZATION = "mwoauth-invalid-authorization"
_DISABLED, _LOCKED = "-not-approved", "-blocked-user"
_OAUTH_REFUSES_PROGRAM = "access_denied"
#: A cookie that is itself a token is invalid or another user's; it may be dropped (CONTRACT §6, OAuth).
_BAD_TOKEN_COOKIE = "-jwt"  # noqa: S105 - the suffix of an error key
_LONGEST_RETRY_AFTER = 86_400.0
_LONGEST_REASON = 500
#: The statuses with which web filters and CDNs block a request.
_FILTERED = (401, 403, 406, 451)
#: Ten times the size of the largest response that is requested; parsed in a fraction of a second.
_MAX_JSON = 4_000_000
_LONGEST_PAGE = 20_000
_LONGEST_PAGE_TEXT = 200
_UNSHOWN_PARTS = re.compile(r"<(?:script|style|title)\b[^<>]*>[^<]*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class TransientFault(KnownFault):
    """A temporary fault: the same request may succeed when it is repeated.

    `limits_family`: the rate limit was exceeded, for all wikis that count their requests together.
    """

    limits_family = False


class TooFast(TransientFault):
    """HTTP 429: the rate limit was exceeded."""

    limits_family = True


class Intercepted(KnownFault):
    """The response comes from something between this computer and the wiki, not from the wiki."""


class ServerError(TransientFault):
    """The wiki failed: HTTP 5xx."""


class NoAnswer(KnownFault):
    """The wiki may have made a change: its response was lost or is invalid."""

    def __init__(self, wiki: str) -> None:
        super().__init__(
            Fault.NO_ANSWER,
            _(
                "The connection to {wiki} broke before its answer came, so the change may or may not "
                "have been made. Event Center looks before it sends anything again."
            ).format(wiki=wiki),
        )


@dataclass(frozen=True)
class Answer:
    """A raw HTTP response: status, headers with names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is an HTML page, which neither REST nor api.php returns on purpose."""
        content_type = self.headers.get("content-type", "")
        return "html" in content_type.lower() if content_type else self.body.lstrip()[:1] == b"<"

    @property
    def retry_after(self) -> float | None:
        """The seconds of the Retry-After header, at most a day; None if it is missing or invalid."""
        value = self.headers.get("retry-after", "").strip()
        if not value:
            return None
        if value.isascii() and value.isdigit():
            return min(float(value), _LONGEST_RETRY_AFTER)
        try:
            until = parsedate_to_datetime(value)
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
        wait = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
        return min(max(wait.total_seconds(), 0.0), _LONGEST_RETRY_AFTER)


def broken(wiki: str, detail: str) -> KnownFault:
    """Return the fault for an invalid response. `detail` must not contain anything that the wiki sent."""
    return KnownFault(Fault.WIKI_BROKEN, wiki_fault_texts.wiki_broken(wiki, detail))


def transient_fault(wiki: str, detail: str) -> TransientFault:
    """Return the fault for an invalid response that may be valid the next time."""
    return TransientFault(Fault.WIKI_BROKEN, wiki_fault_texts.wiki_broken(wiki, detail))


def not_signed_in(wiki: str, key: str) -> KnownFault:
    """Return the fault for a sign-in that the wiki rejects, with the sentence for its error key."""
    if key.endswith(_DISABLED) or key == _OAUTH_REFUSES_PROGRAM:
        sentence = _(
            "An administrator of {wiki} has disabled the OAuth client that this sign-in uses, so the wiki "
            "takes it no longer. What was fetched before is still here. Sign in with your password, or "
            "with another OAuth client."
        ).format(wiki=wiki)
    elif key.endswith(_LOCKED):
        sentence = _(
            "{wiki} says that your account is locked, and takes no sign-in of it. What was fetched before is "
            "still here; the wiki’s administrators can tell you more."
        ).format(wiki=wiki)
    else:
        sentence = wiki_fault_texts.sign_in_ended(wiki)
    return KnownFault(Fault.SIGN_IN_ENDED, sentence, error_key=key)


def is_of_token_cookie(fault: KnownFault) -> bool:
    """Return whether a sign-in was rejected only because of a cookie sent with it."""
    return (fault.error_key or "").endswith(_BAD_TOKEN_COOKIE)


def unavailable(wiki: str, answer: Answer) -> KnownFault | None:
    """Return the fault for a wiki that cannot respond now (429, 5xx), or None.

    Covers responses from something between this computer and the wiki, too: the wiki did not get the request.
    """
    if answer.status == 511:
        return Intercepted(Fault.NETWORK, network_texts.login_page())
    if answer.status in _FILTERED and answer.is_page:
        page = _page_text(answer.body) or "HTML"
        return Intercepted(
            Fault.NETWORK,
            _(
                "Something on the way to {wiki} does not let this through (HTTP {status}): “{page}” "
                "Trying again on "
                "this network will not help: use another one, or ask whoever runs it. Nothing is lost."
            ).format(wiki=wiki, status=answer.status, page=page),
        )
    wait = answer.retry_after
    if answer.status == 429:
        return TooFast(Fault.TOO_FAST, wiki_fault_texts.too_fast(wiki, wait), retry_after=wait)
    if answer.status >= 500:
        sentence = wiki_fault_texts.wiki_broken(wiki, f"HTTP {answer.status}")
        return ServerError(Fault.WIKI_BROKEN, sentence, retry_after=wait)
    return None


def read_json(wiki: str, answer: Answer, kind: Any = Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of a response, with lone surrogates replaced by U+FFFD.

    `kind`: the declared shape that it should have. JSON of another shape is returned as it is.

    Raises:
        KnownFault: the body is not JSON, or too large.
    """
    if len(answer.body) > _MAX_JSON:
        raise broken(wiki, "the answer is too large")
    try:
        return msgspec.json.decode(answer.body, type=kind)
    except (msgspec.DecodeError, RecursionError):
        # What follows also reads another shape, a byte order mark, invalid UTF-8 and lone surrogates.
        pass
    try:
        text = answer.body.decode("utf-8-sig", "replace")
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        if _SURROGATE.search(answer.body):
            halves = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
            value = json.loads(halves.decode("utf-16", "replace"))
    except (ValueError, RecursionError) as error:
        if answer.status < 300 and answer.is_page:
            # Nearly always a login page; rarely a failing wiki.
            raise TransientFault(Fault.NETWORK, network_texts.login_page()) from error
        detail = f"HTTP {answer.status}, not JSON"
        raise (transient_fault if answer.status < 300 else broken)(wiki, detail) from error
    return value


def rest_value(wiki: str, answer: Answer, kind: Any = Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a REST response, see `read_json`.

    Raises the KnownFault for its status and error key.
    """
    if answer.status == 204:
        return None
    if fault := unavailable(wiki, answer):
        if b"DBReadOnlyError" in answer.body:
            raise KnownFault(Fault.WIKI_READ_ONLY, wiki_fault_texts.wiki_read_only(wiki))
        raise fault
    if 200 <= answer.status < 300:
        return read_json(wiki, answer, kind)
    value = read_json(wiki, answer)
    fields = value if isinstance(value, dict) else {}
    key = _text(fields.get("errorKey")) or None
    if key is None and fields.get("httpCode") != answer.status:
        # MediaWiki repeats the status in the body of each refusal; this body comes from something else.
        raise broken(wiki, f"HTTP {answer.status}, no reason")
    if key is not None and key.startswith(INVALID_AUTHORIZATION):
        raise not_signed_in(wiki, key)
    reason = _reason(fields) or key or f"HTTP {answer.status}"
    named = _parameters(fields)
    if answer.status in (401, 403):
        raise KnownFault(
            Fault.NOT_ALLOWED,
            refused(key, allowed=False),
            error_key=key,
            parameters=named,
            wiki_said=reason,
        )
    fault_kind = Fault.NOT_FOUND if answer.status == 404 else Fault.INVALID
    raise KnownFault(fault_kind, refused(key), error_key=key, parameters=named, wiki_said=reason)


def public_value(site: str, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of a site that is no wiki. Raises KnownFault, NOT_FOUND for what is not public."""
    if fault := unavailable(site, answer):
        raise fault
    if answer.status in (401, 403, 404, 410):
        raise KnownFault(Fault.NOT_FOUND, wiki_fault_texts.wiki_broken(site, f"HTTP {answer.status}"))
    if answer.status >= 300:
        raise broken(site, f"HTTP {answer.status}")
    return read_json(site, answer)


def change_value(wiki: str, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of the response to a REST change, None if it is empty.

    Raises:
        NoAnswer: the wiki may have made the change anyway, so it must not simply be sent again.
        KnownFault: the wiki has not made the change.
    """
    try:
        value = rest_value(wiki, answer)
    except KnownFault as fault:
        raise _of_change(wiki, answer, fault) from fault
    if not value and answer.status not in (202, 204):
        # A wiki signals an empty response by its status; this one was made by something in between.
        raise NoAnswer(wiki)
    return value


def page_change_value(wiki: str, answer: Answer) -> dict[str, Any]:
    """Return the value of the response to a change over api.php. Raises as `change_value` does."""
    try:
        return api_value(wiki, answer)
    except KnownFault as fault:
        raise _of_change(wiki, answer, fault) from fault


def _of_change(wiki: str, answer: Answer, fault: KnownFault) -> KnownFault:
    """Return the fault for a change: NoAnswer unless the wiki itself reported the fault."""
    if fault.fault in (Fault.WIKI_BROKEN, Fault.NETWORK):
        return NoAnswer(wiki)
    if answer.status >= 500 and fault.fault is not Fault.WIKI_READ_ONLY:
        return NoAnswer(wiki)
    return fault


def api_value(wiki: str, answer: Answer) -> dict[str, Any]:
    """Return the value of an api.php response. Raises the KnownFault for its error code."""
    if fault := unavailable(wiki, answer):
        raise fault
    value = read_json(wiki, answer)
    if not isinstance(value, dict):
        raise broken(wiki, "api.php gave no object")
    error = value.get("error")
    if error is None and answer.status < 300:
        return value
    if not isinstance(error, dict):
        raise broken(wiki, f"HTTP {answer.status}, no reason")
    code = _text(error.get("code"))
    if code.startswith(INVALID_AUTHORIZATION) or code in ("assertuserfailed", "assertnameduserfailed"):
        raise not_signed_in(wiki, code)
    if code == "readonly":
        raise KnownFault(Fault.WIKI_READ_ONLY, wiki_fault_texts.wiki_read_only(wiki), error_key=code)
    if code in ("maxlag", "ratelimited"):
        wait = answer.retry_after or 5.0
        raise TransientFault(
            Fault.TOO_FAST, wiki_fault_texts.too_fast(wiki, wait), error_key=code, retry_after=wait
        )
    if code.startswith("internal_api_error"):
        raise transient_fault(wiki, "an error of its own")
    reason = _text(error.get("info")) or code or "api.php"
    raise KnownFault(Fault.INVALID, refused(code), error_key=code, wiki_said=reason)


def _page_text(body: bytes) -> str:
    """Return the beginning of a page's visible text."""
    page = body[:_LONGEST_PAGE].decode("utf-8", "replace")
    words = _TAG.sub(" ", _UNSHOWN_PARTS.sub(" ", page))
    # `unescape` raises ValueError for a character reference with thousands of digits.
    with contextlib.suppress(ValueError):
        words = html.unescape(words)
    return " ".join(names.safe(word) for word in words.split())[:_LONGEST_PAGE_TEXT]


def _reason(fields: dict[str, Any]) -> str:
    translations = fields.get("messageTranslations")
    texts = translations.values() if isinstance(translations, dict) else ()
    return next(filter(None, map(_text, texts)), "")


def _parameters(fields: dict[str, Any]) -> tuple[str, ...]:
    """Return the fields of the request that a refusal names."""
    data = fields.get("failureData")
    extraneous = fields.get("failureCode") == "extraneous-body-fields"
    named = data if extraneous and isinstance(data, list) else [fields.get("name")]
    return tuple(filter(None, map(_text, named)))


def _text(value: object) -> str:
    return names.safe(value[:_LONGEST_REASON]) if isinstance(value, str) else ""


def _no_number(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(digits)
    return number
