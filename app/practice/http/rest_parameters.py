"""Checks of path, query and body parameters, with MediaWiki's failure codes (CONTRACT §3)."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from app.practice.ground.timestamps import read_timestamp
from app.practice.ground.user_names import canonical_user_name, is_temporary, normalized
from app.practice.http.rest_answers import RestError, refusal
from app.practice.identity.sessions import is_csrf_token
from app.practice.identity.visitors import Visitor
from app.practice.wiki import current_wiki

MANY_VALUES = 50
LARGEST = 2**62
_INTEGER = re.compile(r"[+-]?\d+")
_TRUE = ("true", "t", "yes", "y", "on", "1")
_FALSE = ("false", "f", "no", "n", "off", "0", "")
_BAD_TITLE = re.compile(r"[<>\[\]{}|\x00-\x1f\x7f\ufffd]")


@dataclass(eq=False)
class ParameterError(Exception):
    """Raised for an invalid value; the error differs for parameters and fields of the body."""

    name: str
    value: Any
    code: str
    message: str
    data: Any = None

    def as_parameter(self) -> RestError:
        """Return the error for a path or query parameter: the code is the error key."""
        return self._answer(self.code, self.message)

    def in_body(self) -> RestError:
        """Return the error for a field of the body."""
        return self._answer("rest-body-validation-error", f"Invalid request body: {self.message}")

    def _answer(self, key: str, message: str) -> RestError:
        return RestError(
            400,
            {
                "error": "parameter-validation-failed",
                "name": self.name,
                "value": self.value,
                "failureCode": self.code,
                "failureData": self.data,
                "errorKey": key,
                "messageTranslations": {"en": message},
            },
        )


def missing(name: str) -> ParameterError:
    """Return the error for a missing parameter."""
    return ParameterError(name, None, "missingparam", f'The "{name}" parameter must be set.')


def not_listed(name: str, value: str, allowed: tuple[str, ...] = ()) -> ParameterError:
    """Return the error for a value that is not one of the allowed ones."""
    if allowed:
        listed = f"{', '.join(allowed[:-1])} and {allowed[-1]}"
        message = f'Invalid value "{value}" for parameter "{name}". Allowed values are {listed}.'
    else:
        message = f'Unrecognized value for parameter "{name}": {value}.'
    return ParameterError(name, value, "badvalue", message, [])


def integer_parameter(name: str, text: str) -> int:
    """Parse an integer of the path or the query."""
    if not _INTEGER.fullmatch(text):
        message = f'Invalid value "{text}" for integer parameter "{name}".'
        raise ParameterError(name, text, "badinteger", message).as_parameter()
    return max(-LARGEST, min(LARGEST, int(text[:20])))


def optional_integer(name: str) -> int | None:
    """Read an optional integer of the query."""
    text = request.args.get(name)
    return None if text is None else integer_parameter(name, text)


def required_boolean(name: str) -> bool:
    """Read a required boolean of the query."""
    text = request.args.get(name)
    if text is None:
        raise missing(name).as_parameter()
    if text.lower() not in (*_TRUE, *_FALSE):
        message = (
            f'Invalid value "{text}" for boolean parameter "{name}". Pass "true", "t", "yes", "y", "on" and'
            ' "1" for true, or "false", "f", "no", "n", "off", "0" and the empty string for false.'
        )
        raise ParameterError(name, text, "badbool", message).as_parameter()
    return text.lower() in _TRUE


def integer_list(name: str) -> list[int]:
    """Read integers of the query, separated by "|"."""
    text = request.args.get(name)
    if not text:
        return []
    parts = text.split("|")
    check_count(name, parts, MANY_VALUES, in_body=False)
    return [integer_parameter(name, part) for part in parts]


def check_count(name: str, values: list[Any], limit: int, *, in_body: bool) -> None:
    """Refuse more values than the limit."""
    if len(values) > limit:
        data = {"parameter": name, "limit": limit, "lowlimit": limit, "highlimit": 500}
        message = f'Too many values supplied for parameter "{name}". The limit is {limit}.'
        failure = ParameterError(name, values, "toomanyvalues", message, data)
        raise failure.in_body() if in_body else failure.as_parameter()


Field = Callable[[str, Any], Any]


def text_field(name: str, value: Any) -> str:  # noqa: ANN401 - what the sender put there
    """Accept a string."""
    if not isinstance(value, str):
        raise ParameterError(name, value, "badstring-type", f'Invalid value for string parameter "{name}".')
    return value


def flag_field(name: str, value: Any) -> bool:  # noqa: ANN401
    """Accept true or false, no strings (CONTRACT §3: strictly typed)."""
    if not isinstance(value, bool):
        kind = _php_type(value)
        message = f'Invalid value "{value}" for boolean parameter "{name}". Got a {kind} value instead.'
        raise ParameterError(name, value, "badbool-type", message)
    return value


def time_field(name: str, value: Any) -> str:  # noqa: ANN401
    """Accept any timestamp that MediaWiki parses; return it as yyyymmddhhmmss (CONTRACT §3, Values)."""
    stamp = read_timestamp(value) if isinstance(value, str) else None
    if stamp is None:
        message = f'Invalid value "{value}" for timestamp parameter "{name}".'
        raise ParameterError(name, value, "badtimestamp", message)
    return stamp


def title_field(name: str, value: Any) -> str:  # noqa: ANN401
    """Accept the title of a page; a fragment is removed."""
    title = text_field(name, value).partition("#")[0].replace("_", " ").strip()
    if not title or _BAD_TITLE.search(title):
        message = f'Invalid value "{value}" for title parameter <var>{name}</var>: not a valid title string.'
        raise ParameterError(name, value, "badtitle", message)
    return title


def one_of(*allowed: str) -> Field:
    """Return a check for one of the allowed values."""

    def check(name: str, value: Any) -> str:  # noqa: ANN401
        if value not in allowed:
            raise not_listed(name, text_field(name, value))
        return str(value)

    return check


def list_of(allowed: tuple[str, ...], limit: int, *, every: str | None = None) -> Field:
    """Return a check for an array of allowed values; `every` means all of them."""

    def check(name: str, value: Any) -> list[str]:  # noqa: ANN401
        for one in array(name, value, limit):
            if one not in allowed and one != every:
                raise not_listed(name, text_field(name, one), allowed)
        return list(dict.fromkeys(value))

    return check


def user_names(name: str, value: Any) -> list[str]:  # noqa: ANN401
    """Accept an array of user names; return the distinct canonical names, whether they exist or not.

    MediaWiki's UserDef accepts only names here: no IP addresses (172 has "#"), no temporary accounts (read).
    """
    names: list[str] = []
    for one in array(name, value, 500):
        canonical = canonical_user_name(one, current_wiki().site) if isinstance(one, str) else None
        if canonical is None or is_temporary(canonical):
            message = f'Invalid value "{one}" for user parameter <var>{name}</var>.'
            raise ParameterError(name, one, "baduser", message)
        names.append(canonical)
    return list(dict.fromkeys(names))


def user_ids(name: str, value: Any) -> list[int]:  # noqa: ANN401
    """Accept an array of integers."""
    for one in array(name, value, MANY_VALUES):
        if not isinstance(one, int) or isinstance(one, bool):
            kind = _php_type(one)
            message = f'Invalid value "{one}" for integer parameter "{name}". Got a {kind} value instead.'
            raise ParameterError(name, one, "badinteger-type", message)
    return list(value)


def loose_array(name: str, value: Any) -> list[Any]:  # noqa: ANN401
    """Accept an array of anything."""
    if not isinstance(value, list):
        message = f"Invalid value for parameter <var>{name}</var>: array expected."
        raise ParameterError(name, str(value), "notarray", message)
    return value


def mapping(name: str, value: Any) -> dict[str, Any]:  # noqa: ANN401
    """Accept an object, or an empty array, which is the same in PHP."""
    if isinstance(value, dict):
        return value
    if value == []:
        return {}
    message = f"Invalid value for parameter <var>{name}</var>: array expected."
    raise ParameterError(name, value if isinstance(value, str) else str(value), "notarray", message)


def array(name: str, value: Any, limit: int) -> list[Any]:  # noqa: ANN401
    """Accept an array with at most `limit` values."""
    if not isinstance(value, list):
        message = f'Multi-value parameter "{name}" must be given as an array.'
        raise ParameterError(name, value, "multivalue-must-be-array", message)
    check_count(name, value, limit, in_body=True)
    return value


def read_body(fields: Mapping[str, tuple[Field, bool]]) -> dict[str, Any]:
    """Read the JSON body; null counts as a missing field.

    Args:
        fields: By name, the check of a field and whether it is required.
    """
    body = _json_object()
    values: dict[str, Any] = {}
    for name, (check, required) in fields.items():
        given = body.get(name)
        if given is not None:
            try:
                values[name] = check(name, given)
            except ParameterError as failure:
                raise failure.in_body() from None
        elif required:
            raise missing(name).in_body()
    extra = [name for name in body if name not in fields and name != "token"]
    if extra:
        raise RestError(
            400,
            {
                "error": "parameter-validation-failed",
                "failureCode": "extraneous-body-fields",
                "name": extra[0],
                "failureData": extra,
                "errorKey": "rest-extraneous-body-fields",
                "messageTranslations": {"en": f"Extraneous fields found in request body: {', '.join(extra)}"},
            },
        )
    values["token"] = body.get("token")
    return values


def check_token(visitor: Visitor, token: object) -> None:
    """Refuse a write without a valid CSRF token, unless OAuth is used (CONTRACT §3 and §5)."""
    if visitor.by_token:
        return
    if not isinstance(token, str) or not token:
        message = "The <var>token</var> parameter is required unless using a CSRF-safe authentication method."
        raise refusal(403, "rest-badtoken", message)
    if visitor.account is None:
        raise refusal(403, "rest-badtoken", "CSRF error - no session.")
    if not is_csrf_token(visitor.secret, "csrf", token):
        raise refusal(403, "rest-badtoken", "The CSRF token provided is invalid.")


def _json_object() -> dict[str, Any]:
    raw = request.get_data()
    if not raw:
        return {}
    if request.mimetype != "application/json":
        message = f"Unsupported Content-Type: {request.mimetype}"
        raise refusal(415, "rest-unsupported-content-type", message)
    try:
        # Normalized before it is parsed as JSON: characters escaped as \\u… stay unchanged.
        body = json.loads(normalized(raw.decode()))
    except ValueError:
        body = None
    if body == []:
        return {}
    if not isinstance(body, dict):
        message = "Parsing request body as JSON failed: not a valid JSON object"
        raise refusal(400, "rest-json-body-parse-error", message)
    return body


def _php_type(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    if isinstance(value, float):
        return "double"
    return "string" if isinstance(value, str) else "array"
