"""The jobs. A new one is an entry here, and a module in `contenders` if its contenders are new."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from benchmarks.store import ADMIN_KEY, USER_ID

_REMUNER = "benchmarks.contenders.whole:remuner"


@dataclass(frozen=True)
class Contender:
    """An ASGI application, such as `benchmarks.contenders.switch:alone`; its name stands in tables and plots.

    One with `users` gets a database of its own with so many, and a Redis.
    """

    name: str
    app: str
    persistence: str = "cached"
    users: int = 0


@dataclass(frozen=True)
class Goal:
    """`of` answers at least so many times the requests per second of `to`; both are names of contenders."""

    of: str
    to: str
    at_least: float


@dataclass(frozen=True)
class LatencyGoal:
    """`of` takes at most so many times the median latency of `to`."""

    of: str
    to: str
    at_most: float


@dataclass(frozen=True)
class Job:
    """A request that each contender is given, in the order in which they take turns.

    With `adds_users` it is a POST, each of another user. `writes` are users a second that are added meanwhile.
    """

    name: str
    title: str
    contenders: tuple[Contender, ...]
    goals: tuple[Goal | LatencyGoal, ...]
    path: str = "/"
    headers: Mapping[str, str] = field(default_factory=dict)
    adds_users: bool = False
    writes: int = 0


_AUTHORIZED = {"Authorization": f"Bearer {ADMIN_KEY}"}

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
    Job(
        "user",
        "a user with two teams and an integration, read again and again",
        (
            Contender("cached", _REMUNER, users=1000),
            Contender("postgres", _REMUNER, "postgres", users=1000),
            Contender("one Redis GET", "benchmarks.contenders.redis_get:app", users=1000),
        ),
        (Goal("cached", "postgres", 1.5), Goal("cached", "one Redis GET", 0.7)),
        f"/v1/users/{USER_ID}",
        _AUTHORIZED,
    ),
    Job(
        "stats",
        "the counts of users while 50 users a second are added",
        (Contender("1,000 users", _REMUNER, users=1000), Contender("1,000,000 users", _REMUNER, users=1_000_000)),
        (LatencyGoal("1,000,000 users", "1,000 users", 2),),
        "/v1/users/stats",
        _AUTHORIZED,
        writes=50,
    ),
    Job(
        "write",
        "users created, each in a durable transaction with its audit event",
        (Contender("cached", _REMUNER, users=1000), Contender("postgres", _REMUNER, "postgres", users=1000)),
        (Goal("cached", "postgres", 0.8),),
        "/v1/users",
        _AUTHORIZED,
        adds_users=True,
    ),
)
