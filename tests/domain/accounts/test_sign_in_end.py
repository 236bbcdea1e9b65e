"""When a sign-in ends, as far as is known."""

import math

import pytest

from app.domain.accounts.account import Cookie, OAuth1Secrets, SessionSecrets, Tokens
from app.domain.accounts.sign_in_end import known_end


def cookie(name: str, expires: int | None) -> Cookie:
    return Cookie(name, "x", "wiki.example.org", "/", True, expires)


SESSION = cookie("wiki_session", None)
NAMED = cookie("wikiUserID", 9_000)
RESTORING = cookie("wikiToken", 5_000)
JWT = cookie("sessionJwt", 9_500)


@pytest.mark.parametrize(
    ("secrets", "end"),
    [
        (Tokens("a", "r", 4_000), math.inf),
        (Tokens("a", None, 4_000), 4_000),
        (Tokens("a"), math.inf),
        (OAuth1Secrets("k", "s", "t", "u"), math.inf),
        (SessionSecrets((SESSION, NAMED, RESTORING, JWT)), 5_000),
        (SessionSecrets((RESTORING, cookie("centralauth_Token", 6_000))), 6_000),
        (SessionSecrets((SESSION, NAMED, JWT)), None),
        (None, None),
    ],
)
def test_the_end_that_is_known(secrets, end):
    assert known_end(secrets) == end
