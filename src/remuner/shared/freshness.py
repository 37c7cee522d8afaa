"""What was read a moment ago, kept in the process for less than a second."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from remuner.shared.errors import Unavailable

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FRESH_SECONDS = 0.9
_TRUSTED_SECONDS = 1.0
_KEPT = 2000


@dataclass(frozen=True, slots=True)
class _Reading(Generic[V]):
    """A read that runs or has ended; as old as its beginning, since it may have seen that moment."""

    began: float
    task: "asyncio.Task[V | None]"


class FreshRecords(Generic[K, V]):
    """Records that were read at most 0.9 seconds ago; requests for the same one share one read.

    Only what was found is kept, and of that no more than a fixed number.
    """

    def __init__(
        self,
        read: Callable[[K], Awaitable[V | None]],
        clock: Callable[[], float] = time.monotonic,
        kept: int = _KEPT,
    ) -> None:
        """`read` returns None for what is not there."""
        self._read = read
        self._clock = clock
        self._kept = kept
        self._readings: OrderedDict[K, _Reading[V]] = OrderedDict()

    async def get(self, key: K) -> V | None:
        """Return the record; raises Unavailable for one whose read took over a second.

        Whatever `read` raises, is raised for all who waited for it and is not kept.
        """
        reading = self._readings.get(key)
        if reading is None or self._clock() - reading.began >= FRESH_SECONDS:
            reading = self._begin(key)
        if reading.task.done():
            return reading.task.result()
        found = await asyncio.shield(reading.task)  # one who gives up does not end it for the others
        if self._clock() - reading.began > _TRUSTED_SECONDS:  # it may have seen the state of its first moment
            raise Unavailable
        return found

    def forget(self, key: K) -> None:
        """Read anew from now on; what is being read already goes to those who wait for it and to nobody else."""
        self._readings.pop(key, None)

    def forget_all(self) -> None:
        """Read everything anew from now on."""
        self._readings.clear()

    def _begin(self, key: K) -> _Reading[V]:
        began = self._clock()
        reading = _Reading(began, asyncio.ensure_future(self._once(key)))
        self._readings.pop(key, None)
        self._readings[key] = reading
        if len(self._readings) > self._kept:
            self._readings.popitem(last=False)

        def settle(task: "asyncio.Task[V | None]") -> None:
            lost = task.cancelled() or task.exception() is not None or task.result() is None
            if lost and self._readings.get(key) is reading:
                del self._readings[key]

        reading.task.add_done_callback(settle)
        return reading

    async def _once(self, key: K) -> V | None:
        return await self._read(key)
