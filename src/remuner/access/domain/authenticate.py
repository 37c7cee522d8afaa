"""Whose an access key or a session is.

What the database says of a key or a session counts for less than a second, so that a key which was stopped somewhere
stops here within one, and at once where it was stopped through this process.
"""

import asyncio
import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from remuner.access.domain.entities import NOTED_EVERY, AccessKey, AdminKey, Session, digest
from remuner.access.domain.ports import AccessKeyPersistence, Clock, SessionPersistence
from remuner.shared.context import NO_LIMITS, Caller, UseLimits
from remuner.shared.freshness import FreshRecords
from remuner.shared.ids import parse_id
from remuner.shared.scopes import AccessScope

_SECRET = re.compile(r"rk_([0-9a-f-]{36})_[A-Za-z0-9]{43}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_ADMIN = "admin key"
_EVERYTHING = frozenset(AccessScope)
_logger = logging.getLogger("remuner.access")


@dataclass(slots=True)
class _KnownKey:
    """A key as it was read; `noted`: its use is being written."""

    key: AccessKey
    digest: bytes
    scopes: frozenset[AccessScope]
    noted: bool = False


@dataclass(slots=True)
class _KnownSession:
    """As a key."""

    session: Session
    noted: bool = False


class Authenticate:
    """Knows the access keys and the sessions; one for each process."""

    def __init__(
        self, keys: AccessKeyPersistence, sessions: SessionPersistence, admin_key: AdminKey, clock: Clock
    ) -> None:
        """Read nothing yet."""
        self._keys = keys
        self._sessions = sessions
        self._admin_digest = admin_key.digest
        self._clock = clock
        self._known_keys = FreshRecords(self._read_key)
        self._known_sessions = FreshRecords(self._read_session)
        self._writing = set[asyncio.Task[None]]()

    async def by_access_key(self, access_key: str) -> Caller | None:
        """Return whose key it is; the administrator's needs no database. Raises Unavailable."""
        presented = digest(access_key)
        if self._admin_digest and hmac.compare_digest(self._admin_digest, presented):
            return Caller(None, _ADMIN, _EVERYTHING)
        found = _SECRET.fullmatch(access_key)
        key_id = parse_id(found[1]) if found else None
        known = await self._known_keys.get(key_id) if key_id else None
        if known is None or not hmac.compare_digest(known.digest, presented):
            return None
        now = self._clock()
        if not known.key.opens(now):
            return None
        self._note_key(known, now)
        key = known.key
        return Caller(key.id, key.name, known.scopes, key.api_version, key.expires_at, key.use_limits)

    async def by_session(self, token: str) -> Caller | None:
        """Return whose session it is: it can do what its key can, until one of them ends. Raises Unavailable."""
        known = await self._known_sessions.get(digest(token)) if _TOKEN.fullmatch(token) else None
        if known is None:
            return None
        session, now = known.session, self._clock()
        if session.is_over(now):
            return None
        if session.key_id is None:
            self._note_session(known, now)
            return Caller(None, _ADMIN, _EVERYTHING, expires_at=session.ends_at)
        known_key = await self._known_keys.get(session.key_id)
        if known_key is None or not known_key.key.opens(now):
            return None
        self._note_session(known, now)
        self._note_key(known_key, now)
        key = known_key.key
        ends_at = min(session.ends_at, key.expires_at or session.ends_at)
        return Caller(key.id, key.name, known_key.scopes, expires_at=ends_at, use_limits=key.use_limits)

    def session_digest(self, token: str, key_id: UUID | None) -> bytes:
        """Return what a session is kept under; one of the admin key's opens only as long as that key is set."""
        plain = digest(token)
        return plain if key_id else self._bound_to_admin(plain)

    def session_digests(self, token: str) -> Sequence[bytes]:
        """Return what a session with this token may be kept under."""
        return self._candidates(digest(token))

    def forget_key(self, key_id: UUID) -> None:
        """Let a change of the key count at once."""
        self._known_keys.forget(key_id)

    def forget_session(self, token: str) -> None:
        """Let the end of the session count at once."""
        self._known_sessions.forget(digest(token))

    def forget_sessions(self) -> None:
        """Let the end of any number of sessions count at once; they are known by their tokens only."""
        self._known_sessions.forget_all()

    async def finish(self) -> None:
        """Wait for what is being written."""
        await asyncio.gather(*self._writing)

    def _candidates(self, plain: bytes) -> Sequence[bytes]:
        return [plain, self._bound_to_admin(plain)] if self._admin_digest else [plain]

    def _bound_to_admin(self, plain: bytes) -> bytes:
        return hashlib.sha256(plain + (self._admin_digest or b"")).digest()

    async def _read_key(self, key_id: UUID) -> _KnownKey | None:
        found = await self._keys.get_with_digest(key_id)
        return _KnownKey(*found, frozenset(found[0].scopes)) if found else None

    async def _read_session(self, plain: bytes) -> _KnownSession | None:
        found = await self._sessions.find(self._candidates(plain))
        return _KnownSession(found) if found else None

    def _note_key(self, known: _KnownKey, now: datetime) -> None:
        last = known.key.last_used_at
        if not known.noted and (last is None or now - last >= NOTED_EVERY):
            known.noted = True
            self._write(self._keys.note_use(known.key.id, now))

    def _note_session(self, known: _KnownSession, now: datetime) -> None:
        if not known.noted and now - known.session.last_used_at >= NOTED_EVERY:
            known.noted = True
            self._write(self._sessions.note_use(known.session.id, now))

    def _write(self, writing: Awaitable[None]) -> None:
        """Write beside the request, which neither waits for it nor fails with it."""

        async def write() -> None:
            try:
                await writing
            except Exception as error:  # noqa: BLE001 - there is a next use
                _logger.info("a last use was not written: %s", type(error).__name__)

        task = asyncio.create_task(write())
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)


@dataclass(frozen=True, slots=True)
class CurrentUseLimits:
    """What a caller may use tokens for by now: read for each use, whatever Authenticate has just read."""

    keys: AccessKeyPersistence
    clock: Clock

    async def __call__(self, caller: Caller) -> UseLimits | None:
        """Return None when the key has ended since; the administrator's is in no table. Raises Unavailable."""
        return NO_LIMITS if caller.key_id is None else await self.keys.get_use_limits(caller.key_id, self.clock())
