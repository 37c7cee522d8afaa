"""`remuner` as an operator runs it: processes, signals, ports.

All HTTP is plain, and `verify=False` saves each client from reading the certificates, which takes 20 ms.
"""

import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx2
import psutil
from tests.e2e import command

COMMAND_SECONDS = 60
READY_SECONDS = 60
REMUNER = str(Path(sys.executable).with_name("remuner"))

# Commands are forked from a process that has imported them already, which takes most of a short command's time.
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["remuner.cli.commands"])


def remuner(
    *arguments: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    called = [REMUNER, *arguments]
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("stdout", "stderr")]
        process = _forks.Process(target=command.run, args=(called, environment(env), cwd or Path.cwd(), files))
        process.start()
        process.join(COMMAND_SECONDS)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise TimeoutError(called)
        return subprocess.CompletedProcess(called, process.exitcode, *(file.read_text() for file in files))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Service:
    """A running `remuner serve`; leaving stops it by pid, and whatever it started."""

    def __init__(
        self, folder: Path, *options: str, env: Mapping[str, str] | None = None, program: str = REMUNER
    ) -> None:
        """`folder` holds the data and the output."""
        self._program = program
        self.data_dir = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._options = options
        self.env = environment(env)
        self._output = folder / f"serve-{self.port}.log"
        self._processes: list[psutil.Process] = []
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *, ready: bool = True) -> float:
        """Start it; return the seconds until it was ready."""
        begin = time.monotonic()
        starts = self.output.count(self.url) if self._output.exists() else 0
        command = [self._program, "serve", "--port", str(self.port), "--data-dir", str(self.data_dir), *self._options]
        with self._output.open("ab") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, env=self.env, cwd=self._output.parent, start_new_session=True
            )
        # Not its answers alone: the last worker of a killed service may still give some.
        while ready and not (self.output.count(self.url) > starts and self.is_ready()):
            assert self.process.poll() is None, self.output
            assert time.monotonic() - begin < READY_SECONDS, self.output
            time.sleep(0.02)
        self.family()
        return time.monotonic() - begin

    def is_ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            return 200 == httpx2.get(f"{self.url}/readyz", timeout=5, verify=False).status_code
        except httpx2.TransportError:
            return False

    @property
    def output(self) -> str:
        """What it has printed, over all its starts."""
        return self._output.read_text()

    @property
    def access_key(self) -> str:
        """The admin key that it was given, else the key that the first start printed."""
        return self.env.get("REMUNER_ADMIN_KEY") or str(re.findall(r"rk_\S+", self.output)[0])

    def client(self) -> httpx2.Client:
        """A client with that key."""
        headers = {"Authorization": f"Bearer {self.access_key}"}
        return httpx2.Client(base_url=self.url, headers=headers, timeout=10, verify=False)

    def family(self) -> list[psutil.Process]:
        """The processes that it started, workers and servers."""
        assert self.process is not None
        try:
            found = psutil.Process(self.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            found = []
        self._processes += found
        return found

    def named(self, name: str) -> psutil.Process:
        """The child with this program name: `postgres`, `valkey-server`, or `remuner` for a worker."""
        return next(each for each in self.family() if each.name().startswith(name) and _is_main(each))

    def end(self, sent: signal.Signals) -> int:
        """Send a signal to the service's own process and return its exit code."""
        assert self.process is not None
        self.family()
        self.process.send_signal(sent)
        return self.process.wait(60)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process and self.process.poll() is None:
            self.end(signal.SIGTERM)
        for left in self._processes:
            if left.is_running():  # compares the start time, too: a pid that is another's by now is not killed
                left.kill()


def _is_main(process: psutil.Process) -> bool:
    return not "".join(process.cmdline()).startswith("postgres: ")


def environment(env: Mapping[str, str] | None) -> dict[str, str]:
    """An operator's environment, with no setting but these."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("REMUNER_")}
    return {**kept, **(env or {})}
