"""The memory of a worker while much passes through it."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import httpx2
import psutil

from benchmarks.destination import MEGABYTE
from benchmarks.keys import USING
from benchmarks.rows import row_id
from benchmarks.serve import Server

MEGABYTES = 100
SETTINGS = {"REMUNER_PROXY_MAX_BYTES": str(MEGABYTES * MEGABYTE)}

_SAMPLE_SECONDS = 0.005
_REST_SECONDS = 0.5
_PAUSE_SECONDS = 0.002
_BLOCK = bytes(100_000)


@dataclass(frozen=True)
class Stream:
    """How long it took, and what the worker had in memory before, at most, and after, in MB."""

    what: str
    seconds: float
    before: float
    highest: float
    after: float

    @property
    def added(self) -> float:
        """How much more it had at most than before."""
        return self.highest - self.before


def streams(server: Server) -> Sequence[Stream]:
    """Stream both ways, also to a client that is slower than the destination, so that somebody has to wait."""
    (worker,) = server.process.children()
    path = f"/v1/integrations/{row_id(1)}/proxy"
    with httpx2.Client(base_url=server.url + path, headers=USING, timeout=60) as client:
        return [
            _watched("down", worker, lambda: _down(client)),
            _watched("down, to a slow client", worker, lambda: _down(client, _PAUSE_SECONDS)),
            _watched("up", worker, lambda: _up(client)),
        ]


def _down(client: httpx2.Client, pause: float = 0) -> None:
    left = MEGABYTES * MEGABYTE
    with client.stream("GET", f"/stream/{MEGABYTES}") as answer:
        answer.raise_for_status()
        for chunk in answer.iter_raw():
            left -= len(chunk)
            time.sleep(pause)
    assert left == 0, f"{left} bytes are missing"  # noqa: S101 - no measure of half a stream


def _up(client: httpx2.Client) -> None:
    length = MEGABYTES * MEGABYTE
    blocks = (_BLOCK for _ in range(length // len(_BLOCK)))
    client.post("/contacts", content=blocks, headers={"Content-Length": str(length)}).raise_for_status()


def _watched(what: str, worker: psutil.Process, work: Callable[[], None]) -> Stream:
    before = _megabytes(worker)
    with _sampled(worker) as points:
        begin = time.monotonic()
        work()
        seconds = time.monotonic() - begin
    time.sleep(_REST_SECONDS)
    return Stream(what, round(seconds, 2), before, max(before, *points), _megabytes(worker))


@contextmanager
def _sampled(worker: psutil.Process) -> Iterator[list[float]]:
    points, stopping = list[float](), threading.Event()

    def run() -> None:
        while not stopping.wait(_SAMPLE_SECONDS):
            points.append(_megabytes(worker))

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield points
    finally:
        stopping.set()
        thread.join()


def _megabytes(worker: psutil.Process) -> float:
    return round(worker.memory_info().rss / MEGABYTE, 1)
