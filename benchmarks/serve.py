"""A contender as a process of its own."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from benchmarks.load import BenchmarkError

_ROOT = Path(__file__).parents[1]
_START_SECONDS = 30
_STOP_SECONDS = 20
_SHOWN = 2000  # bytes of a log


@dataclass(frozen=True)
class Contender:
    """An ASGI application, such as `benchmarks.contenders.switch:alone`; its name stands in tables and plots.

    One that `stores` gets a database of its own, and a Redis.
    """

    name: str
    app: str
    persistence: str = "cached"
    stores: bool = True


@dataclass(frozen=True)
class Server:
    """A contender that runs."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the CPU time that it and its workers have taken."""
        times = [each.cpu_times() for each in (self.process, *self.process.children())]
        return sum(each.user + each.system for each in times)


@contextmanager
def serving(contender: Contender, settings: Mapping[str, str], *, workers: int = 1) -> Iterator[Server]:
    """Serve a contender. A line for each request goes to a file, as it does in production."""
    port = _free_port()
    granian = f"granian --interface asgi --workers {workers} --no-ws --log-level warning --workers-kill-timeout 2"
    command = [sys.executable, "-m", *granian.split(), "--port", str(port), contender.app]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=_ROOT, env=os.environ | dict(settings), stderr=log) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            _await_answer(contender, process, url)
            yield Server(url, psutil.Process(process.pid))
        except BenchmarkError:
            log.seek(0)
            sys.stderr.write(log.read()[-_SHOWN:].decode())
            raise
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(contender: Contender, process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            httpx2.get(url, timeout=_START_SECONDS)
        except httpx2.TransportError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkError(f"{contender.name} did not start; what it said stands above") from None
            time.sleep(0.05)
        else:
            return
