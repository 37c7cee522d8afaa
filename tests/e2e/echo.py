"""A destination that gives back what it gets, in every way that it can think of."""

import gzip
import json
import threading
from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlsplit


class _Handler(BaseHTTPRequestHandler):
    """Answers by the last part of the path: how to echo."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # it would wait 40 ms between the head and the body

    def answer(self) -> None:
        """Say what was said."""
        length = int(self.headers.get("Content-Length") or 0)
        fields = str(self.headers).replace("\n", " ")
        said = f"{self.path} {fields} {self.rfile.read(length).decode()}"
        way = urlsplit(self.path).path.rpartition("/")[2]
        if way == "garbage":
            self.wfile.write(f"HTTP/1.1 {said}\r\n{said}\r\n\r\n".encode())
            self.close_connection = True
            return
        body, headers = _spoken(said, way)
        self.send_response_only(int(way) if way.isdigit() else 200, said if way == "reason" else None)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        size = 7 if way == "pieces" else len(body)
        for begin in range(0, len(body), size):
            self.wfile.write(body[begin : begin + size])
            self.wfile.flush()
        self.close_connection = way == "short"

    do_GET = do_POST = answer  # noqa: N815 - the base's

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _spoken(said: str, way: str) -> tuple[bytes, dict[str, str]]:
    """Return the body and the headers that say it."""
    plain = said.encode()
    bodies = {
        "json": lambda: json.dumps({"you": said}).encode(),
        "base64": lambda: b64encode(plain),
        "url": lambda: quote(said).encode(),
        "gzip": lambda: gzip.compress(plain),
    }
    headers = {
        "gzip": {"Content-Encoding": "gzip"},
        "headers": {"ETag": f'"{said}"', "Location": f"/x?{quote(said)}", "X-Ratelimit-Said": said},
        "short": {"Content-Length": str(len(plain) + 100)},
        "coding": {"Content-Encoding": quote(said)},
    }
    return bodies.get(way, lambda: plain)(), headers.get(way, {})


class _Server(ThreadingHTTPServer):
    """Clients may leave whenever they like."""

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


WAYS = "raw json base64 url gzip headers garbage short coding reason pieces 302 401 429 500".split()  # noqa: SIM905


class Echo:
    """The server, in a thread of its own, on 127.0.0.1."""

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05])
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
