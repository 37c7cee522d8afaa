"""What the cache can hardly beat: a user's document, written by hand as one GET, to whoever asks."""

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Response
from redis.asyncio import Redis

from benchmarks.store import USER_ID

_AT = "2026-01-31T12:00:00.000000Z"
DOCUMENT = {
    "id": USER_ID,
    "first_name": "Ada",
    "last_name": "Lovelace 1",
    "email": "ada.1@example.com",
    "status": "pending",
    "teams": [{"id": USER_ID, "name": "Analysts"}, {"id": USER_ID, "name": "Engines"}],
    "integrations": [{"id": USER_ID, "name": "Payroll", "status": "active"}],
    "created_at": _AT,
    "updated_at": _AT,
}

_redis = Redis.from_url(os.environ.get("REMUNER_REDIS_URL", "redis://unused"))


@asynccontextmanager
async def _filled(_: FastAPI) -> AsyncIterator[None]:
    await _redis.set(USER_ID, json.dumps(DOCUMENT, separators=(",", ":")))
    yield
    await _redis.aclose()


app = FastAPI(openapi_url=None, lifespan=_filled)


@app.get("/v1/users/{user_id}")
async def user(user_id: str) -> Response:
    """Return what is kept."""
    return Response(await _redis.get(user_id), media_type="application/json")
