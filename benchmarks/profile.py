"""`python -m benchmarks.profile JOB CONTENDER`: where a worker's time goes under load, by py-spy."""

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from benchmarks.jobs import JOBS, Job
from benchmarks.load import load
from benchmarks.rows import ROWS
from benchmarks.serve import Contender, Server, serving
from benchmarks.store import started

_SECONDS = 10
_SPARE_SECONDS = 3
_SHOWN = 25


def main(
    job: Annotated[str, typer.Argument(help="Such as `page`.")],
    contender: Annotated[str, typer.Argument(help="One of the job's, such as `postgres`.")],
) -> None:
    """Print the functions that the worker is in most often, and those that they are called by."""
    found = [(each, one) for each in JOBS for one in each.contenders if (each.name, one.name) == (job, contender)]
    if not found:
        print(f"benchmarks: there is no contender {contender!r} of a job {job!r}", file=sys.stderr)
        raise SystemExit(1)
    stacks = _stacks(*found[0])
    whole = sum(stacks.values())
    print(f"| {job}, {contender}: function | itself, % | with what it calls, % |\n| --- | ---: | ---: |")
    own, inclusive = shares(stacks)
    for name, count in own.most_common(_SHOWN):
        print(f"| {name} | {count / whole * 100:.1f} | {inclusive[name] / whole * 100:.1f} |")


def shares(stacks: "Counter[tuple[str, ...]]") -> "tuple[Counter[str], Counter[str]]":
    """Return how many samples each function was at the end of, and how many it was anywhere in."""
    own, inclusive = Counter[str](), Counter[str]()
    for stack, count in stacks.items():
        own[stack[-1]] += count
        for name in set(stack):
            inclusive[name] += count
    return own, inclusive


def parsed(lines: Iterable[str]) -> "Counter[tuple[str, ...]]":
    """Read py-spy's raw format: `outer (file:line);inner (file:line) count`, without the lines."""
    stacks = Counter[tuple[str, ...]]()
    for line in lines:
        frames, _, count = line.rpartition(" ")
        stacks[tuple(each.rpartition(":")[0] + ")" if ":" in each else each for each in frames.split(";"))] += int(
            count
        )
    return stacks


def _stacks(job: Job, contender: Contender) -> "Counter[tuple[str, ...]]":
    with started() as store, serving(contender, store.settings(contender.persistence, ROWS)) as server:
        load(server.url, job.request, job.rows, 1)
        return _watched(server, job)


def _watched(server: Server, job: Job) -> "Counter[tuple[str, ...]]":
    with tempfile.NamedTemporaryFile("r") as raw:
        (worker,) = server.process.children()
        options = ["--format", "raw", "--rate", "250", "--gil", "--duration", str(_SECONDS), "--output", raw.name]
        command = [str(Path(sys.executable).with_name("py-spy")), "record", *options, "--pid", str(worker.pid)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
            load(server.url, job.request, job.rows, _SECONDS + _SPARE_SECONDS)
        return parsed(raw)


if __name__ == "__main__":
    typer.run(main)
