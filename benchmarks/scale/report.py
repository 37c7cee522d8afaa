"""What a run comes to: latencies and their ratios to those with the fewest users, as JSON, Markdown and SVG."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from itertools import pairwise
from statistics import median

from benchmarks.load import Load
from benchmarks.machine import described
from benchmarks.report import Spread
from benchmarks.run import Form
from benchmarks.scale.jobs import SIZES, Job
from benchmarks.scale.run import Samples

_TITLE = "Median latency in ms with 1,000 to 1,000,000 users"
_LEFT, _TOP, _WIDTH, _HEIGHT, _RIGHT, _GAP = 64, 48, 440, 480, 500, 20
_XS = [_LEFT + _WIDTH * nth / (len(SIZES) - 1) for nth in range(len(SIZES))]
_COLORS = ("1f77b4", "d62728", "2ca02c", "9467bd", "8c564b", "c2569b", "444444", "a07000", "0f8b8d", "e06c00")
_STROKES = [f'stroke="#{color}"{dash}' for dash in ("", ' stroke-dasharray="6 4"') for color in _COLORS]


@dataclass(frozen=True)
class Part:
    """What was measured on one PostgreSQL, and in how many seconds its databases were filled."""

    jobs: Sequence[Job]
    filled_in: float
    samples: Samples


@dataclass(frozen=True)
class Run:
    """A run, in parts by their names, and what it was made with and on; the load average before and after."""

    parts: Mapping[str, Part]
    missing: str
    form: Form
    date: str
    load_average: tuple[float, float]
    machine: Mapping[str, str]
    versions: Mapping[str, str]

    def lines(self) -> Sequence["Line"]:
        """Return what came out for each job."""
        return [Line(job, part.samples[job.name]) for part in self.parts.values() for job in part.jobs]


@dataclass(frozen=True)
class Line:
    """A job's samples by the number of users, as many for each."""

    job: Job
    samples: Mapping[int, Sequence[Load]]

    def p50(self, users: int) -> float:
        """Return the median of the rounds' median latencies, in ms."""
        return median(each.p50_ms for each in self.samples[users])

    def ratios(self, users: int) -> Spread:
        """Compare with the fewest users round by round: what slows the machine for a while slows both."""
        rounds = zip(self.samples[users], self.samples[SIZES[0]], strict=True)
        return Spread.of(many.p50_ms / few.p50_ms for many, few in rounds)


def as_json(run: Run) -> str:
    """Return all that was measured, and what it comes to."""
    shown = asdict(run)
    for part in shown["parts"].values():
        del part["jobs"]
    shown["ratios"] = {
        line.job.name: {users: asdict(line.ratios(users)) for users in SIZES[1:]} for line in run.lines()
    }
    return json.dumps(shown, indent=1) + "\n"


def as_markdown(run: Run) -> str:
    """Return the report for people."""
    few, *more = (f"{users:,}" for users in SIZES)
    filled = ", ".join(f"{name} in {part.filled_in:.0f} s" for name, part in run.parts.items())
    return f"""\
# scale: latency with {few} to {more[-1]} users

| p50, ms, with users | {few} | {" | ".join(more)} |
| --- | ---: | {" | ".join("---:" for _ in more)} |
{"".join(map(_latency_row, run.lines()))}
| p50 / p50 with {few}, round by round | {" | ".join(more)} | lowest to highest | goal | |
| --- | {" | ".join("---:" for _ in more)} | ---: | ---: | --- |
{"".join(map(_ratio_row, run.lines()))}
![Latency against size](scale.svg)

- {run.date}, {run.form.name} form: {run.form.rounds} rounds, with a turn of {run.form.seconds} s for every size; one
  connection, one worker. Lowest to highest: with {more[-1]} users.
- The databases of all sizes were filled on PostgreSQL {filled}.{_missing(run)}
{described(run.machine, run.load_average, run.versions)}"""


def _missing(run: Run) -> str:
    return f" Search with pg_trgm was not measured: {run.missing}." if run.missing else ""


def _latency_row(line: Line) -> str:
    return f"| {line.job.name} | {' | '.join(f'{line.p50(users):.2f}' for users in SIZES)} |\n"


def _ratio_row(line: Line) -> str:
    ratios = [line.ratios(users) for users in SIZES[1:]]
    shown = " | ".join(f"{each.median:.2f}" for each in ratios)
    reach = f"{ratios[-1].lowest:.2f} to {ratios[-1].highest:.2f}"
    goal, met = "", ""
    if line.job.goal:
        goal, met = f"≤ {line.job.goal}", "met" if max(each.median for each in ratios) <= line.job.goal else "missed"
    return f"| {line.job.name} | {shown} | {reach} | {goal} | {met} |\n"


def as_svg(run: Run) -> str:
    """Draw a line for each job: the logarithm of its latency against that of the size."""
    lines = [(line, [line.p50(users) for users in SIZES]) for line in run.lines()]
    ticks = _ticks([ms for _, taken in lines for ms in taken])

    def y(ms: float) -> float:
        return _TOP + _HEIGHT * math.log(ticks[-1] / ms) / math.log(ticks[-1] / ticks[0])

    width, height, end = _LEFT + _WIDTH + _RIGHT, _TOP + _HEIGHT + 40, _LEFT + _WIDTH
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24">{_TITLE}</text>',
    ]
    for ms in ticks:
        parts.append(f'<path d="M{_LEFT} {y(ms):.1f}H{end}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y(ms) + 5:.1f}" text-anchor="end">{ms:g}</text>')
    for x, users in zip(_XS, SIZES, strict=True):
        parts.append(f'<text x="{x:.0f}" y="{_TOP + _HEIGHT + 24}" text-anchor="middle">{users:,}</text>')
    places = apart([y(taken[-1]) for _, taken in lines], _GAP, _TOP + _HEIGHT)
    for nth, ((line, taken), place) in enumerate(zip(lines, places, strict=True)):
        parts += _curve(line, [y(ms) for ms in taken], place, _STROKES[nth % len(_STROKES)])
    return "\n".join([*parts, "</svg>"]) + "\n"


def _curve(line: Line, ys: Sequence[float], place: float, stroke: str) -> Sequence[str]:
    """Draw a line, and lead it to its label at a place on the right."""
    users, end = SIZES[-1], _LEFT + _WIDTH
    points = " ".join(f"{x:.0f},{y:.1f}" for x, y in zip(_XS, ys, strict=True))
    label = f"{line.job.name}: {line.p50(users):.2f} ms, ratio {line.ratios(users).median:.2f}"
    return (
        f'<polyline points="{points}" fill="none" stroke-width="2" {stroke}/>',
        f'<path d="M{end} {ys[-1]:.1f}L{end + 28} {place:.1f}" {stroke}/>',
        f'<text x="{end + 34}" y="{place + 5:.1f}">{escape(label)}</text>',
    )


def _ticks(values: Sequence[float]) -> list[float]:
    """Return 1, 2 and 5 times the powers of ten, of which the first and the last have all between them."""
    steps = [digit * 10.0**power for power in range(-3, 6) for digit in (1, 2, 5)]
    begin, end = max(each for each in steps if each <= min(values)), min(each for each in steps if each >= max(values))
    return [each for each in steps if begin <= each <= end]


def apart(wanted: Sequence[float], gap: float, limit: float) -> list[float]:
    """Return a place for each, at most `limit`, near to where it is wanted and with a gap between any two."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    places = list(wanted)
    for before, each in pairwise(order):
        places[each] = max(places[each], places[before] + gap)
    for each in reversed(order):
        places[each] = limit = min(places[each], limit)
        limit -= gap
    return places
