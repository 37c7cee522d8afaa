"""`python -m benchmarks.calls`: measures single calls through the proxy and writes what it finds to `results/`."""

from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Annotated

import typer

from benchmarks.calls.connections import opened
from benchmarks.calls.form import CONTENDERS, FULL, QUICK
from benchmarks.calls.latency import latency
from benchmarks.calls.report import Run, as_json, as_markdown
from benchmarks.calls.streams import SETTINGS, streams
from benchmarks.command import RESULTS, begin, fail, require_wrk
from benchmarks.jobs import POSTGRES
from benchmarks.load import BenchmarkError
from benchmarks.machine import load_average, machine, versions
from benchmarks.rows import ROWS
from benchmarks.serve import serving
from benchmarks.store import started


def main(
    full: Annotated[bool, typer.Option("--full/--quick", help="More and longer rounds.")] = False,  # noqa: FBT002
) -> None:
    """Measure, print the report and write it to benchmarks/results."""
    begin()
    require_wrk()
    form = FULL if full else QUICK
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    try:
        with started() as store, ExitStack() as stack:
            servers = {
                each.name: stack.enter_context(serving(each, {**store.settings(each.persistence, ROWS), **SETTINGS}))
                for each in CONTENDERS
            }
            measured = opened(servers, store.destination), latency(servers, form), streams(servers[POSTGRES.name])
    except BenchmarkError as error:
        fail(str(error))
    run = Run(form, date, (before, load_average()), machine(), versions(), *measured)
    print(report := as_markdown(run))
    (RESULTS / "calls.json").write_text(as_json(run))
    (RESULTS / "calls.md").write_text(report)


if __name__ == "__main__":
    typer.run(main)
