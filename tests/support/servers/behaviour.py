"""How a scripted proxy treats the connections through it."""

from enum import StrEnum


class Behaviour(StrEnum):
    """How the proxy treats requests."""

    OPEN = "open"
    #: Before the login to a network: TLS has a certificate of an unknown authority,
    CAPTIVE_CERTIFICATE = "captive-certificate"
    #: or a valid one of another host;
    CAPTIVE_HOST = "captive-host"
    #: or the answer to CONNECT is a redirect, or a page.
    CAPTIVE_REDIRECT = "captive-redirect"
    CAPTIVE_PAGE = "captive-page"
    #: The same inside TLS intercepted by the network's authority.
    CAPTIVE_REDIRECT_INSIDE = "captive-redirect-inside"
    CAPTIVE_PAGE_INSIDE = "captive-page-inside"
    #: The answer to CONNECT is 511 (RFC 6585).
    NETWORK_LOGIN = "511"
    #: CONNECT requires the proxy's password.
    PASSWORD = "407"
    #: 403 with a page, in answer to CONNECT, or inside TLS intercepted by the network's authority.
    FILTER = "filter"
    FILTER_INSIDE = "filter-inside"
    #: TLS is intercepted by the network's authority, and everything is forwarded.
    INSPECT = "inspect"
    #: No answer to CONNECT, to the TLS handshake, or to a request; or silence in the middle of an answer.
    HANG_CONNECT = "hang-connect"
    HANG_TLS = "hang-tls"
    HANG = "hang"
    HANG_BODY = "hang-body"
    #: One byte every tenth of a second.
    TRICKLE_STATUS = "trickle-status"
    TRICKLE_HEADERS = "trickle-headers"
    TRICKLE_CHUNKS = "trickle-chunks"
    TRICKLE_GZIP = "trickle-gzip"
    #: Every connection is closed at once, or reset in the middle of an answer.
    DROP = "drop"
    RESET = "reset"
