"""Problems between this computer and a wiki are reported as such: certificates, proxies, filters."""

import socket
import sys
import warnings
from contextlib import closing

import pytest

from app.domain.faults import AWAY, Fault
from app.wiki.discovery import find_wiki
from app.wiki.http import certificates
from app.wiki.http.answers import NoAnswer
from app.wiki.http.client import WikiClient
from app.wiki.http.proxies import proxy_of
from tests.support.servers.safe_servers import SafeServers
from tests.support.servers.scripted_wiki import Reply, ScriptedWiki, fault_of
from tests.support.sign_in.secret_operations import by_session, change, exchange_verifier, read, renew

LOGIN = b"<!doctype html><html><head><title>Welcome</title></head><body>Accept the terms</body></html>"
BLOCKED = (
    b"<html><head><style>b{color:red}</style><script>if (1 < 2) alert('x')</script></head><body>"
    b"<h1>Access denied</h1><p>Blocked by the school&rsquo;s filter: <b>Social networks</b></p></body></html>"
)


@pytest.mark.parametrize("variable", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
@pytest.mark.parametrize("operation", [read, change, renew, exchange_verifier, find_wiki])
def test_a_missing_bundle_of_certificates_is_named(
    safe_servers: SafeServers, monkeypatch, tmp_path, variable: str, operation
) -> None:
    for other in certificates.VARIABLES:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv(variable, str(tmp_path / "nowhere.pem"))
    server = safe_servers.start()
    fault = fault_of(lambda: operation(server.base))
    assert fault is not None
    assert fault.fault is Fault.NETWORK
    assert f"{variable} names a file" in fault.sentence
    assert "nowhere.pem" in fault.sentence
    assert server.asked == []


def test_a_bundle_without_a_certificate_is_named(safe_servers: SafeServers, monkeypatch, tmp_path) -> None:
    nonsense = tmp_path / "nonsense.pem"
    nonsense.write_text("not a certificate")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(nonsense))
    fault = fault_of(lambda: read(safe_servers.start().base))
    assert fault is not None
    assert "REQUESTS_CA_BUNDLE" in fault.sentence


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no file of theirs to name")
def test_an_authority_in_the_systems_store_is_trusted(
    safe_servers: SafeServers, monkeypatch, tmp_path
) -> None:
    """A school or a company that inspects TLS installs its authority there (case C10)."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    store = tmp_path / "store.pem"
    safe_servers.authority.cert_pem.write_to_path(str(store))
    # OpenSSL's own variable for the store; the program's variables are not used here.
    monkeypatch.setenv("SSL_CERT_FILE", str(store))
    monkeypatch.setattr(certificates, "named_bundle", lambda: None)
    certificates._context.cache_clear()
    server = safe_servers.start()
    server.always({"id": 7})
    assert read(server.base) == {"id": 7}
    certificates._context.cache_clear()


@pytest.mark.parametrize("status", [401, 403, 406, 451])
def test_the_text_of_a_filter_page_is_shown(wiki_script: ScriptedWiki, status: int) -> None:
    wiki_script.always(BLOCKED, status, Content_Type="text/html")
    fault = fault_of(lambda: read(wiki_script.base))
    assert fault is not None
    assert fault.fault is Fault.NETWORK
    assert "Access denied Blocked by the school’s filter: Social networks" in fault.sentence
    assert "will not help" in fault.sentence
    assert len(wiki_script.asked) == 1


@pytest.mark.parametrize(
    "reply",
    [
        Reply(LOGIN, 200, {"Content-Type": "text/html"}),
        Reply(LOGIN),
        Reply(LOGIN, 511, {"Content-Type": "text/html"}),
        Reply(b"", 302, {"Location": "http://portal.example/login"}),
    ],
    ids=["page", "page without a type", "511", "redirect"],
)
def test_a_login_page_is_not_taken_for_the_wiki(wiki_script: ScriptedWiki, reply: Reply) -> None:
    wiki_script.answer = lambda _: reply
    for operation in (read, renew, exchange_verifier):
        fault = fault_of(lambda operation=operation: operation(wiki_script.base))
        assert fault is not None
        assert fault.fault in AWAY
        assert "login page" in fault.sentence
    with pytest.raises(NoAnswer):
        change(wiki_script.base)


def test_json_with_a_warning_of_php_before_it_is_no_login_page(wiki_script: ScriptedWiki) -> None:
    wiki_script.always(b"<br />\n<b>Warning</b>: x\n{}", 200, Content_Type="application/json")
    fault = fault_of(lambda: read(wiki_script.base))
    assert fault is not None
    assert fault.fault is Fault.WIKI_BROKEN


@pytest.mark.parametrize(
    "value", ["http://[", "ftp://proxy.example:21", "://x", "http://a b:3128", "http://x:port"]
)
@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_variable_without_a_valid_proxy_is_named_without_its_value(
    safe_servers: SafeServers, monkeypatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    server = safe_servers.start()
    for operation in (read, change, renew, find_wiki):
        fault = fault_of(lambda operation=operation: operation(server.base))
        assert fault is not None
        assert fault.fault is Fault.NETWORK
        assert f"The variable {name} does not hold" in fault.sentence
        assert value not in fault.sentence
    assert server.asked == []


@pytest.mark.parametrize("scheme", ["http", "socks5h", "socks5", "socks4a"])
def test_an_unreachable_proxy_is_named_without_its_password(
    safe_servers: SafeServers, monkeypatch, scheme: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://ann:secret@127.0.0.1:{port}")
    server = safe_servers.start()
    fault = fault_of(lambda: change(server.base))
    assert fault is not None
    assert fault.fault is Fault.NETWORK
    assert f"over the proxy 127.0.0.1:{port}" in fault.sentence
    assert "secret" not in fault.sentence


def test_this_computer_is_reached_without_a_proxy(wiki_script: ScriptedWiki, monkeypatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://[")
    monkeypatch.setenv("ALL_PROXY", "nonsense://")
    wiki_script.always({"id": 7})
    assert read(wiki_script.base) == {"id": 7}
    assert proxy_of(wiki_script.base) is None


def test_an_invalid_cookie_prints_nothing_on_the_terminal(wiki_script: ScriptedWiki, capsys) -> None:
    from app.__main__ import _prevent_leaks

    with warnings.catch_warnings():
        warnings.simplefilter("default")
        _prevent_leaks()
        for cookie in (
            "a=b; Max-Age=99999999999999999999999999",
            "a=b; Expires=Fri, 99 Zzz 99999999 99:99:99",
        ):
            wiki_script.always({"id": 7}, Set_Cookie=cookie)
            with closing(by_session(wiki_script.base)) as client:
                client.rest("/x")
        # The library's own warning about a bug in itself.
        warnings.warn("http.cookiejar bug!\nTraceback: secret", stacklevel=1)
    assert capsys.readouterr().err == ""


def test_infinite_numbers_and_lone_surrogates_are_rejected(wiki_script: ScriptedWiki) -> None:
    with closing(WikiClient(wiki_script.base, tries=1)) as client:
        for body in (
            b'{"a": 1e999}',
            b'{"a": -1e999}',
            b"[" * 100_000,
            b'{"a": NaN}',
            b'"' + b"x" * 5_000_000 + b'"',
        ):
            wiki_script.always(body)
            fault = fault_of(lambda: client.rest("/x"))
            assert fault is not None
            assert fault.fault is Fault.WIKI_BROKEN
        for body in (b'"\xed\xa0\x80"', b'"\\ud800"'):
            wiki_script.always(body)
            assert "\ud800" not in client.rest("/x")
