"""What can be done with access keys: one callable for each. Whoever acts comes along as `by`."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from remuner.access.domain import audit_entries
from remuner.access.domain.authenticate import Authenticate
from remuner.access.domain.entities import (
    AccessKey,
    AccessKeyChanges,
    AccessKeyQuery,
    AccessKeyStatus,
    IssuedKey,
    NewAccessKey,
    NewestMinor,
    digest,
    new_secret,
)
from remuner.access.domain.errors import AccessKeyNotFound
from remuner.access.domain.ports import AccessKeyPersistence, AuditTrail, Clock, Revisions, UnitOfWork
from remuner.shared.context import NO_LIMITS, Caller
from remuner.shared.errors import InvalidInput, PreconditionFailed
from remuner.shared.ids import new_id
from remuner.shared.pagination import Page
from remuner.shared.scopes import AccessScope


@dataclass(frozen=True, slots=True)
class CreateAccessKey:
    """Make an access key.

    Raises InvalidInput for what its maker may not do, for an expiry that has passed and for limits of a scope that it
    does not have.
    """

    unit_of_work: UnitOfWork
    keys: AccessKeyPersistence
    audit: AuditTrail
    clock: Clock
    newest_minor: NewestMinor

    async def __call__(
        self, new: NewAccessKey, by: Caller, show: Callable[[IssuedKey], None] = lambda _: None
    ) -> IssuedKey:
        """Return the key with its secret, which nothing shows again; `show` gets it before it is kept."""
        now = self.clock()
        for position, scope in enumerate(new.scopes):
            if scope not in by.scopes:
                raise InvalidInput(f"scopes/{position}", "Your own access key lacks this scope, so it cannot give it.")
        _check_limits(new, by)
        if new.expires_at is not None and new.expires_at <= now:
            raise InvalidInput("expires_at", "This moment has passed. Choose one in the future, or none.")
        scopes = tuple(scope for scope in AccessScope if scope in new.scopes)
        active = AccessKeyStatus.ACTIVE
        key = AccessKey(
            new_id(), new.name, scopes, active, self.newest_minor, 1, now, new.expires_at, None, new.use_limits
        )
        issued = IssuedKey(key, new_secret(key.id))
        show(issued)

        async def work() -> None:
            await self.keys.add(key, digest(issued.secret))
            await self.audit.record(audit_entries.key_created(key))

        await self.unit_of_work(work)
        return issued


def _check_limits(new: NewAccessKey, by: Caller) -> None:
    if AccessScope.INTEGRATIONS_USE not in new.scopes:
        if new.use_limits != NO_LIMITS:
            raise InvalidInput("use_limits", "Only a key with the scope integrations:use can be limited.")
    elif not by.use_limits.covers(new.use_limits):
        raise InvalidInput("use_limits", "Your own access key is limited: `use_limits` must be within its own.")


@dataclass(frozen=True, slots=True)
class MakeFirstKey:
    """Make the key of the first start, with every scope, if there is no key yet."""

    keys: AccessKeyPersistence
    create: CreateAccessKey

    async def __call__(self, show: Callable[[IssuedKey], None]) -> None:
        """Show it before it is kept, so that a crash never leaves a key that nobody knows."""
        if not await self.keys.any():
            everything = tuple(AccessScope)
            by = Caller(None, "remuner", frozenset(everything))
            await self.create(NewAccessKey("first key", everything), by, show)


@dataclass(frozen=True, slots=True)
class GetAccessKey:
    """Show one access key; raises AccessKeyNotFound."""

    keys: AccessKeyPersistence

    async def __call__(self, key_id: UUID) -> AccessKey:
        """Return it without its secret, which is not kept."""
        return _found(await self.keys.get(key_id))


@dataclass(frozen=True, slots=True)
class ListAccessKeys:
    """Show the access keys that a query selects."""

    keys: AccessKeyPersistence

    async def __call__(self, query: AccessKeyQuery) -> Page[AccessKey]:
        """Return a page of access keys."""
        return await self.keys.list(query)


@dataclass(frozen=True, slots=True)
class UpdateAccessKey:
    """Change an access key, at once in this process and within a second in every other.

    Raises AccessKeyNotFound, PreconditionFailed, or InvalidInput for a key that makes itself inactive.
    """

    unit_of_work: UnitOfWork
    keys: AccessKeyPersistence
    audit: AuditTrail
    authenticate: Authenticate

    async def __call__(
        self, key_id: UUID, changes: AccessKeyChanges, by: Caller, expected: Revisions = None
    ) -> AccessKey:
        """Return the key as it is after the change."""
        if key_id == by.key_id and changes.status is AccessKeyStatus.INACTIVE:
            raise InvalidInput("status", "A key cannot make itself inactive. Use another key with access:manage.")

        async def work() -> AccessKey:
            old = _expected(await self.keys.hold(key_id), expected)
            await self.keys.change(key_id, changes)
            new = _found(await self.keys.get(key_id))
            await self.audit.record(audit_entries.key_updated(old, new))
            return new

        try:
            return await self.unit_of_work(work)
        finally:
            self.authenticate.forget_key(key_id)


@dataclass(frozen=True, slots=True)
class DeleteAccessKey:
    """Remove an access key and its sessions, at once in this process and within a second in every other.

    Raises AccessKeyNotFound, PreconditionFailed, or InvalidInput for a key that removes itself.
    """

    unit_of_work: UnitOfWork
    keys: AccessKeyPersistence
    audit: AuditTrail
    authenticate: Authenticate

    async def __call__(self, key_id: UUID, by: Caller, expected: Revisions = None) -> None:
        """Nothing has changed when this raises."""
        if key_id == by.key_id:
            raise InvalidInput("access_key_id", "A key cannot remove itself. Use another key with access:manage.")

        async def work() -> None:
            old = _expected(await self.keys.hold(key_id), expected)
            await self.keys.remove(key_id)
            await self.audit.record(audit_entries.key_deleted(old))

        try:
            await self.unit_of_work(work)
        finally:
            self.authenticate.forget_key(key_id)


def _expected(key: AccessKey | None, expected: Revisions) -> AccessKey:
    found = _found(key)
    if expected is not None and found.revision not in expected:
        raise PreconditionFailed
    return found


def _found(key: AccessKey | None) -> AccessKey:
    if key is None:
        raise AccessKeyNotFound
    return key
