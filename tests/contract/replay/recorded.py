"""The recorded exchanges that are replayed, by situation or sequence; and the others, each with a reason.

Numbers are those of the files in `recordings/`. A situation is a function of
`event_situations.py`, `oauth1_situations.py`, `page_situations.py`, `sign_in_situations.py` or
`login_step_situations.py`.
"""

import csv
import json
from typing import Any

from tests.support.repository import RECORDINGS

BY_SITUATION: dict[str, str] = {
    "unchanged": (
        "1-14 18-19 23 25 27-30 44-71 73-75 82-90 107-131 145 149 153-154 158-162 183-184 185-219 242-245 "
        "249-250 254-255 270 275 301 303 317-326 328-339 348-351 353-354 382-384 386 392 600-609 615 636 "
        "640 642 643-645 657 659 862-863 1246 1290"
    ),
    "page_to_edit": "16 21-22 26",
    "unused_title": "15 20 24",
    "login": "31-32 665-673 675-681 683-689 730",
    "login_in_live_session": "674",
    "new_page": "33 35 37-43 72 76-81 91 93 95 97 99 101 103 105 311",
    "made_before": "34 36 92 94 96 98 100 102 104 106",
    "fresh_event": (
        "132-144 146-148 150-152 155-157 163 170-182 220-221 228 231-237 246 251-253 256 264-269 312 358-363"
        " 365 367-368"
    ),
    "co_organized": "164-165 166",
    "creator_left": "167-169",
    "with_participant": "222-227 230 238-241",
    "cancelled": "229",
    "aggregated": "247-248",
    "with_people": "257-263 271-274 276-277",
    "mail": "278-300 302 304-308",
    "mail_throttled": "309",
    "read_only": "313-315",
    "running_contest": "327",
    "own_edit": "340-341 343-347 352 355-357",
    "edit_of_another": "342",
    "deleted_event": "364 366",
    "authorize": "400-402 412 464 466-484 485 489 493 497 504",
    "approval_page": "403 413 486 490 494 498 505",
    "approval": "404 414 487 491 495 499 506",
    "approved": "405 415 488 492 496 500 507",
    "code": "406 417-422 424-427 429 501-503",
    "used_code": "416",
    "garbage_code": "423",
    "token_endpoint": "428 521-527",
    "refresh": "430-431 436 438-439 462",
    "used_refresh": "435",
    "garbage_refresh": "316 437",
    "expired_refresh": "463",
    "revoked_refresh": "539",
    "signed_in_by_code": "407-411 513 528",
    "rotated": "432-434",
    "expired": "440-446",
    "garbage": "447-461",
    "revoked": "532-538",
    "limited": "519-520",
    "session_gone": "646-655 855",
    "session_ended": "850-854",
    "initiating": "563-564",
    "initiating_by_prefix": "565-566",
    "authorizing": "567",
    "authorizing_by_form": "568",
    "verified": "569",
    "signed_for": "570-573",
    "badly_signed_for": "574-575",
    "wrong_token": "656 864",
    "remembered": "695-696",
    "remembered_session_ended": "856-860",
    "throttled_login": "710-719",
    "session_page": "381 385 612 616-617 631 661",
    "agreed": "378 610",
    "not_agreed": "376 379",
    "second_page": "623",
    "last_page": "625",
    "nothing_organized": "635",
    "log_out": "690-691",
    "logged_out": "692-694",
    "login_after_wrong": "682",
    "password_right": "731 741 744-745 748 752 754-755 757-758 764 830 836-838 841 843",
    "login_lost": "756",
    "asked_for_more": "732-733 737-738 749 831 833-834 839 844",
    "second_factor": "734-736 739 743 746-747 753 765",
    "code_used_before": "742",
    "recovery_asked": "750-751",
    "second_factor_throttled": "759-763",
    "signed_in_with_code": "740 766-767",
    "captcha_always": "780-790 804-807",
    "captcha_and_second_factor": "791-793",
    "captcha_after_wrong_passwords": "794-802",
    "new_password": "832 835 842",
    "password_left_as_it_is": "840",
}

#: The recordings that each sequence (`sequences.py`) replays in order.
BY_SEQUENCE: dict[str, str] = {
    "goals_and_countries": "975-1017",
    "drives": "930-974 1018-1059 1061-1072 1110-1113 1255-1258",
    "autoblock": "1107-1108 1241",
    "contributions": "900-909 912-917 919-921 1270-1289 1297",
    "edit_limits": "1238-1240",
    "reverted_and_deleted": "1293 1295-1296",
    "rights_in_1_45": "1195-1206 1208-1215",
    "rights_in_1_47": "1216-1237",
    "temporary_accounts": "1244-1245 1247-1254 1292",
    "article_lists": "1073-1106 1109 1114-1128 1188",
    "session_jwt": "1259-1265",
    "oauth": "1129-1187 1189-1194 1266-1269 1294",
}

NOT_REPLAYED: dict[str, str] = {
    "17": "action=parse is not offered: an event page is read as HTML",
    "310": "edits are not throttled on the practice wiki",
    "369-370": "pages are not deleted or moved over the API here",
    "465 514": "no client awaits approval or belongs to its owner alone here",
    "508-512 515": "client credentials: not used by a desktop program",
    "516-518": "no client here is for identification only",
    "529-531": "Special:OAuthManageMyGrants: the admin API revokes",
    "540-560": "registering clients over REST: not offered",
    "561-562": "lists of clients and of grants: not offered",
    "910-911 918 1207 1291": "names of other users: tests/practice/ground/test_user_names.py replays them",
    "1060": "no sample event has one question alone that fewer than ten answered; 378 replays the page",
    "1242-1243": "core's REST for pages is not offered: the program edits through api.php",
    "803": "wrong passwords are counted for a name here, not for an address too, which all tests share",
}

# Objects whose keys are data, and objects that the practice wiki returns in part only.
MAPS = ("query.namespaces", "query.userinfo.ratelimits", "query.general.imagelimits", "scopes")
PARTIAL = (
    "query.userinfo.options",
    "paraminfo.modules[]",
    "paraminfo.modules[].parameters[]",
    "paraminfo.modules[].parameters[].submodules",
)
# Keys that only some participants, events or users have.
SOMETIMES = frozenset(
    (
        "hidden",
        "not_found",
        "user_name",
        "user_page",
        "user_is_valid_recipient",
        "event_deleted",
        "other",
        "fallback",
        "add",
        "remove",
        "version",
        "namemsg",
        "subgroups",
        "continue",
        "blockinfo",
        "missing",
        "new",
        "canonical",
        "defaultcontentmodel",
        "email",
        "emailauthenticated",
        "systemuser",
    )
)


def numbers(ranges: str) -> set[int]:
    """Return the numbers of ranges like "1-3 7"."""
    found: set[int] = set()
    for part in ranges.split():
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return found


def listed() -> dict[int, str]:
    """Return the names of all recordings, by number."""
    with (RECORDINGS / "INDEX.tsv").open(encoding="utf-8") as index:
        rows = csv.DictReader(index, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {_number(row["file"]): row["file"] for row in rows}


def _number(name: str) -> int:
    return int(name.partition("-")[0])


def replayed() -> list[tuple[str, str]]:
    """Return file names with their situations, ordered by number."""
    names = listed()
    pairs = [
        (names[number], situation)
        for situation, ranges in BY_SITUATION.items()
        for number in numbers(ranges)
        if number in names
    ]
    return sorted(pairs, key=lambda pair: _number(pair[0]))


def load(name: str) -> dict[str, Any]:
    """Return a recorded exchange."""
    exchange: dict[str, Any] = json.loads((RECORDINGS / name).read_text(encoding="utf-8"))
    return exchange


def differences(recorded: Any, given: Any, path: str = "") -> list[str]:
    """Return the differences in shape of two JSON bodies: keys and types; elements of lists are merged."""
    if recorded is None or given is None:
        return []
    kind, other = _kind(recorded), _kind(given)
    if kind != other:
        # PHP encodes an empty object as an empty array.
        empty = {kind, other} == {"object", "list"} and (not recorded or not given)
        return [] if empty else [f"{path}: recorded {kind}, given {other}"]
    if isinstance(recorded, list):
        if not recorded or not given:
            return []
        return differences(_union(recorded), _union(given), f"{path}[]")
    if isinstance(recorded, dict):
        if path.lstrip(".") in MAPS and recorded and given:
            return differences(_union(list(recorded.values())), _union(list(given.values())), f"{path}.*")
        if path.lstrip(".") not in MAPS:
            return _key_differences(recorded, given, path)
    return []


def _key_differences(recorded: dict[str, Any], given: dict[str, Any], path: str) -> list[str]:
    found: list[str] = []
    lost = recorded.keys() - given.keys() - SOMETIMES
    new = given.keys() - recorded.keys() - SOMETIMES
    if lost and path.lstrip(".") not in PARTIAL:
        found.append(f"{path}: without {sorted(lost)}")
    if new:
        found.append(f"{path}: has {sorted(new)} too")
    for key in recorded.keys() & given.keys():
        found.extend(differences(recorded[key], given[key], f"{path}.{key}"))
    return found


def _union(values: list[Any]) -> Any:
    objects = [value for value in values if isinstance(value, dict)]
    if objects and len(objects) == len(values):
        merged: dict[str, Any] = {}
        for value in objects:
            for key, inner in value.items():
                if merged.get(key) is None or (isinstance(inner, list) and isinstance(merged[key], str)):
                    merged[key] = inner
        return merged
    return values[0]


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "list" if isinstance(value, list) else "object"
