"""`python -m benchmarks.process`: measures one process of the service and writes what it finds to `results/`."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from benchmarks.command import begin, fail, publish, require_wrk
from benchmarks.load import BenchmarkError
from benchmarks.machine import load_average, machine, versions
from benchmarks.process.form import FULL, PERSISTENCES, QUICK, Form
from benchmarks.process.memory import Soak, soak
from benchmarks.process.plot import as_svg
from benchmarks.process.report import MEGABYTES, Run, as_json, as_markdown
from benchmarks.process.start import start
from benchmarks.process.tail import tails
from benchmarks.process.workers import workers
from benchmarks.store import Store, started


def main(
    full: Annotated[bool, typer.Option("--full/--quick", help="Longer soaks and more turns.")] = False,  # noqa: FBT002
    rate: Annotated[int | None, typer.Option(help="Requests a second of each job in a soak. [default: all]")] = None,
) -> None:
    """Measure, print the report and write it to benchmarks/results."""
    begin()
    require_wrk()
    form = FULL if full else QUICK
    date, before = datetime.now(UTC).date().isoformat(), load_average()
    try:
        with started() as store:
            soaks, starts = _soaks(store, form, rate), start(store, form.starts)
            measured = soaks, starts, tails(store, form), workers(store, form)
    except BenchmarkError as error:
        fail(str(error))
    run = Run(form, date, (before, load_average()), machine(), versions(), *measured)
    publish("process", markdown=as_markdown(run), json=as_json(run), svg=as_svg(run.soaks, MEGABYTES))


def _soaks(store: Store, form: Form, rate: int | None) -> list[Soak]:
    """Soak one persistence for as long as the form says, the other as in the quick form."""
    cached, postgres = PERSISTENCES
    return [
        soak(cached, store, form.soak_seconds, form.soak_warm_up_seconds, rate),
        soak(postgres, store, QUICK.soak_seconds, QUICK.soak_warm_up_seconds, rate),
    ]


if __name__ == "__main__":
    typer.run(main)
