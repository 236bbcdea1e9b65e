"""The forms of the sign-in, as in `authmanagerinfo` and `clientlogin` (CONTRACT §5, clientlogin)."""

from collections.abc import Iterable
from typing import Any

from app.practice.identity.login_texts import Text, literal_text

Form = dict[str, Any]
_AUTH = "MediaWiki\\Auth\\"
_OATH = "MediaWiki\\Extension\\OATHAuth\\Auth\\"
_CONFIRM_EDIT = "MediaWiki\\Extension\\ConfirmEdit\\Auth\\"
_HOSTED_CAPTCHA = "MediaWiki\\Extension\\ConfirmEdit\\hCaptcha\\"
_EMAIL_AUTH = "MediaWiki\\Extension\\EmailAuth\\EmailAuthAuthenticationRequest"
_PASSWORD_PROVIDER = Text("authmanager-provider-password")
_SECOND_FACTOR = Text("oathauth-describe-provider")
_REMEMBER_DAYS = 180
TOTP, RECOVERY = "totp", "recoverycodes"
_MODULES = {name: Text(f"oathauth-module-{name}-label") for name in (RECOVERY, TOTP)}


def field(
    kind: str,
    label: Text,
    explanation: Text,
    *,
    optional: bool = False,
    sensitive: bool = False,
    **more: object,
) -> dict[str, Any]:
    """Return the description of one field."""
    return {
        "type": kind,
        **more,
        "label": label,
        "help": explanation,
        "optional": optional,
        "sensitive": sensitive,
    }


def described(forms: Iterable[Form], *, merged: bool) -> dict[str, Any]:
    """Return `requests`, each with its fields; if merged, with one `fields` object for all of them."""
    if not merged:
        return {"requests": list(forms)}
    fields: dict[str, Any] = {}
    requests: list[Form] = []
    for form in forms:
        fields.update(form["fields"])
        requests.append({name: part for name, part in form.items() if name != "fields"})
    return {"requests": requests, "fields": fields}


def field_names(forms: Iterable[Form]) -> set[str]:
    """Return the names of all fields."""
    return {name for form in forms for name in form["fields"]}


def name_and_password() -> list[Form]:
    """Return the forms of a sign-in with name and password."""
    remember = Text("userlogin-remembermypassword", (_REMEMBER_DAYS,))
    explained = Text("authmanager-userlogin-remembermypassword-help")
    return [
        _form(
            f"{_AUTH}PasswordAuthenticationRequest",
            "primary-required",
            {
                "username": field("string", Text("userlogin-yourname"), Text("authmanager-username-help")),
                "password": field(
                    "password",
                    Text("userlogin-yourpassword"),
                    Text("authmanager-password-help"),
                    sensitive=True,
                ),
            },
            provider=_PASSWORD_PROVIDER,
            account="",
        ),
        _form(
            f"{_AUTH}RememberMeAuthenticationRequest",
            "optional",
            {"rememberMe": field("checkbox", remember, explained, optional=True)},
        ),
    ]


def captcha_form(captcha_id: str, kind: str, mime: str, shown: str, task: Text) -> Form:
    """Return the form of a captcha; `shown` is the question or the URL of the image."""
    return _form(
        "CaptchaAuthenticationRequest",
        "required",
        {
            "captchaId": field("hidden", Text("captcha-id-label"), Text("captcha-id-help"), value=captcha_id),
            "captchaInfo": field("null", task, Text("captcha-info-help"), value=shown),
            "captchaWord": field("string", Text("captcha-label"), Text("captcha-help")),
        },
        metadata={"type": kind, "mime": mime},
        provider=literal_text(f"{_CONFIRM_EDIT}CaptchaAuthenticationRequest"),
    )


def hosted_captcha_form(task: Text) -> Form:
    """Return the form of a hosted captcha: a field for its answer only."""
    request_id = f"{_HOSTED_CAPTCHA}HCaptchaAuthenticationRequest"
    word = field("string", task, Text("hcaptcha-help"))
    return _form(request_id, "required", {"captchaWord": word}, provider=literal_text(request_id))


def totp_form(name: str) -> Form:
    """Return the form for a TOTP code."""
    token = field("string", Text("oathauth-auth-token-label"), Text("oathauth-auth-token-help"))
    request_id = f"{_OATH}TOTPAuthenticationRequest"
    return _form(request_id, "required", {"OATHToken": token}, provider=_SECOND_FACTOR, account=name)


def recovery_form(name: str) -> Form:
    """Return the form for a recovery code."""
    code = field("string", _MODULES[RECOVERY], Text("oathauth-auth-recovery-code-help"), optional=True)
    request_id = f"{_OATH}RecoveryCodesAuthenticationRequest"
    return _form(request_id, "required", {"RecoveryCode": code}, provider=_SECOND_FACTOR, account=name)


def module_form(present: str) -> Form:
    """Return the form that switches to the other second factor; it is marked as required, but is not."""
    others = {name: label for name, label in _MODULES.items() if name != present}
    choice = field(
        "select",
        Text("oathauth-auth-switch-module-label"),
        Text("oathauth-auth-switch-module-help"),
        optional=True,
        value="",
        options={"": Text("oathauth-auth-switch-module-keep"), **others},
    )
    metadata = {
        "currentModule": present,
        "allowedModules": list(_MODULES),
        "moduleDescriptions": dict(_MODULES),
    }
    request_id = f"{_OATH}TwoFactorModuleSelectAuthenticationRequest"
    return _form(request_id, "required", {"newModule": choice}, metadata=metadata)


def new_password_forms(name: str, *, may_skip: bool) -> list[Form]:
    """Return the form for a new password, and the button to skip it if that is allowed."""
    explained = Text("authmanager-password-help")
    fields = {
        "password": field("password", Text("newpassword"), explained, sensitive=True),
        "retype": field("password", Text("retypenew"), Text("authmanager-retype-help"), sensitive=True),
    }
    request_id = f"{_AUTH}PasswordAuthenticationRequest"
    required = "optional" if may_skip else "required"
    change = _form(request_id, required, fields, provider=_PASSWORD_PROVIDER, account=name)
    if not may_skip:
        return [change]
    label, skip_explained = (Text(f"authprovider-resetpass-skip-{part}") for part in ("label", "help"))
    button = _form(
        f"{_AUTH}ButtonAuthenticationRequest:skipReset",
        "optional",
        {"skipReset": field("button", label, skip_explained)},
        provider=literal_text(f"{_AUTH}ButtonAuthenticationRequest"),
    )
    return [change, button]


def emailed_code_form() -> Form:
    """Return the form for an e-mailed code."""
    token = field("string", Text("emailauth-token-label"), Text("emailauth-token-help"))
    return _form(_EMAIL_AUTH, "required", {"token": token})


def _form(
    request_id: str,
    required: str,
    fields: dict[str, Any],
    *,
    provider: Text | None = None,
    account: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> Form:
    return {
        "id": request_id,
        "metadata": metadata or {},
        "required": required,
        "provider": provider or literal_text(request_id),
        "account": literal_text(request_id if account is None else account),
        "fields": fields,
    }
