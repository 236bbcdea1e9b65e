"""Captchas of the sign-in, as in the ConfirmEdit extension: each is valid for one attempt (CONTRACT §5)."""

import random
import secrets
import threading
from dataclasses import dataclass

from app.practice.identity.captcha_picture import picture_of
from app.practice.identity.login_forms import Form, captcha_form, hosted_captcha_form
from app.practice.identity.login_texts import Text

CAPTCHA_FIELDS = frozenset(("captchaId", "captchaInfo", "captchaWord"))
#: A hosted service that needs a browser: no answer of another program is ever correct (CONTRACT §6).
HOSTED = "hcaptcha"
CAPTCHA_KINDS = ("simple", "question", "image", HOSTED)
# After this many wrong passwords for a name its sign-in requires a captcha.
WRONG_PASSWORDS = 3
_QUESTION = ("Which project is <b>this</b>?", "wikipedia")
_MIMES = {"simple": "text/plain", "question": "text/html", "image": "image/png"}
_TASKS = {
    "simple": Text("captcha-badlogin"),
    "question": Text("questycaptcha-badlogin"),
    "image": Text("fancycaptcha-badlogin"),
}
_PICTURE_DIGITS = 5


@dataclass(frozen=True)
class _Captcha:
    kind: str
    question: str
    answer: str


class CaptchaStore:
    """The captcha settings, and the captchas that are not answered yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: dict[str, _Captcha] = {}
        self._rng = random.Random()
        self.always = False
        self.kind = CAPTCHA_KINDS[0]

    def form(self) -> Form:
        """Create a captcha and return its form."""
        if self.kind == HOSTED:
            return hosted_captcha_form(Text("hcaptcha-badlogin"))
        captcha_id = str(secrets.randbelow(9 * 10**18) + 10**17)
        captcha = self._invent(captcha_id)
        with self._lock:
            self._pending[captcha_id] = captcha
        kind = captcha.kind
        return captcha_form(captcha_id, kind, _MIMES[kind], captcha.question, _TASKS[kind])

    def take(self, captcha_id: str, word: str) -> bool:
        """Return whether the answer is correct; the captcha is consumed either way."""
        with self._lock:
            captcha = self._pending.pop(captcha_id, None)
        return captcha is not None and word.strip().lower() == captcha.answer

    def picture(self, captcha_id: str) -> bytes | None:
        """Return the image of a pending captcha as PNG, None if it has none."""
        with self._lock:
            captcha = self._pending.get(captcha_id)
        return picture_of(captcha.answer) if captcha is not None and captcha.kind == "image" else None

    def answers(self) -> dict[str, str]:
        """Return the answers of all pending captchas, by id."""
        with self._lock:
            return {captcha_id: captcha.answer for captcha_id, captcha in self._pending.items()}

    def _invent(self, captcha_id: str) -> _Captcha:
        if self.kind == "question":
            return _Captcha(self.kind, *_QUESTION)
        if self.kind == "image":
            digits = "".join(self._rng.choices("0123456789", k=_PICTURE_DIGITS))
            address = f"/index.php?title=Special:Captcha/image&wpCaptchaId={captcha_id}"
            return _Captcha(self.kind, address, digits)
        first, second = self._rng.randint(10, 99), self._rng.randint(1, 10)
        if self._rng.random() < 0.5:
            return _Captcha(self.kind, f"{first}+{second} =", str(first + second))
        return _Captcha(self.kind, f"{first}\N{MINUS SIGN}{second} =", str(first - second))
