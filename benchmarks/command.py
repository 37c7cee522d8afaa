"""What the commands share: where results go, and how a command ends."""

import signal
import sys
from pathlib import Path
from typing import NoReturn

from benchmarks.machine import wrk_version

RESULTS = Path(__file__).with_name("results")


def begin() -> None:
    """Let SIGTERM end the command by the stack, so that whatever it has started is stopped."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    RESULTS.mkdir(exist_ok=True)


def require_wrk() -> None:
    """Fail where `wrk` is missing."""
    if wrk_version() is None:
        fail("wrk is missing; on Debian: apt-get install wrk")


def publish(name: str, *, markdown: str, json: str, svg: str) -> None:
    """Print a report and write it to the results."""
    file = RESULTS / name
    file.with_suffix(".json").write_text(json)
    file.with_suffix(".svg").write_text(svg)
    file.with_suffix(".md").write_text(markdown)
    print(markdown)


def fail(message: str) -> NoReturn:
    """End the command with one line and exit code 1."""
    print(f"benchmarks: {message}", file=sys.stderr)
    raise SystemExit(1)
