"""The versions of the program and of what it is built on, for reports about problems."""

import platform
import sys
from importlib.metadata import version

from app import NAME, __version__
from app.commands.exit_codes import DONE
from app.commands.output import Output

#: What the program is built on.
LIBRARIES = (
    *("PySide6-Essentials", "SQLAlchemy", "sqlcipher3", "keyring", "requests", "tzdata"),
    *("RapidFuzz", "psycopg", "cryptography", "typst"),
)


def show(output: Output, *, verbose: bool) -> int:
    """Print the version, and if `verbose` those of the system and the libraries: nothing personal."""
    rows = {NAME: __version__}
    if verbose:
        rows |= details()
    for name, value in rows.items():
        output.line(f"{name} {value}")
    output.document(rows)
    return DONE


def details() -> dict[str, str]:
    """Return the versions of the system and the libraries. Raises PackageNotFoundError."""
    import ssl

    from PySide6.QtCore import QSysInfo

    package = getattr(sys, "frozen", False)
    return {
        "Installed as": "package" if package else "Python package",
        "System": f"{QSysInfo.prettyProductName()}, {platform.machine()}",
        "Python": platform.python_version(),
        "OpenSSL": ssl.OPENSSL_VERSION.removeprefix("OpenSSL "),
        **{name: version(name) for name in LIBRARIES},
    }
