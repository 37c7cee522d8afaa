"""Where the token of an integration may go, how it is put into a call, and how to find out whether it still works."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import unquote_to_bytes, urlsplit

from remuner.shared.addresses import is_name
from remuner.shared.upstream import DEFAULT_PORTS, Origin

_BASE_URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?(?P<prefix>/[!-~]*)?",
    re.IGNORECASE | re.ASCII,
)
_PORTS = range(1, 65536)
_PATH = re.compile(rb"/[!-~]{0,2047}")
_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_FORBIDDEN = re.compile(rb"[\\\x00-\x1f\x7f]")
_DOTS = frozenset((b".", b".."))
_ENCODINGS = 5
"""So many over one another are undone; nobody uses more in earnest, and a long text could have thousands."""


class AuthType(StrEnum):
    """How a token is put into a call."""

    BEARER = "bearer"
    BASIC = "basic"
    HEADER = "header"
    QUERY = "query"


@dataclass(frozen=True, slots=True)
class Auth:
    """Where the token stands in a call.

    `name` is the header's or the query parameter's; with `bearer` the scheme, if it is not Bearer. `username` goes
    with `basic`: without one, the token itself is the user name, and the password is `x`, since some want any.
    """

    type: AuthType
    name: str | None = None
    username: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The call that shows whether a token works: by the status of its answer."""

    method: str
    path: str
    valid: Sequence[int]
    rejected: Sequence[int]


@dataclass(frozen=True, slots=True)
class Destination:
    """One origin with an optional path prefix; `base_url` is as `parse_base_url` returns it."""

    base_url: str
    auth: Auth
    verify: Verification | None = None

    @property
    def binding(self) -> str:
        """What a token is bound to: it never opens for another address, or for another place in the call."""
        auth = self.auth
        return "\n".join((self.base_url, auth.type, auth.name or "", auth.username or ""))

    @property
    def origin(self) -> Origin:
        """Where calls go."""
        parts = urlsplit(self.base_url)
        return Origin(parts.scheme, parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])

    @property
    def prefix(self) -> bytes:
        """What every path begins with; empty, or a path without a slash at its end."""
        return urlsplit(self.base_url).path.encode("ascii")


def parse_base_url(text: str) -> str:
    """Return the URL in its normal form; raises ValueError for what is not one exact origin with a path prefix."""
    found = _BASE_URL.fullmatch(text)
    if found is None:
        raise ValueError(
            "This is not an address such as https://api.example.com/v1: one host in ASCII, no user, query or fragment"
        )
    scheme, host = found["scheme"].lower(), _host(found["host"].lower())
    port = int(found["port"] or DEFAULT_PORTS[scheme])
    if port not in _PORTS:
        raise ValueError("There is no such port")
    prefix = (found["prefix"] or "").rstrip("/")
    if "?" in prefix or "#" in prefix or not is_plain_path(prefix.encode("ascii") or b"/"):
        raise ValueError("The path prefix has parts that some servers read in another way; write it without them")
    return f"{scheme}://{host}{'' if port == DEFAULT_PORTS[scheme] else f':{port}'}{prefix}"


def _host(host: str) -> str:
    try:
        if host.startswith("["):
            return f"[{IPv6Address(host[1:-1])}]"
        return host if is_name(host) else str(IPv4Address(host))
    except AddressValueError:
        raise ValueError("This host is neither a name nor an address in its usual spelling") from None


def is_plain_path(path: bytes) -> bool:
    """Return whether no server reads this path as one outside of what it begins with, however often it is decoded.

    It could leave it by dots, backslashes and empty segments, also encoded ones, by what is no UTF-8 and may yet be
    read as dots, or by characters that end it; the longest paths are too long for some servers. An encoded slash may be
    a part of a name, as of GitHub's labels; what stands around it is a segment like any other.
    See https://datatracker.ietf.org/doc/html/rfc3986#section-5.2.4.
    """
    if not _PATH.fullmatch(path) or b"?" in path or b"#" in path or b"//" in path or _PERCENT.search(path):
        return False
    return all(map(_is_plain, path.split(b"/")))


def _is_plain(segment: bytes) -> bool:
    """Look at what every level of encoding makes of it."""
    for text in _decodings(segment):
        # What stands behind a semicolon is cut off by some servers before the dots.
        parts = [part.partition(b";")[0] for part in text.split(b"/")]
        if _FORBIDDEN.search(text) or not _DOTS.isdisjoint(parts) or (b"" in parts and text):
            return False
    decoded = fully_decoded(segment)
    return decoded is not None and decoded.decode(errors="ignore").encode() == decoded


def fully_decoded(text: bytes) -> bytes | None:
    """Return it without any percent-encoding, however many there are over one another; None for too many."""
    *_, last = _decodings(text)
    return last if unquote_to_bytes(last) == last else None


def _decodings(text: bytes) -> Iterator[bytes]:
    """Yield it as it is, and after each encoding that is undone."""
    yield text
    for _ in range(_ENCODINGS):
        decoded = unquote_to_bytes(text)
        if decoded == text:
            return
        text = decoded
        yield text
