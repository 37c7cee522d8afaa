"""What can be done with the audit trail: one callable for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from remuner.audit.domain.entities import Actor, Event, EventQuery
from remuner.audit.domain.ports import EventPersistence, UnitOfWork
from remuner.shared.audit import AuditEntry
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
        caller = current_caller.get()
        actor, request_id, now = Actor(caller.key_id, caller.name), current_request_id.get(), datetime.now(UTC)
        await self.events.add([_event(entry, actor, request_id, now) for entry in entries])


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


def _event(entry: AuditEntry, actor: Actor, request_id: str | None, now: datetime) -> Event:
    personal = entry.personal or {}
    changes = {**dict.fromkeys(personal, (None, None)), **entry.changes}
    return Event(new_id(), now, actor, entry.action, entry.resource_id, changes, request_id, entry.subject, personal)
