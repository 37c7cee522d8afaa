"""Who the application sees, when proxies are trusted and when they are not."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.types import Message, Receive, Scope, Send
from tests.effort import effort

from remuner.main import create_app
from remuner.shared.proxies import TrustedProxies
from remuner.shared.settings import Settings

TRUSTED = "127.0.0.1,10.0.0.0/8,2001:db8::/32"
FOR, PROTO = "X-Forwarded-For", "x-forwarded-proto"


async def seen(peer: tuple[str, int] | None, *headers: tuple[str, str], kind: str = "http") -> tuple[object, str]:
    """Return the client and the scheme that the application behind is told."""
    scopes = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        scopes.append(scope)

    async def receive() -> Message:
        raise AssertionError

    async def send(message: Message) -> None:
        raise AssertionError

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers]
    proxies = Settings.model_validate({"trusted_proxies": TRUSTED}).trusted_proxies
    sent = {"type": kind, "scheme": "http", "client": peer, "headers": raw}
    await TrustedProxies(app, proxies)(dict(sent), receive, send)
    assert {**sent, "client": scopes[0]["client"], "scheme": scopes[0]["scheme"]} == scopes[0]
    return scopes[0]["client"], scopes[0]["scheme"]


PEER = ("10.1.2.3", 4000)
UNCHANGED = (PEER, "http")


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ([], UNCHANGED),
        ([(FOR, "192.0.2.1"), (PROTO, "https")], (("192.0.2.1", 0), "https")),
        ([(FOR, "192.0.2.1")], (("192.0.2.1", 0), "http")),
        ([(PROTO, "https")], (PEER, "https")),
        ([(FOR, "198.51.100.9, 192.0.2.1, 10.9.9.9")], (("192.0.2.1", 0), "http")),
        ([(FOR, "198.51.100.9,192.0.2.1"), (FOR, "10.9.9.9")], (("192.0.2.1", 0), "http")),
        ([(FOR, "10.9.9.9, 10.8.8.8")], (("10.9.9.9", 0), "http")),
        ([(FOR, "192.0.2.1:5678")], (("192.0.2.1", 0), "http")),
        ([(FOR, "[2001:db9::1]:443, [2001:db8::2]")], (("2001:db9::1", 0), "http")),
        ([(FOR, "2001:DB9:0::1")], (("2001:db9::1", 0), "http")),
        ([(FOR, "fe80::1%<eth0>")], (("fe80::1", 0), "http")),
        ([(FOR, "192.0.2.1, ::ffff:10.0.0.9")], (("192.0.2.1", 0), "http")),
        ([(FOR, "::ffff:192.0.2.1")], (("192.0.2.1", 0), "http")),
        ([(FOR, "192.0.2.1, unknown")], UNCHANGED),
        ([(FOR, "192.0.2.1, unknown, 10.9.9.9")], (("10.9.9.9", 0), "http")),
        *(
            ([(FOR, garbage)], UNCHANGED)
            for garbage in ("", ",", " ", "192.0.2", "1.2.3.4:x", "[::1", ":", "_hidden", "²")
        ),
        ([(PROTO, "HTTPS ")], (PEER, "https")),
        ([(PROTO, "https, http")], UNCHANGED),
        ([(PROTO, "http"), (PROTO, "https")], (PEER, "https")),
        *(([(PROTO, garbage)], UNCHANGED) for garbage in ("", "ftp", "https;", "wss", "javascript")),
        ([("Forwarded", "for=192.0.2.1"), ("X-Real-IP", "192.0.2.1")], UNCHANGED),
    ],
)
async def test_a_trusted_proxy_is_believed(headers: list[tuple[str, str]], expected: tuple[object, str]) -> None:
    """The right-most address that is no proxy's is the client, the last scheme named is the scheme; no garbage is."""
    assert expected == await seen(PEER, *headers)


@pytest.mark.parametrize(
    ("host", "trusted"),
    [
        ("127.0.0.1", True),
        ("127.0.0.2", False),
        ("::ffff:127.0.0.1", True),
        ("::ffff:127.0.0.2", False),
        ("10.255.0.1", True),
        ("11.0.0.1", False),
        ("2001:db8:1::1", True),
        ("2001:db9::1", False),
        ("::1", False),
        ("", False),
        ("unix:", False),
    ],
)
async def test_nobody_else_is_believed(host: str, *, trusted: bool) -> None:
    """Only a peer that is listed, itself or its network, in either notation; another's headers mean nothing."""
    sent = [(FOR, "192.0.2.1"), (PROTO, "https")]
    expected = (("192.0.2.1", 0), "https") if trusted else ((host, 1), "http")
    assert expected == await seen((host, 1), *sent)


async def test_what_has_no_peer_passes_through() -> None:
    """A connection without an address, and what is not HTTP."""
    sent = [(FOR, "192.0.2.1"), (PROTO, "https")]
    assert (None, "http") == await seen(None, *sent)
    assert UNCHANGED == await seen(PEER, *sent, kind="lifespan")


def test_without_trusted_proxies_there_is_no_such_layer(settings: Settings) -> None:
    """It is the outermost one where the setting is there, and costs nothing elsewhere."""
    proxied = settings.model_copy(update={"trusted_proxies": (ip_network("127.0.0.1"),)})
    assert [False, True] == [isinstance(create_app(each), TrustedProxies) for each in (settings, proxied)]


@pytest.mark.fuzz
@effort(300)
@given(st.lists(st.text(st.characters(max_codepoint=255)) | st.ip_addresses().map(str), max_size=4))
async def test_whatever_is_forwarded_ends_in_an_address(elements: list[str]) -> None:
    """No header raises, and the client is always an address."""
    client, scheme = await seen(PEER, (FOR, ",".join(elements)), (PROTO, "".join(elements)))
    assert isinstance(client, tuple)
    assert (str(ip_address(client[0])), "http") == (client[0], scheme)


@pytest.mark.parametrize("value", ["127.0.0.1", " 10.0.0.0/8 , ::1", "2001:db8::/32"])
def test_networks_are_read(value: str) -> None:
    """Addresses and networks of both families, with spaces around them."""
    found = Settings.model_validate({"trusted_proxies": value}).trusted_proxies
    assert [ip_network(each.strip()) for each in value.split(",")] == list(found)


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        *((value, "must name the proxies") for value in ("*", "127.0.0.1, *", "0.0.0.0/0", "::/0")),
        *((value, "must be IP addresses or networks") for value in (",", "127.0.0.1,", "10.0.0.1/8", "proxy", "[::1]")),
    ],
)
def test_what_names_no_proxy_is_refused(value: str, remedy: str) -> None:
    """Everybody is nobody to trust, and a host name may be anybody's tomorrow."""
    with pytest.raises(ValidationError, match=remedy):
        Settings.model_validate({"trusted_proxies": value})
