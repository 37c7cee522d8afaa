"""What the parts of the stack can do at most: handlers written by hand, for whoever asks, each with a line in the log.

No authentication, scopes, versions, metrics, request ids, entity tags or cache protocol.
"""

import gc
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias
from uuid import UUID

import asyncpg
from fastapi import FastAPI, HTTPException, Response
from pydantic_core import to_json
from redis.asyncio import Redis
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.contenders.logged import logged

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"

_COLUMNS = """u.id, u.first_name, u.last_name, u.email, u.status,
    ARRAY(SELECT (t.id, t.name) FROM users.memberships m JOIN users.teams t ON t.id = m.team_id
        WHERE m.user_id = u.id ORDER BY t.name_key) AS teams,
    ARRAY(SELECT (i.id, i.name, i.status) FROM integrations.integrations i WHERE i.user_id = u.id
        ORDER BY i.name_key) AS integrations, u.created_at, u.updated_at"""
_ONE = f"SELECT {_COLUMNS} FROM users.users u WHERE u.id = $1"
_PAGE = f"SELECT {_COLUMNS} FROM users.users u ORDER BY u.created_at, u.id LIMIT $1"
_USER = """json_build_object('id', u.id, 'first_name', u.first_name, 'last_name', u.last_name, 'email', u.email,
    'status', u.status,
    'teams', (SELECT coalesce(json_agg(json_build_object('id', t.id, 'name', t.name) ORDER BY t.name_key), '[]')
        FROM users.memberships m JOIN users.teams t ON t.id = m.team_id WHERE m.user_id = u.id),
    'integrations', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'name', i.name, 'status', i.status)
        ORDER BY i.name_key), '[]') FROM integrations.integrations i WHERE i.user_id = u.id),
    'created_at', u.created_at, 'updated_at', u.updated_at)"""
_ONE_AS_JSON = f"SELECT {_USER} FROM users.users u WHERE u.id = $1"
_PAGE_AS_JSON = f"""SELECT json_build_object('items', json_agg({_USER} ORDER BY u.created_at, u.id)) FROM
    (SELECT * FROM users.users ORDER BY created_at, id LIMIT $1) u"""
_STATS = """SELECT json_build_object('total', count(*), 'active', count(*) FILTER (WHERE status = 'active'),
    'pending', count(*) FILTER (WHERE status = 'pending'), 'inactive', count(*) FILTER (WHERE status = 'inactive'))
    FROM users.users"""
_STATS_KEY = "stats"


def settle() -> None:
    """Look for garbage as seldom as the service does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def settled(app: ASGIApp) -> ASGIApp:
    """Return the application with a log, and settle."""
    settle()
    return logged(app)


def open_pool() -> Pool:
    """Return ten connections, to be opened."""

    async def keep(_: object) -> None:
        """Reset nothing: asking the server costs a round trip a query."""

    return asyncpg.create_pool(os.environ["REMUNER_DATABASE_URL"], min_size=10, max_size=10, reset=keep)


@asynccontextmanager
async def with_pool(app: FastAPI) -> AsyncIterator[None]:
    """Open a pool, and keep it in the application's state."""
    async with open_pool() as app.state.pool:
        yield


@asynccontextmanager
async def _with_documents(app: FastAPI) -> AsyncIterator[None]:
    """Keep every user's document, and the counts."""
    app.state.redis = Redis.from_url(os.environ["REMUNER_REDIS_URL"])
    async with open_pool() as pool:
        for user_id, document in await pool.fetch(f"SELECT id::text, {_USER} FROM users.users u"):
            await app.state.redis.set(user_id, document)
        await app.state.redis.set(_STATS_KEY, await pool.fetchval(_STATS))
    yield
    await app.state.redis.aclose()


def _json(body: str | bytes | None) -> Response:
    if body is None:
        raise HTTPException(404)
    return Response(body, media_type="application/json")


_constant = FastAPI(openapi_url=None)
_get = FastAPI(openapi_url=None, lifespan=_with_documents)
_query = FastAPI(openapi_url=None, lifespan=with_pool)
_json_query = FastAPI(openapi_url=None, lifespan=with_pool)


async def _bare(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        for _ in range(2):
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
        return
    headers = [(b"content-type", b"application/json"), (b"content-length", b"15")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b'{"status":"ok"}'})


@_constant.get("/v1/users/{user_id}")
async def _ok(user_id: str) -> dict[str, str]:  # noqa: ARG001 - it takes one, as the others do
    return {"status": "ok"}


@_get.get("/v1/users/stats")
async def _kept_stats() -> Response:
    return _json(await _get.state.redis.get(_STATS_KEY))


@_get.get("/v1/users/{user_id}")
async def _kept_user(user_id: str) -> Response:
    return _json(await _get.state.redis.get(user_id))


@_query.get("/v1/users/stats")
async def _stats() -> Response:
    return _json(await _query.state.pool.fetchval(_STATS))


@_query.get("/v1/users/{user_id}")
async def _user(user_id: UUID) -> Response:
    row = await _query.state.pool.fetchrow(_ONE, user_id)
    return _json(None if row is None else to_json(_shown(row)))


@_query.get("/v1/users")
async def _page(limit: int = 50) -> Response:
    return _json(to_json({"items": [_shown(row) for row in await _query.state.pool.fetch(_PAGE, limit)]}))


def _shown(row: asyncpg.Record) -> dict[str, object]:
    shown = dict(row)
    shown["teams"] = [{"id": row_id, "name": name} for row_id, name in shown["teams"]]
    shown["integrations"] = [
        {"id": row_id, "name": name, "status": status} for row_id, name, status in shown["integrations"]
    ]
    return shown


@_json_query.get("/v1/users/{user_id}")
async def _user_as_json(user_id: UUID) -> Response:
    return _json(await _json_query.state.pool.fetchval(_ONE_AS_JSON, user_id))


@_json_query.get("/v1/users")
async def _page_as_json(limit: int = 50) -> Response:
    return _json(await _json_query.state.pool.fetchval(_PAGE_AS_JSON, limit))


bare, constant, redis_get = settled(_bare), settled(_constant), settled(_get)
one_query, one_json_query = settled(_query), settled(_json_query)
