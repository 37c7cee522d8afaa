"""A line for each request on stderr, around the contenders that have no log of their own."""

import sys
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send


def logged(app: ASGIApp) -> ASGIApp:
    """Write method, path, status and milliseconds, as cheaply as it can be done."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        begin, status = time.perf_counter(), 0

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        await app(scope, receive, send_noting)
        seconds = time.perf_counter() - begin
        sys.stderr.write(f"{scope['method']} {scope['path']} {status} {seconds * 1000:.2f}\n")

    return answer
