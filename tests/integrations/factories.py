"""Integrations for tests: kept through the port, or asked for over HTTP, with values that nobody else has."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tests.conftest import Client
from tests.users.factories import existing, post_user

from remuner.integrations.domain.destinations import Destination
from remuner.integrations.domain.entities import Integration, IntegrationStatus, Token
from remuner.integrations.domain.ports import IntegrationPersistence, UnitOfWork
from remuner.shared.database import Row
from remuner.shared.ids import new_id
from remuner.shared.sealing import Sealer

_numbers = itertools.count(1)


def new_token() -> Token:
    """Return a token that nothing else has."""
    return Token(f"tok-{next(_numbers)}-9f8e7d6c5b4a")


def new_integration(
    *,
    name: str | None = None,
    status: IntegrationStatus = IntegrationStatus.ACTIVE,
    user_id: UUID | None = None,
    created_at: datetime | None = None,
    destination: Destination | None = None,
) -> Integration:
    """Return an integration that is not kept yet."""
    now = created_at or datetime.now(UTC)
    name = name or f"Integration {next(_numbers)}"
    return Integration(new_id(), name, status, user_id or new_id(), 1, now, 1, now, now, destination, None, None, None)


@dataclass(frozen=True, slots=True)
class Connections:
    """The integrations' port in one implementation, and what it takes to write through it."""

    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence

    async def integration(self, *, token: Token | None = None, **fields: Any) -> Integration:  # noqa: ANN401
        """Keep an integration and return it as it is read."""
        integration = new_integration(**fields)
        await self.unit_of_work(lambda: self.integrations.add(integration, token or new_token()))
        return existing(await self.integrations.get(integration.id))


async def opened_tokens(fetch: Callable[..., Awaitable[Sequence[Row]]], sealer: Sealer) -> dict[UUID, bytes]:
    """Return all tokens by their integrations' ids; raises SealError if one does not open."""
    rows = await fetch("SELECT id, sealed_token, token_version FROM integrations.integrations")
    return {id_: sealer.open(sealed, f"integration:{id_}:{version}".encode()) for id_, sealed, version in rows}


async def lock_awaited(fetch: Callable[..., Awaitable[Sequence[Row]]]) -> None:
    """Return when somebody waits for a lock in this database."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    while not await fetch(waiting):  # noqa: ASYNC110 - there is no event for it
        await asyncio.sleep(0.01)


def integration_body(user_id: str, **fields: object) -> dict[str, object]:
    """Return what creates an integration over HTTP; `fields` add to it or replace."""
    number = next(_numbers)
    return {"name": f"Integration {number}", "user_id": user_id, "token": f"tok-{number}-9f8e7d6c5b4a", **fields}


async def post_integration(client: Client, user_id: str, **fields: object) -> dict[str, Any]:
    """Create an integration over HTTP and return it."""
    answer = await client.post("/v1/integrations", json=integration_body(user_id, **fields))
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made


BEARER = {"type": "bearer"}


async def post_connected(client: Client, url: str, **fields: object) -> str:
    """Create an integration with a destination there and return its path; `auth`, `verify` and others as given."""
    user_id = str(fields.pop("user_id", None) or (await post_user(client))["id"])
    destination = {"base_url": url, "auth": fields.pop("auth", BEARER), "verify": fields.pop("verify", None)}
    made = await post_integration(client, user_id, destination=destination, **fields)
    return f"/v1/integrations/{made['id']}"
