"""Two workers beside one, and how busy the machine is with each."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil
import typer

from benchmarks.cpu import watched
from benchmarks.jobs import CACHED
from benchmarks.load import load
from benchmarks.process.form import USER, WARM_UP_SECONDS, Form
from benchmarks.report import Spread
from benchmarks.rows import ROWS
from benchmarks.serve import serving
from benchmarks.store import Store

AT_LEAST = 1.5
_CONNECTIONS = 64


@dataclass(frozen=True)
class Turn:
    """What so many workers did, and shares of all cores: of everybody, of the service, of other work."""

    requests_per_second: float
    busy: float
    service: float
    others: float


@dataclass(frozen=True)
class Workers:
    """The turns of one worker, and of two."""

    one: Sequence[Turn]
    two: Sequence[Turn]

    @property
    def ratios(self) -> Spread:
        """How many times the requests two workers answer, turn by turn."""
        pairs = zip(self.one, self.two, strict=True)
        return Spread.of(two.requests_per_second / one.requests_per_second for one, two in pairs)

    @property
    def cores_allow(self) -> bool:
        """Whether there was CPU time left for so many more requests while one worker answered."""
        return Spread.of(turn.busy for turn in self.one).median * AT_LEAST <= 1


def workers(store: Store, form: Form) -> Workers:
    """Take turns, each with processes of its own."""
    settings = store.settings(CACHED.persistence, ROWS)
    taken: dict[int, list[Turn]] = {1: [], 2: []}
    with typer.progressbar(range(form.turns), label="workers", file=sys.stderr) as bar:
        for _ in bar:
            for count, turns in taken.items():
                turns.append(_turn(settings, count, form))
    return Workers(taken[1], taken[2])


def _turn(settings: Mapping[str, str], count: int, form: Form) -> Turn:
    with serving(CACHED, settings, workers=count) as server:
        load(server.url, USER.request, ROWS, WARM_UP_SECONDS)
        before = server.cpu_seconds()
        done, cpu = watched(lambda: load(server.url, USER.request, ROWS, form.closed_seconds, connections=_CONNECTIONS))
        service = (server.cpu_seconds() - before) / done.seconds / (psutil.cpu_count() or 1)
    return Turn(round(done.requests / done.seconds, 1), cpu.busy, round(service, 3), cpu.others)
