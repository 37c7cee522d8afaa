"""A call of a destination over HTTP: the request's body as it comes, the answer as it comes."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from remuner.integrations.domain.entities import Call
from remuner.integrations.domain.errors import IntegrationNotFound
from remuner.shared.errors import InvalidInput
from remuner.shared.problems import Problem
from remuner.shared.upstream import Headers, UpstreamAnswer

_GATHERED = 64 * 1024
_CALLING = re.compile(r"/v1/integrations/[^/]+/(?:proxy/.*|verify)", re.DOTALL)
_WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
_OWN_HEADERS: Headers = [
    (b"x-remuner-upstream", b"true"),
    (b"cache-control", b"no-store"),
    # What the destination sends is no page of this origin, whatever a browser makes of it.
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
]


def calls_destination(scope: Scope) -> bool:
    """Return whether a request has limits of its own: its body is streamed, and the destination may take its time."""
    return scope["type"] == "http" and _CALLING.fullmatch(scope["path"]) is not None


def call_of(request: Request, max_bytes: int) -> Call:
    """Return what a request to `…/proxy/{path}` asks for, its path as it was sent; raises InvalidInput or Problem."""
    if request.headers.get("sec-fetch-dest", "empty") != "empty" or request.headers.get("sec-fetch-mode") == "no-cors":
        raise Problem("cross_site_request", "A page may fetch this by a script of its own, not load, show or run it.")
    scope = request.scope
    _, found, path = scope["raw_path"].partition(b"/proxy/")
    if not found:
        raise IntegrationNotFound  # an encoded slash made it look like this path
    return Call(
        scope["state"]["method"],
        b"/" + path.partition(b"?")[0],  # test clients leave the query in it
        scope["query_string"],
        scope["headers"],
        _body(request, max_bytes),
    )


def _body(request: Request, max_bytes: int) -> AsyncIterator[bytes] | None:
    length, coding = request.headers.get("content-length"), request.headers.get("transfer-encoding")
    if length is not None and coding is not None:
        raise InvalidInput("Content-Length", "Send either Content-Length or Transfer-Encoding.")
    announced = length is not None or coding is not None
    if not announced and (request.scope["http_version"].startswith("1") or request.method not in _WITH_BODY):
        return None  # HTTP/2 does not announce a body
    if length is not None and int(length) == 0:
        return None
    if length is not None and int(length) > max_bytes:
        raise _too_large(max_bytes)
    return _chunks(request, max_bytes)


async def _chunks(request: Request, max_bytes: int) -> AsyncIterator[bytes]:
    size, more = 0, True
    while more:
        message = await request.receive()
        if message["type"] != "http.request":
            raise Problem("malformed_json", "The body ended before its time.", headers={"Connection": "close"})
        chunk, more = message.get("body", b""), message.get("more_body", False)
        size += len(chunk)
        if size > max_bytes:
            raise _too_large(max_bytes)
        if chunk:
            yield chunk


def _too_large(max_bytes: int) -> Problem:
    return Problem("payload_too_large", f"Send at most {max_bytes} bytes.", headers={"Connection": "close"})


class PassedOn(Response):
    """The answer of a destination: whole if it is small and no stream of events, else in the chunks it comes in."""

    def __init__(self, answer: AbstractAsyncContextManager[UpstreamAnswer], method: str) -> None:
        """`answer` is entered when this is sent; `method` is what was asked with."""
        super().__init__()
        self._answer = answer
        self._has_body = method != "HEAD"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - ASGI's
        """Gather as much as a small answer has before anything is sent, so that a failure is still told as such."""
        with suppress(_ClientGone):
            async with self._answer as answer:
                await self._pass_on(answer, receive, send)

    async def _pass_on(self, answer: UpstreamAnswer, receive: Receive, send: Send) -> None:
        has_body = self._has_body and answer.status not in _WITHOUT_BODY
        at_most = 0 if has_body and _has_events(answer.headers) else _GATHERED
        chunks, gathered, rest = aiter(answer.body), bytearray(), True
        while rest and len(gathered) < at_most:
            chunk = await anext(chunks, None)
            rest = chunk is not None
            gathered += chunk or b""
        headers = [*answer.headers, *_OWN_HEADERS]
        if rest:
            headers.append((b"x-accel-buffering", b"no"))  # nginx would hold a stream of events back
        elif has_body:
            headers.append((b"content-length", str(len(gathered)).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": bytes(gathered), "more_body": rest})
        if rest:
            async with _while_the_client_listens(receive):
                async for chunk in chunks:
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})


def _has_events(headers: Headers) -> bool:
    """Return whether the other side sends an event when there is one, which nobody may hold back."""
    return any(name == b"content-type" and value.lower().startswith(b"text/event-stream") for name, value in headers)


class _ClientGone(Exception):
    """Nobody waits for the rest."""


@asynccontextmanager
async def _while_the_client_listens(receive: Receive) -> AsyncIterator[None]:
    """End what is done in it when the client goes, by _ClientGone; a server does not say so by itself."""

    async def watch() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        listening.reschedule(0)

    try:
        async with asyncio.timeout(None) as listening:
            watching = asyncio.create_task(watch())
            try:
                yield
            finally:
                watching.cancel()
    except TimeoutError:
        if listening.expired():
            raise _ClientGone from None
        raise
