"""`python -m benchmarks`: runs the jobs, prints their reports and writes them to `results/`."""

import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from benchmarks.jobs import JOBS, Job
from benchmarks.machine import load_average, machine, versions, wrk_version
from benchmarks.report import Run, as_json, as_markdown, as_svg
from benchmarks.run import FULL, QUICK, BenchmarkError, Form, run
from benchmarks.store import Store, started

_RESULTS = Path(__file__).with_name("results")


def main(
    full: Annotated[bool, typer.Option("--full/--quick", help="More and longer rounds.")] = False,  # noqa: FBT002
    job: Annotated[str | None, typer.Option(help="Only this job. [default: all]")] = None,
) -> None:
    """Run the jobs, print their reports and write them to benchmarks/results."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the contenders are stopped
    jobs = [each for each in JOBS if job in {None, each.name}]
    if not jobs:
        _fail(f"--job: there are the jobs {', '.join(each.name for each in JOBS)}")
    if wrk_version() is None:
        _fail("wrk is missing; on Debian: apt-get install wrk")
    with started() as store:
        for each in jobs:
            try:
                _report(each, FULL if full else QUICK, store)
            except BenchmarkError as error:
                _fail(str(error))


def _report(job: Job, form: Form, store: Store) -> None:
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    samples = run(job, form, store)
    done = Run(job, form, date, (before, load_average()), machine(), versions(), samples)
    _RESULTS.mkdir(exist_ok=True)
    file = _RESULTS / job.name
    file.with_suffix(".json").write_text(as_json(done))
    file.with_suffix(".svg").write_text(as_svg(done))
    file.with_suffix(".md").write_text(markdown := as_markdown(done))
    print(markdown)


def _fail(message: str) -> NoReturn:
    print(f"benchmarks: {message}", file=sys.stderr)
    raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
