"""One run: each contender is a process of its own, and they take turns under load (A B A B …)."""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil
import typer

from benchmarks.jobs import Contender, Job
from benchmarks.store import Store
from benchmarks.writes import adding_users

_ROOT = Path(__file__).parents[1]
_SCRIPT = Path(__file__).with_name("wrk.lua")
_CONNECTIONS = 16
_WARM_UP_SECONDS = 1
_START_SECONDS = 30
_STOP_SECONDS = 20
_SHOWN = 2000  # bytes of a log


@dataclass(frozen=True)
class Form:
    """How long a run is: in each round every contender has a turn of some seconds.

    The contenders are started anew several times, so that the luck of one process (its memory, its core) counts little.
    """

    name: str
    starts: int
    rounds: int
    seconds: int


QUICK = Form("quick", starts=3, rounds=4, seconds=1)
FULL = Form("full", starts=20, rounds=10, seconds=2)


@dataclass(frozen=True)
class Sample:
    """One turn of a contender. Its CPU time suffers less than its rate from what else the machine has to do."""

    requests_per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


class BenchmarkError(Exception):
    """A run whose numbers would mean nothing."""


@dataclass(frozen=True)
class _Server:
    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the CPU time that it and its worker have taken."""
        times = [each.cpu_times() for each in (self.process, *self.process.children())]
        return sum(each.user + each.system for each in times)


def run(job: Job, form: Form, store: Store) -> dict[str, list[Sample]]:
    """Return each contender's samples, a round each, by its name."""
    settings = {
        each.name: store.settings(each.persistence, each.users) if each.users else {} for each in job.contenders
    }
    samples: dict[str, list[Sample]] = {each.name: [] for each in job.contenders}
    with typer.progressbar(range(form.starts), label=job.name, file=sys.stderr) as starts:
        for _ in starts:
            with ExitStack() as stack:
                servers = {
                    each.name: stack.enter_context(_serving(each, job, settings[each.name])) for each in job.contenders
                }
                for server in servers.values():
                    _measure(server, job, _WARM_UP_SECONDS)
                for name, server in list(servers.items()) * form.rounds:
                    samples[name].append(_measure(server, job, form.seconds))
    return samples


@contextmanager
def _serving(contender: Contender, job: Job, settings: Mapping[str, str]) -> Iterator[_Server]:
    """Serve a contender with one worker. A line for each request goes to a file, as it does in production."""
    port = _free_port()
    granian = "granian --interface asgi --workers 1 --no-ws --log-level warning --workers-kill-timeout 2"
    command = [sys.executable, "-m", *granian.split(), "--port", str(port), contender.app]
    with (
        tempfile.TemporaryFile() as log,
        subprocess.Popen(command, cwd=_ROOT, env=os.environ | dict(settings), stderr=log) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}{job.path}"
            _await_answer(contender, process, url, job.headers)
            yield _Server(url, psutil.Process(process.pid))
        except BenchmarkError:
            log.seek(0)
            sys.stderr.write(log.read()[-_SHOWN:].decode())
            raise
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_answer(
    contender: Contender, process: "subprocess.Popen[bytes]", url: str, headers: Mapping[str, str]
) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            httpx2.get(url, headers=dict(headers), timeout=_START_SECONDS).raise_for_status()
        except httpx2.TransportError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise BenchmarkError(f"{contender.name} did not start; what it said stands above") from None
            time.sleep(0.05)
        except httpx2.HTTPStatusError as error:
            raise BenchmarkError(f"{contender.name} answers {error.response.status_code}") from None
        else:
            return


def _measure(server: _Server, job: Job, seconds: int) -> Sample:
    users = server.url.removesuffix("/stats")
    before = server.cpu_seconds()
    try:
        with adding_users(users, job.headers, job.writes) if job.writes else nullcontext():
            summary = _load(server.url, job, seconds)
    except httpx2.HTTPError as error:
        raise BenchmarkError(f"{server.url}: users could not be added at that pace ({type(error).__name__})") from None
    cpu_seconds = server.cpu_seconds() - before
    requests = summary["requests"]
    if summary["errors"] or not requests:
        raise BenchmarkError(f"{server.url}: {requests} requests were answered, {summary['errors']} failed")
    return Sample(
        requests_per_second=round(requests / summary["duration_us"] * 1e6, 1),
        cpu_us=round(cpu_seconds / requests * 1e6, 2),
        p50_ms=summary["p50_us"] / 1000,
        p99_ms=summary["p99_us"] / 1000,
    )


def _load(url: str, job: Job, seconds: int) -> dict[str, int]:
    options = ["--threads=1", f"--connections={_CONNECTIONS}", f"--duration={seconds}s", f"--script={_SCRIPT}"]
    options += [f"--header={name}: {value}" for name, value in job.headers.items()]
    arguments = ["--", secrets.token_hex(8)] if job.adds_users else []
    done = subprocess.run(["wrk", *options, url, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    summary: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return summary
