"""Connections to PostgreSQL that are lent out again and again without asyncpg's pool having a hand in it.

To give one back to the pool and take it again costs as much CPU as a small query: a task, two time limits, a timer.
"""

import asyncio
import time
from collections import deque
from types import TracebackType
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"


class Connections:
    """Those of a pool, which still makes them, counts them, and takes back the ones that something happened to."""

    def __init__(self, pool: Pool, idle_seconds: float = 300.0) -> None:
        """`pool` is open, and used by nobody else. One that nobody uses for that long ends: firewalls forget it."""
        self._pool = pool
        self._idle_seconds = idle_seconds
        self._idle: deque[tuple[Connection, float]] = deque()
        self._turns = asyncio.Semaphore(pool.get_max_size())  # fair, and no detour through the pool
        self._closed = False

    @property
    def in_use(self) -> int:
        """How many somebody works with."""
        return self._pool.get_size() - self._pool.get_idle_size() - len(self._idle)

    def lent(self) -> "_Loan":
        """Lend one for an `async with`; whoever comes when all are out waits."""
        return _Loan(self)

    async def close(self) -> None:
        """Give all that nobody works with back to the pool, and the others as soon as they come: it waits for them."""
        self._closed = True
        while self._idle:
            connection, _ = self._idle.pop()
            await self._pool.release(connection)

    async def take(self) -> Connection:
        """Return the one that was used last, or another; when all are out, first come, first served."""
        await self._turns.acquire()
        try:
            while self._idle:
                connection, since = self._idle.pop()
                if _lives(connection):
                    if time.monotonic() - since < self._idle_seconds:
                        return connection
                    connection.terminate()
            return await self._pool.acquire()
        except BaseException:
            self._turns.release()
            raise

    async def give_back(self, connection: Connection, *, failed: bool) -> None:
        """Keep it for the next one, unless it may be in a state that the pool mends."""
        try:
            if failed or self._closed:
                await self._pool.release(connection)
            else:
                self._keep(connection)
        finally:
            self._turns.release()

    def _keep(self, connection: Connection) -> None:
        now = time.monotonic()
        self._idle.append((connection, now))
        oldest, since = self._idle[0]
        if now - since > self._idle_seconds:
            self._idle.popleft()
            if _lives(oldest):
                oldest.terminate()


class _Loan:
    """A connection from `take` to `give_back`."""

    __slots__ = ("_connection", "_connections")

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def __aenter__(self) -> Connection:
        self._connection = await self._connections.take()
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._connections.give_back(self._connection, failed=kind is not None)


def _lives(connection: Connection) -> bool:
    try:
        return not connection.is_closed()
    except asyncpg.InterfaceError:  # the server has closed it, and the pool has taken it back
        return False
