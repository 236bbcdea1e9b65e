"""Sign in with user name and password: the steps of `clientlogin`, as the wiki requires (CONTRACT §5)."""

import re
import threading
from collections.abc import Mapping
from itertools import islice
from typing import Any

from app.domain import names
from app.domain.accounts.account import SessionSecrets
from app.domain.accounts.sign_in_form import FieldKind, SignInField, SignInStep
from app.domain.faults import Fault, KnownFault
from app.domain.wording import wiki_fault_texts
from app.i18n import _
from app.wiki.http import answers
from app.wiki.http.answers import NoAnswer
from app.wiki.http.throttle import Throttle
from app.wiki.http.transport import Request, Transport
from app.wiki.sign_in.credentials import SessionCredentials, session_secrets

_LONGEST_TEXT = 2_000
_LONGEST_PICTURE = 1_000_000
_MAX_FIELDS = 40
_MAX_OPTIONS = 100
_TAG = re.compile(r"<[^<>]{0,500}>")
_LINK = re.compile(r"\[\[?(?:[^\[\]|\s]+[|\s])?([^\[\]]*)\]?\]")
#: The fields of a captcha: a picture or question, the answer, and the id that connects them.
_CAPTCHA_ANSWER, _CAPTCHA_TASK = "captchaWord", ("captchaInfo", "captchaId")
_CAPTCHA = ("captchaInfo", _CAPTCHA_ANSWER)


class SessionSignIn:
    """One sign-in, from the first form to the end. `answer` returns None when it is complete.

    The values that the user types are sent to the wiki and not stored.
    """

    def __init__(
        self, base_url: str, cancel: threading.Event | None = None, throttle: Throttle | None = None
    ) -> None:
        self._transport = Transport(base_url, throttle)
        self._signer = SessionCredentials(
            base_url, SessionSecrets(()), save=lambda _unused: None, ended=lambda: None
        )
        self._cancel = cancel or threading.Event()
        self._token = ""
        self._under_way = False
        self._asked: set[str] = set()

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    @property
    def secrets(self) -> SessionSecrets:
        """The cookies, once the sign-in is complete."""
        return session_secrets(self._signer.jar)

    def begin(self) -> SignInStep:
        """Return the first form. Raises KnownFault."""
        self._under_way = False
        return SignInStep(self._first_fields())

    def answer(self, values: Mapping[str, str]) -> SignInStep | None:
        """Send the values of a form; return the next form, None if the user is signed in. Raises KnownFault.

        After a refusal the form is fetched again, because a captcha is valid for one attempt only.
        """
        form: dict[str, str | int] = {"action": "clientlogin", "logintoken": self._login_token(), **values}
        if self._under_way:
            form["logincontinue"] = 1
        else:
            form["loginreturnurl"] = self._transport.base_url + "/"
        try:
            result = self._api(form, post=True).get("clientlogin")
        except KnownFault as fault:
            if fault.error_key != "badtoken":
                raise
            # The session in which the sign-in started no longer exists.
            self._token = ""
            return SignInStep(
                self.begin().fields,
                _("The wiki has lost the thread of this sign-in. Nothing was changed; begin again."),
                refused=True,
            )
        result = result if isinstance(result, dict) else {}
        status, message = result.get("status"), _plain(result.get("message"))
        if status == "PASS":
            return None
        if status == "UI":
            fields = self._fields(result.get("requests"))
            names_now = {field.name for field in fields}
            # The same fields again mean that the values were rejected.
            refused = self._under_way and names_now == self._asked
            self._under_way, self._asked = True, names_now
            return SignInStep(fields, message, refused)
        if status == "FAIL":
            self._under_way = False
            return SignInStep(self._first_fields(), message, refused=True)
        if status in ("REDIRECT", "RESTART"):
            raise KnownFault(
                Fault.REFUSED,
                _(
                    "{wiki} wants this sign-in to go on in a browser, which a session here cannot. "
                    "Use OAuth instead."
                ).format(wiki=self._transport.name),
            )
        raise answers.broken(self._transport.name, "no status of the sign-in")

    def _login_token(self) -> str:
        if not self._token:
            value = self._api({"action": "query", "meta": "tokens", "type": "login"})
            tokens = value.get("query", {}).get("tokens", {})
            token = tokens.get("logintoken") if isinstance(tokens, dict) else None
            if not isinstance(token, str):
                raise answers.broken(self._transport.name, "no token")
            self._token = token
        return self._token

    def _first_fields(self) -> tuple[SignInField, ...]:
        # Fetch the token first: it starts the session that the captcha belongs to.
        self._login_token()
        value = self._api({"action": "query", "meta": "authmanagerinfo", "amirequestsfor": "login"})
        info = value.get("query", {}).get("authmanagerinfo", {})
        return self._fields(info.get("requests") if isinstance(info, dict) else None)

    def _fields(self, requests: object) -> tuple[SignInField, ...]:
        """Return the fields of all requests of a wiki, those of a captcha after name and password."""
        found: dict[str, SignInField] = {}
        for one in requests if isinstance(requests, list) else []:
            fields = one.get("fields") if isinstance(one, dict) else None
            metadata = one.get("metadata") if isinstance(one, dict) else None
            mime = metadata.get("mime") if isinstance(metadata, dict) else None
            for name, field in (fields if isinstance(fields, dict) else {}).items():
                if isinstance(field, dict) and len(found) < _MAX_FIELDS:
                    found[name] = self._field(name, field, mime)
        if not found:
            raise answers.broken(self._transport.name, "no fields to sign in with")
        if _CAPTCHA_ANSWER in found and not found.keys() & set(_CAPTCHA_TASK):
            # There is no question: only a browser can show this captcha (CONTRACT §6).
            raise KnownFault(
                Fault.REFUSED,
                _(
                    "{wiki} wants a captcha that only a browser can show. It asks for one after wrong "
                    "passwords from the same address, which everybody at a venue shares. Nothing is "
                    "lost: wait five minutes and try again, or sign in through the browser."
                ).format(wiki=self._transport.name),
            )
        return tuple(sorted(found.values(), key=_sort_key))

    def _field(self, name: str, described: dict[str, Any], mime: object) -> SignInField:
        kind, value, picture = described.get("type"), described.get("value"), None
        if kind not in list(FieldKind):
            kind = FieldKind.TEXT
        kind = FieldKind(kind)
        if kind is FieldKind.NOTE and isinstance(mime, str) and mime.startswith("image/"):
            picture, value = self._picture(str(value)), ""
        options = described.get("options")
        return SignInField(
            name,
            kind,
            _plain(described.get("label")) or names.safe(name),
            _plain(described.get("help")),
            described.get("optional") is True,
            str(value or "")[:_LONGEST_TEXT] if kind is FieldKind.HIDDEN else _plain(value),
            tuple((str(key), _plain(label)) for key, label in islice(options.items(), _MAX_OPTIONS))
            if isinstance(options, dict)
            else (),
            picture,
            described.get("sensitive") is True,
        )

    def _picture(self, address: str) -> bytes:
        """Fetch the picture of a captcha, from the wiki's own host only."""
        absolute = self._transport.same_host(self._transport.base_url + "/", address)
        answer, _unused = self._transport.send(Request("GET", absolute), self._signer, self._cancel)
        if fault := answers.unavailable(self._transport.name, answer):
            raise fault
        if answer.status != 200 or len(answer.body) > _LONGEST_PICTURE:
            raise answers.broken(self._transport.name, f"HTTP {answer.status} for the picture")
        return answer.body

    def _api(self, parameters: dict[str, str | int], *, post: bool = False) -> dict[str, Any]:
        query = {**parameters, "format": "json", "formatversion": 2, "uselang": "en"}
        address = self._transport.base_url + "/api.php"
        request = Request("GET", address, query)
        if post:
            request = Request("POST", address, form=query, changes=True)
        try:
            answer, _unused = self._transport.send(request, self._signer, self._cancel)
        except NoAnswer as fault:
            raise KnownFault(Fault.OFFLINE, wiki_fault_texts.offline(self._transport.name)) from fault
        value = answers.api_value(self._transport.name, answer)
        if not isinstance(value.get("query", {}), dict):
            raise answers.broken(self._transport.name, "no query")
        return value


def _sort_key(field: SignInField) -> int:
    if field.name in _CAPTCHA:
        return 1
    return 2 if field.kind in (FieldKind.TICK, FieldKind.BUTTON) else 0


def _plain(text: object) -> str:
    """Return a wiki's text without link markup and HTML tags."""
    if not isinstance(text, str):
        return ""
    bare = _LINK.sub(r"\1", _TAG.sub("", text[:_LONGEST_TEXT]))
    return "\n".join(filter(None, (names.safe(line).strip() for line in bare.splitlines())))
