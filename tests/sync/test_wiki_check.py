"""What *Check this wiki* finds about the connection, and that it ends at the first obstacle."""

import socket
from pathlib import Path

import pytest

from app.domain import times
from app.domain.accounts.account import Identity, SignInKind, Tokens, WikiFacts
from app.domain.accounts.wiki_check import Checked, Finding, Outcome
from app.domain.faults import Fault
from app.store.accounts import accounts
from app.sync.wiki_check import check_wiki
from tests.support.outbox.sync_computer import Computer


@pytest.fixture
def computer(sync_new_computer: Computer) -> Computer:
    facts = WikiFacts("https://wiki.example.org/w", "Wiki", "wiki", "MediaWiki 1.47.0", "en", True, "1.0", 0)
    identity = Identity("Amara", 3, 3, frozenset(), frozenset())
    saved = (facts, identity, SignInKind.OWNER_TOKEN, Tokens("secret"), None, times.now())
    sync_new_computer.mirror.writer.do(accounts.save_account, *saved)
    return sync_new_computer


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "REQUESTS_CA_BUNDLE",
        "CURL_CA_BUNDLE",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "NO_PROXY",
        "no_proxy",
    ):
        monkeypatch.delenv(name, raising=False)


def found(computer: Computer) -> dict[Checked, Finding]:
    return {one.checked: one for one in check_wiki(computer.wikis, computer.account)}


def test_a_proxy_is_reported_by_name_and_not_as_the_wiki(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        proxy = f"127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setenv("HTTPS_PROXY", f"http://somebody:secret@{proxy}")
        findings = found(computer)
    assert findings[Checked.PROXY].sentence == f"over {proxy}"
    assert findings[Checked.CERTIFICATES].sentence == "those that this computer trusts"
    assert findings[Checked.CONNECTION].outcome is Outcome.BAD
    assert proxy in findings[Checked.CONNECTION].sentence
    assert "secret" not in str(findings)


def test_what_is_wrong_on_this_computer_is_found_without_a_network(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "missing.pem"
    monkeypatch.setenv("HTTPS_PROXY", "http://[")
    monkeypatch.setenv("SSL_CERT_FILE", str(missing))
    findings = found(computer)
    assert "HTTPS_PROXY" in findings[Checked.PROXY].sentence
    assert str(missing) in findings[Checked.CERTIFICATES].sentence
    assert {findings[one].outcome for one in (Checked.PROXY, Checked.CERTIFICATES)} == {Outcome.BAD}
    assert findings[Checked.CONNECTION].fault is Fault.NETWORK
