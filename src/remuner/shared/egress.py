"""Calls of other systems: to checked addresses only, without proxies, redirects or cookies, within bounds.

A name is looked up once for each connection, every address is checked, and it is the checked one that is dialled; the
name stays in the certificate's check, in SNI and in `Host`.
"""

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, contextmanager
from ipaddress import ip_address
from pathlib import Path
from select import POLLIN, poll
from socket import socket
from typing import Any, Protocol, TypeAlias, cast

import h11
import httpcore2

from remuner.shared.addresses import Address, is_metadata, is_name, refused
from remuner.shared.decoding import codings_of, decoded
from remuner.shared.resolver import SystemResolver
from remuner.shared.upstream import (
    DEFAULT_PORTS,
    DestinationForbidden,
    Headers,
    Origin,
    UpstreamAnswer,
    UpstreamMalformed,
    UpstreamRequest,
    UpstreamTimeout,
    UpstreamTooLarge,
    UpstreamUnreachable,
)

MAX_BYTES = 10 * 1024 * 1024
CONNECT_SECONDS = 5.0
_IDLE_SECONDS = 30.0
_CONNECTIONS = 1000
_IDLE = 100
"""More would cost each request more, since httpcore2 looks at every one, than they save."""

_OURS = frozenset({b"host", b"transfer-encoding"})
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_WITHOUT_BODY = frozenset({204, 304})
_FINAL = 200
"""The first status of an answer that is one."""


class Resolver(Protocol):
    """Looks a name up."""

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        """Return its addresses, the best first; raises OSError if there is none."""


Dial: TypeAlias = Callable[[str, int, float], Awaitable[httpcore2.AsyncNetworkStream]]
"""Connects to an address and port within some seconds."""

_DIAL = httpcore2.AnyIOBackend().connect_tcp


class Egress:
    """Carries out calls, as `shared.upstream.Upstream` describes; connections are kept for the next call."""

    def __init__(  # noqa: PLR0913 - each by name
        self,
        *,
        allow: Collection[tuple[str, int]] = (),
        ca_file: Path | None = None,
        max_bytes: int = MAX_BYTES,
        resolver: Resolver | None = None,
        dial: Dial = _DIAL,
        connect_seconds: float = CONNECT_SECONDS,
    ) -> None:
        """Connect nothing yet.

        `allow` are hosts and ports that may be private or spoken to without TLS, `ca_file` holds authorities besides
        the system's, `max_bytes` is the limit of an answer, `resolver` is the system's if there is none, and `dial`
        connects to an address that was checked. `connect_seconds` are each for the look-up with the connection, for TLS
        and for the wait before; of how long an answer may take the caller decides.
        """
        self._extensions = {"timeout": {"pool": connect_seconds, "connect": connect_seconds}}
        self._allow = frozenset(allow)
        self._max_bytes = max_bytes
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=_tls(ca_file),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_IDLE,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=_CheckedNetwork(self._allow, resolver or SystemResolver(), dial),
        )

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()

    def opens(self, origin: Origin) -> bool:
        """Return whether the operator has opened this very origin, private address and plain http included."""
        return (origin.host, origin.port) in self._allow

    @asynccontextmanager
    async def send(self, request: UpstreamRequest) -> AsyncIterator[UpstreamAnswer]:
        """Send it and give the answer; whoever leaves before the end of its body closes the connection."""
        call = self._call(request)
        with _translated():
            answer = await self._pool.handle_async_request(call)
        try:
            headers, codings = self._checked(request, answer)
            async with aclosing(self._body(answer, codings)) as body:
                yield UpstreamAnswer(answer.status, headers, body)
        finally:
            if _is_followed(answer):
                await answer.extensions["network_stream"].aclose()
            await answer.aclose()

    def _call(self, request: UpstreamRequest) -> httpcore2.Request:
        """Return the request as it leaves: with the host and the framing that are ours."""
        origin = request.origin
        spoken = origin.scheme == "https" or (origin.scheme == "http" and self.opens(origin))
        if not (spoken and origin.host.isascii()):
            raise DestinationForbidden
        headers = [(b"host", _host(origin)), *(each for each in request.headers if each[0] not in _OURS)]
        if all(name != b"content-length" for name, _ in headers):
            if request.body is not None:
                headers.append((b"transfer-encoding", b"chunked"))
            elif request.method in _WITH_BODY:
                headers.append((b"content-length", b"0"))
        return httpcore2.Request(
            request.method,
            httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=request.target),
            headers=headers,
            content=request.body,
            extensions=self._extensions,
        )

    def _checked(self, request: UpstreamRequest, answer: httpcore2.Response) -> tuple[Headers, Sequence[bytes]]:
        """Return what is passed on of the headers, and the codings of the body."""
        headers = [(name.lower(), value) for name, value in answer.headers]
        if answer.status < _FINAL:
            raise UpstreamMalformed
        if request.method == "HEAD" or answer.status in _WITHOUT_BODY:
            return headers, ()
        codings = codings_of(headers)
        chunked = any(name == b"transfer-encoding" for name, _ in headers)
        untrue = {b"content-encoding", b"content-length"} if codings else {b"content-length"} if chunked else set()
        if not chunked and any(name == b"content-length" and int(value) > self._max_bytes for name, value in headers):
            raise UpstreamTooLarge
        return [each for each in headers if each[0] not in untrue], codings

    async def _body(self, answer: httpcore2.Response, codings: Sequence[bytes]) -> AsyncGenerator[bytes, None]:
        with _translated():
            async with aclosing(answer.aiter_stream()) as raw, aclosing(decoded(raw, codings, self._max_bytes)) as body:
                async for part in body:
                    yield part


class _CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Dials what a name stands for, if all of it may be dialled."""

    def __init__(self, allow: Collection[tuple[str, int]], resolver: Resolver, dial: Dial) -> None:
        self._allow = allow
        self._resolver = resolver
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the shape of httpcore2's backends
        local_address: str | None = None,  # noqa: ARG002 - the same
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,  # noqa: ARG002 - the same
    ) -> httpcore2.AsyncNetworkStream:
        """Look the name up, check, and try one address after the other, each for its share of the time."""
        end = asyncio.get_running_loop().time() + (timeout or CONNECT_SECONDS)
        try:
            async with asyncio.timeout_at(end):
                addresses = await self._addresses(host, port)
        except TimeoutError:
            raise UpstreamTimeout from None
        failed: Exception = UpstreamUnreachable()
        for tried, address in enumerate(addresses):
            share = (end - asyncio.get_running_loop().time()) / (len(addresses) - tried)
            try:
                return _Connection(await self._dial(str(address), port, share))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failed = error
        raise failed

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        literal = _literal(host)
        try:
            addresses = await self._resolver(host, port) if literal is None else [literal]
        except OSError:
            raise UpstreamUnreachable from None
        opened = (host, port) in self._allow
        if any(is_metadata(each) or (refused(each) and not opened) for each in addresses):
            raise DestinationForbidden
        return addresses


class _Connection(httpcore2.AsyncNetworkStream):
    """A connection that a cancelled handshake closes, and that can be asked cheaply whether something came.

    httpcore2 would leave it open, and asks that of every idle connection, twice for each request.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream
        self._socket: socket = stream.get_extra_info("socket")
        self._tls: ssl.SSLObject | None = stream.get_extra_info("ssl_object")

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109 - httpcore2's shape
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109 - as above
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        await self._stream.aclose()

    def get_extra_info(self, info: str) -> object:
        if info == "ssl_object":
            return self._tls
        if info != "is_readable":
            return self._stream.get_extra_info(info)
        if (descriptor := self._socket.fileno()) < 0:
            return True
        seen = poll()
        seen.register(descriptor, POLLIN)
        return bool(seen.poll(0))

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - as above
    ) -> httpcore2.AsyncNetworkStream:
        try:
            return _Connection(await self._stream.start_tls(ssl_context, server_hostname, timeout))
        except BaseException:
            await self._stream.aclose()
            raise


def _is_followed(answer: httpcore2.Response) -> bool:
    """Return whether something has come behind the answer, which the next call would take for its own."""
    held: h11.Connection = cast("Any", answer.stream)._stream._connection._h11_state  # noqa: SLF001 - nobody tells
    if held.trailing_data[0]:
        return True
    tls = answer.extensions["network_stream"].get_extra_info("ssl_object")
    if tls is None:
        return False
    try:
        tls.read(1)
    except ssl.SSLWantReadError:
        return False
    except ssl.SSLError:
        pass
    return True


@contextmanager
def _translated() -> Iterator[None]:
    """Say it in the domain's words, of which none repeats what was sent."""
    try:
        yield
    except httpcore2.TimeoutException:
        raise UpstreamTimeout from None
    except (httpcore2.NetworkError, ssl.SSLError):
        raise UpstreamUnreachable from None
    except httpcore2.RemoteProtocolError as error:
        if isinstance(error.args[0], h11.RemoteProtocolError):
            raise UpstreamMalformed from None
        raise UpstreamUnreachable from None  # httpcore2's own finding: the end of the connection, and no answer
    except (httpcore2.LocalProtocolError, h11.LocalProtocolError):
        raise UpstreamMalformed from None


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = httpcore2.default_ssl_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    return context


def _literal(host: str) -> Address | None:
    """Return the address that the host is, or None for a name; raises DestinationForbidden where it is neither."""
    try:
        return ip_address(host)
    except ValueError:
        if not is_name(host):
            raise DestinationForbidden from None
        return None


def _host(origin: Origin) -> bytes:
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    return (host if origin.port == DEFAULT_PORTS[origin.scheme] else f"{host}:{origin.port}").encode()
