"""What the audit trail needs from outside."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from remuner.audit.domain.entities import Event, EventQuery
from remuner.shared.pagination import Page

T = TypeVar("T")


class UnitOfWork(Protocol):
    """Everything that `work` writes is kept together, or nothing is."""

    async def __call__(self, work: Callable[[], Awaitable[T]]) -> T: ...


class EventPersistence(Protocol):
    """Keeps events: they are added, never changed, and go only when they are old."""

    async def add(self, events: Sequence[Event]) -> None:
        """Keep events, in the unit of work that runs, or else together; one that is there already stays."""

    async def list(self, query: EventQuery) -> Page[Event]: ...

    async def forget(self, subject: UUID) -> None:
        """Erase the personal values in all events about a user; the events stay."""

    async def count(self, before: datetime) -> int:
        """Return how many events are older."""

    async def prune(self, before: datetime, limit: int) -> int:
        """Erase the oldest events that are older, so many at most; return how many there were."""
