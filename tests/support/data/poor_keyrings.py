"""Unusable keyrings."""

from keyring.backend import KeyringBackend


class PoorKeyring(KeyringBackend):
    """A keyring with too low a priority, like those that store plain text."""

    priority = 0.5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("never asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("never asked")


class FailingKeyring(KeyringBackend):
    """A keyring whose service is gone, and that raises an undocumented error."""

    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError("the bus has gone")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionResetError("the bus has gone")
