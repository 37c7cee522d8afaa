"""What can be done with sessions: one callable for each."""

import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from remuner.access.domain import audit_entries
from remuner.access.domain.authenticate import Authenticate
from remuner.access.domain.entities import Session
from remuner.access.domain.ports import AuditTrail, Clock, SessionPersistence, UnitOfWork
from remuner.shared.context import Caller, current_caller
from remuner.shared.ids import new_id

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class StartSession:
    """Sign a browser in with an access key."""

    unit_of_work: UnitOfWork
    sessions: SessionPersistence
    audit: AuditTrail
    authenticate: Authenticate
    clock: Clock

    async def __call__(self, access_key: str) -> tuple[str, Caller] | None:
        """Return the new session's token and whose it is; None for a wrong key."""
        caller = await self.authenticate.by_access_key(access_key)
        if caller is None:
            return None
        current_caller.set(caller)  # it is the one who acts
        now = self.clock()
        session = Session(new_id(), caller.key_id, now, now)
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        ends_at = min(session.ends_at, caller.expires_at or session.ends_at)

        async def work() -> bool:
            if not await self.sessions.add(session, self.authenticate.session_digest(token, session.key_id)):
                return False
            await self.audit.record(audit_entries.session_created(session.id, ends_at))
            return True

        kept = await self.unit_of_work(work)
        return (token, replace(caller, api_version=None, expires_at=ends_at)) if kept else None


@dataclass(frozen=True, slots=True)
class EndSession:
    """Sign a browser out, at once in this process and within a second in every other. May be repeated."""

    unit_of_work: UnitOfWork
    sessions: SessionPersistence
    audit: AuditTrail
    authenticate: Authenticate

    async def __call__(self, token: str) -> None:
        """Whoever has the token may end its session."""

        async def work() -> None:
            session = await self.sessions.remove(self.authenticate.session_digests(token))
            if session is not None:
                await self.audit.record(audit_entries.session_ended(session.id))

        try:
            await self.unit_of_work(work)
        finally:
            self.authenticate.forget_session(token)


@dataclass(frozen=True, slots=True)
class EndSessions:
    """Sign out every browser that signed in with a key, as soon as EndSession does. May be repeated."""

    unit_of_work: UnitOfWork
    sessions: SessionPersistence
    audit: AuditTrail
    authenticate: Authenticate

    async def __call__(self, key_id: UUID | None) -> None:
        """`key_id` is the caller's own; None: the administrator's."""

        async def work() -> None:
            ended = await self.sessions.remove_all(key_id)
            await self.audit.record(*(audit_entries.session_ended(session.id) for session in ended))

        try:
            await self.unit_of_work(work)
        finally:
            self.authenticate.forget_sessions()
