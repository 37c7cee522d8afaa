"""Where a call may go, and who is believed to be there."""

import ssl
from contextlib import aclosing
from pathlib import Path

import pytest
from tests.egress.calls import fetch
from tests.egress.dns import Detour, Dns
from tests.egress.tls import Authority, Hostile, http

from remuner.shared.egress import Egress
from remuner.shared.upstream import DestinationForbidden, Origin, UpstreamUnreachable

PUBLIC = "93.184.215.14"
CLOSED = http(b"well", "Connection: close")


async def test_a_name_is_looked_up_once_for_a_connection(authority: Authority) -> None:
    """One that is public first and private next is dialled at its public address, and then no more."""
    async with (
        Hostile(authority.tls("crm.example"), "crm.example", CLOSED) as server,
        Dns([PUBLIC], ["10.0.0.1"]) as dns,
    ):
        detour = Detour(server.port)
        async with aclosing(Egress(ca_file=authority.file, resolver=dns, dial=detour)) as egress:
            assert b"well" == (await fetch(egress, server.origin)).body
            assert (["crm.example"], [PUBLIC]) == (dns.queries, detour.dialled)
            with pytest.raises(DestinationForbidden):
                await fetch(egress, server.origin)
    assert (["crm.example"] * 2, [PUBLIC]) == (dns.queries, detour.dialled)


async def test_name_and_host_stay_while_an_address_is_dialled(authority: Authority) -> None:
    """The other side sees the name in SNI and in Host, and its certificate is checked for the name."""
    async with (
        Hostile(authority.tls("crm.example"), "crm.example") as server,
        Dns([PUBLIC]) as dns,
        aclosing(Egress(ca_file=authority.file, resolver=dns, dial=Detour(server.port))) as egress,
    ):
        await fetch(egress, server.origin)
    assert ["crm.example"] == server.names
    assert [b"GET / HTTP/1.1\r\nhost: crm.example:%d\r\n\r\n" % server.port] == server.requests


async def test_the_usual_port_is_not_named(authority: Authority) -> None:
    """Some servers know themselves only without."""
    async with (
        Hostile(authority.tls("crm.example")) as server,
        Dns([PUBLIC]) as dns,
        aclosing(Egress(ca_file=authority.file, resolver=dns, dial=Detour(server.port))) as egress,
    ):
        await fetch(egress, Origin("https", "crm.example", 443))
    assert [b"GET / HTTP/1.1\r\nhost: crm.example\r\n\r\n"] == server.requests


@pytest.mark.parametrize(
    "answers",
    [
        *(["127.0.0.1"], ["10.0.0.1"], ["100.64.0.1"], ["169.254.169.254"], ["168.63.129.16"], ["224.0.0.1"]),
        *(["::1"], ["fd00::1"], ["fec0::1"], ["::ffff:8.8.8.8"], ["64:ff9b::8.8.8.8"], ["2002:808:808::1"]),
        *([PUBLIC, "10.0.0.1"], ["10.0.0.1", PUBLIC], ["2606:4700::1111", "::1"], [PUBLIC, "fe80::1"]),
    ],
)
async def test_one_refused_address_refuses_all(answers: list[str]) -> None:
    """Nothing is dialled, not even the public one beside it."""
    detour = Detour(0)
    async with Dns(answers) as dns, aclosing(Egress(resolver=dns, dial=detour)) as egress:
        with pytest.raises(DestinationForbidden):
            await fetch(egress, Origin("https", "crm.example", 443))
    assert (["crm.example"], []) == (dns.queries, detour.dialled)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:127.0.0.1", "fd00:ec2::254", "2606:4700::1111%eth0"],
)
async def test_an_address_in_the_place_of_a_name_is_checked(host: str) -> None:
    """Without a look-up."""
    detour = Detour(0)
    async with Dns([PUBLIC]) as dns, aclosing(Egress(resolver=dns, dial=detour)) as egress:
        with pytest.raises(DestinationForbidden):
            await fetch(egress, Origin("https", host, 443))
    assert ([], []) == (dns.queries, detour.dialled)


@pytest.mark.parametrize(
    "host",
    [
        *("2130706433", "0x7f000001", "127.1", "017700000001", "0x7f.1", "127.0.0.1.", "1.1.1.1.", "1.1.1.01"),
        *("\uff11\uff12\uff17.0.0.1", "b\u00fccher.example", "", ".", "a..b", ".a", "a.", "-a.b", "a" * 64 + ".b"),
        *("crm example", "crm.example\r\nx: y", "CRM.example", "a/b", "a@b", "a:b", "a%00b", "[::1]", "a.b" * 85),
    ],
)
async def test_what_is_no_name_is_refused_also_when_it_is_opened(host: str) -> None:
    """Numbers in disguise, other scripts, signs that mean something elsewhere: no look-up, no connection."""
    detour = Detour(0)
    async with Dns([PUBLIC]) as dns, aclosing(Egress(allow=[(host, 443)], resolver=dns, dial=detour)) as egress:
        with pytest.raises(DestinationForbidden):
            await fetch(egress, Origin("https", host, 443))
    assert ([], []) == (dns.queries, detour.dialled)


@pytest.mark.parametrize(
    "metadata",
    [
        *("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"),
        *("fe80::1", "::ffff:169.254.169.254", "64:ff9b::169.254.169.254", "2002:a9fe:a9fe::1", "::169.254.169.254"),
    ],
)
async def test_metadata_is_refused_also_when_it_is_opened(metadata: str) -> None:
    """By name or by address, with and without TLS."""
    detour = Detour(0)
    allow = [(host, port) for host in ("crm.example", metadata) for port in (80, 443)]
    async with Dns([metadata]) as dns, aclosing(Egress(allow=allow, resolver=dns, dial=detour)) as egress:
        for host in ("crm.example", metadata):
            for scheme, port in (("http", 80), ("https", 443)):
                with pytest.raises(DestinationForbidden):
                    await fetch(egress, Origin(scheme, host, port))
    assert [] == detour.dialled


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
async def test_the_operator_opens_a_private_address(authority: Authority, host: str) -> None:
    """By its name or its address; the same address under another name or port stays closed."""
    async with Hostile(authority.tls("localhost", "127.0.0.1"), host) as server, Dns(["127.0.0.1"]) as dns:
        egress = Egress(allow=[(host, server.port)], ca_file=authority.file, resolver=dns)
        async with aclosing(egress):
            assert b"well" == (await fetch(egress, server.origin)).body
            for closed in (Origin("https", host, server.port + 1), Origin("https", "crm.example", server.port)):
                assert not egress.opens(closed)
                with pytest.raises(DestinationForbidden):
                    await fetch(egress, closed)
            assert egress.opens(server.origin)


async def test_without_tls_goes_only_what_is_opened() -> None:
    """To anything else http is refused before the name is looked up, and so is what is no http at all."""
    async with (
        Hostile() as server,
        Dns(["127.0.0.1"]) as dns,
        aclosing(Egress(allow=[("localhost", server.port)], resolver=dns)) as egress,
    ):
        assert b"well" == (await fetch(egress, server.origin)).body
        for scheme, host in (("http", "crm.example"), ("ftp", "localhost"), ("ws", "localhost"), ("", "localhost")):
            with pytest.raises(DestinationForbidden):
                await fetch(egress, Origin(scheme, host, server.port))
    assert ["localhost"] == dns.queries
    assert [b"GET / HTTP/1.1\r\nhost: localhost:%d\r\n\r\n" % server.port] == server.requests


async def test_an_ipv6_address_stands_in_brackets() -> None:
    """In Host, as in a URL."""
    async with (
        Hostile() as server,
        aclosing(Egress(allow=[("fd12::1", server.port)], dial=Detour(server.port))) as egress,
    ):
        await fetch(egress, Origin("http", "fd12::1", server.port))
    assert [b"GET / HTTP/1.1\r\nhost: [fd12::1]:%d\r\n\r\n" % server.port] == server.requests


async def test_the_next_address_is_tried(authority: Authority) -> None:
    """Where nobody listens at the first."""
    async with Hostile(authority.tls("localhost")) as server, Dns(["127.0.0.2", "127.0.0.1"]) as dns:
        egress = Egress(allow=[("localhost", server.port)], ca_file=authority.file, resolver=dns)
        async with aclosing(egress):
            assert b"well" == (await fetch(egress, server.origin)).body


async def test_nobody_there_is_unreachable() -> None:
    """No such name, or nobody who listens at any of its addresses."""
    async with Hostile() as server:
        gone = server.port
    for answers in ([], ["127.0.0.1", "127.0.0.2"]):
        async with Dns(answers) as dns, aclosing(Egress(allow=[("localhost", gone)], resolver=dns)) as egress:
            with pytest.raises(UpstreamUnreachable):
                await fetch(egress, Origin("https", "localhost", gone))


@pytest.mark.parametrize("fault", ["wrong name", "expired", "unknown authority", "address instead of name", "old TLS"])
async def test_only_a_good_certificate_is_believed(authority: Authority, tmp_path: Path, fault: str) -> None:
    """Else it counts as not reached, and nothing of the call is sent; opening the origin does not change that."""
    tls = {
        "wrong name": authority.tls("another.example"),
        "expired": authority.tls("localhost", expired=True),
        "unknown authority": Authority(tmp_path).tls("localhost"),
        "address instead of name": authority.tls("127.0.0.1"),
        "old TLS": authority.tls("localhost"),
    }[fault]
    if fault == "old TLS":
        with pytest.warns(DeprecationWarning, match="TLS"):
            tls.minimum_version, tls.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        tls.set_ciphers("ALL:@SECLEVEL=0")
    async with (
        Hostile(tls) as server,
        aclosing(Egress(allow=[("localhost", server.port)], ca_file=authority.file)) as egress,
    ):
        with pytest.raises(UpstreamUnreachable):
            await fetch(egress, server.origin)
    assert [] == server.requests


async def test_the_systems_authorities_are_believed_as_well(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The operator's file adds to them."""
    system = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(system.file))
    async with Hostile(authority.tls("localhost")) as ours, Hostile(system.tls("localhost")) as another:
        allow = [("localhost", ours.port), ("localhost", another.port)]
        async with aclosing(Egress(allow=allow, ca_file=authority.file)) as egress:
            for server in (ours, another):
                assert b"well" == (await fetch(egress, server.origin)).body


async def test_proxies_of_the_environment_are_ignored(
    authority: Authority, server: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No connection goes there, with TLS or without."""
    async with Hostile() as proxy, Hostile() as plain:
        for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)
        allow = [("localhost", server.port), ("localhost", plain.port)]
        async with aclosing(Egress(allow=allow, ca_file=authority.file)) as egress:
            for each in (server, plain):
                assert b"well" == (await fetch(egress, each.origin)).body
    assert (0, 1, 1) == (proxy.connections, server.connections, plain.connections)
