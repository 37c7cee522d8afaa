"""Access keys and sessions for tests: kept through the ports, or asked for over HTTP."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
from dishka import Provider, Scope
from tests.conftest import Client
from tests.users.factories import existing

from remuner.access.domain.entities import AccessKey, AccessKeyStatus, Session, digest, new_secret
from remuner.access.domain.ports import AccessKeyPersistence, SessionPersistence, UnitOfWork
from remuner.shared.authentication import Authenticator
from remuner.shared.context import NO_LIMITS, Caller, UseLimits
from remuner.shared.ids import new_id
from remuner.shared.scopes import AccessScope

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)

_numbers = itertools.count(1)


def new_key(  # noqa: PLR0913 - the fields of a key
    *,
    name: str | None = None,
    scopes: Sequence[AccessScope] = (AccessScope.USERS_READ,),
    status: AccessKeyStatus = AccessKeyStatus.ACTIVE,
    created_at: datetime | None = None,
    expires_at: datetime | None = None,
    last_used_at: datetime | None = None,
    api_version: str = "2",
    use_limits: UseLimits = NO_LIMITS,
) -> AccessKey:
    """Return a key that is not kept yet."""
    name = name or f"Key {next(_numbers)}"
    now = created_at or datetime.now(UTC)
    moments = (now, expires_at, last_used_at)
    return AccessKey(new_id(), name, tuple(scopes), status, api_version, 1, *moments, use_limits)


def new_session(key: AccessKey | None, now: datetime = NOON) -> Session:
    """Return a session that is not kept yet."""
    return Session(new_id(), key.id if key else None, now, now)


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is set."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def advance(self, by: timedelta) -> None:
        """Let time pass."""
        self.now += by


def everybody_is(*callers: Caller) -> Provider:
    """Let a request come from the caller whose name is its access key, or from the only one there is."""

    class Known:
        async def by_access_key(self, access_key: str) -> Caller | None:
            named = {caller.name: caller for caller in callers}
            return callers[0] if len(callers) == 1 else named.get(access_key)

        async def by_session(self, token: str) -> Caller | None:  # noqa: ARG002 - nobody has one
            return None

    provider = Provider(scope=Scope.APP)
    provider.provide(Known, provides=Authenticator)
    return provider


@dataclass(frozen=True, slots=True)
class Access:
    """The ports of access in one implementation, and what it takes to write through them."""

    unit_of_work: UnitOfWork
    keys: AccessKeyPersistence
    sessions: SessionPersistence

    async def key(self, **fields: Any) -> AccessKey:  # noqa: ANN401
        """Keep a key and return it as it is read."""
        return (await self.issued(**fields))[0]

    async def issued(self, **fields: Any) -> tuple[AccessKey, str]:  # noqa: ANN401
        """Keep a key and return it as it is read, with its secret."""
        key = new_key(**fields)
        secret = new_secret(key.id)
        await self.unit_of_work(lambda: self.keys.add(key, digest(secret)))
        return existing(await self.keys.get(key.id)), secret

    async def session(self, session: Session, session_digest: bytes) -> bool:
        """Keep a session."""
        return await self.unit_of_work(lambda: self.sessions.add(session, session_digest))


def key_body(**fields: object) -> dict[str, object]:
    """Return what creates a key over HTTP; `fields` add to it or replace."""
    return {"name": f"Key {next(_numbers)}", "scopes": ["users:read"], **fields}


async def post_key(client: Client, **fields: object) -> dict[str, Any]:
    """Create a key over HTTP and return it with its secret."""
    answer = await client.post("/v1/access-keys", json=key_body(**fields))
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


def bearer(secret: str) -> dict[str, str]:
    """Return the header of a call with this key."""
    return {"Authorization": f"Bearer {secret}"}


async def bare(  # noqa: PLR0913 - the parts of a request, by name
    client: Client,
    method: str,
    path: str,
    *,
    cookie: str | None = None,
    headers: dict[str, str] | None = None,
    json: object = None,
) -> httpx2.Response:
    """Ask without the client's access key, by a session's cookie or as nobody."""
    asked = client.build_request(method, path, json=json, headers=headers)
    del asked.headers["Authorization"]
    if cookie is not None:
        asked.headers["Cookie"] = f"theme=dark; remuner_session={cookie}"
    answer = await client.send(asked)
    client.cookies.clear()
    return answer


async def sign_in(client: Client, access_key: str) -> str:
    """Start a session and return the value of its cookie."""
    answer = await bare(client, "POST", "/v1/session", json={"access_key": access_key})
    assert 201 == answer.status_code, answer.text
    return str(answer.cookies["remuner_session"])
