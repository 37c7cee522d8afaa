"""Whether readers may trust the cache, kept in PostgreSQL: the one place that a writer reaches whenever it can write.

A writer that cannot tell the cache closes it here, and waits until no reader trusts it any more. Opened again, it has
another generation, in which nothing counts that was kept before.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from math import inf
from typing import TypeVar

import asyncpg
from tortoise.migrations import operations as ops

from remuner.shared.database import Database

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds that those who share a cache have to agree on.

    `poll`: how often the state is asked for. `trust`: how long a reader trusts what it was told. `notice`: how long
    after a closure no reader trusts the cache any more, a little longer than the trust, since clocks differ. `closed`:
    how long it stays closed at least, so that a writer that is cut off does not wait with every write. `mark`: how long
    the mark of a writer that died stays; no request takes as long.
    """

    poll: float = 0.2
    trust: float = 0.8
    notice: float = 1.0
    closed: float = 5.0
    mark: float = 10.0


_LOCK_MILLISECONDS = 100

# What was kept before PostgreSQL started anew, or in another database, may be of another past: a backup, a standby.
_READ = """SELECT open, epoch, closed_until < clock_timestamp() AS may_open, concat_ws('.',
    extract(epoch FROM pg_postmaster_start_time()), tableoid, epoch,
    (SELECT oid FROM pg_database WHERE datname = current_database())) AS generation FROM {table}"""


def cache_state_table(app: str) -> ops.RunSQL:
    """Return the operation that makes an app's table, with its one row."""
    return ops.RunSQL(
        [
            f"""
            CREATE TABLE {app}.cache_state (
                id smallint NOT NULL CONSTRAINT cache_state_pkey PRIMARY KEY
                    CONSTRAINT cache_state_id_check CHECK (id = 1),
                open boolean NOT NULL,
                epoch bigint NOT NULL,
                closed_until timestamptz NOT NULL
            )
            """,
            f"INSERT INTO {app}.cache_state VALUES (1, false, 0, 'epoch')",
        ],
        reverse_sql=f"DROP TABLE {app}.cache_state",
    )


class _Trusted(Exception):
    """Some reader may still trust the cache."""


@dataclass(slots=True)
class CacheState:
    """The state for all that is kept in one database; `app` has the table."""

    app: str
    database: Database
    patience: Patience = Patience()
    closures: int = field(default=0, init=False)
    _checked: ContextVar[bool] = field(default_factory=lambda: ContextVar("checked", default=False), init=False)
    _generation: str | None = field(default=None, init=False)
    _trusted_until: float = field(default=0.0, init=False)
    _closed_epoch: int = field(default=0, init=False)  # the first one, which has never been open
    _closed_since: float = field(default=-inf, init=False)

    @property
    def generation(self) -> str | None:
        """What values have to be of to count; None while the cache is not to be trusted."""
        return self._generation if time.monotonic() < self._trusted_until else None

    async def poll(self, *, well: bool) -> None:
        """Learn the state; open the cache if it is `well` and has been closed for long enough."""
        sent = time.monotonic()
        (row,) = await self.database.fetch(_READ.format(table=self._table))
        self._generation = row["generation"] if row["open"] else None
        self._trusted_until = sent + self.patience.trust
        if not row["open"]:
            self._seen_closed(row["epoch"])
        if well and not row["open"] and row["may_open"]:
            with suppress(asyncpg.LockNotAvailableError):  # somebody writes; next time
                await self.database.unit_of_work(self._open)

    async def _open(self) -> None:
        await self.database.fetch(f"SET LOCAL lock_timeout = {_LOCK_MILLISECONDS}")  # writers queue up behind it
        await self.database.fetch(
            f"UPDATE {self._table} SET open = true, epoch = epoch + 1 "
            "WHERE NOT open AND closed_until < clock_timestamp()"
        )

    async def close(self) -> None:
        """Close the cache and return when no reader trusts what was kept before."""
        self._trusted_until = 0.0
        closed = await self.database.fetch(
            f"UPDATE {self._table} SET open = false, epoch = epoch + 1, "
            "closed_until = clock_timestamp() + make_interval(secs => $1) WHERE open RETURNING epoch",
            self.patience.closed,
        )
        self.closures += len(closed)
        (row,) = closed or await self.database.fetch(f"SELECT epoch FROM {self._table}")
        await asyncio.sleep(self._seen_closed(row["epoch"]))

    def _seen_closed(self, epoch: int) -> float:
        """Return in how many seconds every reader has noticed; by a clock of our own, from when it was first seen.

        A time that PostgreSQL notes is from before the commit, which may have taken any time.
        """
        if epoch != self._closed_epoch:
            self._closed_epoch, self._closed_since = epoch, time.monotonic()
        return max(self._closed_since + self.patience.notice - time.monotonic(), 0)

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` in a transaction that commits while the cache is closed, and known to be."""
        if self._checked.get():
            return await self.database.unit_of_work(work)

        async def checked() -> T:
            # FOR SHARE: nobody opens it before the commit.
            (row,) = await self.database.fetch(f"SELECT open, epoch FROM {self._table} FOR SHARE")
            if row["open"] or self._seen_closed(row["epoch"]):
                raise _Trusted
            replaced = self._checked.set(True)
            try:
                return await work()
            finally:
                self._checked.reset(replaced)

        while True:
            try:
                return await self.database.unit_of_work(checked)
            except _Trusted:
                await self.close()

    @property
    def _table(self) -> str:
        return f"{self.app}.cache_state"
