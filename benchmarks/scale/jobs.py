"""The jobs, and the sizes between which they may not slow down."""

from dataclasses import dataclass, replace

from benchmarks.jobs import CACHED, POSTGRES
from benchmarks.load import Request
from benchmarks.rows import names
from benchmarks.serve import Contender

SIZES = (1_000, 10_000, 100_000, 1_000_000)
"""How many users, and integrations; memberships are twice as many."""
PAGE = 50

_GOAL = 1.3
_WARM = 1_000
_FOUND = 10


@dataclass(frozen=True)
class Place:
    """After that part of a list which `depth` is; of a short one nearer its begin, so that a whole page is left."""

    sort: str
    depth: float

    def rows(self, users: int) -> int:
        """Return how many rows are before it."""
        return min(int(self.depth * users), users - PAGE)


@dataclass(frozen=True)
class Job:
    """A request that the service of each size is given, and how many times as long it may take as with the fewest rows.

    `{id}` is the id of any row, or of the first `among`; `{cursor}` leads to `place`.
    """

    name: str
    request: Request
    contender: Contender = POSTGRES
    place: Place | None = None
    among: int | None = None
    users_per_second: int = 0
    goal: float | None = _GOAL


def _deep(name: str, place: Place) -> Job:
    path = f"/v1/users?limit={PAGE}&sort={place.sort}&cursor={{cursor}}"
    return Job(f"page of {PAGE}, {name}", Request(path), place=place)


def _search(name: str, part: str) -> Job:
    """Ask for a page that is full with a thousand users, too, unless only one is found: answers of a size compare."""
    return Job(f"search, {name}", Request(f"/v1/users?limit={_FOUND}&q={part.lower()}"))


_SEARCHES = (
    _search("last name of one", names(504)[1]),
    _search("last name of 1 %", names(10)[1]),
    _search("first name of 10 %", names(6)[0]),
)
SEARCHES = tuple(replace(each, name=f"{each.name}, pg_trgm") for each in _SEARCHES)
"""For a server that has it."""
# Those that add rows come last: a thousand would soon be two.
JOBS = (
    Job("user by id", Request("/v1/users/{id}")),
    Job("user by id, cached, warm", Request("/v1/users/{id}"), CACHED, among=_WARM),
    Job(f"page of {PAGE}", Request(f"/v1/users?limit={PAGE}")),
    _deep("after 50 %", Place("created_at", 0.5)),
    _deep("after 99 %", Place("created_at", 0.99)),
    _deep("by last name, after 50 %", Place("last_name", 0.5)),
    *(replace(each, name=f"{each.name}, no pg_trgm", goal=None) for each in _SEARCHES),
    Job("stats", Request("/v1/users/stats")),
    Job("stats, cached, 50 users/s added", Request("/v1/users/stats"), CACHED, users_per_second=50),
    Job("token replaced", Request("/v1/integrations/{id}", "PATCH", '{"token": "tok-{unique}"}')),
    Job(
        "integration created",
        Request("/v1/integrations", "POST", '{"name": "{unique}", "user_id": "{id}", "token": "tok-{unique}"}'),
    ),
)
