"""What the domain of access needs from outside."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from remuner.access.domain.entities import AccessKey, AccessKeyChanges, AccessKeyQuery, Session
from remuner.shared.audit import AuditEntry
from remuner.shared.context import UseLimits
from remuner.shared.pagination import Page

T = TypeVar("T")

Revisions = Collection[int] | None
"""The revisions that a caller accepts (If-Match); None accepts any."""


class Clock(Protocol):
    """Tells the time, in UTC."""

    def __call__(self) -> datetime: ...


class UnitOfWork(Protocol):
    """Everything that `work` writes in this app is kept together, or nothing is.

    Runs `work` again when the database asks for it, so it must be repeatable.
    """

    async def __call__(self, work: Callable[[], Awaitable[T]]) -> T: ...


class AuditTrail(Protocol):
    """Keeps what was done, in the unit of work that did it."""

    async def record(self, *entries: AuditEntry) -> None: ...


class AccessKeyPersistence(Protocol):
    """Keeps access keys and the digests of their secrets."""

    async def add(self, key: AccessKey, digest: bytes) -> None: ...

    async def get(self, key_id: UUID) -> AccessKey | None: ...

    async def get_with_digest(self, key_id: UUID) -> tuple[AccessKey, bytes] | None:
        """Return it as last written, with what its secret is compared with."""

    async def hold(self, key_id: UUID) -> AccessKey | None:
        """Return it and keep others from changing it until the unit of work ends."""

    async def get_use_limits(self, key_id: UUID, now: datetime) -> UseLimits | None:
        """Return what it may use tokens for, as last written; None if it may not at `now`, or is not there."""

    async def list(self, query: AccessKeyQuery) -> Page[AccessKey]: ...

    async def any(self) -> bool:
        """Return whether there is a key at all."""

    async def change(self, key_id: UUID, changes: AccessKeyChanges) -> None:
        """Change it and raise the revision."""

    async def remove(self, key_id: UUID) -> None:
        """Remove it and its sessions."""

    async def note_use(self, key_id: UUID, now: datetime) -> None:
        """Keep when it was last used, unless that was written less than a minute ago; its revision stays."""


class SessionPersistence(Protocol):
    """Keeps sessions, by the digests of their tokens."""

    async def add(self, session: Session, digest: bytes) -> bool:
        """Keep a new one, and remove those that were over before it; False if its key is gone."""

    async def find(self, digests: Collection[bytes]) -> Session | None:
        """Return the one with one of these digests."""

    async def note_use(self, session_id: UUID, now: datetime) -> None:
        """Keep when it was last used, unless that was written less than a minute ago."""

    async def remove(self, digests: Collection[bytes]) -> Session | None:
        """Remove the one with one of these digests, and return it."""

    async def remove_all(self, key_id: UUID | None) -> Sequence[Session]:
        """Remove those of a key, None: of the administrator's, and return them."""
