"""A contender as a process of its own, and the service as its users start it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil

from benchmarks.load import BenchmarkError

_ROOT = Path(__file__).parents[1]
_START_SECONDS = 30
_STOP_SECONDS = 20
_POLL_SECONDS = 0.003
_SHOWN = 2000  # bytes of a log


@dataclass(frozen=True)
class Contender:
    """An ASGI application, such as `benchmarks.contenders.switch:alone`, or a module that serves by itself.

    Its name stands in tables and plots. One that `stores` gets a database of its own, and a Redis.
    """

    name: str
    app: str
    persistence: str = "cached"
    stores: bool = True


DESTINATION = Contender("the destination itself", "benchmarks.destination", stores=False)


@dataclass(frozen=True)
class Server:
    """What runs, and how long it took until it answered."""

    url: str
    process: psutil.Process
    start_seconds: float

    @property
    def workers(self) -> Sequence[psutil.Process]:
        """The processes that answer."""
        return [each for each in self.process.children() if each.name() == self.process.name()]

    def cpu_seconds(self) -> float:
        """Return the CPU time that it and its workers have taken."""
        times = [each.cpu_times() for each in (self.process, *self.process.children())]
        return sum(each.user + each.system for each in times)


@contextmanager
def serving(contender: Contender, settings: Mapping[str, str], *, workers: int = 1) -> Iterator[Server]:
    """Serve a contender."""
    granian = f"granian --interface asgi --workers {workers} --no-ws --log-level warning --workers-kill-timeout 2"
    command = [sys.executable, "-m", *(granian.split() if ":" in contender.app else ()), contender.app]
    with _running(command, os.environ | dict(settings), _ROOT, "/") as server:
        yield server


@contextmanager
def serving_as_users_do(settings: Mapping[str, str], folder: Path) -> Iterator[Server]:
    """Run `remuner serve` in a folder, with these settings and no other."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REMUNER_")}
    command = [str(Path(sys.executable).with_name("remuner")), "serve"]
    with _running(command, kept | dict(settings), folder, "/readyz") as server:
        yield server


@contextmanager
def _running(command: Sequence[str], env: Mapping[str, str], folder: Path, path: str) -> Iterator[Server]:
    """Run a server, and go on when `path` is answered. A line for each request goes to a file, as in production."""
    port, begin = _free_port(), time.monotonic()
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen([*command, "--port", str(port)], cwd=folder, env=env, stdout=log, stderr=log) as process,
    ):
        try:
            _await_answer(process, port, path)
            yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid), time.monotonic() - begin)
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


def _await_answer(process: "subprocess.Popen[bytes]", port: int, path: str) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(port, path):
        if process.poll() is not None or time.monotonic() > deadline:
            raise BenchmarkError(f"{process.args!r} did not start; what it said stands above")
        time.sleep(_POLL_SECONDS)


def _answers(port: int, path: str) -> bool:
    """Whether there is an answer, and not that something is wrong."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)) as connection:
        try:
            connection.request("GET", path)
            return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
        except (OSError, HTTPException):
            return False
