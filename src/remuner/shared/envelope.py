"""What every request and answer has around it: an id, headers, a line in the log and a place in the metrics."""

import re
import time
from collections.abc import Mapping

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from remuner.shared.context import ANONYMOUS, current_caller, current_request_id
from remuner.shared.ids import new_id
from remuner.shared.logs import RequestLog
from remuner.shared.metrics import Metrics
from remuner.shared.served import served
from remuner.shared.versioning import HEADER, RAW_HEADER, Minors, major_of

_SANE_REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,128}")
_LEFT = 499  # nginx's word for a client that did not wait for the answer; it is sent to nobody
_SECURITY_HEADERS = [
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"server", b"remuner"),  # else the server adds its own name
]
_DEFAULTS = [
    (b"cache-control", b"private, no-cache"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
_VARY = (b"vary", HEADER.encode())
_HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Envelope:
    """The outermost layer but for trusted proxies, pure ASGI.

    Gives the request an id (the client's X-Request-ID, when it is sane), and tells of it when it has been answered.
    """

    def __init__(self, app: ASGIApp, majors: Mapping[str, Minors], metrics: Metrics) -> None:
        """The newest minor of a major is echoed by answers under its path that no minor has served."""
        self._app = app
        self._newest = {major: minors.newest for major, minors in majors.items()}
        self._metrics = metrics
        self._log = RequestLog()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; hand everything that is not HTTP on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        method = scope["method"]
        head = method == "HEAD"
        if head:  # RFC 9110, 9.3.2: as GET, without the content
            scope = {**scope, "method": "GET"}
        state = scope.setdefault("state", {})
        state["request_id"] = request_id = _request_id(scope)
        state["method"] = method
        current_request_id.set(request_id)
        current_caller.set(ANONYMOUS)
        status = _LEFT

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(scope, message["headers"])
            elif head:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, send_with_headers)
        finally:
            request = served(scope, method, status, time.perf_counter() - begin)
            self._metrics.count(request)
            self._log.write(request, scope["client"][0] if scope.get("client") else None)

    def _add_headers(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> None:
        given = {name for name, _ in headers}
        headers += [header for header in _DEFAULTS if header[0] not in given]
        headers.append((b"x-request-id", scope["state"]["request_id"].encode()))
        headers += _SECURITY_HEADERS
        if scope["scheme"] == "https":
            headers.append(_HTTPS_ONLY)
        if newest := self._newest.get(major_of(scope["path"])):
            headers.append((RAW_HEADER, scope["state"].get("api_version", newest).encode()))
            headers.append(_VARY)
        if retirement := scope["state"].get("retirement"):
            headers += retirement.headers


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id" and _SANE_REQUEST_ID.fullmatch(value):
            return str(value, "ascii")
    return str(new_id())
