"""A call of another system, as the domain knows it; `shared.egress` carries it out. Standard library only."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from remuner.shared.errors import RemunerError

Headers: TypeAlias = Sequence[tuple[bytes, bytes]]
"""Names in lower case, with values."""

DEFAULT_PORTS = {"https": 443, "http": 80}


class DestinationForbidden(RemunerError):
    """The address is none that a token may be sent to."""

    code = "destination_forbidden"
    detail = "The destination's host stands for an address that is not public, or cannot be one."


class UpstreamUnreachable(RemunerError):
    """No connection, no certificate that holds, or no answer before the connection ended."""

    code = "upstream_unreachable"
    detail = "The destination could not be reached."


class UpstreamTimeout(RemunerError):
    """The destination did not answer in time."""

    code = "upstream_timeout"
    detail = "The destination did not answer in time."


class UpstreamTooLarge(RemunerError):
    """The answer is larger than what is passed on, as sent or as decoded."""

    code = "upstream_too_large"
    detail = "The destination's answer is too large."


class UpstreamMalformed(RemunerError):
    """The answer is not HTTP, or coded in a way that cannot be read, so that nobody can tell what is in it."""

    code = "upstream_malformed"
    detail = "The destination's answer could not be read."


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a call goes; `host` in lower case, an IPv6 address without brackets."""

    scheme: str
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class UpstreamRequest:
    """A call; `target` is the path with the query, `headers` may hold a secret."""

    origin: Origin
    method: str
    target: bytes = field(repr=False)
    headers: Headers = field(default=(), repr=False)
    body: AsyncIterator[bytes] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class UpstreamAnswer:
    """An answer as it came, but for the content coding, which is undone."""

    status: int
    headers: Headers = field(repr=False)
    body: AsyncIterator[bytes] = field(repr=False)


class Upstream(Protocol):
    """Calls other systems: never by way of a proxy, never following a redirect."""

    def opens(self, origin: Origin) -> bool:
        """Return whether the operator has opened this very origin, private address and plain http included."""

    def send(self, request: UpstreamRequest) -> AbstractAsyncContextManager[UpstreamAnswer]:
        """Send it and give the answer as soon as its headers are there.

        Raises DestinationForbidden before anything is sent, UpstreamUnreachable, UpstreamTimeout, UpstreamMalformed
        and, also while the body is read, UpstreamTooLarge.
        """
