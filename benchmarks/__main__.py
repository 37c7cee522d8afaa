"""`python -m benchmarks`: runs the jobs, prints their reports and writes them to `results/`."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from benchmarks.command import RESULTS, begin, fail, publish, require_wrk
from benchmarks.jobs import JOBS
from benchmarks.load import BenchmarkError
from benchmarks.machine import load_average, machine, versions
from benchmarks.report import Run, as_json, as_markdown, as_svg, goals_as_markdown
from benchmarks.run import FULL, QUICK, run
from benchmarks.store import started


def main(
    full: Annotated[bool, typer.Option("--full/--quick", help="More and longer rounds.")] = False,  # noqa: FBT002
    job: Annotated[str | None, typer.Option(help="Only this job. [default: all]")] = None,
) -> None:
    """Run the jobs, print their reports and write them to benchmarks/results."""
    begin()
    jobs = [each for each in JOBS if job in {None, each.name}]
    if not jobs:
        fail(f"--job: there are the jobs {', '.join(each.name for each in JOBS)}")
    require_wrk()
    form = FULL if full else QUICK
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    try:
        with started() as store:
            samples = run(jobs, form, store)
    except BenchmarkError as error:
        fail(str(error))
    loads = before, load_average()
    _report([Run(each, form, date, loads, machine(), versions(), samples[each.name]) for each in jobs])


def _report(runs: Sequence[Run]) -> None:
    for each in runs:
        publish(each.job.name, markdown=as_markdown(each), json=as_json(each), svg=as_svg(each))
    print(summary := goals_as_markdown(runs))
    if len(runs) == len(JOBS):
        (RESULTS / "goals.md").write_text(summary)


if __name__ == "__main__":
    typer.run(main)
