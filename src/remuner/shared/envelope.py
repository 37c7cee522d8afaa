"""What every request and answer has around it: an id, a size, a deadline, headers, and never a bare exception."""

import asyncio
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from remuner.shared.context import current_request_id
from remuner.shared.ids import new_id
from remuner.shared.problems import Problem, problem_for
from remuner.shared.versioning import HEADER

MAX_BODY_BYTES = 64 * 1024
BODY_SECONDS = 10.0
DEADLINE_SECONDS = 4.5
_DIGITS = 10  # of a Content-Length; int() refuses thousands of them
_SANE_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")


class Envelope:
    """The outermost layer but for trusted proxies, pure ASGI.

    Gives the request an id (the client's X-Request-ID, when it is sane), reads at most 64 KiB of body, ends what takes
    longer than the deadline with 503, and turns whatever is raised into a problem document.
    """

    def __init__(self, app: ASGIApp, newest_minor: str) -> None:
        """`newest_minor` is echoed by answers under /v1 that no minor has served."""
        self._app = app
        self._newest_minor = newest_minor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; hand everything that is not HTTP on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"
        if head:  # RFC 9110, 9.3.2: as GET, without the content
            scope = {**scope, "method": "GET"}
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = _request_id(scope)
        current_request_id.set(request_id)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._add_headers(scope, MutableHeaders(scope=message))
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _read_body(scope, receive)
            async with asyncio.timeout(DEADLINE_SECONDS):
                await self._app(scope, _replay(body, receive), send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last one who could answer
            if not started:  # else it has been answered inside, and is only passed on
                await problem_for(error, scope).response(scope)(scope, receive, send_with_headers)

    def _add_headers(self, scope: Scope, headers: MutableHeaders) -> None:
        headers["X-Request-ID"] = scope["state"]["request_id"]
        headers.setdefault("Cache-Control", "private, no-cache")
        if scope["path"].startswith("/v1/"):
            headers[HEADER] = scope["state"].get("api_version", self._newest_minor)
            headers.add_vary_header(HEADER)


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return str(new_id())


async def _read_body(scope: Scope, receive: Receive) -> bytes:
    """Return the whole body, so that its size is checked before anything else; raises Problem 413.

    Half a request is not carried out: Problem 400, for a client that has stopped sending and may still listen.
    """
    length = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    if length is not None and length.isdigit() and (len(length) > _DIGITS or int(length) > MAX_BODY_BYTES):
        raise Problem("payload_too_large", headers={"Connection": "close"})
    chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
    if length in (None, b"0") and not chunked and scope["method"] in {"GET", "OPTIONS"}:
        return b""
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Problem("malformed_json", "The body ended before its time.", headers={"Connection": "close"})
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        if size > MAX_BODY_BYTES:
            raise Problem("payload_too_large", headers={"Connection": "close"})
        more = message.get("more_body", False)
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
