"""What an HTTP answer means: a value, or one of the known faults (CONTRACT §2, §3, §4)."""

import contextlib
import html
import json
import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from app.domain import names, wording
from app.domain.faults import Fault, KnownFault
from app.domain.wording import network

#: The beginning of all keys with which OAuth turns a request away (CONTRACT §2).
INVALID_AUTHORIZATION = "mwoauth-invalid-authorization"
_DISABLED, _LOCKED = "-not-approved", "-blocked-user"
_OAUTH_REFUSES_PROGRAM = "access_denied"
#: A cookie that is a token by itself is bad or another person's, and may be dropped (CONTRACT §6, OAuth).
_BAD_TOKEN_COOKIE = "-jwt"  # noqa: S105 - an ending of a key
_LONGEST_RETRY_AFTER = 86_400.0
_LONGEST_REASON = 500
#: How web filters and the edges of large sites say that they do not let a request through.
_FILTERED = (401, 403, 406, 451)
#: Ten times as much as the largest answer that is asked for, and read in a fraction of a second.
_MOST_JSON = 4_000_000
_LONGEST_PAGE = 20_000
_LONGEST_PAGE_TEXT = 200
_UNSHOWN_PARTS = re.compile(r"<(?:script|style|title)\b[^<>]*>[^<]*", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class TransientFault(KnownFault):
    """A fault of the moment: the same request may well be answered when it is made again.

    `limits_family`: the wiki was asked too fast, and so were all that count requests together with it.
    """

    limits_family = False


class TooFast(TransientFault):
    """HTTP 429: too many requests in a short time."""

    limits_family = True


class Intercepted(KnownFault):
    """An answer that is not the wiki's own, but that of something between here and there."""


class ServerTrouble(TransientFault):
    """The wiki's own fault, HTTP 5xx."""


class NoAnswer(KnownFault):
    """A change that the wiki may have made: what it answered was lost, or makes no sense."""

    def __init__(self, wiki: str) -> None:
        super().__init__(Fault.NO_ANSWER, wording.no_answer(wiki))


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_page(self) -> bool:
        """Whether it is a page for a browser, which neither REST nor api.php ever gives on purpose."""
        told = self.headers.get("content-type", "")
        return "html" in told.lower() if told else self.body.lstrip()[:1] == b"<"

    @property
    def retry_after(self) -> float | None:
        """The seconds that the wiki asks to wait, a day at most; None where it asks for nothing."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return min(float(value), _LONGEST_RETRY_AFTER)
        try:
            until = parsedate_to_datetime(value)
        except (ValueError, OverflowError, TypeError, IndexError):
            return None
        wait = until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)
        return min(max(wait.total_seconds(), 0.0), _LONGEST_RETRY_AFTER)


def broken(wiki: str, detail: str) -> KnownFault:
    """Return the fault of an answer that makes no sense. `detail` must hold nothing that the wiki sent."""
    return KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, detail))


def passing(wiki: str, detail: str) -> TransientFault:
    """Return the fault of an answer that makes no sense, but may the next time."""
    return TransientFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, detail))


def not_signed_in(wiki: str, key: str) -> KnownFault:
    """Return the fault of a sign-in that the wiki does not take, told by its error key."""
    if key.endswith(_DISABLED) or key == _OAUTH_REFUSES_PROGRAM:
        sentence = wording.program_disabled(wiki)
    elif key.endswith(_LOCKED):
        sentence = wording.account_locked(wiki)
    else:
        sentence = wording.sign_in_ended(wiki)
    return KnownFault(Fault.SIGN_IN_ENDED, sentence, error_key=key)


def is_of_token_cookie(fault: KnownFault) -> bool:
    """Return whether a sign-in was turned away for a cookie beside it alone."""
    return (fault.error_key or "").endswith(_BAD_TOKEN_COOKIE)


def unwilling(wiki: str, answer: Answer) -> KnownFault | None:
    """Return the fault of a wiki that could not answer just now (429, 5xx), None where it did.

    So is what something on the way answered in its place, before the wiki heard of the request.
    """
    if answer.status == 511:
        return Intercepted(Fault.NETWORK, network.login_page())
    if answer.status in _FILTERED and answer.is_page:
        page = _page_text(answer.body) or "HTML"
        return Intercepted(Fault.NETWORK, network.filtered(wiki, answer.status, page))
    wait = answer.retry_after
    if answer.status == 429:
        return TooFast(Fault.TOO_FAST, wording.too_fast(wiki, wait), retry_after=wait)
    if answer.status >= 500:
        sentence = wording.wiki_broken(wiki, f"HTTP {answer.status}")
        return ServerTrouble(Fault.WIKI_BROKEN, sentence, retry_after=wait)
    return None


def read_json(wiki: str, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
    """Return the JSON of an answer. Raises KnownFault where it is none.

    Halves of letters, which no text can hold, come as U+FFFD.
    """
    if len(answer.body) > _MOST_JSON:
        raise broken(wiki, "the answer is too large")
    try:
        text = answer.body.decode("utf-8-sig", "replace")
        value = json.loads(text, parse_constant=_no_number, parse_float=_finite)
        if _SURROGATE.search(answer.body):
            halves = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
            value = json.loads(halves.decode("utf-16", "replace"))
    except (ValueError, RecursionError) as error:
        if answer.status < 300 and answer.is_page:
            # Nearly always a login page; once in a while a wiki in trouble.
            raise TransientFault(Fault.NETWORK, network.login_page()) from error
        detail = f"HTTP {answer.status}, not JSON"
        raise (passing if answer.status < 300 else broken)(wiki, detail) from error
    return value


def rest_value(wiki: str, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of a REST answer. Raises the KnownFault that its status and error key stand for."""
    if answer.status == 204:
        return None
    if fault := unwilling(wiki, answer):
        if b"DBReadOnlyError" in answer.body:
            raise KnownFault(Fault.WIKI_READ_ONLY, wording.wiki_read_only(wiki))
        raise fault
    value = read_json(wiki, answer)
    if 200 <= answer.status < 300:
        return value
    fields = value if isinstance(value, dict) else {}
    key = _text(fields.get("errorKey")) or None
    if key is None and fields.get("httpCode") != answer.status:
        # MediaWiki tells the status in each refusal; whatever does not was made by something else.
        raise broken(wiki, f"HTTP {answer.status}, no reason")
    if key is not None and key.startswith(INVALID_AUTHORIZATION):
        raise not_signed_in(wiki, key)
    reason = _reason(fields) or key or f"HTTP {answer.status}"
    named = _parameters(fields)
    if answer.status in (401, 403):
        raise KnownFault(Fault.NOT_ALLOWED, wording.not_allowed(reason), error_key=key, parameters=named)
    fault_kind = Fault.NOT_FOUND if answer.status == 404 else Fault.INVALID
    raise KnownFault(fault_kind, wording.refused(reason), error_key=key, parameters=named)


def change_value(wiki: str, answer: Answer) -> Any:  # noqa: ANN401 - any JSON
    """Return the value of the answer to a REST change, None where it is empty.

    Raises NoAnswer where the wiki may have made the change all the same, and any other KnownFault where it
    has not: the difference decides whether it may be sent again.
    """
    try:
        value = rest_value(wiki, answer)
    except KnownFault as fault:
        raise _of_change(wiki, answer, fault) from fault
    if not value and answer.status not in (202, 204):
        # The wiki tells in other ways that it has nothing to say: something on the way made this up.
        raise NoAnswer(wiki)
    return value


def page_change_value(wiki: str, answer: Answer) -> dict[str, Any]:
    """Return the value of the answer to a change over api.php. Raises as `change_value` does."""
    try:
        return api_value(wiki, answer)
    except KnownFault as fault:
        raise _of_change(wiki, answer, fault) from fault


def _of_change(wiki: str, answer: Answer, fault: KnownFault) -> KnownFault:
    """Return what a fault means for a change: told by the wiki itself it was not made, else who knows."""
    if fault.fault in (Fault.WIKI_BROKEN, Fault.NETWORK):
        return NoAnswer(wiki)
    if answer.status >= 500 and fault.fault is not Fault.WIKI_READ_ONLY:
        return NoAnswer(wiki)
    return fault


def api_value(wiki: str, answer: Answer) -> dict[str, Any]:
    """Return the value of an api.php answer. Raises the KnownFault that its error code stands for."""
    if fault := unwilling(wiki, answer):
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
        raise KnownFault(Fault.WIKI_READ_ONLY, wording.wiki_read_only(wiki), error_key=code)
    if code in ("maxlag", "ratelimited"):
        wait = answer.retry_after or 5.0
        raise TransientFault(Fault.TOO_FAST, wording.too_fast(wiki, wait), error_key=code, retry_after=wait)
    if code.startswith("internal_api_error"):
        raise passing(wiki, "an error of its own")
    reason = _text(error.get("info")) or code or "api.php"
    raise KnownFault(Fault.INVALID, wording.refused(reason), error_key=code)


def _page_text(body: bytes) -> str:
    """Return the beginning of a page's words."""
    page = body[:_LONGEST_PAGE].decode("utf-8", "replace")
    words = _TAG.sub(" ", _UNSHOWN_PARTS.sub(" ", page))
    # A number of thousands of digits is no letter's.
    with contextlib.suppress(ValueError):
        words = html.unescape(words)
    return " ".join(names.safe(word) for word in words.split())[:_LONGEST_PAGE_TEXT]


def _reason(fields: dict[str, Any]) -> str:
    translations = fields.get("messageTranslations")
    texts = translations.values() if isinstance(translations, dict) else ()
    return next(filter(None, map(_text, texts)), "")


def _parameters(fields: dict[str, Any]) -> tuple[str, ...]:
    """Return the fields of a request that a refusal names."""
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
