"""How long a run is."""

from dataclasses import dataclass

from benchmarks.jobs import CACHED, JOBS, POSTGRES, Job

WARM_UP_SECONDS = 1
USER, PAGE, CREATE, REPLACE, STATS = (
    next(job for job in JOBS if job.name == name) for name in ("user", "page", "create", "replace", "stats")
)
MIX: tuple[Job, ...] = (USER, PAGE, CREATE, REPLACE, STATS)
PERSISTENCES = (CACHED, POSTGRES)


@dataclass(frozen=True)
class Form:
    """A soak has a warm-up, in which the memory may grow; a turn is a start, a closed load, and a paced one."""

    name: str
    soak_seconds: int
    soak_warm_up_seconds: int
    starts: int
    turns: int
    closed_seconds: int
    paced_seconds: int


QUICK = Form("quick", 60, 20, starts=10, turns=3, closed_seconds=2, paced_seconds=4)
FULL = Form("full", 600, 60, starts=10, turns=7, closed_seconds=3, paced_seconds=10)
