"""The memory of a worker under all jobs at once."""

import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression
from tempfile import TemporaryDirectory

import psutil
import typer

from benchmarks.jobs import Job
from benchmarks.load import Load, load
from benchmarks.process.form import CREATE, MIX
from benchmarks.rows import ROWS
from benchmarks.serve import Contender, serving_as_users_do
from benchmarks.store import Store

_USERS = 100_000
_CONNECTIONS = 4  # for each job
_SAMPLE_SECONDS = 2.0
_FILL_SECONDS = 30
_MEGABYTE = 1e6


@dataclass(frozen=True)
class Point:
    """What a worker had in memory so long after the load began."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Soak:
    """A worker's memory under load; `requests` are those that were answered, by job."""

    persistence: str
    seconds: int
    warm_up_seconds: int
    requests: Mapping[str, int]
    points: Sequence[Point]

    @property
    def highest(self) -> float:
        """The most that was seen, in MB."""
        return max(point.megabytes for point in self.points)

    @property
    def slope(self) -> float:
        """How much was added, in MB an hour: least squares over what came after the warm-up."""
        return slope_an_hour([point for point in self.points if point.seconds >= self.warm_up_seconds])


def slope_an_hour(points: Sequence[Point]) -> float:
    """Return the slope of the line that fits best."""
    hours, megabytes = [point.seconds / 3600 for point in points], [point.megabytes for point in points]
    return linear_regression(hours, megabytes).slope


def soak(contender: Contender, store: Store, seconds: int, warm_up_seconds: int, rate: int | None) -> Soak:
    """Run `remuner serve` on a database of its own, under all jobs at once; of each, `rate` requests a second at most.

    Integrations are created for any of many users, so that answers keep their size; all other jobs ask for the first.
    """
    settings = store.settings(contender.persistence, _USERS)
    with (
        TemporaryDirectory() as folder,
        serving_as_users_do(settings, Path(folder)) as server,
        ThreadPoolExecutor(len(MIX)) as pool,
    ):
        (worker,) = server.workers
        # Pydantic keeps 16 384 of the strings that it has read, a megabyte, which the mix would fill in ten minutes.
        load(server.url, CREATE.request, _USERS, _FILL_SECONDS)

        def run(job: Job) -> Load:
            rows = _USERS if job is CREATE else ROWS
            return load(server.url, job.request, rows, seconds, connections=_CONNECTIONS, rate=rate)

        loads = {job.name: pool.submit(run, job) for job in MIX}
        points = _points(worker, contender.name, seconds)
        requests = {name: each.result().requests for name, each in loads.items()}
    return Soak(contender.name, seconds, warm_up_seconds, requests, points)


def _points(worker: psutil.Process, name: str, seconds: int) -> Sequence[Point]:
    begin, points = time.monotonic(), []
    with typer.progressbar(length=seconds, label=f"memory, {name}", file=sys.stderr) as bar:
        while (passed := time.monotonic() - begin) < seconds:
            points.append(Point(round(passed, 1), round(worker.memory_info().rss / _MEGABYTE, 2)))
            time.sleep(_SAMPLE_SECONDS)
            bar.update(int(_SAMPLE_SECONDS))
    return points
