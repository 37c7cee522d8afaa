"""What the worker processes of test_invariant.py run, told by a Job on standard input.

A racer prints a line before it sends a call and another when it has the answer, so that whoever reads them knows, even
after a `kill -9`, what was acknowledged and what was under way.
"""

import asyncio
import itertools
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import httpx2
from asgi_lifespan import LifespanManager
from dishka import Provider, Scope, provide

from remuner.bridges import UserIntegrationsBridge
from remuner.integrations.dependency_injection.providers import IntegrationsDatabase
from remuner.integrations.domain.use_cases import IntegrationsOfUsers, ReleaseUser
from remuner.main import create_app
from remuner.shared.database import Database
from remuner.shared.settings import Settings
from remuner.users.domain.entities import IntegrationSummary
from remuner.users.domain.ports import UserIntegrations

SLOTS = 5
TASKS = 16
TAKEN = "Taken"
"""A name that an integration has which no racer touches."""


@dataclass(frozen=True)
class Job:
    """What a worker does: `calls` calls at random, or the deletion of `user_id`, cut in the middle."""

    settings: Mapping[str, str]
    integrations_url: str | None = None
    seed: int = 0
    calls: int = 0
    user_id: str | None = None


class Apart(Provider):
    """The integrations in a database of their own."""

    scope = Scope.APP

    def __init__(self, url: str) -> None:
        """`url` is where the integrations are; the users are where the settings say."""
        super().__init__()
        self._url = url

    @provide
    def integrations_database(self) -> IntegrationsDatabase:
        """Another one than the users'."""
        return IntegrationsDatabase(Database(self._url, {"integrations": "remuner.integrations.persistence.tables"}))


@dataclass(frozen=True)
class _Fatal(UserIntegrations):
    """The real integrations; the process dies when they have let a user go."""

    integrations: UserIntegrations

    async def of_users(self, user_ids: Collection[UUID]) -> Mapping[UUID, tuple[IntegrationSummary, ...]]:
        return await self.integrations.of_users(user_ids)

    async def release(self, user_id: UUID) -> Sequence[UUID]:
        active = await self.integrations.release(user_id)
        os.kill(os.getpid(), signal.SIGKILL)
        return active


class _FatalProvider(Provider):
    scope = Scope.APP

    @provide
    def user_integrations(self, integrations: IntegrationsOfUsers, release: ReleaseUser) -> UserIntegrations:
        return _Fatal(UserIntegrationsBridge(integrations, release))


@asynccontextmanager
async def service(settings: Settings, *overrides: Provider) -> AsyncIterator[httpx2.AsyncClient]:
    """Give a client of a service in this process."""
    app = create_app(settings, *overrides)
    key = settings.admin_key.get_secret_value() if settings.admin_key else ""
    async with (
        LifespanManager(app),
        httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app),
            base_url="http://remuner.test",
            headers={"Authorization": f"Bearer {key}"},
        ) as client,
    ):
        yield client


class _Racer:
    """Sixteen tasks that make, change and erase users and integrations, all of them over the same few users."""

    def __init__(self, client: httpx2.AsyncClient, job: Job) -> None:
        self._client = client
        self._random = Random(job.seed)
        self._left = job.calls
        self._names = (f"{job.seed}-{number}" for number in itertools.count())
        self._numbers = itertools.count()
        self._users: dict[str, dict[str, str]] = {}

    async def run(self) -> None:
        await self._look()
        async with asyncio.TaskGroup() as tasks:
            for _ in range(TASKS):
                tasks.create_task(self._play())

    async def _play(self) -> None:
        while self._left > 0:
            self._left -= 1
            if self._left % 8 == 0:
                await self._look()
            await self._move()

    async def _look(self) -> None:
        """See who is there, which soon is no longer so, and fill the slots of those who have gone."""
        users = (await self._call("GET", "/v1/users?q=slot-&limit=200"))["items"]
        self._users = {user["id"]: {each["id"]: each["status"] for each in user["integrations"]} for user in users}
        emails = {f"slot-{slot}@example.com" for slot in range(SLOTS)} - {user["email"] for user in users}
        for email in sorted(emails):
            made = await self._call("POST", "/v1/users", first_name="Ada", last_name="Lovelace", email=email)
            if "email" in made:
                self._users[made["id"]] = {}

    async def _move(self) -> None:
        while not self._users:
            await self._look()
        user_id, other_id = self._random.choices(list(self._users), k=2)
        mine = self._users[user_id]
        move = self._random.randrange(14)
        if move == 12:
            await self._reassign(self._idle() if self._left % 2 else user_id, other_id)
        elif move < 2:
            await self._delete(self._idle() if move else user_id)
        elif move < 5 and len(mine) < 4:
            await self._create(user_id)
        elif move in {5, 13} and mine:
            await self._call("DELETE", f"/v1/integrations/{mine.popitem()[0]}")
        elif move < 8 and mine:
            await self._change(self._random.choice(list(mine)), other_id)
        elif mine:
            await self._collide(self._random.choice(list(mine)), self._idle())

    def _idle(self) -> str:
        """Choose a user who may go: one without an active integration, if there is one."""
        idle = [user_id for user_id, mine in self._users.items() if "active" not in mine.values()]
        return self._random.choice(idle or list(self._users))

    async def _collide(self, integration_id: str, user_id: str) -> None:
        """Give an integration to a user who is leaving while somebody else activates it."""
        path = f"/v1/integrations/{integration_id}"
        await self._call("PATCH", path, status="inactive")
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._call("PATCH", path, user_id=user_id))
            for _ in range(3):
                tasks.create_task(self._soon(self._call("PATCH", path, status="active")))
            tasks.create_task(self._soon(self._delete(user_id)))

    async def _soon(self, call: Awaitable[object]) -> None:
        await asyncio.sleep(self._random.uniform(0, 0.03))
        await call

    async def _create(self, user_id: str) -> None:
        name = next(self._names)
        status = self._random.choice(["active", "inactive"])
        body = {"name": name, "user_id": user_id, "token": f"token of {name}", "status": status}
        made = await self._call("POST", "/v1/integrations", **body)
        if "user" in made and user_id in self._users:
            self._users[user_id][made["id"]] = status
        if "user" in made and status == "active" and self._random.random() < 0.3:
            await self._call("DELETE", f"/v1/integrations/{made['id']}")

    async def _change(self, integration_id: str, user_id: str) -> None:
        name = next(self._names)
        token = f"token of {name}"
        changes = self._random.choice(
            [
                {"name": name},
                {"name": TAKEN},
                {"token": token},
                {"name": name, "status": "active", "user_id": user_id, "token": token},
                {"status": "active"},
                {"status": "inactive"},
                {"status": "inactive"},
                {"user_id": user_id},
                {"user_id": user_id, "status": "inactive"},
            ]
        )
        await self._call("PATCH", f"/v1/integrations/{integration_id}", **changes)

    async def _reassign(self, user_id: str, to_user_id: str) -> None:
        """Give all integrations of a user away while their owner or their new one is leaving."""
        async with asyncio.TaskGroup() as tasks:
            path = f"/v1/users/{user_id}/reassign-integrations"
            tasks.create_task(self._call("POST", path, to_user_id=to_user_id))
            tasks.create_task(self._soon(self._delete(self._random.choice([user_id, to_user_id]))))

    async def _delete(self, user_id: str) -> None:
        refusal = await self._call("DELETE", f"/v1/users/{user_id}")
        if refusal.get("code") != "user_has_active_integrations":
            self._users.pop(user_id, None)

    async def _call(self, method: str, path: str, **body: str) -> dict[str, Any]:
        number = next(self._numbers)
        _say({"number": number, "method": method, "path": path, "body": body})
        answer = await self._client.request(method, path, json=body or None)
        revision = answer.headers.get("etag", '"0.').partition(".")[0].strip('"')
        shown: dict[str, Any] = answer.json() if answer.content else {}
        kept = {} if method == "GET" else shown
        _say({"number": number, "status": answer.status_code, "revision": int(revision), "shown": kept})
        return shown


def _say(line: object) -> None:
    os.write(1, json.dumps(line).encode() + b"\n")  # at once and whole


async def _work(job: Job) -> None:
    settings = Settings.model_validate(job.settings)
    parts: list[Provider] = [Apart(job.integrations_url)] if job.integrations_url else []
    if job.user_id:
        async with service(settings, *parts, _FatalProvider()) as client:
            await client.delete(f"/v1/users/{job.user_id}")
        return
    async with service(settings, *parts) as client:
        _say("ready")
        await asyncio.to_thread(sys.stdin.readline)
        await _Racer(client, job).run()


if __name__ == "__main__":
    asyncio.run(_work(Job(**json.loads(sys.stdin.readline()))))
