"""The words of the commands, ready for translation."""

from app.i18n import N_, _, ngettext


def tour_step(what: str) -> str:
    """Return the line that begins a step of the tour."""
    return f"\n== {what[:1].upper()}{what[1:]}"


def signed_in(name: str, wiki: str) -> str:
    """Return the line after a sign-in."""
    return _("Signed in on {wiki} as {name}.").format(wiki=wiki, name=name)


def progress(people: int, expected: int | None, rate: float, left: float | None) -> str:
    """Return how far a sync has come."""
    if not expected:
        return _("{people} people, {rate:.0f} a second").format(people=people, rate=rate)
    if left is None:
        text = _("{people} of about {expected} people, {rate:.0f} a second")
    else:
        text = _("{people} of about {expected} people, {rate:.0f} a second, {left:.0f} s left")
    return text.format(people=people, expected=expected, rate=rate, left=left)


def counted(shown: int, total: int) -> str:
    """Return the line under a list of people."""
    if shown < total:
        return _("{shown} of {total} shown.").format(shown=shown, total=total)
    return ngettext("{n} participant.", "{n} participants.", total).format(n=total)


def written(people: int, path: str) -> str:
    """Return the line after an export."""
    return ngettext(
        "{n} participant written to {path}.", "{n} participants written to {path}.", people
    ).format(n=people, path=path)


def split(public: int, private: int) -> str:
    """Return the line about public and private participants."""
    return _("{public} public, {private} private.").format(public=public, private=private)


def remove_whom() -> str:
    """Return the sentence for a removal without names."""
    return _("Say whom: participants remove EVENT NAME…")


def bad_filter(part: str) -> str:
    """Return the sentence for a part of a filter that makes no sense."""
    return _(
        "“{part}” is no filter. Use all by itself, or, each once, name=TEXT, private=yes|no, e-mail=yes|no, "
        "answered=yes|no. Nothing was sent."
    ).format(part=part)


def not_reached(people: int, names: str) -> str:
    """Return the line about people without a valid address."""
    return ngettext(
        "{n} person will not get it, for lack of a valid address: {names}.",
        "{n} people will not get it, for lack of a valid address: {names}.",
        people,
    ).format(n=people, names=names)


def confirm_remove_everybody(people: int) -> str:
    """Return the question before all participants are removed."""
    return ngettext(
        "Remove everybody: the only participant ({n})?", "Remove everybody: all {n} participants?", people
    ).format(n=people)


def confirm_remove(people: int, names: str) -> str:
    """Return the question before participants are removed."""
    return ngettext("Remove {n} participant: {names}?", "Remove {n} participants: {names}?", people).format(
        n=people, names=names
    )


def confirm_email(people: int) -> str:
    """Return the question before an e-mail is sent."""
    return ngettext("Send the e-mail to {n} person?", "Send the e-mail to {n} people?", people).format(
        n=people
    )


def ask_sign_out(wiki: str, waiting: int) -> str:
    """Return the question before changes are lost that were not sent."""
    text = ngettext(
        "Sign out of {wiki}? {n} change that is not sent yet would be lost.",
        "Sign out of {wiki}? {n} changes that are not sent yet would be lost.",
        waiting,
    )
    return text.format(wiki=wiki, n=waiting)


def which_wiki(known: str) -> str:
    """Return the sentence for a new event of which nobody knows on what wiki."""
    return _("You are signed in on several wikis. Say in the file which: wiki = one of {known}.").format(
        known=known
    )


def no_setting(text: str) -> str:
    """Return the sentence for a setting without a value."""
    return _("“{text}” is no setting. Write KEY=VALUE.").format(text=text)


def bad_setting(key: str, known: str) -> str:
    """Return the sentence for a setting that makes no sense."""
    return _("“{key}” makes no sense here. Possible: {known}.").format(key=key, known=known)


def which_change() -> str:
    """Return the sentence for a missing number."""
    return _("Say which change, by its number.")


def decided(number: int, *, sent: bool) -> str:
    """Return the line after a conflict was decided."""
    if sent:
        return _("Change {number} is decided and waits to be sent.").format(number=number)
    return _("Change {number} is gone: what is on the wiki holds.").format(number=number)


HEADINGS_CHANGES = (N_("No."), N_("State"), N_("Made"), N_("Event"), N_("Change"), N_("Note"))
HEADINGS_EVENTS = (N_("Event"), N_("Title"), N_("Begins"), N_("When"), N_("Status"), N_("People"), N_("Note"))
HEADINGS_PEOPLE = (N_("Name"), N_("Registered"), N_("Private"), N_("E-mail"), N_("Answers"))
HEADINGS_CHECK = (N_("Result"), N_("What"), N_("Found"))
HEADINGS_ACCOUNTS = (N_("Wiki"), N_("Name"), N_("Address"), N_("Sign-in"))


def sign_in_so(address: str) -> str:
    """Return how to sign in with a password."""
    return _("(event-center sign-in {address} --session)").format(address=address)
