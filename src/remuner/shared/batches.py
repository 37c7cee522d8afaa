"""Writing together what many hand in one by one: while one batch is written, the next one gathers."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from remuner.shared.errors import RemunerError

T = TypeVar("T")

_AT_MOST = 10_000
_AGAIN_SECONDS = 0.5
_LAST_SECONDS = 2.0
_logger = logging.getLogger("remuner.batches")


class Batches(Generic[T]):
    """Hands items to `write`, in the order of coming; one batch at a time, without waiting for more to come."""

    def __init__(self, write: Callable[[Sequence[T]], Awaitable[object]]) -> None:
        """`write` keeps all items of a batch or none."""
        self._write = write
        self._urgent: list[tuple[T, asyncio.Future[None]]] = []
        self._patient: list[T] = []
        self._task: asyncio.Task[None] | None = None

    async def add(self, item: T) -> None:
        """Return when it is written; raises what `write` raised for its batch."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._urgent.append((item, written))
        self._wake()
        await written

    def add_soon(self, item: T) -> None:
        """Let it be written, with another batch if one fails; of more than 10,000 that wait the oldest is lost."""
        self._patient.append(item)
        self._lose_oldest()
        self._wake()

    async def finish(self) -> None:
        """Wait for what has been handed in, but not for ever: what cannot be written is lost."""
        if self._task:
            await asyncio.wait([self._task], timeout=_LAST_SECONDS)
            self._task.cancel()

    def _wake(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def _lose_oldest(self) -> None:
        if (lost := len(self._patient) - _AT_MOST) > 0:
            del self._patient[:lost]
            _logger.error("%d entries were lost: too many wait to be written", lost)

    async def _run(self) -> None:
        while self._urgent or self._patient:
            urgent, self._urgent = self._urgent, []
            patient, self._patient = self._patient, []
            try:
                await self._write([*(item for item, _ in urgent), *patient])
            except Exception as error:  # noqa: BLE001 - whoever waits hears of it
                for _, written in urgent:
                    if not written.done():
                        written.set_exception(error)
                if isinstance(error, RemunerError):  # the database is away; there is a next time
                    self._patient = patient + self._patient
                    self._lose_oldest()
                    await asyncio.sleep(_AGAIN_SECONDS if not self._urgent else 0)
                elif patient:
                    _logger.error("%s: %d entries were lost", type(error).__name__, len(patient))  # noqa: TRY400
            else:
                for _, written in urgent:
                    if not written.done():
                        written.set_result(None)
