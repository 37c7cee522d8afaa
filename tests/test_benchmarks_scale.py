"""What the latencies with several numbers of users come to; nothing is started."""

import json
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from benchmarks.load import Load, Request
from benchmarks.report import Spread
from benchmarks.rows import names
from benchmarks.run import Form
from benchmarks.scale import jobs, report


def _run(*rounds: Sequence[float], missing: str = "") -> report.Run:
    """A run of one job whose rounds have these medians, in ms, a number for each size."""
    job = jobs.Job("user <one>", Request("/"))
    taken = {users: [Load(9, 1.0, p50s[nth], 40) for p50s in rounds] for nth, users in enumerate(jobs.SIZES)}
    part = report.Part([job], 52.4, {job.name: taken})
    form = Form("quick", starts=1, rounds=len(rounds), seconds=1)
    return report.Run({"as embedded": part}, missing, form, "2026-01-31", (0.1, 2.0), {}, {"wrk": "4.1"})


def test_sizes_are_compared_round_by_round() -> None:
    """The median of the ratios to the smallest, not the ratio of the medians."""
    run = _run((1, 1, 1, 1.2), (10, 10, 10, 11), (3, 3, 3, 6))
    assert Spread(1.2, 1.1, 2.0) == run.lines()[0].ratios(jobs.SIZES[-1])
    shown = report.as_markdown(run).splitlines()
    assert "| user <one> | 3.00 | 3.00 | 3.00 | 6.00 |" in shown
    assert "| user <one> | 1.00 | 1.00 | 1.20 | 1.10 to 2.00 | ≤ 1.3 | met |" in shown
    assert "- The databases of all sizes were filled on PostgreSQL as embedded in 52 s." in shown


@pytest.mark.parametrize("p50s", [(1, 1.31, 1, 1), (1, 1, 1.31, 1), (1, 1, 1, 1.31)])
def test_no_size_may_be_slower_than_the_goal(p50s: Sequence[float]) -> None:
    """Whichever it is."""
    assert "| ≤ 1.3 | missed |" in report.as_markdown(_run(p50s))


def test_the_report_says_what_was_not_measured() -> None:
    """Where no server has pg_trgm."""
    assert "pg_trgm was not measured: no server." in report.as_markdown(_run((1, 1, 1, 1), missing="no server"))


def test_the_plot_has_a_line_for_each_job() -> None:
    """Level where the latency is; the JSON has what it was drawn from."""
    run = _run((2, 2, 2, 4))
    svg = ET.fromstring(report.as_svg(run))
    [line] = svg.findall("{*}polyline")
    ys = [float(point.split(",")[1]) for point in line.attrib["points"].split()]
    assert ys[0] == ys[1] == ys[2] > ys[3]
    assert "user <one>: 4.00 ms, ratio 2.00" in [text.text for text in svg.findall("{*}text")]
    samples = json.loads(report.as_json(run))["parts"]["as embedded"]["samples"]["user <one>"]
    assert [2, 2, 2, 4] == [samples[str(users)][0]["p50_ms"] for users in jobs.SIZES]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        ([10, 90, 50], [10, 90, 50]),
        ([50, 50, 50], [50, 60, 70]),
        ([99, 95, 90], [100, 90, 80]),
    ],
)
def test_labels_stand_apart(wanted: list[float], places: list[float]) -> None:
    """In their order, and not below the plot."""
    assert places == report.apart(wanted, gap=10, limit=100)


def test_a_search_finds_a_full_page_of_each_size_or_one_user() -> None:
    """Only answers of a length compare."""
    parts = [job.request.path.rpartition("=")[2] for job in jobs.SEARCHES]
    users = ["\n".join(names(number)).lower() for number in range(1, jobs.SIZES[0] + 1)]
    assert [1, 10, 100] == [sum(part in user for user in users) for part in parts]
    assert 1 == sum(parts[0] == names(number)[1].lower() for number in range(1, jobs.SIZES[-1] + 1))


@pytest.mark.parametrize(("users", "rows"), [(1_000, 950), (1_000_000, 990_000)])
def test_a_whole_page_is_left_however_deep(users: int, rows: int) -> None:
    """With a thousand users, 99 % would leave ten."""
    assert rows == jobs.Place("created_at", 0.99).rows(users)
