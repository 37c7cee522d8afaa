"""What a benchmark's numbers come to; nothing is started."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import httpx2
import pytest
from benchmarks.contenders import switch
from benchmarks.jobs import JOBS, Goal, Job
from benchmarks.load import Request
from benchmarks.profile import parsed, shares
from benchmarks.report import Run, Spread, as_json, as_markdown, as_svg, goal_name, goals_as_markdown
from benchmarks.run import Form, Sample
from benchmarks.serve import Contender
from starlette.types import ASGIApp

GOAL = Goal("cached <new>", ("plain",), 0.5)
CONTENDERS = (Contender("plain", "m:a"), Contender("cached <new>", "m:b"))
JOB = Job("made-up", "a made-up job", Request("/"), CONTENDERS, (GOAL,))


def _run(plain: list[float], cached: list[float]) -> Run:
    rates = {"plain": plain, "cached <new>": cached}
    samples = {name: [Sample(rate, 1e6 / rate, 1.5, 4) for rate in taken] for name, taken in rates.items()}
    form = Form("quick", starts=1, rounds=len(plain), seconds=1)
    return Run(JOB, form, "2026-01-31", (0.1, 2.0), {"cpu": "A CPU", "cores": "2 cores"}, {"wrk": "4.1"}, samples)


def test_contenders_are_compared_round_by_round() -> None:
    """The median of the ratios, not the ratio of the medians: a slow round slows both."""
    run = _run([1000, 100, 2000], [500, 60, 3000])
    assert Spread(0.6, 0.5, 1.5) == run.ratios(GOAL)


@pytest.mark.parametrize(("cached", "verdict"), [(500, "met"), (499, "missed")])
def test_the_table_shows_medians_ranges_and_whether_goals_are_met(cached: float, verdict: str) -> None:
    """A row for each contender and each goal."""
    lines = as_markdown(_run([1000, 12000, 900], [cached, 9600, 90])).splitlines()
    assert "| plain | 1,000 | 900 to 12,000 | 1.50 | 4.00 | 1000.0 |" in lines
    assert (
        f"| cached <new> / plain | {cached / 1000:.3f} | 0.100 to 0.800 | ≥ 0.5 | {verdict} | {cached / 1000:.3f} |"
        in lines
    )


def test_a_goal_may_compare_with_the_best_of_several() -> None:
    """Round by round: with whichever was the best in that round."""
    goal = Goal("other", ("plain", "cached <new>"), 1)
    run = _run([1000, 100], [500, 200])
    run = replace(run, samples={**run.samples, "other": [Sample(2000, 500, 1, 2), Sample(100, 10000, 1, 2)]})
    assert Spread(1.25, 0.5, 2.0) == run.ratios(goal)
    assert "other / the best alternative" == goal_name(goal)


def test_a_goal_without_a_bound_is_only_told() -> None:
    """Nothing is met or missed."""
    told = replace(JOB, goals=(replace(GOAL, at_least=None),))
    lines = as_markdown(replace(_run([1000], [400]), job=told)).splitlines()
    assert "| cached <new> / plain | 0.400 | 0.400 to 0.400 | | | 0.400 |" in lines


def test_a_summary_has_a_row_for_each_goal_of_each_job() -> None:
    """With a link to the job's own report."""
    lines = goals_as_markdown([_run([1000], [400])]).splitlines()
    assert "| [made-up](made-up.md) | cached <new> / plain | 0.400 | 0.400 to 0.400 | ≥ 0.5 | missed | 0.400 |" in lines


def test_the_json_has_every_sample() -> None:
    """And the ratios with their goals."""
    shown = json.loads(as_json(_run([1000, 2000], [500, 1000])))
    assert [1000, 2000] == [sample["requests_per_second"] for sample in shown["samples"]["plain"]]
    ratios = {"median": 0.5, "lowest": 0.5, "highest": 0.5, "median_by_cpu": 0.5}
    assert [{"of": "cached <new>", "to": ["plain"], "at_least": 0.5, **ratios}] == shown["goals"]


def test_the_plot_has_a_bar_for_each_contender() -> None:
    """As long as its median, by the greatest rate of all; names are escaped."""
    svg = ET.fromstring(as_svg(_run([1000], [500])))
    bars = [float(bar.attrib["width"]) for bar in svg.findall("{*}rect")[1:]]
    assert bars[0] == 2 * bars[1] > 0
    assert "cached <new>" in [text.text for text in svg.findall("{*}text")]


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.name)
def test_goals_name_contenders_of_their_job(job: Job) -> None:
    """A misspelt name is found before the run."""
    names = {name for goal in job.goals for name in (goal.of, *goal.to)}
    assert set() == names - {each.name for each in job.contenders}


@pytest.mark.parametrize("app", [switch.alone, switch.behind_minors], ids=["alone", "behind Minors"])
async def test_the_contenders_of_the_switch_give_the_same_answer(app: ASGIApp) -> None:
    """To the request that the job sends."""
    [job] = (each for each in JOBS if each.name == "switch")
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://remuner.test") as client:
        answer = await client.get(job.request.path, headers=dict(job.request.headers))
    assert (200, {"status": "ok"}) == (answer.status_code, answer.json())


def test_a_profile_counts_each_function_once_a_sample() -> None:
    """However often it stands in the stack; lines of one function are added up."""
    own, inclusive = shares(parsed(["a (m.py:1);b (m.py:2);a (m.py:3) 2", "a (m.py:9);b (m.py:7) 3"]))
    assert {"a (m.py)": 2, "b (m.py)": 3} == own
    assert {"a (m.py)": 5, "b (m.py)": 5} == inclusive
