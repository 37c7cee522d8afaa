"""Which addresses a call to another system may go to. Standard library only."""

import re
import unicodedata
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TypeAlias

Address: TypeAlias = IPv4Address | IPv6Address

_METADATA = tuple(
    ip_network(each)
    for each in (
        "169.254.0.0/16",  # link-local: 169.254.169.254 nearly everywhere, 169.254.170.2 in containers of AWS
        "fe80::/10",  # link-local
        "100.100.100.200",  # Alibaba
        "168.63.129.16",  # Azure
        "192.0.0.192",  # Oracle
        "fd00:ec2::/32",  # AWS: ::254, and ::23 for pods
        "fd20:ce::254",  # Google
        "fd00:42::42",  # Scaleway
        "fd00:100::100:200",  # Alibaba
        "fd00:a9fe:a9fe::1",  # Akamai
        "fd00:c1::a9fe:a9fe",  # Oracle
    )
)
"""Where a cloud tells a machine its own credentials."""

_NOT_PUBLIC = tuple(
    ip_network(each)
    for each in (
        "192.0.0.0/24",  # protocol assignments
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.175.48.0/24",  # AS112
        "::/3",  # all but 2000::/3: mapped, compatible and translated IPv4, NAT64, discarded
        "4000::/2",
        "8000::/1",  # local, link-local, fec0::/10, multicast
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
"""What `is_global` lets through, in one Python or another."""

_CARRIERS = tuple(
    ip_network(each)
    for each in (
        "::/96",  # IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "::ffff:0:0:0/96",  # IPv4-translated (SIIT)
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # NAT64, local
    )
)
"""Their last 32 bits are an IPv4 address."""

_NAT64_LOCAL = _CARRIERS[-1]
_HEXADECIMAL = re.compile("0x[0-9a-f]*")
_LABEL = "[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")


def refused(address: Address) -> bool:
    """Return whether the address is not on the public internet, or leads to one that may not be."""
    return (
        not address.is_global
        or address.is_multicast
        or getattr(address, "scope_id", None) is not None
        or any(address in network for network in _NOT_PUBLIC)
        or is_metadata(address)
    )


def is_metadata(address: Address) -> bool:
    """Return whether a cloud's metadata may answer there, also by way of IPv6: no setting opens these."""
    return any(each in network for each in (address, *_carried(address)) for network in _METADATA)


def is_name(host: str) -> bool:
    """Return whether the host is a name to look up: in lower case, without a dot at its end, and not `is_numeric`."""
    return _NAME.fullmatch(host) is not None and not is_numeric(host)


def is_numeric(host: str) -> bool:
    """Return whether a parser such as inet_aton may take the name for an IPv4 address, which it is not spelled like."""
    name = unicodedata.normalize("NFKC", host).replace("。", ".").rstrip(".").lower()
    last = name.rpartition(".")[2]
    if not (last.isdigit() or _HEXADECIMAL.fullmatch(last)):
        return False
    try:
        ip_address(host)
    except ValueError:
        return True
    return False


def _carried(address: Address) -> Iterator[IPv4Address]:
    """Yield the IPv4 addresses that a gateway may take from it."""
    if isinstance(address, IPv4Address):
        return
    number = int(address)
    if any(address in network for network in _CARRIERS):
        yield IPv4Address(number & 0xFFFF_FFFF)
    if address in _NAT64_LOCAL:  # RFC 6052: behind 48, 56 or 64 bits, of which the ninth octet is none
        bits = number >> 64 << 56 | number & (1 << 56) - 1
        for behind in (48, 56, 64):
            yield IPv4Address(bits >> 120 - 32 - behind & 0xFFFF_FFFF)
    if address.sixtofour is not None:
        yield address.sixtofour
    yield from address.teredo or ()
