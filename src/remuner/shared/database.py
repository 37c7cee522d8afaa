"""PostgreSQL, as an app's persistence sees it: transactions, reads, pages.

Tortoise ORM keeps the tables and writes; hot reads go to asyncpg directly, without model instances.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import copy
from datetime import datetime
from types import TracebackType
from typing import Any, Self, TypeVar, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.context import TortoiseContext
from tortoise.exceptions import BaseORMException, IntegrityError
from tortoise.expressions import F
from tortoise.models import Model
from tortoise.queryset import QuerySet

from remuner.shared.connections import Connection, Connections, Pool
from remuner.shared.errors import ConcurrentUpdate, RemunerError, Unavailable
from remuner.shared.pagination import Page, PageRequest, Position

T = TypeVar("T")
M = TypeVar("M", bound=Model)

Row = asyncpg.Record

CONNECT_SECONDS = 3.0
STATEMENT_SECONDS = 3.5
POOL_SIZE = 10
_ATTEMPTS = 8
_TRIGRAM = 3
_SERVER_SETTINGS = {
    "application_name": "remuner",
    "timezone": "UTC",
    "statement_timeout": f"{STATEMENT_SECONDS * 1000:.0f}",
    "idle_in_transaction_session_timeout": "10000",
    "default_transaction_isolation": "read committed",
}
_AWAY = (
    OSError,
    TimeoutError,
    EOFError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.ObjectNotInPrerequisiteStateError,  # a database that is closed for maintenance
    asyncpg.ReadOnlySQLTransactionError,
)
_REPEATABLE = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)


class NotMigrated(Unavailable):
    """The database lacks tables of this release."""

    detail = "The database lacks tables of this release. Run `remuner migrate`."


class _Connection(asyncpg.Connection):  # not subscripted: that fails at run time
    def get_reset_query(self) -> str:
        """Nothing to reset: no session state is ever set, and asking the server costs a round trip a query."""
        return ""


class _Transaction(TransactionWrapper):
    """One connection in a transaction, in the shape that Tortoise's models use."""

    def __init__(self, client: AsyncpgDBClient, connection: Connection) -> None:
        super().__init__(client)
        self._connection = cast("asyncpg.Connection[asyncpg.Record]", connection)


class Database:
    """A pool of connections to one PostgreSQL; opening it does not connect yet.

    Tortoise's models work inside a unit of work and only there; reads go through `fetch` in and out of one.
    Raises Unavailable from every read and unit of work while the server is away, and works again when it is back.
    """

    def __init__(self, url: str, models: Mapping[str, str]) -> None:
        """`url` is postgres://user:password@host:port/name; `models` maps an app to the module of its tables."""
        self._url = url
        self._models = models
        self._context = TortoiseContext()
        self._client: AsyncpgDBClient | None = None
        self._connections: Connections | None = None
        self._connection: ContextVar[Connection | None] = ContextVar("connection", default=None)

    async def __aenter__(self) -> Self:
        with self._context:
            await self._context.init(
                config={
                    "connections": {"default": connection_config(self._url)},
                    "apps": {app: {"models": [module]} for app, module in self._models.items()},
                }
            )
            self._client = client = cast("AsyncpgDBClient", self._context.db())
        await client.create_connection(with_db=True)
        self._connections = Connections(cast("Pool", client._pool))  # noqa: SLF001 - there is no other way to it
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connections is not None:
            await self._connections.close()
        if self._client is not None:
            await self._client.close()

    @property
    def connections_in_use(self) -> int:
        """How many connections of the pool somebody works with."""
        return self._opened.in_use

    @property
    def _opened(self) -> Connections:
        if self._connections is None:
            raise RuntimeError("The database is used before it is opened.")
        return self._connections

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """Return the rows of one statement, in the running transaction if there is one."""
        with translated():
            if connection := self._connection.get():
                return await connection.fetch(sql, *values)
            async with self._opened.lent() as connection:
                return await connection.fetch(sql, *values)

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` in a transaction, READ COMMITTED; inside another one of this database, as a part of it.

        A deadlock, a serialization failure or a ConcurrentUpdate runs it again, a few times, from the start.
        """
        if self._connection.get():
            return await work()
        for attempt in range(_ATTEMPTS):
            try:
                with translated():
                    return await self._once(work)
            except ConcurrentUpdate:
                if attempt == _ATTEMPTS - 1:
                    raise
                await asyncio.sleep(random.uniform(0, 0.005 * 2**attempt))  # noqa: S311 - spreads rivals
        raise AssertionError("unreachable")

    async def _once(self, work: Callable[[], Awaitable[T]]) -> T:
        async with self._opened.lent() as connection, connection.transaction():
            token = self._connection.set(connection)
            # A copy, since a context notes in itself what it replaced, and many units of work run at once.
            with copy(self._context) as context:
                replaced = context.connections.set(
                    "default", _Transaction(cast("AsyncpgDBClient", self._client), connection)
                )
                try:
                    return await work()
                finally:
                    context.connections.reset(replaced)
                    self._connection.reset(token)


def connection_config(url: str) -> dict[str, Any]:
    """Return Tortoise's description of a connection to `url`, postgres://user:password@host:port/name[?sslmode=…]."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return {
        "engine": "tortoise.backends.asyncpg",
        "credentials": {
            "host": parts.hostname,
            "port": parts.port or 5432,
            "user": unquote(parts.username or ""),
            "password": unquote(parts.password or "") or None,
            "database": unquote(parts.path.lstrip("/")),
            "minsize": 0,
            "maxsize": POOL_SIZE,
            "connection_class": _Connection,
            "ssl": options.get("sslmode"),
            "timeout": CONNECT_SECONDS,
            "command_timeout": STATEMENT_SECONDS,
            "server_settings": _SERVER_SETTINGS,
        },
    }


@contextmanager
def translated() -> Iterator[None]:
    """Tell in the domain's words what PostgreSQL and the drivers say."""
    try:
        yield
    except RemunerError:
        raise
    except BaseORMException as error:
        if isinstance(error.__cause__, _AWAY):
            raise Unavailable from error
        if isinstance(error.__cause__, asyncpg.UndefinedTableError):
            raise NotMigrated from error
        raise
    except _REPEATABLE as error:
        raise ConcurrentUpdate from error
    except asyncpg.UndefinedTableError as error:
        raise NotMigrated from error
    except _AWAY as error:
        if isinstance(error, ValueError):  # asyncpg's word for a value of the wrong type: a fault of ours
            raise
        raise Unavailable from error


@contextmanager
def constraints(errors: Mapping[str, Callable[[], Exception]]) -> Iterator[None]:
    """Raise the domain's error for each constraint, by name, that a statement violates."""
    try:
        yield
    except (IntegrityError, asyncpg.IntegrityConstraintViolationError) as error:
        cause = error.args[0] if isinstance(error, IntegrityError) else error
        make = errors.get(str(cause.constraint_name))
        if make is None:
            raise
        raise make() from None


async def change_rows(rows: QuerySet[M], values: Mapping[str, object], now: datetime) -> int:
    """Set `values` and `updated_at` and raise the revision, in one UPDATE; return how many rows there were."""
    return await rows.update(**values, updated_at=now, revision=F("revision") + 1)


class Where:
    """Conditions joined by AND, with their values numbered as PostgreSQL wants them."""

    def __init__(self) -> None:
        """Start without conditions."""
        self.values: list[object] = []
        self.searches = False
        self._conditions: list[str] = []

    def add(self, condition: str, *values: object) -> None:
        """Add a condition with a `?` for each value."""
        for value in values:
            condition = condition.replace("?", self.bind(value), 1)
        self._conditions.append(condition)

    def bind(self, value: object) -> str:
        """Return what stands for a value in the statement."""
        self.values.append(value)
        return f"${len(self.values)}"

    def add_part(self, column: str, part: str) -> None:
        """Ask that `column` contains `part`, taken literally."""
        self.searches = True
        if len(part) < _TRIGRAM:  # a trigram index would have to be read whole, which takes longer than the table
            self.add(f"strpos({column}, ?) > 0", part)
            return
        escaped = part.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        self.add(f"{column} LIKE ?", f"%{escaped}%")

    def __str__(self) -> str:
        return f"WHERE {' AND '.join(self._conditions)}" if self._conditions else ""


async def fetch_page(  # noqa: PLR0913 - the parts of a SELECT, by name
    database: Database,
    *,
    columns: str,
    source: str,
    where: Where,
    page: PageRequest,
    order: Mapping[str, str],
    row_id: str = "id",
) -> Page[Row]:
    """Return a page of `columns` from `source` in one query, or two with a total.

    `order` maps a sort name to its column; the column must be selected, too.
    """
    column = order[page.sort]
    total = None
    if page.include_total:
        total = (await database.fetch(f"SELECT count(*) FROM {source} {where}", *where.values))[0][0]
    direction = "DESC" if page.descending else "ASC"
    if page.after:
        where.add(f"({column}, {row_id}) {'<' if page.descending else '>'} (?, ?)", page.after.value, page.after.id)
    # The right plan for a part is that for this very one. PostgreSQL settles for another after five executions if that
    # looks no dearer, and without the limit it does: with it, reading in order until the page is full would look cheap.
    limit = where.bind(page.limit + 1) if where.searches else page.limit + 1
    rows: Sequence[Row] = await database.fetch(
        f"SELECT {columns} FROM {source} {where} ORDER BY {column} {direction}, {row_id} {direction} LIMIT {limit}",
        *where.values,
    )
    end = None
    if len(rows) > page.limit:
        rows = rows[: page.limit]
        end = Position(rows[-1][column.rpartition(".")[2]], rows[-1]["id"])
    return Page(tuple(rows), end, total)
