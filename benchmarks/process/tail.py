"""The slowest of a hundred requests beside the usual one, at a load that the service can bear."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import typer

from benchmarks.cpu import watched
from benchmarks.jobs import CACHED, POSTGRES, Job
from benchmarks.load import load
from benchmarks.process.form import CREATE, PAGE, REPLACE, STATS, USER, WARM_UP_SECONDS, Form
from benchmarks.report import Spread
from benchmarks.rows import ROWS
from benchmarks.serve import Server, serving
from benchmarks.store import Store

SHARE = 0.6
_CONNECTIONS = 64
_MEASURED = ((USER, CACHED), (USER, POSTGRES), *((job, CACHED) for job in (PAGE, CREATE, REPLACE, STATS)))


@dataclass(frozen=True)
class Turn:
    """Requests a second: the most there can be, what was asked for, and what was answered; and how fast that was.

    `others` is the share of all cores that work took which is none of this run's.
    """

    highest: float
    asked: float
    answered: float
    p50_ms: float
    p99_ms: float
    others: float

    @property
    def ratio(self) -> float:
        """How many times as long the slow ones take."""
        return self.p99_ms / self.p50_ms


@dataclass(frozen=True)
class Tail:
    """The turns of a job."""

    job: str
    persistence: str
    turns: Sequence[Turn]

    @property
    def ratios(self) -> Spread:
        """How many times as long the slow ones take, turn by turn."""
        return Spread.of(turn.ratio for turn in self.turns)


def tails(store: Store, form: Form) -> list[Tail]:
    """Take turns. Each has a process of its own; each job has a database of its own, which only `create` fills."""
    settings = [store.settings(contender.persistence, ROWS) for _, contender in _MEASURED]
    taken: list[list[Turn]] = [[] for _ in _MEASURED]
    with typer.progressbar(range(form.turns), label="tail", file=sys.stderr) as bar:
        for _ in bar:
            for (job, contender), given, turns in zip(_MEASURED, settings, taken, strict=True):
                with serving(contender, given) as server:
                    turns.append(_turn(server, job, form))
    return [Tail(job.name, contender.name, turns) for (job, contender), turns in zip(_MEASURED, taken, strict=True)]


def _turn(server: Server, job: Job, form: Form) -> Turn:
    load(server.url, job.request, ROWS, WARM_UP_SECONDS)
    closed = load(server.url, job.request, ROWS, form.closed_seconds)
    highest = closed.requests / closed.seconds
    asked = round(SHARE * highest)
    paced, cpu = watched(
        lambda: load(server.url, job.request, ROWS, form.paced_seconds, connections=_CONNECTIONS, rate=asked)
    )
    answered = round(paced.requests / paced.seconds, 1)
    return Turn(round(highest, 1), asked, answered, paced.p50_ms, paced.p99_ms, cpu.others)
