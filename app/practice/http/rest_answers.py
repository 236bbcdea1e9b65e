"""JSON answers and errors of the REST routes (CONTRACT §3)."""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from flask import Response, request

from app.practice.identity.visitors import Visitor

REASONS = {
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    415: "Unsupported Media Type",
    500: "Internal Server Error",
}
CHANGING = ("POST", "PUT", "PATCH", "DELETE")
USE_DC = "UseDC=master; Max-Age=10; path=/; HttpOnly"


class RestError(Exception):
    """Raised to refuse a request, with the JSON body of the error."""

    def __init__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(body.get("errorKey", status))
        self.status = status
        self.body = {**body, "httpCode": status, "httpReason": REASONS[status]}
        self.headers = dict(headers or {})

    def answer(self) -> Response:
        """Return the answer with this error."""
        return json_answer(self.body, self.status, self.headers)


def refusal(status: int, key: str, message: str) -> RestError:
    """Return an error with a message key."""
    return RestError(status, {"errorKey": key, "messageTranslations": {"en": message}})


def campaign_refusal(status: int, key: str, message: str) -> RestError:
    """Return an error of the CampaignEvents extension; `key` is without its prefix."""
    return refusal(status, f"campaignevents-{key}", message)


def server_error(exception: str) -> RestError:
    """Return the error for an exception that MediaWiki does not catch (CONTRACT §4.10)."""
    return RestError(
        500, {"message": f"Error: exception of type {exception}", "reqId": secrets.token_hex(12)}
    )


def read_only_error() -> RestError:
    """Return the error of a wiki whose database is read-only (CONTRACT §4.10)."""
    return server_error("Wikimedia\\Rdbms\\DBReadOnlyError")


def no_match(path: str) -> RestError:
    """Return the error for a path without a handler."""
    relative = path.removeprefix("/rest.php")
    return refusal(
        404, "rest-no-match", f"The requested relative path ({relative}) did not match any known handler"
    )


def wrong_method(method: str, allowed: list[str]) -> RestError:
    """Return the error for a method that the path does not support."""
    listed = ", ".join(allowed)
    which = "one of the allowed methods" if len(allowed) > 1 else "the allowed method"
    message = f"The request method ({method}) was not {which} for this path ({listed})"
    return RestError(405, {"messageTranslations": {"en": message}}, {"Allow": listed})


def json_answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:  # noqa: ANN401 - any JSON
    """Return a JSON answer."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    answer = Response(text, status, headers)
    answer.headers["Content-Type"] = "application/json"
    answer.headers["Vary"] = "x-restbase-compat"
    return answer


def empty_answer(status: int = 204) -> Response:
    """Return an answer without a body, with PHP's default content type."""
    answer = Response("", status)
    answer.headers["Content-Type"] = "text/html; charset=UTF-8"
    answer.headers["Vary"] = "x-restbase-compat"
    return answer


def finish(answer: Response, visitor: Visitor) -> Response:
    """Add the headers that depend on the visitor and on the request."""
    if visitor.account is not None and answer.status_code < 400:
        answer.headers["Cache-Control"] = "private,must-revalidate,s-maxage=0"
    if request.method in CHANGING and answer.status_code < 300:
        answer.headers.add("Set-Cookie", USE_DC)
    return answer
