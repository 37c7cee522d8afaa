"""The service in this process: what its requests ask of PostgreSQL, and what they are answered."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import Self

import httpx2
from asgi_lifespan import LifespanManager
from asyncpg.connection import LoggedQuery
from dishka import Provider, Scope

from benchmarks.load import BenchmarkError, Request
from benchmarks.routes.examples import Example
from benchmarks.rows import ROWS, row_id
from remuner.composition import APPS
from remuner.main import create_app
from remuner.shared.database import POOL_SIZE, Database
from remuner.shared.settings import Settings

_statements: ContextVar[list[str] | None] = ContextVar("statements", default=None)
"""Where the request that runs notes them; the service's own tasks have been started without."""


@dataclass(frozen=True)
class Answer:
    """What came back, and what was sent to PostgreSQL for it."""

    status: int
    statements: Sequence[str]
    items: int | None
    body_bytes: int
    head_bytes: int


class LoggedDatabase(Database):
    """A database that notes each statement of a request, BEGIN and COMMIT too."""

    async def __aenter__(self) -> Self:
        """Let every connection of the pool tell what it sends."""
        await super().__aenter__()
        async with AsyncExitStack() as stack:
            for _ in range(POOL_SIZE):
                connection = await stack.enter_async_context(self._opened.lent())
                connection.add_query_logger(_note)
        return self


def _note(query: LoggedQuery) -> None:
    if (statements := _statements.get()) is not None:  # called in the context of what has sent it
        statements.append(query.query)


@dataclass(frozen=True)
class Service:
    """The service with a client; each request that changes a row gets one that no other has changed."""

    client: httpx2.AsyncClient
    numbers: "count[int]" = field(default_factory=lambda: count(2))

    async def warm_answer(self, example: Example, minor: str | None) -> Answer:
        """Ask twice and return the second answer, to which nothing had to be prepared or read for the first time."""
        await self._answer(example, minor)
        return await self._answer(example, minor)

    async def _answer(self, example: Example, minor: str | None) -> Answer:
        values = {"{id}": row_id(1), "{other}": row_id(ROWS), "{unique}": secrets.token_hex(8)}
        if example.request.method != "GET":
            values["{id}"] = row_id(next(self.numbers))
        if example.before:
            made = await self._send(example.before, values, "2")
            values["{made}"] = str(made.json().get("id")) if made.content else ""
        statements: list[str] = []
        token = _statements.set(statements)
        answer = await self._send(example.request, values, minor)
        _statements.reset(token)
        await asyncio.sleep(0)  # the loggers are called by the loop
        self.client.cookies.clear()
        return _told(answer, statements)

    async def _send(self, request: Request, values: Mapping[str, str], minor: str | None) -> httpx2.Response:
        request = request.filled(values)
        headers = dict(request.headers) | ({"X-API-Version": minor} if minor else {})
        headers |= {"Content-Type": "application/json"} if request.body else {}
        answer = await self.client.request(request.method, request.path, headers=headers, content=request.body or None)
        if not answer.is_success:
            raise BenchmarkError(f"{request.method} {request.path} is answered {answer.status_code}: {answer.text}")
        return answer


def _told(answer: httpx2.Response, statements: Sequence[str]) -> Answer:
    shown = answer.json() if answer.headers.get("content-type") == "application/json" else None
    items = len(shown["items"]) if isinstance(shown, dict) and "items" in shown else None
    lines = [b"HTTP/1.1 %d %s" % (answer.status_code, answer.reason_phrase.encode()), b""]
    lines += [name + b": " + value for name, value in answer.headers.raw]
    head_bytes = sum(len(line) + len(b"\r\n") for line in lines)
    return Answer(answer.status_code, statements, items, len(answer.content), head_bytes)


@asynccontextmanager
async def service(environment: Mapping[str, str]) -> AsyncIterator[Service]:
    """Run the service on a database whose statements are noted."""
    settings = Settings.model_validate(
        {name.removeprefix("REMUNER_").lower(): value for name, value in environment.items()}
    )
    tables = {app: f"remuner.{app}.persistence.tables" for app in APPS}
    database = LoggedDatabase(environment["REMUNER_DATABASE_URL"], tables)
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: database, provides=Database)
    async with LifespanManager(create_app(settings, provider)) as running:
        transport = httpx2.ASGITransport(running.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://remuner.test") as client:
            yield Service(client)
