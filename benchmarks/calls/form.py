"""How long a run is, and who takes part."""

from dataclasses import dataclass

from benchmarks.jobs import JOBS

PROXY = next(job for job in JOBS if job.name == "proxy")
CONTENDERS = PROXY.contenders
WARM_UP_SECONDS = 3


@dataclass(frozen=True)
class Form:
    """In each round every contender has a turn of some seconds."""

    name: str
    rounds: int
    seconds: int


QUICK = Form("quick", rounds=5, seconds=2)
FULL = Form("full", rounds=15, seconds=4)
