"""The report as JSON and Markdown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.calls.connections import AT_ONCE, Opened
from benchmarks.calls.form import CONTENDERS, Form
from benchmarks.calls.latency import RATE, Latency
from benchmarks.calls.streams import MEGABYTES, Stream
from benchmarks.jobs import CACHED, POSTGRES
from benchmarks.machine import described

ADDED_MS, FLAT, KEPT = 3, 20, 2


@dataclass(frozen=True)
class Run:
    """All that was measured, on what, and the load average before and after."""

    form: Form
    date: str
    load_average: tuple[float, float]
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    opened: Sequence[Opened]
    latency: Latency
    streams: Sequence[Stream]


def as_json(run: Run) -> str:
    """Return all that was measured."""
    return json.dumps(asdict(run), indent=1) + "\n"


def as_markdown(run: Run) -> str:
    """Return the report for people."""
    return f"""\
# calls: what the proxy adds to a call, and what it keeps

| goal | measured | |
| --- | --- | --- |
{"".join(map(_goal_row, _goals(run)))}
## Latency

| {RATE} calls a second | p50, ms, median | added, ms, round by round | lowest to highest |
| --- | ---: | ---: | ---: |
{"".join(_latency_row(run.latency, each.name) for each in CONTENDERS)}
## Connections

| contender | calls, {AT_ONCE} at once | connections to the destination |
| --- | ---: | ---: |
{"".join(map(_opened_row, run.opened))}
## Streams

| {MEGABYTES} MB | MB/s | memory of the worker before, MB | highest | after |
| --- | ---: | ---: | ---: | ---: |
{"".join(map(_stream_row, run.streams))}
- {run.date}, {run.form.name} form: {run.form.rounds} rounds, with a turn of {run.form.seconds} s for every contender.
{described(run.machine, run.load_average, run.versions)}"""


def _goals(run: Run) -> Iterable[tuple[str, str, bool]]:
    for each in (POSTGRES, CACHED):
        added = run.latency.added(each.name).median
        yield f"`{each.name}`: added latency at the median ≤ {ADDED_MS} ms", f"{added:.2f} ms", added <= ADDED_MS
    added = max(each.added for each in run.streams)
    yield f"{MEGABYTES} MB streamed: memory rises by ≤ {FLAT} MB", f"{added:.1f} MB at most", added <= FLAT
    for opened in run.opened:
        if opened.contender in {POSTGRES.name, CACHED.name}:
            yield (
                f"`{opened.contender}`: at most {KEPT} connections for each call at once",
                f"{opened.connections} for {opened.calls:,} calls",
                opened.connections <= KEPT * AT_ONCE,
            )


def _goal_row(goal: tuple[str, str, bool]) -> str:
    what, measured, met = goal
    return f"| {what} | {measured} | {'met' if met else 'missed'} |\n"


def _opened_row(opened: Opened) -> str:
    return f"| {opened.contender} | {opened.calls:,} | {opened.connections:,} |\n"


def _latency_row(latency: Latency, name: str) -> str:
    added = latency.added(name)
    figures = f"{added.median:.2f} | {added.lowest:.2f} to {added.highest:.2f}"
    return f"| {name} | {median(latency.p50_ms[name]):.2f} | {figures} |\n"


def _stream_row(stream: Stream) -> str:
    speed = MEGABYTES / stream.seconds
    return f"| {stream.what} | {speed:,.0f} | {stream.before:.1f} | {stream.highest:.1f} | {stream.after:.1f} |\n"
