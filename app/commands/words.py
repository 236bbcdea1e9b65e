"""Texts that several commands share, and the headings of their tables."""

from app.i18n import N_, _, ngettext


def tour_step(what: str) -> str:
    """Return the line that begins a step of the tour."""
    return f"\n== {what[:1].upper()}{what[1:]}"


def counted(total: int) -> str:
    """Return how many participants there are."""
    return ngettext("{n} participant.", "{n} participants.", total).format(n=total)


def remove_whom() -> str:
    """Return the sentence for a removal without names."""
    return _("Say whom: participants remove EVENT NAME…")


def bad_filter(part: str) -> str:
    """Return the sentence for a part of a filter that makes no sense."""
    return _(
        "“{part}” is no filter. Use all by itself, or, each once, name=TEXT, private=yes|no, e-mail=yes|no, "
        "answered=yes|no. Nothing was sent."
    ).format(part=part)


def which_wiki(known: str) -> str:
    """Return the message for a command that needs to know which of several wikis is meant."""
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


HEADINGS_CHANGES = (N_("No."), N_("State"), N_("Made"), N_("Event"), N_("Change"), N_("Note"))
HEADINGS_EVENTS = (N_("Event"), N_("Title"), N_("Begins"), N_("When"), N_("Status"), N_("People"), N_("Note"))
HEADINGS_CHECK = (N_("Result"), N_("What"), N_("Found"))
HEADINGS_VENUE = (N_("Result"), N_("Wiki"), N_("Found"))
HEADINGS_READINESS = (N_("Result"), N_("What"), N_("Found"), N_("What to do"))
HEADINGS_ACCOUNTS = (N_("Wiki"), N_("Name"), N_("Address"), N_("Sign-in"))


def sign_in_so(address: str) -> str:
    """Return how to sign in with a password."""
    return _("(event-center sign-in {address} --session)").format(address=address)
