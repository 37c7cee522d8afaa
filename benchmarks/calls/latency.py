"""How much longer a call takes through the proxy than straight to the destination, where nothing waits for anything."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import typer

from benchmarks.calls.form import CONTENDERS, PROXY, Form
from benchmarks.load import load
from benchmarks.report import Spread
from benchmarks.serve import DESTINATION, Server

RATE = 100
"""Calls a second."""

_CONNECTIONS = 4


@dataclass(frozen=True)
class Latency:
    """The median of each round, in ms, by the name of the contender."""

    p50_ms: Mapping[str, Sequence[float]]

    def added(self, contender: str) -> Spread:
        """Compare with the destination itself, round by round."""
        pairs = zip(self.p50_ms[contender], self.p50_ms[DESTINATION.name], strict=True)
        return Spread.of(through - straight for through, straight in pairs)


def latency(servers: Mapping[str, Server], form: Form) -> Latency:
    """Take turns."""
    taken: dict[str, list[float]] = {each.name: [] for each in CONTENDERS}
    with typer.progressbar(range(form.rounds), label="latency", file=sys.stderr) as bar:
        for _ in bar:
            for name, p50s in taken.items():
                done = load(
                    servers[name].url,
                    PROXY.request,
                    PROXY.rows,
                    form.seconds,
                    connections=_CONNECTIONS,
                    rate=RATE,
                )
                p50s.append(done.p50_ms)
    return Latency(taken)
