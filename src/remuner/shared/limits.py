"""What an application is kept from: bodies without end, requests that take too long; and a bare exception from it."""

import asyncio
import traceback
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from remuner.shared.problems import Problem, problem_for

MAX_BODY_BYTES = 64 * 1024
BODY_SECONDS = 10.0
DEADLINE_SECONDS = 4.5
_DIGITS = 10  # of a Content-Length; int() refuses thousands of them


class Limits:
    """Reads at most 64 KiB of body, ends what takes longer than the deadline with 503; pure ASGI.

    Whatever is raised becomes a problem document.
    """

    def __init__(self, app: ASGIApp, limits_itself: Callable[[Scope], bool]) -> None:
        """`app` is what is kept; of some requests it limits the body and the time by itself."""
        self._app = app
        self._limits_itself = limits_itself

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; hand everything that is not HTTP on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_noting_start(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            deadline: float | None = None
            if not self._limits_itself(scope):
                receive = _replay(await _body(scope, receive), receive)
                deadline = DEADLINE_SECONDS
            async with asyncio.timeout(deadline):
                await self._app(scope, receive, send_noting_start)
        except Exception as error:  # noqa: BLE001 - the last one who could answer
            _forget_locals(error)
            if not started:  # else it has been answered inside, and is only passed on
                await problem_for(error, scope).response(scope)(scope, receive, send)


async def _body(scope: Scope, receive: Receive) -> bytes:
    """Return the whole body, so that its size is checked before anything else; raises Problem 413."""
    length = next((value for name, value in scope["headers"] if name == b"content-length"), None)
    if length is not None and length.isdigit() and (len(length) > _DIGITS or int(length) > MAX_BODY_BYTES):
        raise Problem("payload_too_large", headers={"Connection": "close"})
    chunked = any(name == b"transfer-encoding" for name, _ in scope["headers"])
    if length in (None, b"0") and not chunked and scope["method"] in {"GET", "OPTIONS"}:
        return b""
    async with asyncio.timeout(BODY_SECONDS):
        return await _read(receive)


async def _read(receive: Receive) -> bytes:
    """Return what is sent, at most 64 KiB.

    Half a request is not carried out: Problem 400, for a client that has stopped sending and may still listen.
    """
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


def _forget_locals(error: BaseException | None) -> None:
    """Clear what the frames behind an error hold, such as a parsed body: a report of it may show local variables."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


def _replay(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay
