"""`python -m benchmarks.scale`: whether the service is as fast with a million users as with a thousand."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx2
import typer
from tests.system_postgres import BINARIES, MISSING, system_postgres

from benchmarks.command import begin, fail, publish, require_wrk
from benchmarks.load import BenchmarkError
from benchmarks.machine import load_average, machine, versions
from benchmarks.run import Form
from benchmarks.scale.jobs import JOBS, SEARCHES, Job
from benchmarks.scale.report import Part, Run, as_json, as_markdown, as_svg
from benchmarks.scale.run import filled, run
from benchmarks.store import Store, started

_QUICK = Form("quick", starts=1, rounds=3, seconds=1)
_FULL = Form("full", starts=1, rounds=7, seconds=2)


def main(
    full: Annotated[bool, typer.Option("--full/--quick", help="More and longer rounds.")] = False,  # noqa: FBT002
) -> None:
    """Measure each job with each number of users, print the report and write it to benchmarks/results."""
    begin()
    require_wrk()
    form = _FULL if full else _QUICK
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    try:
        with started() as store:
            parts = {"as embedded": _measured(store, JOBS, form)}
            if BINARIES:
                with tempfile.TemporaryDirectory(prefix="remuner-bench-") as folder:
                    Path(folder).chmod(0o755)  # for the server's own user
                    with system_postgres(Path(folder), durable=True) as url:
                        parts["with pg_trgm"] = _measured(store.on(url), SEARCHES, form)
    except (BenchmarkError, httpx2.HTTPError) as error:
        fail(str(error) or type(error).__name__)
    loads = before, load_average()
    done = Run(parts, "" if BINARIES else MISSING, form, date, loads, machine(), versions())
    publish("scale", markdown=as_markdown(done), json=as_json(done), svg=as_svg(done))


def _measured(store: Store, jobs: Sequence[Job], form: Form) -> Part:
    before = time.monotonic()
    settings = filled(store, jobs)
    return Part(jobs, round(time.monotonic() - before, 1), run(jobs, form, settings))


if __name__ == "__main__":
    typer.run(main)
