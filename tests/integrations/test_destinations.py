"""Where a token may go: addresses and paths that every server reads in the same way, and no others."""

from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import effort

from remuner.integrations.domain.destinations import Auth, AuthType, Destination, is_plain_path, parse_base_url
from remuner.integrations.domain.entities import Token
from remuner.integrations.domain.passing import target
from remuner.integrations.domain.providers import PRESETS
from remuner.shared.errors import InvalidInput
from remuner.shared.upstream import Origin

BEARER = Auth(AuthType.BEARER)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("https://api.example.com", "https://api.example.com"),
        ("HTTPS://API.Example.com:443/", "https://api.example.com"),
        ("https://api.example.com:8443/v1/", "https://api.example.com:8443/v1"),
        ("http://crm.internal:80", "http://crm.internal"),
        ("https://10.0.0.7/x", "https://10.0.0.7/x"),
        ("https://[::1]:8443", "https://[::1]:8443"),
        ("https://[0:0::1]", "https://[::1]"),
        ("https://my_crm:1/a%20b", "https://my_crm:1/a%20b"),
    ],
)
def test_a_base_url_has_one_normal_form(text: str, normal: str) -> None:
    """So that the token is bound to the place, not to a spelling of it."""
    assert normal == parse_base_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "api.example.com",
        "ftp://api.example.com",
        "//api.example.com",
        "https://",
        "https:///path",
        "https://user@api.example.com",
        "https://user:password@api.example.com",
        "https://api.example.com:0",
        "https://api.example.com:65536",
        "https://api.example.com:",
        "https://api.example.com?x=1",
        "https://api.example.com/?x=1",
        "https://api.example.com/#x",
        "https://api.example.com\\@evil.example",
        "https://api.example.com/../x",
        "https://api.example.com/%2e%2e/x",
        "https://api.example.com//x",
        "https://api example.com",
        "https://api.example.com\n",
        "https://-api.example.com",
        "https://äpi.example.com",
        "https://api.example.com.",
        "https://\u017ftripe.example",
        "https://\u212aelvin.example",
        "http\u017f://api.example.com",
        "https://api.example.com/\u017f",
        "https://\uff11\uff12\uff17.0.0.1",
        "https://2130706433",
        "https://0x7f000001",
        "https://0x7f.1",
        "https://127.1",
        "https://0177.0.0.1",
        "https://127.0.0.1.",
        "https://[::1",
        "https://[fe80::1%25eth0]",
        "https://[127.0.0.1]",
        f"https://{'a' * 60}.{'a' * 60}.{'a' * 60}.{'a' * 60}.{'a' * 60}",
    ],
)
def test_a_base_url_is_one_exact_origin(text: str) -> None:
    """Whatever else an address can say is refused, and so is a number that some take for an address."""
    with pytest.raises(ValueError, match=r"."):
        parse_base_url(text)


def test_an_origin_and_a_prefix_are_read_from_the_base_url() -> None:
    """The port is the scheme's own, where none is named."""
    destination = Destination("https://[::1]:8443/v1", BEARER)
    assert (Origin("https", "::1", 8443), b"/v1") == (destination.origin, destination.prefix)
    destination = Destination("https://api.example.com", BEARER)
    assert (Origin("https", "api.example.com", 443), b"") == (destination.origin, destination.prefix)


@pytest.mark.parametrize(
    "path",
    [
        b"/",
        b"/crm/v3/objects/contacts",
        b"/crm/",
        b"/users/@me",
        b"/users/ada@example.com",
        b"/a%20b",
        b"/caf%C3%A9",
        b"/100%25",
        b"/a:b;c=d,e!$&'()*+~",
        b"/...",
        b"/.well-known",
        b"/a.b",
        b"/what%3Fever%23x",
        b"/labels/area%2Fapi",
        b"/projects/group%252Fname",
        b"/%25252541",
        b"/" + b"a" * 2047,
    ],
)
def test_usual_paths_are_plain(path: bytes) -> None:
    """Nothing that an API uses is refused."""
    assert is_plain_path(path)


@pytest.mark.parametrize(
    "path",
    [
        b"",
        b"x",
        b"//evil.example",
        b"/a//b",
        b"/.",
        b"/..",
        b"/../x",
        b"/a/../../x",
        b"/a/..",
        b"/a/./b",
        b"/%2e%2e/x",
        b"/.%2E/x",
        b"/%252e%252e/x",
        b"/%25252e%25252e/x",
        b"/..;x=1/y",
        b"/%2e%2e;/y",
        b"/a%2f",
        b"/%2Fevil.example",
        b"/a%2f%2fb",
        b"/a%2f..%2fb",
        b"/a%2F.",
        b"/a%252f%252e%252e",
        b"/a%2f;b",
        b"/;",
        b"/a%5cb",
        b"/a\\b",
        b"/a%00b",
        b"/a%0d%0ab",
        b"/a%250db",
        b"/a%7f",
        b"/a b",
        b"/a\r\nb",
        b"/a\x00",
        b"/\xc3\xa9",
        b"/a?b",
        b"/a#b",
        b"/a%zz",
        b"/a%",
        b"/a%2",
        b"/%c0%ae%c0%ae/x",
        b"/a%c0%afb",
        b"/caf%E9",
        b"/%" + b"25" * 5 + b"41",
        b"/" + b"a" * 2048,
    ],
)
def test_a_path_that_some_server_reads_in_another_way_is_not_plain(path: bytes) -> None:
    """It could leave the prefix, or end before its time."""
    assert not is_plain_path(path)


@pytest.mark.fuzz
@effort(300)
@given(st.lists(st.sampled_from([b"/", b".", b"..", b"%2e", b"%2f", b"%25", b"2e", b";", b"a", b"\\", b"%5c", b"@"])))
def test_no_plain_path_leaves_the_prefix(parts: list[bytes]) -> None:
    """However often it is decoded, and with parameters cut off."""
    path = b"/" + b"".join(parts)
    if not is_plain_path(path):
        return
    for _ in range(10):
        segments = [segment.partition(b";")[0] for segment in path.replace(b"\\", b"/").split(b"/")]
        assert not {b".", b".."} & set(segments)
        assert b"" not in segments[1:-1]
        path = unquote_to_bytes(path)


@pytest.mark.parametrize("query", [b"a b", b"a\r\nb", b"a\0", b"caf\xe9"])
def test_a_query_is_printable_ascii(query: bytes) -> None:
    """Whatever the server in front lets through."""
    with pytest.raises(InvalidInput) as refused:
        target(Destination("https://a.example", BEARER), b"/x", query, Token("tok"))
    assert "query" == refused.value.field


def test_a_token_is_bound_to_the_address_and_to_its_place_in_the_call() -> None:
    """Any other address or place is another binding; how to verify is none of it."""
    places = [
        Destination("https://a.example", BEARER),
        Destination("https://b.example", BEARER),
        Destination("https://a.example/v1", BEARER),
        Destination("https://a.example", Auth(AuthType.BEARER, "Zoho")),
        Destination("https://a.example", Auth(AuthType.HEADER, "x-key")),
        Destination("https://a.example", Auth(AuthType.QUERY, "x-key")),
        Destination("https://a.example", Auth(AuthType.BASIC)),
        Destination("https://a.example", Auth(AuthType.BASIC, username="x-key")),
    ]
    assert len(places) == len({place.binding for place in places})


def test_each_preset_is_a_destination() -> None:
    """Once the customer's own part of the address is filled in."""
    for preset in PRESETS.values():
        filled = preset.base_url.replace("{", "").replace("}", "")
        assert filled == parse_base_url(filled)
        assert preset.verify is None or is_plain_path(preset.verify.path.encode())
        assert preset.documentation.startswith("https://")
    assert {"hubspot", "salesforce", "pipedrive", "stripe", "personio", "bamboohr", "zoho_crm", "dynamics"} < {*PRESETS}
