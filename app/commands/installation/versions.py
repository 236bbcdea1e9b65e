"""The versions of the program and of what it is built on, for reports about problems."""

import platform
import sys
from importlib.metadata import version

from app import NAME, __version__
from app.commands.output import Output

_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "keyring", "requests", "tzdata")


def show(output: Output, *, details: bool) -> None:
    """Print the version, and with `details` those of the system and the libraries: nothing personal."""
    rows = {NAME: __version__}
    if details:
        rows |= _details()
    for name, value in rows.items():
        output.line(f"{name} {value}")
    output.document(rows)


def _details() -> dict[str, str]:
    import ssl

    from PySide6.QtCore import QSysInfo

    package = getattr(sys, "frozen", False)
    return {
        "Installed as": "package" if package else "Python package",
        "System": f"{QSysInfo.prettyProductName()}, {platform.machine()}",
        "Python": platform.python_version(),
        "OpenSSL": ssl.OPENSSL_VERSION.removeprefix("OpenSSL "),
        **{name: version(name) for name in _LIBRARIES},
    }
