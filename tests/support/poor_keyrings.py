"""Keyrings that are none."""

from keyring.backend import KeyringBackend


class PoorKeyring(KeyringBackend):
    """Like those that keep keys in plain text: not good enough."""

    priority = 0.5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("never asked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("never asked")


class FailingKeyring(KeyringBackend):
    """A good one whose other half has gone, with an error that no one promised."""

    priority = 5  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise ConnectionResetError("the bus has gone")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise ConnectionResetError("the bus has gone")
