"""Load: the same kind of request again and again, made by `wrk`."""

import json
import secrets
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from benchmarks.keys import AUTHORIZED

CONNECTIONS = 16

_TIMEOUT_SECONDS = 10  # the service itself gives up before
_SCRIPT = Path(__file__).with_name("wrk.lua")


class BenchmarkError(Exception):
    """A run whose numbers would mean nothing."""


@dataclass(frozen=True)
class Request:
    """What is sent: `{id}` in path or body is that of one of the rows, by chance; no `{unique}` is like another."""

    path: str
    method: str = "GET"
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: AUTHORIZED)

    def filled(self, values: Mapping[str, str]) -> Self:
        """Return it with these values in path and body for what stands there, such as `{id}`."""
        path, body = self.path, self.body
        for name, value in values.items():
            path, body = path.replace(name, value), body.replace(name, value)
        return replace(self, path=path, body=body)


@dataclass(frozen=True)
class Load:
    """What was answered, and how fast."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float


def load(  # noqa: PLR0913 - the parts of a load, by name
    url: str, request: Request, rows: int, seconds: int, *, connections: int = CONNECTIONS, rate: int | None = None
) -> Load:
    """Send requests for so many seconds, on each connection the next when the last is answered.

    `url` is that of the server, `rows` how many there are to choose from, `rate` at most how many are sent in a second.
    Raises BenchmarkError if a request fails.
    """
    options = ["--threads=1", f"--connections={connections}", f"--duration={seconds}s", f"--script={_SCRIPT}"]
    options += [f"--timeout={_TIMEOUT_SECONDS}s"]
    options += [f"--header={name}: {value}" for name, value in request.headers.items()]
    arguments = [request.method, request.path, request.body, str(rows), secrets.token_hex(8), str(rate or 0)]
    command = ["wrk", *options, url, "--", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    summary = json.loads(done.stdout.splitlines()[-1])
    if summary["errors"] or not summary["requests"]:
        what = f"{request.method} {url}{request.path}"
        raise BenchmarkError(f"{what}: {summary['requests']} requests were answered, {summary['errors']} failed")
    return Load(summary["requests"], summary["duration_us"] / 1e6, summary["p50_us"] / 1000, summary["p99_us"] / 1000)
