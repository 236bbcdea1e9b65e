"""Texts about network problems between this computer and a wiki, and what can be done about them."""

from app.i18n import _


def login_page() -> str:
    """Return the sentence for a network that requires a login first."""
    return _(
        "There is no way out to the internet yet: perhaps this network has a login page. Open any web page "
        "in the browser and sign in there. Nothing is lost; Event Center goes on by itself once the way is "
        "free."
    )


def filtered(wiki: str, status: int, page: str) -> str:
    """Return the sentence for a page sent by something between here and the wiki instead of the wiki."""
    return _(
        "Something on the way to {wiki} does not let this through (HTTP {status}): “{page}” Trying again on "
        "this network will not help: use another one, or ask whoever runs it. Nothing is lost."
    ).format(wiki=wiki, status=status, page=page)


def other_address(wiki: str) -> str:
    """Return the sentence for a redirect to another host, by the wiki or something in between."""
    return _(
        "{wiki} answers from another address, and nothing was sent there. Perhaps this network has a login "
        "page: open any web page in the browser. If the wiki has moved, add it by the address that the "
        "browser shows."
    ).format(wiki=wiki)


def proxy_wants_password(proxy: str) -> str:
    """Return the sentence for a proxy that requires authentication."""
    return _(
        "The proxy {proxy} wants a user name and a password. Nothing was sent. Put them into the address of "
        "the proxy, like http://name:password@{proxy}, or ask whoever runs this network."
    ).format(proxy=proxy)


def proxy_refuses(proxy: str, wiki: str, status: int) -> str:
    """Return the sentence for a proxy that refuses the connection to a wiki."""
    return _(
        "The proxy {proxy} does not let us through to {wiki} (HTTP {status}). Nothing was sent. Use another "
        "network, or ask whoever runs this one."
    ).format(proxy=proxy, wiki=wiki, status=status)


def proxy_unavailable(proxy: str, wiki: str) -> str:
    """Return the sentence for a proxy that does not respond, or cannot reach the wiki."""
    return _(
        "{wiki} cannot be reached over the proxy {proxy}. What was fetched before is still here; check the "
        "proxy’s address, or try again later."
    ).format(wiki=wiki, proxy=proxy)


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


def bundle_unreadable(variable: str, path: str) -> str:
    """Return the sentence for an unreadable file of certificates that a variable refers to."""
    return _(
        "The variable {variable} names a file of certificates that cannot be read: {path}. Nothing was sent. "
        "Correct it, or remove it, and start again."
    ).format(variable=variable, path=path)


def certificate_refused(wiki: str) -> str:
    """Return the sentence for a wiki whose certificate is not trusted."""
    return _(
        "The connection to {wiki} is not safe: its certificate is not trusted. Nothing was sent. Perhaps "
        "this network has a login page: open any web page in the browser. If not, check the address and "
        "this computer’s clock."
    ).format(wiki=wiki)
