"""The jobs. A new one is an entry here, and a module in `contenders` if its contenders are new."""

from dataclasses import dataclass

from benchmarks.keys import USING
from benchmarks.load import Request
from benchmarks.rows import ROWS, USABLE
from benchmarks.serve import DESTINATION, Contender


@dataclass(frozen=True)
class Goal:
    """`of` answers at least so many times the requests per second of the best of `to`; all are names of contenders.

    Without a bound the ratio is only told.
    """

    of: str
    to: tuple[str, ...]
    at_least: float | None


@dataclass(frozen=True)
class Job:
    """A request for any of the first `rows` that each contender is given, in the order in which they take turns."""

    name: str
    title: str
    request: Request
    contenders: tuple[Contender, ...]
    goals: tuple[Goal, ...]
    rows: int = ROWS


def _contender(name: str, app: str, *, stores: bool = True) -> Contender:
    return Contender(name, f"benchmarks.contenders.{app}", stores=stores)


CACHED = Contender("cached", "benchmarks.contenders.whole:remuner")
POSTGRES = Contender("postgres", "benchmarks.contenders.whole:remuner", "postgres")
_BARE = _contender("bare ASGI", "limits:bare", stores=False)
_CONSTANT = _contender("FastAPI, a constant", "limits:constant", stores=False)
_GET = _contender("FastAPI, one Redis GET", "limits:redis_get")
_QUERY = _contender("FastAPI, one query", "limits:one_query")
_JSON = _contender("FastAPI, JSON by PostgreSQL", "limits:one_json_query")
_COMMIT = _contender("FastAPI, one insert", "writes:one_insert")
_SAME = _contender("FastAPI, the same writes", "writes:same_writes")
_ALTERNATIVES = (
    _contender("FastAPI, SQLAlchemy", "fastapi_sqlalchemy:app"),
    _contender("Litestar, Advanced Alchemy", "litestar_alchemy:app"),
    _contender("Django Ninja", "django_ninja:app"),
)
_PASSING = _contender("FastAPI, httpx2", "passing:by_hand", stores=False)
_UNTOLD = Contender("postgres, no trail", "benchmarks.contenders.untold:remuner", "postgres")
_BEST = tuple(each.name for each in _ALTERNATIVES)

JOBS = (
    Job(
        "switch",
        "a FastAPI handler that returns a constant, behind the switch of two minors and without it",
        Request("/", headers={"X-API-Version": "2"}),
        (
            _contender("handler alone", "switch:alone", stores=False),
            _contender("behind Minors", "switch:behind_minors", stores=False),
        ),
        (Goal("behind Minors", ("handler alone",), 0.97),),
    ),
    Job(
        "user",
        "one of 1,000 users by its id, with two teams and an integration",
        Request("/v1/users/{id}"),
        (_BARE, _CONSTANT, _GET, _QUERY, _JSON, CACHED, POSTGRES, *_ALTERNATIVES),
        (
            Goal("cached", (_GET.name,), 0.75),
            Goal("cached", _BEST, 2),
            Goal("cached", ("postgres",), 1.5),
            Goal("postgres", (_QUERY.name,), 0.5),
            Goal("postgres", _BEST, 1.3),
        ),
    ),
    Job(
        "page",
        "a page of 50 users, each with two teams and an integration",
        Request("/v1/users?limit=50"),
        (_QUERY, _JSON, CACHED, POSTGRES, *_ALTERNATIVES),
        (Goal("postgres", (_QUERY.name,), 0.5), Goal("postgres", _BEST, 1.5)),
    ),
    Job(
        "create",
        "an integration created: sealed, in a durable transaction with its audit event",
        Request("/v1/integrations", "POST", '{"name": "{unique}", "user_id": "{id}", "token": "tok-{unique}"}'),
        (_COMMIT, _SAME, CACHED, POSTGRES, *_ALTERNATIVES),
        (Goal("postgres", (_SAME.name,), 0.5), Goal("cached", (_SAME.name,), 0.5), Goal("cached", ("postgres",), 0.8)),
    ),
    Job(
        "replace",
        "the token of one of 1,000 integrations replaced: sealed, in a durable transaction with its audit event",
        Request("/v1/integrations/{id}", "PATCH", '{"token": "tok-{unique}"}'),
        (_SAME, CACHED, POSTGRES, *_ALTERNATIVES),
        (),
    ),
    Job(
        "stats",
        "the counts of 1,000 users by status",
        Request("/v1/users/stats"),
        (_GET, CACHED, POSTGRES, *_ALTERNATIVES),
        (Goal("cached", (_GET.name,), 0.75),),
    ),
    Job(
        "proxy",
        f"2 kB of a destination by way of one of {USABLE} integrations, with an access key",
        Request("/v1/integrations/{id}/proxy/crm/v3/contacts?limit=6", headers=USING),
        (DESTINATION, _PASSING, CACHED, POSTGRES, _UNTOLD),
        (
            Goal("postgres", (_PASSING.name,), 0.5),
            Goal("cached", (_PASSING.name,), 0.5),
            Goal("postgres", (_UNTOLD.name,), None),
        ),
        rows=USABLE,
    ),
)
