"""Entities kept in Redis or Valkey in front of PostgreSQL: never wrong, and never needed.

A reader that misses takes a lease, reads PostgreSQL, and fills the key only if the lease still stands. A writer marks
what it changed just before it commits, which ends leases and keeps new ones out, and takes the marks away before it
answers. One that cannot reach the cache closes it in PostgreSQL first (cache_state.py). One that dies leaves marks that
outlive its transaction, and then end. See docs/decisions/0014-the-cache.md.
"""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from remuner.shared.cache_state import CacheState
from remuner.shared.errors import RemunerError, Unavailable
from remuner.shared.redis_wire import CacheAway, Wire

T = TypeVar("T")

_SCRIPT = Path(__file__).with_suffix(".lua").read_text()
_KEPT = 600_000
_LEASE = 1000  # milliseconds, both

_PAUSES = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0)
"""How long to wait for somebody else's fill; after that PostgreSQL is asked."""

_AT_ONCE = 1000
"""How many keys one script marks; the server does nothing else meanwhile."""

_RELEASE = version("remuner")
"""Another one may keep another shape."""

_WELL = 3
"""So many probes in a row have to succeed before the cache is used again."""

_TEXT = TypeAdapter(str)
_logger = logging.getLogger("remuner.cache")


class CacheEvent(StrEnum):
    """What a cache counts."""

    HIT = "hit"
    MISS = "miss"
    BYPASS = "bypass"
    FILL = "fill"
    LEASE_LOST = "lease_lost"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True)
class _Lease:
    """The right to fill a key with a value of this tag."""

    text: bytes
    tag: bytes


class Cache:
    """What is kept of one database. Outside of `async with` it is closed to readers, and writers do without."""

    def __init__(self, wire: Wire, state: CacheState) -> None:
        """Nothing is connected yet."""
        self._wire = wire
        self._state = state
        self._changed: ContextVar[set[str] | None] = ContextVar("changed", default=None)
        self._probes = 0
        self._running: asyncio.Task[None] | None = None
        self._numbers: Counter[CacheEvent] = Counter()

    async def __aenter__(self) -> Self:
        for _ in range(_WELL):
            await self._probe()
        for _ in range(2):  # to open it, and to learn that
            await self._poll()
        self._running = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
        await self._wire.close()

    @property
    def well(self) -> bool:
        """Whether the server answers and takes writes; else nobody asks it (a circuit breaker)."""
        return self._probes >= _WELL

    @property
    def open(self) -> bool:
        """Whether readers use it now."""
        return self.well and self._state.generation is not None

    @property
    def numbers(self) -> Mapping[CacheEvent, int]:
        """How often each thing has happened in this process."""
        return Counter({CacheEvent.CLOSURE: self._state.closures}) + self._numbers

    async def check(self) -> None:
        """Raise Unavailable unless the server answers and takes writes."""
        await self._probe()
        if not self._probes:
            raise Unavailable("The cache does not answer, or takes no writes.")

    async def read(
        self, key: str, load: Callable[[], Awaitable[T]], kind: TypeAdapter[T], *, under: str | None = None
    ) -> T:
        """Return what the key holds, else what `load` returns, which is kept unless it is None.

        `under` is another key; what is kept counts no longer when that one is touched.
        Inside a unit of work, which has to see its own writes, it is always loaded.
        """
        generation = self._state.generation if self.well else None
        if generation is None or self._changed.get() is not None:
            self._numbers[CacheEvent.BYPASS] += 1
            return await load()
        found: T | _Lease | None = None
        try:
            found = await self._held(key, kind, generation, under)
        except CacheAway:
            self._fail()
        except ValidationError:
            _logger.warning("What the cache holds has another shape; it is read anew until that ends")
        if isinstance(found, _Lease):
            return await self._fill(key, load, kind, found)
        if found is None:
            self._numbers[CacheEvent.BYPASS] += 1
            return await load()
        return found

    def touch(self, *keys: str) -> None:
        """Note that the running unit of work changes what these keys hold."""
        changed = self._changed.get()
        if changed is None:
            raise RuntimeError("A write outside of a unit of work of this cache.")
        changed.update(keys)

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """Run `work` in a transaction, with marks on what it touches."""
        if self._changed.get() is not None:
            return await self._state.database.unit_of_work(work)
        if self.well:
            with suppress(CacheAway):
                return await self._marked(work)
            self._fail()
        return await self._state.unit_of_work(lambda: self._noting(work, set()))

    async def _marked(self, work: Callable[[], Awaitable[T]]) -> T:
        writer, changed = secrets.token_hex(8), set[str]()

        async def marked() -> T:
            result = await self._noting(work, changed)
            # The last thing before the commit, since a transaction may take longer than a mark stays.
            await self._each("mark", changed, writer, int(self._state.patience.mark * 1000))
            return result

        result = await self._state.database.unit_of_work(marked)
        try:
            await self._each("unmark", changed, writer)
        except CacheAway:
            self._fail()
            await self._state.close()
        return result

    async def _held(self, key: str, kind: TypeAdapter[T], generation: str, under: str | None) -> T | _Lease | None:
        """Return what is kept, or a lease; None where PostgreSQL has to be asked and nothing may be kept."""
        keys = (key,) if under is None else (key, under)
        made = False
        for pause in _PAUSES:
            values, run = await self._wire.get(*keys)
            held, above = values[0] or b"", values[-1] or b""
            tag = f"V{_RELEASE}.{generation}.{run}|".encode()
            if under is not None:
                if not above.startswith(tag):
                    if made:
                        break  # a write is under way
                    await self.read(under, _nonce, _TEXT)
                    made = True
                    continue
                tag += above[len(tag) :]
            if not held.startswith((tag, b"L")):
                lease = b"L" + secrets.token_hex(8).encode()
                held = await self._eval("lease", (key, _marks(key)), tag, lease, _LEASE)
                if held == b"M" or run != self._wire.run_id:
                    break  # a write is under way; or another run has answered, and what it holds may be older
                if held == lease:
                    self._numbers[CacheEvent.MISS] += 1
                    return _Lease(lease, tag)
            if held.startswith(tag):
                self._numbers[CacheEvent.HIT] += 1
                return kind.validate_json(held[len(tag) :])
            await asyncio.sleep(pause)
        return None

    async def _fill(self, key: str, load: Callable[[], Awaitable[T]], kind: TypeAdapter[T], lease: _Lease) -> T:
        value = await load()
        kept = (b"", 1) if value is None else (lease.tag + kind.dump_json(value), _KEPT)  # nothing: let others try
        try:
            filled = await self._eval("fill", (key,), lease.text, *kept)
        except CacheAway:
            self._fail()
        else:
            self._numbers[CacheEvent.FILL if filled else CacheEvent.LEASE_LOST] += 1
        return value

    async def _each(self, operation: str, keys: Collection[str], *values: object) -> None:
        left = iter(keys)
        while some := [*islice(left, _AT_ONCE)]:
            await self._eval(operation, [each for key in some for each in (key, _marks(key))], *values)

    async def _eval(self, operation: str, keys: Collection[str], *values: object) -> Any:  # noqa: ANN401
        return await self._wire.call("EVAL", _SCRIPT, len(keys), *keys, operation, *values)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(self._state.patience.poll)
            await self._probe()
            await self._poll()

    async def _probe(self) -> None:
        try:
            await self._wire.call("SET", "remuner:probe", "", "PX", _LEASE)
        except CacheAway:
            self._fail()
        else:
            self._probes += 1

    async def _poll(self) -> None:
        try:
            await self._state.poll(well=self.well)
        except RemunerError:
            pass  # nobody trusts it for long without
        except Exception:  # the only one who opens it again has to go on
            _logger.exception("The state of the cache could not be read")

    def _fail(self) -> None:
        if self.well:
            _logger.warning("The cache does not answer, or takes no writes; it is left alone until it does")
        self._probes = 0

    async def _noting(self, work: Callable[[], Awaitable[T]], changed: set[str]) -> T:
        replaced = self._changed.set(changed)
        try:
            return await work()
        finally:
            self._changed.reset(replaced)


def _marks(key: str) -> str:
    return f"{key}:marks"


async def _nonce() -> str:
    return secrets.token_hex(8)
