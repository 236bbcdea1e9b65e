"""Codes of an authenticator (RFC 6238) and recovery codes: which are right, and which were used."""

import base64
import hashlib
import hmac
import struct
import threading

STEP_SECONDS = 30
DIGITS = 6
# Codes are good for two minutes before and after their own half minute, as the wiki's extension has it.
STEPS_OFF = 4
WRONG_CODES = 10
THROTTLE_SECONDS = 60


def code_at(secret: str, seconds: float) -> str:
    """Return the code of a base32 secret at a moment, seconds since 1970 (RFC 6238, SHA-1, six digits)."""
    return _code(secret, int(seconds // STEP_SECONDS))


def _code(secret: str, step: int) -> str:
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", step), hashlib.sha1).digest()
    place = digest[-1] & 0x0F
    number = int.from_bytes(digest[place : place + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


class SecondFactors:
    """What was used up, and who tried too often; it lives as long as the program."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last_step: dict[int, int] = {}
        self._used_codes: set[tuple[int, str]] = set()
        self._wrong: dict[int, list[float]] = {}

    def take_code(self, user_id: int, secret: str, code: str, now: float) -> bool:
        """Tell whether a code is right and newer than the last one taken; it cannot be used again."""
        middle = int(now // STEP_SECONDS)
        given = "".join(code.split())
        with self._lock:
            first = max(middle - STEPS_OFF, self._last_step.get(user_id, -1) + 1)
            for step in range(first, middle + STEPS_OFF + 1):
                if hmac.compare_digest(_code(secret, step).encode(), given.encode("utf-8", "surrogatepass")):
                    self._last_step[user_id] = step
                    return True
        return False

    def take_recovery_code(self, user_id: int, codes: tuple[str, ...], code: str) -> bool:
        """Tell whether a recovery code is right and was not used; it cannot be used again."""
        given = "".join(code.split()).upper()
        with self._lock:
            if given not in codes or (user_id, given) in self._used_codes:
                return False
            self._used_codes.add((user_id, given))
            return True

    def note_wrong(self, user_id: int, now: float) -> None:
        """Count a wrong code."""
        with self._lock:
            self._wrong.setdefault(user_id, []).append(now)

    def is_throttled(self, user_id: int, now: float) -> bool:
        """Tell whether there were ten wrong codes in the last minute."""
        with self._lock:
            recent = [at for at in self._wrong.get(user_id, []) if now - at < THROTTLE_SECONDS]
            self._wrong[user_id] = recent
            return len(recent) >= WRONG_CODES
