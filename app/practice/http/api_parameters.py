"""Parameters of the action API that are lists, numbers or times; and warnings.

Warnings are part of the answer, grouped by module.
"""

from collections.abc import Collection, Mapping

from flask import g

from app.practice.ground.timestamps import read_timestamp
from app.practice.http.api_errors import ApiError
from app.practice.wiki import current_visitor

Parameters = Mapping[str, str]
MANY, MOST = 50, 500


def warn(module: str, text: str) -> None:
    """Add a warning to the answer to the current request."""
    given: dict[str, list[str]] = g.setdefault("api_warnings", {})
    given.setdefault(module, []).append(text)


def warnings() -> dict[str, dict[str, str]]:
    """Return the warnings of the current request as in the answer."""
    given: dict[str, list[str]] = g.get("api_warnings", {})
    ordered = sorted(given, key=lambda module: module != "main")
    return {module: {"warnings": "\n".join(given[module])} for module in ordered}


def has_high_limits() -> bool:
    """Return whether the visitor has the higher limits of `apihighlimits`."""
    return "apihighlimits" in current_visitor().rights


def several(parameters: Parameters, name: str) -> list[str]:
    """Return the distinct values of a list parameter (read); refuse too many (911, 1290)."""
    text = parameters.get(name, "")
    separator = "\x1f" if text.startswith("\x1f") else "|"
    values = text.removeprefix("\x1f").split(separator) if text.strip("\x1f") else []
    limit = MOST if has_high_limits() else MANY
    if len(values) > limit:
        message = f'Too many values supplied for parameter "{name}". The limit is {limit}.'
        limits = {"parameter": name, "limit": limit, "lowlimit": MANY, "highlimit": MOST}
        raise ApiError("toomanyvalues", message, limits)
    return list(dict.fromkeys(values))


def chosen(
    module: str, parameters: Parameters, name: str, known: Collection[str], default: str = ""
) -> list[str]:
    """Return the known values of a list parameter; warn of the others (1195, 1288)."""
    values = several({name: parameters.get(name, default)}, name)
    unknown = [one for one in values if one not in known]
    if unknown:
        noun = "value" if len(unknown) == 1 else "values"
        warn(module, f'Unrecognized {noun} for parameter "{name}": {", ".join(unknown)}')
    return [one for one in values if one in known]


def integer(text: str, name: str) -> int:
    """Return the value of an integer parameter."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 19):
        raise ApiError("badinteger", f'Invalid value "{text}" for integer parameter "{name}".')
    return int(text)


def integers(parameters: Parameters, name: str) -> list[int]:
    """Return the values of a list parameter of integers."""
    return [integer(one, name) for one in several(parameters, name)]


def moment(parameters: Parameters, name: str) -> str | None:
    """Return the value of a timestamp parameter, None if it is not given (1287)."""
    text = parameters.get(name)
    if text is None:
        return None
    stamp = read_timestamp(text)
    if stamp is None:
        raise ApiError("badtimestamp", f'Invalid value "{text}" for timestamp parameter "{name}".')
    return stamp


def limit_of_rows(module: str, parameters: Parameters, name: str, most: int, high: int) -> int:
    """Return the requested number of rows: ten by default, at most what the visitor may have (1276 to 1278).

    `max` means the highest allowed number, which the answer then reports.
    """
    text, allowed = parameters.get(name, "10"), high if has_high_limits() else most
    if text == "max":
        g.setdefault("api_limits", {})[module] = allowed
        return allowed
    number = integer(text, name)
    if not 1 <= number <= allowed:
        warn(module, f'The value "{text}" for parameter "{name}" must be between 1 and {allowed}.')
    return min(max(number, 1), allowed)


def limits() -> dict[str, int]:
    """Return the numbers that `max` was resolved to in the current request, by module."""
    by_module: dict[str, int] = g.get("api_limits", {})
    return by_module
