"""Texts about network problems between this computer and a wiki, and what can be done about them."""

from app.i18n import _


def login_page() -> str:
    """Return the sentence for a network that requires a login first."""
    return _(
        "There is no way out to the internet yet: perhaps this network has a login page. Open any web page "
        "in the browser and sign in there. Nothing is lost; Event Center goes on by itself once the way is "
        "free."
    )


def other_address(wiki: str) -> str:
    """Return the sentence for a redirect to another host, by the wiki or something in between."""
    return _(
        "{wiki} answers from another address, and nothing was sent there. Perhaps this network has a login "
        "page: open any web page in the browser. If the wiki has moved, add it by the address that the "
        "browser shows."
    ).format(wiki=wiki)


def proxy_broken(variable: str | None) -> str:
    """Return the sentence for an invalid proxy address; `variable` is its source, None for the system."""
    if variable is None:
        return _(
            "The system’s setting for a proxy is no address of one. Nothing was sent. Correct it in the "
            "system’s network settings."
        )
    return _(
        "The variable {variable} does not hold the address of a proxy, like http://proxy.example.org:3128. "
        "Nothing was sent. Correct it, or remove it, and start again."
    ).format(variable=variable)
