"""One run: the contenders of the jobs take turns under load (A B A B …)."""

import secrets
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import httpx2
import typer

from benchmarks.jobs import Job
from benchmarks.load import BenchmarkError, load
from benchmarks.rows import ROWS, row_id
from benchmarks.serve import Server, serving
from benchmarks.store import Store

_WARM_UP_SECONDS = 1


@dataclass(frozen=True)
class Form:
    """How long a run is: in each round of a job every contender has a turn of some seconds.

    The contenders are started anew several times, so that the luck of one process (its memory, its core) counts little.
    """

    name: str
    starts: int
    rounds: int
    seconds: int


QUICK = Form("quick", starts=1, rounds=4, seconds=1)
FULL = Form("full", starts=5, rounds=4, seconds=2)


@dataclass(frozen=True)
class Sample:
    """One turn of a contender. Its CPU time suffers less than its rate from what else the machine has to do."""

    requests_per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


Samples = Mapping[str, list[Sample]]
"""A contender's samples, a round each, by its name."""


def run(jobs: Sequence[Job], form: Form, store: Store) -> Mapping[str, Samples]:
    """Return the samples of each job, by its name."""
    contenders = {each.name: each for job in jobs for each in job.contenders}
    settings = {
        each.name: store.settings(each.persistence, ROWS) if each.stores else store.way_out
        for each in contenders.values()
    }
    samples = {job.name: {each.name: list[Sample]() for each in job.contenders} for job in jobs}
    turns = [job for _ in range(form.starts) for job in jobs]
    with typer.progressbar(turns, label="benchmarks", file=sys.stderr, item_show_func=_name) as shown:
        todo = iter(shown)
        for _ in range(form.starts):
            with ExitStack() as stack:
                servers = {
                    name: stack.enter_context(serving(each, settings[name])) for name, each in contenders.items()
                }
                for job in jobs:
                    next(todo)
                    _take_turns(job, form, servers, samples[job.name])
        next(todo, None)
    return samples


def _name(job: Job | None) -> str:
    return job.name if job else ""


def _take_turns(job: Job, form: Form, servers: Mapping[str, Server], samples: Samples) -> None:
    _check(job, servers)
    for each in job.contenders:
        _measure(servers[each.name], job, _WARM_UP_SECONDS)
    for _ in range(form.rounds):
        for each in job.contenders:
            samples[each.name].append(_measure(servers[each.name], job, form.seconds))


def _check(job: Job, servers: Mapping[str, Server]) -> None:
    """Raise BenchmarkError unless each contender answers."""
    request = job.request.filled({"{id}": row_id(1), "{unique}": secrets.token_hex(8)})
    for each in job.contenders:
        answer = httpx2.request(
            request.method,
            servers[each.name].url + request.path,
            headers={**request.headers, "Content-Type": "application/json"},
            content=request.body or None,
            timeout=30,
        )
        if not answer.is_success:
            raise BenchmarkError(f"{job.name}: {each.name} answers {answer.status_code}: {answer.text}")


def _measure(server: Server, job: Job, seconds: int) -> Sample:
    before = server.cpu_seconds()
    done = load(server.url, job.request, job.rows, seconds)
    cpu_seconds = server.cpu_seconds() - before
    return Sample(
        requests_per_second=round(done.requests / done.seconds, 1),
        cpu_us=round(cpu_seconds / done.requests * 1e6, 2),
        p50_ms=done.p50_ms,
        p99_ms=done.p99_ms,
    )
