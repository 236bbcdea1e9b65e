"""Pictures of every step of a sign-in, and of what is told about a wiki."""

from dataclasses import replace

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from app.domain.accounts.account import SignIn, SignInKind
from app.domain.accounts.sign_in_form import REMEMBER, FieldKind, SignInField, SignInStep
from app.domain.accounts.wiki_check import Checked, Finding, Outcome
from app.models.accounts.wiki_control import WikiControl
from app.views.accounts.sign_in_dialog import SignInDialog
from app.views.accounts.wiki_dialogs import AboutWikiDialog, CheckWikiDialog
from app.views.window.main_window import MainWindow

NAME = SignInField("username", FieldKind.TEXT, "Username", "Username for authentication.")
PASSWORD = SignInField("password", FieldKind.PASSWORD, "Password", "Password for authentication.")
KEEP = SignInField(REMEMBER, FieldKind.TICK, "Keep me logged in", optional=True)
TASK = (
    "To protect the wiki against automated password cracking, we kindly ask you to solve the following task "
    "below and enter the answer in the box (more info):"
)
ANSWER = SignInField("captchaWord", FieldKind.TEXT, "CAPTCHA", "Solution of the CAPTCHA.")
CODE = SignInField("OATHToken", FieldKind.TEXT, "Two-factor token")
MODULE = SignInField(
    "newModule",
    FieldKind.CHOICE,
    "Use authenticator app",
    optional=True,
    options=(("", "(do not switch)"), ("recoverycodes", "Recovery codes")),
)
NEW = SignInField("password", FieldKind.PASSWORD, "New password:")
RETYPE = SignInField("retype", FieldKind.PASSWORD, "Retype new password:")
SKIP = SignInField("skipReset", FieldKind.BUTTON, "Skip")
WRONG = "Incorrect username or password entered.\nPlease try again."


def captcha_picture() -> bytes:
    """Return a picture as a wiki may send one."""
    image = QImage(220, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#f8f9fa"))
    painter = QPainter(image)
    painter.setFont(QFont("DejaVu Sans", 26))
    painter.setPen(QColor("#202122"))
    painter.drawText(20, 42, "tidalmoss")
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def steps() -> dict[str, SignInStep]:
    question = SignInField("captchaInfo", FieldKind.NOTE, TASK, value="25+4 =")
    picture = replace(question, value="", picture=captcha_picture())
    return {
        "first": SignInStep((NAME, PASSWORD, KEEP)),
        "refused": SignInStep((NAME, PASSWORD, KEEP), WRONG, refused=True),
        "captcha": SignInStep((NAME, PASSWORD, question, ANSWER, KEEP), WRONG, refused=True),
        "captcha-picture": SignInStep((NAME, PASSWORD, picture, ANSWER, KEEP)),
        "second-factor": SignInStep(
            (CODE, MODULE),
            "Please enter a code from your two-factor authentication app (such as Authy, FreeOTP, Google "
            "Authenticator, Microsoft Authenticator or 1Password).",
        ),
        "emailed-code": SignInStep(
            (SignInField("token", FieldKind.TEXT, "Verification code"),),
            "A code was sent to the e-mail address of your account. Enter it here.",
        ),
        "password-change": SignInStep(
            (NEW, RETYPE, SKIP),
            "Your password is not valid: Passwords must be at least 30 characters.\nPlease choose a new "
            'password now, or click "Skip" to change it later.',
        ),
    }


class SignInPictures:
    """Takes them through the pictures of a window."""

    def __init__(self, pictures, window: MainWindow) -> None:
        self._pictures = pictures
        self._window = window

    def take(self) -> None:
        window = self._window
        account = window._workspace.accounts[0]
        dialog = SignInDialog(window.account_control, window)
        dialog.show()
        dialog._on_found(account.wiki)
        for name, step in steps().items():
            dialog._fault.hide()
            dialog._on_step(step)
            self._pictures.take(f"sign-in-{name}", dialog)
        dialog.reject()
        session = SignIn(
            SignInKind.SESSION, account.wiki.base_url, account.identity.rights, 1_790_000_000, ended=False
        )
        limited = replace(account.sign_ins[0], rights=frozenset(("edit",)), kind=SignInKind.OAUTH2)
        both = replace(account, sign_ins=(limited, session))
        about = AboutWikiDialog(
            WikiControl(window._workspace), [both], both, lambda _: None, lambda *_: None, window
        )
        self._pictures.dialog("about-wiki", about)
        about.reject()
        check = CheckWikiDialog(WikiControl(window._workspace), [both], both, window)
        check._on_found(findings())
        check._on_ended()
        self._pictures.dialog("check-wiki", check)
        check.reject()


def findings() -> list[Finding]:
    good, note, bad = Outcome.GOOD, Outcome.NOTE, Outcome.BAD
    return [
        Finding(Checked.ADDRESS, good, "https://meta.wikimedia.org/w, over TLS"),
        Finding(Checked.CONNECTION, good, "answers, in 212 ms"),
        Finding(Checked.EVENT_REGISTRATION, good, "there, version not told"),
        Finding(Checked.VERSION, good, "1.46.0-wmf.4"),
        Finding(Checked.ROUTES, good, "the wiki gives events, questions and participants as expected"),
        Finding(Checked.CLOCK, note, "this computer is 340 seconds behind the wiki"),
        Finding(Checked.SIGN_IN, good, "OAuth 2: the wiki takes it"),
        Finding(Checked.RIGHTS, note, "OAuth 2: none of Event Registration"),
        Finding(
            Checked.RIGHTS,
            bad,
            "you are an organizer here, but no sign-in of yours carries the rights; sign in with user name "
            "and password too",
        ),
    ]
