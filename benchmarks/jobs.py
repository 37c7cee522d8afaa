"""The jobs. A new one is an entry here, and a module in `contenders` if its contenders are new."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Contender:
    """An ASGI application, such as `benchmarks.contenders.switch:alone`; its name stands in tables and plots."""

    name: str
    app: str


@dataclass(frozen=True)
class Goal:
    """`of` answers at least so many times the requests per second of `to`; both are names of contenders."""

    of: str
    to: str
    at_least: float


@dataclass(frozen=True)
class Job:
    """A request that each contender is given, in the order in which they take turns."""

    name: str
    title: str
    contenders: tuple[Contender, ...]
    goals: tuple[Goal, ...]
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)


JOBS = (
    Job(
        "switch",
        "a FastAPI handler that returns a constant, behind the switch of two minors and without it",
        (
            Contender("handler alone", "benchmarks.contenders.switch:alone"),
            Contender("behind Minors", "benchmarks.contenders.switch:behind_minors"),
        ),
        (Goal("behind Minors", "handler alone", 0.97),),
        headers={"X-API-Version": "2"},
    ),
)
