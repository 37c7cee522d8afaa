"""How busy the machine is while something is measured, and with whose work."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import psutil

T = TypeVar("T")


@dataclass(frozen=True)
class Shares:
    """Of the time of all cores: what was used, and what of that by others than this run and all that it has started."""

    busy: float
    others: float


def watched(work: Callable[[], T]) -> tuple[T, Shares]:
    """Return what `work` returns, and how busy the machine was meanwhile."""
    before = _seconds()
    done = work()
    passed, busy, own = (after - each for after, each in zip(_seconds(), before, strict=True))
    return done, Shares(round(busy / passed, 3), round(max(busy - own, 0) / passed, 3))


def _seconds() -> tuple[float, float, float]:
    """Return all CPU time that there has been, what of it was used, and what by this process and those below it."""
    machine = psutil.cpu_times()
    idle = machine.idle + machine.iowait
    busy = machine.user + machine.nice + machine.system + machine.irq + machine.softirq + machine.steal
    # A process that has ended counts with the one that has waited for it.
    this = psutil.Process()
    own = sum(sum(each.cpu_times()[:4]) for each in (this, *this.children(recursive=True)))
    return busy + idle, busy, own
