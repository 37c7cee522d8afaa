"""What can be done with the audit trail: one callable for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from remuner.audit.domain.entities import Actor, Event, EventQuery
from remuner.audit.domain.ports import EventPersistence, UnitOfWork
from remuner.shared.audit import AuditEntry
from remuner.shared.batches import Batches
from remuner.shared.context import current_caller, current_request_id
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page

_BATCH = 5000
"""How many events one transaction erases."""


@dataclass(frozen=True, slots=True)
class RecordEvents:
    """Note what was done: for other apps, in their unit of work."""

    events: EventPersistence

    async def __call__(self, entries: Sequence[AuditEntry]) -> None:
        """Keep an event for each entry."""
        await self.events.add(list(map(_event, entries)))


class RecordUses:
    """Note what is done outside of any unit of work: for other apps, many entries with one statement."""

    def __init__(self, events: EventPersistence) -> None:
        """`events` are kept each batch by itself."""
        self._batches = Batches[Event](events.add)

    async def now(self, entry: AuditEntry) -> None:
        """Keep an event before this returns; raises Unavailable."""
        await self._batches.add(_event(entry))

    def soon(self, entry: AuditEntry) -> None:
        """Keep an event in a moment, or when the database is back."""
        self._batches.add_soon(_event(entry))

    async def finish(self) -> None:
        """Wait for what is being written."""
        await self._batches.finish()


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Erase a user's names and email from the trail: for the app that erases users, in its unit of work."""

    events: EventPersistence

    async def __call__(self, user_id: UUID) -> None:
        """May be repeated."""
        await self.events.forget(user_id)


@dataclass(frozen=True, slots=True)
class ListEvents:
    """Show the events that a query selects."""

    events: EventPersistence

    async def __call__(self, query: EventQuery) -> Page[Event]:
        """Return a page of events."""
        return await self.events.list(query)


@dataclass(frozen=True, slots=True)
class CountOldEvents:
    """Tell what `PruneEvents` would erase."""

    events: EventPersistence

    async def __call__(self, before: datetime) -> int:
        """Return how many events there are."""
        return await self.events.count(before)


@dataclass(frozen=True, slots=True)
class PruneEvents:
    """Erase old events: for the operator, not for the API."""

    unit_of_work: UnitOfWork
    events: EventPersistence

    async def __call__(self, before: datetime, progress: Callable[[int], None] = lambda _: None) -> int:
        """Return how many there were. Cut in the middle, it has erased the oldest; `progress` hears how many."""
        erased = 0
        while count := await self.unit_of_work(lambda: self.events.prune(before, _BATCH)):
            erased += count
            progress(erased)
        return erased


def _event(entry: AuditEntry) -> Event:
    """Return the entry as an event of the caller's, now."""
    caller = current_caller.get()
    actor = Actor(caller.key_id, caller.name)
    personal = entry.personal or {}
    changes = {**dict.fromkeys(personal, (None, None)), **entry.changes}
    return Event(
        new_id(),
        datetime.now(UTC),
        actor,
        entry.action,
        entry.resource_id,
        changes,
        current_request_id.get(),
        entry.subject,
        personal,
    )
