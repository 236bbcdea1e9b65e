"""TOTP codes (RFC 6238) and recovery codes: checking them, and keeping track of used ones."""

import base64
import hashlib
import hmac
import struct
import threading

STEP_SECONDS = 30
DIGITS = 6
# Codes are valid two minutes before and after their half minute, as in the OATHAuth extension.
STEPS_OFF = 4
WRONG_CODES = 10
THROTTLE_SECONDS = 60


def code_at(secret: str, seconds: float) -> str:
    """Return the code of a base32 secret at a time in seconds since 1970 (RFC 6238, SHA-1, six digits)."""
    return _code(secret, int(seconds // STEP_SECONDS))


def _code(secret: str, step: int) -> str:
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


class SecondFactors:
    """The used codes, and the recent wrong codes by user; kept in memory only."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_step: dict[int, int] = {}
        self._used_codes: set[tuple[int, str]] = set()
        self._wrong: dict[int, list[float]] = {}

    def accept_code(self, user_id: int, secret: str, code: str, now: float) -> bool:
        """Return whether a code is correct and newer than the last accepted one; it is consumed then."""
        middle = int(now // STEP_SECONDS)
        given = "".join(code.split())
        with self._lock:
            first = max(middle - STEPS_OFF, self._last_step.get(user_id, -1) + 1)
            for step in range(first, middle + STEPS_OFF + 1):
                if hmac.compare_digest(_code(secret, step).encode(), given.encode("utf-8", "surrogatepass")):
                    self._last_step[user_id] = step
                    return True
        return False

    def accept_recovery_code(self, user_id: int, codes: tuple[str, ...], code: str) -> bool:
        """Return whether a recovery code is correct and unused; it is consumed then."""
        given = "".join(code.split()).upper()
        with self._lock:
            if given not in codes or (user_id, given) in self._used_codes:
                return False
            self._used_codes.add((user_id, given))
            return True

    def note_wrong(self, user_id: int, now: float) -> None:
        """Record a wrong code."""
        with self._lock:
            self._wrong.setdefault(user_id, []).append(now)

    def is_throttled(self, user_id: int, now: float) -> bool:
        """Return whether there were ten wrong codes in the last minute."""
        with self._lock:
            recent = [at for at in self._wrong.get(user_id, []) if now - at < THROTTLE_SECONDS]
            self._wrong[user_id] = recent
            return len(recent) >= WRONG_CODES
