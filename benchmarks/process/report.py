"""The report as JSON and Markdown."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from benchmarks.process.form import Form
from benchmarks.process.memory import Soak
from benchmarks.process.start import Starts
from benchmarks.process.tail import SHARE, Tail
from benchmarks.process.workers import AT_LEAST, Workers
from benchmarks.report import Spread

MEGABYTES, GROWTH, START_SECONDS, TAIL = 110, 1, 1.5, 4


@dataclass(frozen=True)
class Run:
    """All that was measured, on what, and the load average before and after."""

    form: Form
    date: str
    load_average: tuple[float, float]
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    soaks: Sequence[Soak]
    starts: Starts
    tails: Sequence[Tail]
    workers: Workers


def as_json(run: Run) -> str:
    """Return all that was measured."""
    return json.dumps(asdict(run), indent=1) + "\n"


def as_markdown(run: Run) -> str:
    """Return the report for people."""
    before, after = run.load_average
    versions = ", ".join(f"{name} {version}" for name, version in run.versions.items())
    return f"""\
# process: one process of the service

| goal | measured | |
| --- | --- | --- |
{"".join(map(_goal_row, _goals(run)))}
## Memory

| persistence | seconds | requests | resident at the end of the warm-up, MB | highest, MB | slope, MB an hour |
| --- | ---: | ---: | ---: | ---: | ---: |
{"".join(map(_soak_row, run.soaks))}
![Memory of a worker](process.svg)

## Start

| `remuner serve`, from exec to the first 200 of `/readyz` | median, s | lowest to highest |
| --- | ---: | ---: |
{_start_row("on an embedded database that is there", run.starts.embedded)}\
{_start_row("on an external database that runs", run.starts.external)}\
{_start_row("the first time, when it makes the database", [run.starts.first])}
## Tail

| job | persistence | highest, requests/s | asked | answered | p50, ms | p99, ms | p99 / p50 | from to | other work |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{"".join(map(_tail_row, run.tails))}
## Two workers

| workers | requests/s, median | lowest to highest | machine busy | the service | other work |
| ---: | ---: | ---: | ---: | ---: | ---: |
{"".join(_workers_row(run.workers, count) for count in (1, 2))}
- {run.date}, {run.form.name} form. Shares are of all cores, as are those of other work: of what is none of this run's.
- {", ".join(run.machine.values())}.
- Load average of the machine before the run: {before}; at its end, with the run itself: {after}.
- {versions}.
"""


def _goals(run: Run) -> Iterable[tuple[str, str, str]]:
    highest = max(soak.highest for soak in run.soaks)
    yield (
        f"resident memory of a worker under load ≤ {MEGABYTES} MB",
        f"{highest:.1f} MB at most",
        _verdict(met=highest <= MEGABYTES),
    )
    long = run.soaks[0]
    hours = (long.seconds - long.warm_up_seconds) / 3600
    yield (
        f"its growth over the soak, by the slope < {GROWTH} MB",
        f"{long.slope * hours:+.2f} MB in {hours * 3600:.0f} s, `{long.persistence}`",
        _verdict(met=long.slope * hours < GROWTH),
    )
    start = median(run.starts.embedded)
    yield f"start ≤ {START_SECONDS} s", f"{start:.2f} s", _verdict(met=start <= START_SECONDS)
    for tail in run.tails:
        ratio = tail.ratios.median
        goal = f"{tail.job}, `{tail.persistence}`: p99 / p50 ≤ {TAIL} at {SHARE:.0%} of the highest load"
        yield goal, f"{ratio:.2f}", _verdict(met=ratio <= TAIL)
    ratio = run.workers.ratios.median
    verdict = _verdict(met=ratio >= AT_LEAST) if run.workers.cores_allow else "cores do not allow it"
    yield f"requests of two workers / of one ≥ {AT_LEAST} where cores allow", f"{ratio:.2f}", verdict


def _goal_row(cells: tuple[str, str, str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _verdict(*, met: bool) -> str:
    return "met" if met else "missed"


def _soak_row(soak: Soak) -> str:
    warm = next(point.megabytes for point in soak.points if point.seconds >= soak.warm_up_seconds)
    figures = f"{sum(soak.requests.values()):,} | {warm:.1f} | {soak.highest:.1f} | {soak.slope:+.1f}"
    return f"| {soak.persistence} | {soak.seconds} | {figures} |\n"


def _start_row(what: str, seconds: Sequence[float]) -> str:
    spread = Spread.of(seconds)
    return f"| {what} | {spread.median:.2f} | {spread.lowest:.2f} to {spread.highest:.2f} |\n"


def _tail_row(tail: Tail) -> str:
    figures = " | ".join(
        f"{median(getattr(turn, name) for turn in tail.turns):{shape}}"
        for name, shape in {
            "highest": ",.0f",
            "asked": ",.0f",
            "answered": ",.0f",
            "p50_ms": ".2f",
            "p99_ms": ".2f",
        }.items()
    )
    ratios, others = tail.ratios, median(turn.others for turn in tail.turns)
    reach = f"{ratios.lowest:.2f} to {ratios.highest:.2f}"
    return f"| {tail.job} | {tail.persistence} | {figures} | {ratios.median:.2f} | {reach} | {others:.0%} |\n"


def _workers_row(workers: Workers, count: int) -> str:
    turns = workers.one if count == 1 else workers.two
    rates = Spread.of(turn.requests_per_second for turn in turns)
    shares = " | ".join(
        f"{median(getattr(turn, name) for turn in turns):.0%}" for name in ("busy", "service", "others")
    )
    return f"| {count} | {rates.median:,.0f} | {rates.lowest:,.0f} to {rates.highest:,.0f} | {shares} |\n"
