"""Addresses of wiki pages for a browser."""

from urllib.parse import quote


def page_address(base_url: str, page: str, **query: str) -> str:
    """Return the address of a wiki page, with further query parameters."""
    parameters = {"title": page.replace(" ", "_"), **query}
    parts = [f"{name}={quote(value, safe=':/')}" for name, value in parameters.items()]
    return f"{base_url}/index.php?{'&'.join(parts)}"
