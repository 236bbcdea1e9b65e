"""What an HTTP answer means: a value, or one of the known faults (CONTRACT §2, §3, §4)."""

import json
from dataclasses import dataclass
from typing import Any

from app.domain import wording
from app.domain.faults import Fault, KnownFault

INVALID_AUTHORIZATION = "mwoauth-invalid-authorization"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it came: status, headers in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def retry_after(self) -> float | None:
        """The seconds that the wiki asks to wait, where it says a number."""
        value = self.headers.get("retry-after", "")
        return float(value) if value.isdigit() else None


def broken(wiki: str, detail: str) -> KnownFault:
    """Return the fault of an answer that makes no sense. `detail` must hold nothing that the wiki sent."""
    return KnownFault(Fault.WIKI_BROKEN, wording.wiki_broken(wiki, detail))


def read_json(wiki: str, answer: Answer) -> Any:
    """Return the JSON of an answer. Raises KnownFault where it is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError) as error:
        raise broken(wiki, f"HTTP {answer.status}, not JSON") from error


def rest_value(wiki: str, answer: Answer) -> Any:
    """Return the value of a REST answer. Raises the KnownFault that its status and error key stand for."""
    if answer.status == 204:
        return None
    if answer.status == 429:
        raise KnownFault(
            Fault.TOO_FAST, wording.too_fast(wiki, answer.retry_after), retry_after=answer.retry_after
        )
    value = read_json(wiki, answer)
    if 200 <= answer.status < 300:
        return value
    fields = value if isinstance(value, dict) else {}
    key = _text(fields.get("errorKey"))
    if key == INVALID_AUTHORIZATION:
        raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(wiki), error_key=key)
    if answer.status >= 500:
        if "DBReadOnlyError" in _text(fields.get("message")):
            raise KnownFault(Fault.WIKI_READ_ONLY, wording.wiki_read_only(wiki))
        raise broken(wiki, f"HTTP {answer.status}")
    reason = _reason(fields, key or f"HTTP {answer.status}")
    if answer.status in (401, 403):
        raise KnownFault(Fault.NOT_ALLOWED, wording.not_allowed(reason), error_key=key)
    if answer.status == 404:
        raise KnownFault(Fault.NOT_FOUND, wording.refused(reason), error_key=key)
    raise KnownFault(Fault.INVALID, wording.refused(reason), error_key=key)


def api_value(wiki: str, answer: Answer) -> dict[str, Any]:
    """Return the value of an api.php answer. Raises the KnownFault that its error code stands for."""
    if answer.status == 429:
        raise KnownFault(
            Fault.TOO_FAST, wording.too_fast(wiki, answer.retry_after), retry_after=answer.retry_after
        )
    value = read_json(wiki, answer)
    if not isinstance(value, dict):
        raise broken(wiki, "api.php gave no object")
    error = value.get("error")
    if not isinstance(error, dict):
        if answer.status >= 400:
            raise broken(wiki, f"HTTP {answer.status}")
        return value
    code = _text(error.get("code"))
    if code in (INVALID_AUTHORIZATION, "assertuserfailed", "assertnameduserfailed"):
        raise KnownFault(Fault.SIGN_IN_ENDED, wording.sign_in_ended(wiki), error_key=code)
    if code == "readonly":
        raise KnownFault(Fault.WIKI_READ_ONLY, wording.wiki_read_only(wiki), error_key=code)
    if code in ("maxlag", "ratelimited"):
        raise KnownFault(
            Fault.TOO_FAST,
            wording.too_fast(wiki, answer.retry_after),
            error_key=code,
            retry_after=answer.retry_after or 5.0,
        )
    raise KnownFault(Fault.INVALID, wording.refused(_text(error.get("info")) or code), error_key=code)


def _reason(fields: dict[str, Any], otherwise: str) -> str:
    translations = fields.get("messageTranslations")
    if isinstance(translations, dict):
        for text in translations.values():
            if isinstance(text, str) and text:
                return text[:500]
    return otherwise


def _text(value: object) -> str:
    return value[:500] if isinstance(value, str) else ""
