"""What the measures of one process come to; nothing is started."""

import json
from xml.etree import ElementTree as ET

import pytest
from benchmarks.process.form import QUICK
from benchmarks.process.memory import Point, Soak, slope_an_hour
from benchmarks.process.plot import as_svg
from benchmarks.process.report import Run, as_json, as_markdown
from benchmarks.process.start import Starts
from benchmarks.process.tail import Tail
from benchmarks.process.tail import Turn as TailTurn
from benchmarks.process.workers import Turn, Workers
from benchmarks.report import Spread


def _soak(*megabytes: float, warm_up_seconds: int = 60) -> Soak:
    """A sample each minute."""
    points = [Point(60.0 * minute, each) for minute, each in enumerate(megabytes)]
    return Soak("cached <new>", 60 * len(points), warm_up_seconds, {"user": 1000, "page": 500}, points)


def _tail(*p99s: float) -> Tail:
    """A turn for each, with a p50 of 2 ms."""
    return Tail("user", "cached", [TailTurn(1000, 600, 599.5, 2, p99, 0.05) for p99 in p99s])


def _workers(busy: float) -> Workers:
    """Two workers that are as fast as one, then twice as fast."""
    one, two = [Turn(1000, busy, 0.4, 0), Turn(900, busy, 0.4, 0)], [Turn(1000, 1, 0.5, 0), Turn(1800, 1, 0.7, 0)]
    return Workers(one, two)


def _run(soak: Soak, *, seconds: float = 1.2, p99: float = 8, busy: float = 0.5) -> Run:
    starts = Starts(3, [seconds, 1, 9], [1, 1, 1])
    measured = [soak, _soak(90, 91, 91)], starts, [_tail(p99)], _workers(busy)
    return Run(QUICK, "2026-01-31", (0.1, 2.0), {"cpu": "A CPU"}, {"wrk": "4.1"}, *measured)


def test_the_slope_is_that_of_the_line_that_fits_best() -> None:
    """Per hour, whatever the line begins with."""
    assert 60 == pytest.approx(slope_an_hour([Point(0, 90), Point(60, 91), Point(120, 92)]))
    assert 0 == pytest.approx(slope_an_hour([Point(0, 90), Point(60, 93), Point(120, 93), Point(180, 90)]))


def test_the_slope_leaves_the_warm_up_out_and_the_highest_does_not() -> None:
    """A worker fills its pools in the first minute, and these are memory too."""
    soak = _soak(120, 90, 91, 92)
    assert [120, 60] == pytest.approx([soak.highest, soak.slope])


def test_a_tail_is_the_ratio_of_each_turn() -> None:
    """The median of the ratios: a turn in which the machine was busy counts as one."""
    assert Spread(3, 2, 50) == _tail(4, 100, 6).ratios


@pytest.mark.parametrize(("busy", "allowed"), [(0.66, True), (0.67, False)])
def test_cores_allow_what_there_is_cpu_time_for(busy: float, *, allowed: bool) -> None:
    """One worker and all that it asks, times one and a half, has to fit into the machine."""
    assert allowed == _workers(busy).cores_allow


@pytest.mark.parametrize(
    ("run", "row"),
    [
        (_run(_soak(95, 100, 110)), "| resident memory of a worker under load ≤ 110 MB | 110.0 MB at most | met |"),
        (
            _run(_soak(95, 100, 110.1)),
            "| resident memory of a worker under load ≤ 110 MB | 110.1 MB at most | missed |",
        ),
        (_run(_soak(90, 95, 95.45)), "+0.90 MB in 120 s, `cached <new>` | met |"),
        (_run(_soak(90, 95, 95.55)), "+1.10 MB in 120 s, `cached <new>` | missed |"),
        (_run(_soak(90, 90, 90), seconds=1.5), "| start ≤ 1.5 s | 1.50 s | met |"),
        (_run(_soak(90, 90, 90), seconds=1.51), "| start ≤ 1.5 s | 1.51 s | missed |"),
        (_run(_soak(90, 90, 90), p99=8), "| user, `cached`: p99 / p50 ≤ 4 at 60% of the highest load | 4.00 | met |"),
        (_run(_soak(90, 90, 90), p99=9), "| 4.50 | missed |"),
        (_run(_soak(90, 90, 90)), "| requests of two workers / of one ≥ 1.5 where cores allow | 1.50 | met |"),
        (_run(_soak(90, 90, 90), busy=0.9), "| 1.50 | cores do not allow it |"),
    ],
)
def test_the_report_says_which_goals_are_met(run: Run, row: str) -> None:
    """At the bound they are."""
    assert [row] == [line[-len(row) :] for line in as_markdown(run).splitlines() if line.endswith(row)]


def test_the_report_has_a_row_for_each_thing_measured() -> None:
    """With medians and ranges."""
    lines = as_markdown(_run(_soak(90, 95, 96))).splitlines()
    for row in (
        "| cached <new> | 180 | 1,500 | 95.0 | 96.0 | +60.0 |",
        "| on an embedded database that is there | 1.20 | 1.00 to 9.00 |",
        "| user | cached | 1,000 | 600 | 600 | 2.00 | 8.00 | 4.00 | 4.00 to 4.00 | 5% |",
        "| 2 | 1,400 | 1,000 to 1,800 | 100% | 60% | 0% |",
    ):
        assert row in lines


def test_the_json_has_every_sample() -> None:
    """So that others can look at them in another way."""
    shown = json.loads(as_json(_run(_soak(90, 95, 96))))
    assert [90, 95, 96] == [point["megabytes"] for point in shown["soaks"][0]["points"]]
    assert [1.2, 1, 9] == shown["starts"]["embedded"]


def test_the_plot_has_a_line_for_each_soak() -> None:
    """As high as the memory, from 0 MB up, over the whole of the time; names are escaped."""
    svg = ET.fromstring(as_svg([_soak(110, 55, 110), _soak(90)], 110))
    lines = [[each.split(",") for each in line.attrib["points"].split()] for line in svg.findall("{*}polyline")]
    (left, high), (_, low), (right, _) = [(float(x), float(y)) for x, y in lines[0]]
    assert [3, 1] == [*map(len, lines)]
    assert [60, 640, 280] == pytest.approx([left, right, 2 * low - high], abs=0.2)
    assert "cached <new>" in [text.text for text in svg.findall("{*}text")]
