"""What PostgreSQL can write at most, by hand as in `limits`: one insert, and the writes that the service makes."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from asyncpg import Record
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from benchmarks.contenders.limits import settled, with_pool
from remuner.shared.ids import new_id
from remuner.shared.sealing import load_sealer

_USER = "SELECT id, first_name, last_name, email FROM users.users WHERE id = $1"
_ADD = """INSERT INTO integrations.integrations (id, name, name_key, status, user_id, sealed_token, token_set_at,
    created_at, updated_at) VALUES ($1, $2, lower($2), 'active', $3, $4, $5, $5, $5)"""
_HOLD = "SELECT name, user_id, token_version, created_at FROM integrations.integrations WHERE id = $1 FOR UPDATE"
_REPLACE = """UPDATE integrations.integrations SET sealed_token = $2, token_version = $3, token_set_at = $4,
    updated_at = $4, revision = revision + 1 WHERE id = $1"""
_NOTE = """INSERT INTO audit.events (id, at, actor, action, resource_id, changes)
    VALUES ($1, $2, 'nobody', $3, $4, $5)"""


class _New(BaseModel):
    name: str = Field(min_length=1, max_length=50)
    user_id: UUID
    token: str = Field(min_length=1, max_length=8192)


class _Token(BaseModel):
    token: str = Field(min_length=1, max_length=8192)


_insert = FastAPI(openapi_url=None, lifespan=with_pool)
_same = FastAPI(openapi_url=None, lifespan=with_pool)
_sealer = load_sealer(Path(os.environ["REMUNER_KEYSET_FILE"]))


@_insert.post("/v1/integrations", status_code=201)
async def _create_only(new: _New) -> dict[str, Any]:
    integration_id, now = new_id(), datetime.now(UTC)
    await _insert.state.pool.execute(_ADD, integration_id, new.name, new.user_id, _sealed(integration_id, 1, new), now)
    return {"id": integration_id}


@_same.post("/v1/integrations", status_code=201)
async def _create(new: _New) -> dict[str, Any]:
    integration_id, now = new_id(), datetime.now(UTC)
    changes = {"name": [None, new.name], "user_id": [None, str(new.user_id)], "token": {"version": [None, 1]}}
    async with _same.state.pool.acquire() as connection, connection.transaction():
        user = await connection.fetchrow(_USER, new.user_id)
        await connection.execute(_ADD, integration_id, new.name, new.user_id, _sealed(integration_id, 1, new), now)
        note = new_id(), now, "integration.created", integration_id, json.dumps(changes)
        await connection.execute(_NOTE, *note)
    return _shown(integration_id, new.name, user, 1, now, now)


@_same.patch("/v1/integrations/{integration_id}")
async def _replace(integration_id: UUID, token: _Token) -> dict[str, Any]:
    now = datetime.now(UTC)
    async with _same.state.pool.acquire() as connection, connection.transaction():
        held = await connection.fetchrow(_HOLD, integration_id)
        if held is None:
            raise HTTPException(404)
        version = held["token_version"] + 1
        await connection.execute(_REPLACE, integration_id, _sealed(integration_id, version, token), version, now)
        changes = json.dumps({"token": {"version": [version - 1, version]}})
        await connection.execute(_NOTE, new_id(), now, "integration.token_replaced", integration_id, changes)
        user = await connection.fetchrow(_USER, held["user_id"])
    return _shown(integration_id, held["name"], user, version, now, held["created_at"])


def _sealed(integration_id: UUID, version: int, given: _New | _Token) -> bytes:
    return _sealer.seal(given.token.encode(), f"integration:{integration_id}:{version}".encode())


def _shown(  # noqa: PLR0913, PLR0917 - the fields
    integration_id: UUID, name: str, user: Record, version: int, now: datetime, created_at: datetime
) -> dict[str, Any]:
    return {
        "id": integration_id,
        "name": name,
        "status": "active",
        "user": dict(user),
        "token_version": version,
        "token_set_at": now,
        "created_at": created_at,
        "updated_at": now,
    }


one_insert, same_writes = settled(_insert), settled(_same)
