"""Which addresses are public, which are a cloud's metadata, and which names are numbers in disguise."""

from ipaddress import IPv4Address, ip_address

import pytest

from remuner.shared.addresses import is_metadata, is_numeric, refused

PUBLIC = """
1.1.1.1 8.8.8.8 93.184.215.14 172.15.0.1 172.32.0.1 100.63.0.1 100.128.0.1 223.255.255.1
2606:4700:4700::1111 2001:4860:4860::8888 2a00:1450:4001:81b::200e 2001:200::1 3ffe::1
"""

NOT_PUBLIC = """
0.0.0.0 0.1.2.3 10.0.0.1 127.0.0.1 127.255.255.254 172.16.0.1 172.31.255.255 192.168.1.1 100.64.0.1 100.127.255.255
198.18.0.1 198.19.255.255 192.0.2.1 198.51.100.1 203.0.113.1 192.0.0.1 192.0.0.9 192.31.196.1 192.52.193.1
192.88.99.1 192.175.48.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 100::1 fc00::1 fdff::1 fe80::1 fec0::1 fef0::1 ff02::1 ff0e::1 2001::1 2001:2::1 2001:10::1 2001:20::1
2001:db8::1 3fff::1 5f00::1 2620:4f:8000::1
"""

DETOURS = """
::ffff:8.8.8.8 ::8.8.8.8 ::ffff:0:8.8.8.8 64:ff9b::8.8.8.8 64:ff9b:1::8.8.8.8 2002:808:808::1 2001:0:808:808::1
2606:4700:4700::1111%eth0
"""

METADATA = """
169.254.169.254 169.254.170.2 169.254.0.1 100.100.100.200 168.63.129.16 192.0.0.192
fe80::a9fe:a9fe fe80::1%eth0 fd00:ec2::254 fd00:ec2::23 fd20:ce::254 fd00:42::42
fd00:100::100:200 fd00:a9fe:a9fe::1 fd00:c1::a9fe:a9fe
"""

NUMERIC = """
2130706433 0x7f000001 0X7F000001 017700000001 0 0x 00000000
127.1 127.0.1 0x7f.1 0177.0.0.1 127.0.0.01 127.0.0.0x1 1.2.3.4.5 256.1.1.1
127.0.0.1. 127.1. 127.0.0.1.. 2130706433. example.1 example.0x7f
"""

NAMES = """
127.0.0.1 8.8.8.8 ::1 ::ffff:127.0.0.1 . api.example.com example.com. 1.example.com 0x7f.example 1password.com
a1 x0x1 3com 0xyz
"""


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_pass(address: str) -> None:
    """Those of the internet, up to the edges of what is refused."""
    assert not refused(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_what_is_not_public_is_refused(address: str) -> None:
    """Every entry of the registries of special addresses, multicast included."""
    assert refused(ip_address(address))


@pytest.mark.parametrize("address", DETOURS.split())
def test_detours_to_public_addresses_are_refused(address: str) -> None:
    """Who carries IPv4 inside IPv6, or names an interface, does not mean the public internet."""
    assert refused(ip_address(address))


@pytest.mark.parametrize("address", METADATA.split())
def test_metadata_addresses_are_known(address: str) -> None:
    """Those of the clouds; they are refused, too, though Azure's is as public as any."""
    found = ip_address(address)
    assert (True, True) == (is_metadata(found), refused(found))


@pytest.mark.parametrize("metadata", ["169.254.169.254", "100.100.100.200", "168.63.129.16", "192.0.0.192"])
@pytest.mark.parametrize("form", ["::ffff:{}", "::{}", "::ffff:0:{}", "64:ff9b::{}", "64:ff9b:1::{}"])
def test_metadata_is_known_inside_ipv6(form: str, metadata: str) -> None:
    """A gateway would unwrap it."""
    assert is_metadata(ip_address(form.format(metadata)))


@pytest.mark.parametrize(
    "address",
    [
        "2002:a9fe:a9fe::1",
        "2001:0:a9fe:a9fe::1",  # Teredo's server
        "2001:0:808:808:0:0:5601:5601",  # Teredo's client, inverted
        "64:ff9b:1:a9fe:a9:fe00::",  # RFC 6052, behind 48 bits
        "64:ff9b:1:a9:fe:a9fe::",  # behind 56
        "64:ff9b:1:0:a9:fea9:fe00::",  # behind 64
    ],
)
def test_metadata_is_known_wherever_ipv6_carries_it(address: str) -> None:
    """Not every form has it at the end."""
    assert is_metadata(ip_address(address))


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::1", "fd12::1", "::ffff:10.0.0.1", "64:ff9b::10.0.0.1"])
def test_private_is_no_metadata(address: str) -> None:
    """An operator may open these."""
    assert (False, True) == (is_metadata(ip_address(address)), refused(ip_address(address)))


def test_every_bit_of_a_carried_address_counts() -> None:
    """Its neighbours, behind 48 bits and on both sides of the ninth octet, are no metadata."""
    for bit in range(32):
        number = int(IPv4Address("168.63.129.16")) ^ 1 << bit
        carrier = int(ip_address("64:ff9b:1::")) | number >> 16 << 64 | (number & 0xFFFF) << 40
        assert not is_metadata(ip_address(carrier))


@pytest.mark.parametrize("host", NUMERIC.split())
def test_numeric_spellings_are_known(host: str) -> None:
    """Whatever some parser reads as a number, also with a dot too many."""
    assert is_numeric(host)


@pytest.mark.parametrize(
    "host",
    [
        "\uff11\uff12\uff17.0.0.1",  # full-width digits
        "\uff11\uff12\uff17\uff0e\uff11",  # and full stop
        "127\u30020\u30020\u30021",  # ideographic full stop
        "127\uff610\uff610\uff611",  # half-width one
        "\u2460\u2461\u2466.0.0.1",  # circled digits
        "0\uff587f.1",  # full-width x
        "\u0661\u0662\u0667.\u0661",  # Arabic digits
    ],
)
def test_numeric_spellings_are_known_in_every_script(host: str) -> None:
    """Software on the way may make ASCII of it."""
    assert is_numeric(host)


@pytest.mark.parametrize("host", ["", *NAMES.split()])
def test_names_and_addresses_are_no_numeric_spellings(host: str) -> None:
    """Addresses as they are written are checked as such, and digits may stand in a name."""
    assert not is_numeric(host)
