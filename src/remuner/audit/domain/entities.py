"""What was done, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remuner.shared.audit import Change, Changes
from remuner.shared.pagination import PageRequest


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: an access key, or, without an id, the administrator's key or the service itself."""

    key_id: UUID | None
    name: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was done to a resource; it never changes.

    `changes` names every field that changed. Where a value is personal it is null there, and the values stand in
    `personal` until the user `subject` is forgotten.
    """

    id: UUID
    at: datetime
    actor: Actor
    action: str
    resource_id: UUID
    changes: Changes
    request_id: str | None
    subject: UUID | None
    personal: Mapping[str, Change]

    @property
    def resource_type(self) -> str:
        """What it was done to, such as `user`."""
        return self.action.partition(".")[0]


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events to list, the newest first: `since` a moment, and before `until`."""

    page: PageRequest
    resource_type: str | None = None
    resource_id: UUID | None = None
    action: str | None = None
    key_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
