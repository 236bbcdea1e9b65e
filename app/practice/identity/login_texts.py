"""The messages of the sign-in: in English, as keys under uselang=qqx, or raw (CONTRACT §5, clientlogin)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RAW_MESSAGE = "rawmessage"
MINUTES = "duration-minutes"
_MORE_INFO = "([[Special:Captcha/help|more info]]):"
_AGAINST_CRACKING = "To protect the wiki against automated password cracking, we kindly ask you to"

_ENGLISH = {
    "authmanager-provider-password": "Password-based authentication",
    "userlogin-yourname": "Username",
    "authmanager-username-help": "Username for authentication.",
    "userlogin-yourpassword": "Password",
    "authmanager-password-help": "Password for authentication.",
    "userlogin-remembermypassword": "Keep me logged in",
    "authmanager-userlogin-remembermypassword-help": (
        "Whether the password should be remembered for longer than the length of the session."
    ),
    "wrongpassword": "Incorrect username or password entered.\nPlease try again.",
    "authmanager-authn-no-primary": "The supplied credentials could not be authenticated.",
    "authmanager-authn-not-in-progress": (
        "Authentication is not in progress or session data has been lost."
        " Please start again from the beginning."
    ),
    "login-throttled": "You have made too many recent login attempts.\nPlease wait $1 before trying again.",
    # Second factor.
    "oathauth-describe-provider": "Two-factor authentication (OATH).",
    "oathauth-auth-ui": (
        "Please enter a code from your two-factor authentication app (such as [https://www.authy.com/ Authy],"
        " [https://freeotp.github.io/ FreeOTP], [https://support.google.com/accounts/answer/1066447 Google"
        " Authenticator], [https://www.microsoft.com/en-us/security/mobile-authenticator-app Microsoft"
        " Authenticator] or [https://1password.com/ 1Password])."
    ),
    "oathauth-auth-token-label": "Two-factor token",
    "oathauth-auth-token-help": (
        "The one-time password used as the second factor of two-factor authentication."
    ),
    "oathauth-auth-recovery-code-help": (
        "Enter the code that was created when you set up two-factor authentication."
    ),
    "oathauth-login-failed": "Two-factor authentication failed.",
    "oathauth-recovery-code-login-failed": "Recovery code verification failed.",
    "oathauth-throttled": "Too many verification attempts! Please wait $1.",
    "oathauth-module-totp-label": "Authenticator app",
    "oathauth-module-recoverycodes-label": "Recovery codes",
    "oathauth-auth-switch-module-keep": "(do not switch)",
    "oathauth-auth-switch-module-label": "Use authenticator app",
    "oathauth-auth-switch-module-help": (
        "Set <code>newModule</code> to the name of the new module to get a new challenge from a different 2FA"
        " module. Leave empty if you are answering the current challenge."
    ),
    # Captcha.
    "captcha-id-label": "CAPTCHA ID",
    "captcha-id-help": "This value should be sent back unchanged.",
    "captcha-info-help": "Description of the CAPTCHA.",
    "captcha-label": "CAPTCHA",
    "captcha-help": "Solution of the CAPTCHA.",
    "captcha-badlogin": (
        f"{_AGAINST_CRACKING} solve the following task below and enter the answer in the box {_MORE_INFO}"
    ),
    "questycaptcha-badlogin": f"{_AGAINST_CRACKING} answer the question that appears below {_MORE_INFO}",
    "fancycaptcha-badlogin": (
        f"{_AGAINST_CRACKING} enter the words that appear below in the box {_MORE_INFO}"
    ),
    "hcaptcha-badlogin": f"{_AGAINST_CRACKING} show that you are a person {_MORE_INFO}",
    "hcaptcha-help": "The answer of the hCaptcha service, for those who have one.",
    # Password change.
    "newpassword": "New password:",
    "retypenew": "Retype new password:",
    "authmanager-retype-help": "Password again to confirm.",
    "authprovider-resetpass-skip-label": "Skip",
    "authprovider-resetpass-skip-help": "Skip resetting the password.",
    "resetpass-expired": "Your password has expired. Please set a new password to log in.",
    "resetpass-expired-soft": (
        "Your password has expired and needs to be changed. Please choose a new password now,"
        ' or click "Skip" to change it later.'
    ),
    "resetpass-validity": "Your password is not valid: $1\n\nPlease set a new password to log in.",
    "resetpass-validity-soft": (
        "Your password is not valid: $1\n\nPlease choose a new password now,"
        ' or click "Skip" to change it later.'
    ),
    "badretype": "The passwords you entered do not match.",
    "passwordtooshort": "Passwords must be at least $1 characters.",
    # E-mailed code.
    "emailauth-login-message": (
        "A verification code has been sent to the e-mail address $1. Please enter it here to log in."
    ),
    "emailauth-login-failure": "The verification code is not correct.",
    "emailauth-login-retry-limit": "Too many wrong verification codes. Please log in again.",
    "emailauth-token-label": "Verification code",
    "emailauth-token-help": "The code that was sent by e-mail.",
}


@dataclass(frozen=True)
class Text:
    """A message of the wiki: its key and parameters."""

    key: str
    values: tuple["str | int | Text", ...] = ()


def literal_text(words: str) -> Text:
    """Return a text that is the same in every language."""
    return Text(RAW_MESSAGE, (words,))


def minutes(number: int) -> Text:
    """Return a waiting time in minutes."""
    return Text(MINUTES, (number,))


def render_texts(
    answer: dict[str, Any], parameters: Mapping[str, str], format_parameter: str
) -> dict[str, Any]:
    """Return an answer in which each `Text` is rendered in the format that the request asks for.

    Args:
        answer: The answer, with `Text` objects at any depth.
        parameters: The parameters of the request.
        format_parameter: The name of the parameter that may be `raw`.
    """
    raw = parameters.get(format_parameter) == "raw"
    qqx = parameters.get("uselang") == "qqx"

    def walk(part: object) -> object:
        if isinstance(part, Text):
            return _raw(part) if raw else _qqx(part) if qqx else _english(part)
        if isinstance(part, dict):
            return {name: walk(inner) for name, inner in part.items()}
        if isinstance(part, list):
            return [walk(inner) for inner in part]
        return part

    return {name: walk(part) for name, part in answer.items()}


def _raw(text: Text) -> dict[str, Any]:
    def value(given: "str | int | Text") -> dict[str, Any] | str | None:
        if isinstance(given, Text):
            return _raw(given)
        # MediaWiki writes an empty raw message as null.
        return {"num": given} if isinstance(given, int) else given or None

    return {"key": text.key, "params": [value(given) for given in text.values]}


def _qqx(text: Text) -> str:
    if text.key == RAW_MESSAGE:
        return str(text.values[0])
    values = ", ".join(_qqx(one) if isinstance(one, Text) else str(one) for one in text.values)
    return f"({text.key}: {values})" if values else f"({text.key})"


def _english(text: Text) -> str:
    if text.key == RAW_MESSAGE:
        return str(text.values[0])
    if text.key == MINUTES:
        return f"{text.values[0]} minute{'' if text.values[0] == 1 else 's'}"
    words = _ENGLISH[text.key]
    for place, value in enumerate(text.values, 1):
        words = words.replace(f"${place}", _english(value) if isinstance(value, Text) else str(value))
    return words
