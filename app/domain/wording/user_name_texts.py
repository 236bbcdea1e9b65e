"""Texts about why a text is not a user name."""

from app.domain.names import set_apart
from app.domain.wikis.user_names import FORBIDDEN, LONGEST_NAME, NameProblem
from app.i18n import N_, _

#: The most characters of a text that a sentence quotes.
_QUOTED = 60


def name_problem(problem: NameProblem, typed: str) -> str:
    """Return why a typed or pasted text is not a user name, and what can be done."""
    return _(_SENTENCES[problem]).format(typed=_quoted(typed), characters=FORBIDDEN, bytes=LONGEST_NAME)


def listed_problem(problem: NameProblem, text: str) -> str:
    """Return why a text in a list of those who came is not a user name, and what can be done."""
    if problem is NameProblem.EMPTY:
        return _("There is no name in this line. Somebody without an account can be noted as a walk-in.")
    return name_problem(problem, text)


def _quoted(typed: str) -> str:
    # Words on two lines of a cell must not run into each other.
    text = " ".join(typed[: _QUOTED + 1].split())
    return set_apart(text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…")


_SENTENCES = {
    NameProblem.EMPTY: N_("There is no user name here. Type the name of an account."),
    NameProblem.ADDRESS: N_(
        "“{typed}” is an IP address, not an account. Only people with an account can register."
    ),
    NameProblem.TEMPORARY: N_(
        "“{typed}” is a temporary account, which cannot register. The person needs an account of their own."
    ),
    NameProblem.EMAIL: N_(
        "“{typed}” is an e-mail address, not a user name. Ask the person for the name of their account."
    ),
    NameProblem.FORBIDDEN: N_(
        "“{typed}” is not a user name: a name cannot hold any of {characters}, codes such as %20, or begin "
        "with a colon. Give the name by itself, or a link to the user’s page."
    ),
    NameProblem.UNREADABLE: N_(
        "“{typed}” is not a user name: there is a line break, a tab or a damaged character in it. Give one "
        "name at a time."
    ),
    NameProblem.TOO_LONG: N_(
        "“{typed}” is too long for a user name, which has at most {bytes} bytes. Give one name at a time."
    ),
    NameProblem.OTHER_PAGE: N_(
        "“{typed}” leads to a page that is not a user’s. Give the name of the account, or a link to the "
        "user’s page."
    ),
    NameProblem.SEVERAL: N_("“{typed}” names more than one user. Give one name at a time."),
}
