"""What a run comes to: ratios, and the report as JSON, Markdown and SVG."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from statistics import median
from typing import Self

from benchmarks.jobs import Goal, Job
from benchmarks.machine import described
from benchmarks.run import Form, Sample

_ROW, _LEFT, _BAR, _RIGHT = 44, 180, 440, 120


@dataclass(frozen=True)
class Spread:
    """The middle of some numbers and how far they reach."""

    median: float
    lowest: float
    highest: float

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Self:
        """Look at the numbers once."""
        ordered = sorted(numbers)
        return cls(median(ordered), ordered[0], ordered[-1])


@dataclass(frozen=True)
class Run:
    """A run of a job, what it was made with and on, and the load average before and after."""

    job: Job
    form: Form
    date: str
    load_average: tuple[float, float]
    machine: Mapping[str, str]
    versions: Mapping[str, str]
    samples: Mapping[str, Sequence[Sample]]

    def rates(self, contender: str) -> Spread:
        """Look at a contender's requests per second."""
        return Spread.of(sample.requests_per_second for sample in self.samples[contender])

    def ratios(self, goal: Goal) -> Spread:
        """Compare a contender with the best of others round by round: what slows the machine for a while slows all."""
        return Spread.of(
            of.requests_per_second / max(each.requests_per_second for each in to) for of, to in self._rounds(goal)
        )

    def cpu_ratio(self, goal: Goal) -> float:
        """Compare them by requests per second of CPU time."""
        return median(min(each.cpu_us for each in to) / of.cpu_us for of, to in self._rounds(goal))

    def _rounds(self, goal: Goal) -> Iterable[tuple[Sample, Sequence[Sample]]]:
        others = zip(*(self.samples[each] for each in goal.to), strict=True)
        return zip(self.samples[goal.of], others, strict=True)


def as_json(run: Run) -> str:
    """Return all that was measured, and what it comes to."""
    shown = {**asdict(run), "job": run.job.name}
    shown["goals"] = [
        {**asdict(goal), **asdict(run.ratios(goal)), "median_by_cpu": run.cpu_ratio(goal)} for goal in run.job.goals
    ]
    return json.dumps(shown, indent=1) + "\n"


def as_markdown(run: Run) -> str:
    """Return the report for people."""
    return f"""\
# {run.job.name}: {run.job.title}

| contender | requests/s, median | lowest to highest | p50, ms | p99, ms | CPU, µs a request |
| --- | ---: | ---: | ---: | ---: | ---: |
{"".join(_contender_row(run, each.name) for each in run.job.contenders)}
| ratio of requests/s, round by round | median | lowest to highest | goal | | median by CPU time |
| --- | ---: | ---: | ---: | --- | ---: |
{"".join(_goal_row(run, goal) for goal in run.job.goals)}
![Requests per second]({run.job.name}.svg)

{_made(run)}"""


def _made(run: Run) -> str:
    return f"""\
- {run.date}, {run.form.name} form; starts of the contenders, with one worker each: {run.form.starts}; rounds after each
  start: {run.form.rounds}, with a turn of {run.form.seconds} s for every contender.
{described(run.machine, run.load_average, run.versions)}"""


def goals_as_markdown(runs: Sequence[Run]) -> str:
    """Return what the runs come to: a row for each goal."""
    rows = [f"| [{run.job.name}]({run.job.name}.md) {_goal_row(run, goal)}" for run in runs for goal in run.job.goals]
    return f"""\
# Goals: requests per second, one worker each

| job | ratio, round by round | median | lowest to highest | goal | | median by CPU time |
| --- | --- | ---: | ---: | ---: | --- | ---: |
{"".join(rows)}
{_made(runs[0])}"""


def as_svg(run: Run) -> str:
    """Draw a bar for each contender's median, and a line from its lowest to its highest rate."""
    spreads = {each.name: run.rates(each.name) for each in run.job.contenders}
    scale = _BAR / max(spread.highest for spread in spreads.values())
    width, height = _LEFT + _BAR + _RIGHT, 40 + _ROW * len(spreads)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="12" y="24">{escape(run.job.name)}: requests/s, median, lowest to highest</text>',
    ]
    for row, (name, spread) in enumerate(spreads.items()):
        y = 40 + _ROW * row
        low, middle, high = (_LEFT + value * scale for value in (spread.lowest, spread.median, spread.highest))
        parts += [
            f'<text x="{_LEFT - 8}" y="{y + 18}" text-anchor="end">{escape(name)}</text>',
            f'<rect x="{_LEFT}" y="{y}" width="{middle - _LEFT:.1f}" height="26" fill="#4c78a8"/>',
            f'<path d="M{low:.1f} {y + 13}H{high:.1f}M{low:.1f} {y + 8}v10M{high:.1f} {y + 8}v10" stroke="#222222"/>',
            f'<text x="{_LEFT + _BAR + 8}" y="{y + 18}">{spread.median:,.0f}</text>',
        ]
    return "\n".join([*parts, "</svg>"]) + "\n"


def _contender_row(run: Run, name: str) -> str:
    rates, taken = run.rates(name), run.samples[name]
    p50, p99 = median(each.p50_ms for each in taken), median(each.p99_ms for each in taken)
    reach = f"{rates.lowest:,.0f} to {rates.highest:,.0f}"
    cpu = median(each.cpu_us for each in taken)
    return f"| {name} | {rates.median:,.0f} | {reach} | {p50:.2f} | {p99:.2f} | {cpu:.1f} |\n"


def _goal_row(run: Run, goal: Goal) -> str:
    ratios = run.ratios(goal)
    bound = "|"
    if goal.at_least is not None:
        bound = f"≥ {goal.at_least} | {'met' if ratios.median >= goal.at_least else 'missed'}"
    reach = f"{ratios.lowest:.3f} to {ratios.highest:.3f}"
    return f"| {goal_name(goal)} | {ratios.median:.3f} | {reach} | {bound} | {run.cpu_ratio(goal):.3f} |\n"


def goal_name(goal: Goal) -> str:
    """Return it as tables have it."""
    return f"{goal.of} / {goal.to[0] if len(goal.to) == 1 else 'the best alternative'}"
