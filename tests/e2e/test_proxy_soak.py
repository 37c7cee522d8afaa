"""Two services under three hundred callers while tokens are replaced and keys revoked: no call is a wrong one.

A call is judged by when it began and when it arrived: what was answered before counts, what was under way may or may
not. All clocks are this process's, in which the callers and the destinations are, too.
"""

import asyncio
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar

import asyncpg
import httpx2
import pytest
from tests.access.factories import bearer, key_body
from tests.conftest import ADMIN_KEY
from tests.e2e.service import Service
from tests.egress.tls import Hostile, http
from tests.integrations.factories import integration_body
from tests.users.factories import user_body

CALLERS, CHANGERS = 300, 20
USERS, INTEGRATIONS, KEYS = 5, 20, 6
AT_ONCE = 12
"""In each process, so that only one integration, which everybody likes best, has too many callers."""

AGAIN_SECONDS = 1
"""Between two attempts of one call."""


Json = dict[str, Any]
T = TypeVar("T")

ANSWERS = {
    (200, "whole"),
    (401, "unauthenticated"),
    (403, "key_limited"),
    (409, "integration_inactive"),
    (429, "integration_busy"),
}
RARE = {
    (429, "rate_limited"),  # of wrong keys from one address
    (502, "upstream_unreachable"),  # it moved between two attempts
}
_REQUEST = re.compile(rb"/calls/(\d+) .*\nauthorization: Bearer (\S+)", re.DOTALL)
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass
class Change(Generic[T]):
    """From `sent` on it may have this value, from `answered` on it has."""

    value: T
    sent: float = 0
    answered: float = float("inf")


class Fact(Generic[T]):
    """Something that changes, one change after the other."""

    def __init__(self, value: T) -> None:
        self._changes = [Change(value, answered=0)]
        self._changing = asyncio.Lock()

    @asynccontextmanager
    async def changing(self, *, value: T) -> AsyncIterator[None]:
        """Note when the change is sent and answered in this block."""
        async with self._changing:
            self._changes.append(Change(value, time.monotonic()))
            yield
            self._changes[-1].answered = time.monotonic()

    def values(self, begin: float, end: float) -> set[T]:
        """Return what it may have been between two moments."""
        last = [each for each in self._changes if each.answered <= begin][-1]
        return {last.value, *(each.value for each in self._changes if each.answered > begin and each.sent <= end)}


@dataclass
class User:
    """A user with integrations."""

    path: str
    active: Fact[bool] = field(default_factory=lambda: Fact(value=True))


@dataclass
class Integration:
    """An integration; `token` is where it may go and what it is. One without a `home` moves with each new token."""

    path: str
    user: User
    token: Fact[tuple[int, str]]
    home: int | None
    active: Fact[bool] = field(default_factory=lambda: Fact(value=True))


@dataclass
class Key:
    """An access key; with `only` it is limited to the integrations that have these paths."""

    path: str
    secret: str
    only: list[str] | None
    active: Fact[bool] = field(default_factory=lambda: Fact(value=True))

    def permits(self, integration: Integration) -> bool:
        """Return whether it is within its limits."""
        return self.only is None or integration.path in self.only


@dataclass
class Arrival:
    """What a destination saw of a call."""

    place: int
    token: str
    at: float


@dataclass
class Call:
    """What a caller did, and what came of it."""

    integration: Integration
    key: Key
    began: float = field(default_factory=time.monotonic)
    ended: float = 0
    answer: tuple[int, str] = (0, "")
    arrivals: list[Arrival] = field(default_factory=list)

    def faults(self) -> Iterator[str]:
        """Tell what is wrong with it."""
        since, integration = self.began, self.integration
        for arrival in self.arrivals:
            if not self.key.permits(integration):
                yield "let through with another's key"
            if True not in self.key.active.values(since, arrival.at):
                yield "let through with a revoked key"
            if True not in integration.active.values(since, arrival.at):
                yield "let through for an inactive integration"
            if True not in integration.user.active.values(since, arrival.at):
                yield "let through for an inactive user"
            if (arrival.place, arrival.token) not in integration.token.values(since, arrival.at):
                yield f"came to {arrival.place} with {arrival.token}"
            since = arrival.at + 0.9 * AGAIN_SECONDS  # another attempt goes by what is written by then
        if self.answer not in ANSWERS | RARE or not self._has_reason():
            yield f"answered {self.answer} after {len(self.arrivals)} attempts"

    def _has_reason(self) -> bool:
        match self.answer:
            case 200, _:
                return bool(self.arrivals)
            case 409, _:  # also before another attempt
                actives = self.integration.active, self.integration.user.active
                return any(False in each.values(self.began, self.ended) for each in actives)
            case (401, _) | (_, "rate_limited"):  # one that is active again may be unknown for a second
                return False in self.key.active.values(self.began - 1, self.ended)
            case 502, _:
                return len({place for place, _ in self.integration.token.values(self.began, self.ended)}) > 1
            case 403, _:
                return not self.arrivals and not self.key.permits(self.integration)
        return not self.arrivals


class Traffic:
    """Calls through both services, and changes of all that decides about them."""

    def __init__(self, clients: list[httpx2.AsyncClient], seconds: float) -> None:
        self.clients = clients
        self.places = [Hostile(host="127.0.0.1", answer=partial(self.arrive, number)) for number in range(2)]
        self.calls: list[Call] = []
        self.told: list[str] = []
        self.seen = Counter[str]()
        self.most = 0
        self._seconds = seconds
        self._until = 0.0
        self._running = 0
        self._numbers = itertools.count()
        self._chance = random.Random(10)
        self._users: list[User] = []
        self._integrations: list[Integration] = []
        self._keys: list[Key] = []
        self._idle: list[Key] = []  # those that nobody changes now

    async def run(self) -> None:
        """Call and change for the time that is set."""
        await self._prepare()
        self._until = time.monotonic() + self._seconds
        async with asyncio.TaskGroup() as group:
            for _ in range(CHANGERS):
                group.create_task(self._repeat(self._change))
            for _ in range(CALLERS):
                group.create_task(self._repeat(self._call))

    async def _repeat(self, work: Callable[[], Awaitable[None]]) -> None:
        while time.monotonic() < self._until:
            await work()

    async def _ask(self, method: str, path: str, body: object = None) -> Json:
        """Do what the administrator does, through either service."""
        headers = bearer(ADMIN_KEY)
        answer = await self._chance.choice(self.clients).request(method, path, json=body, headers=headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else {}

    async def _prepare(self) -> None:
        for _ in range(USERS):
            self._users.append(User(f"/v1/users/{(await self._ask('POST', '/v1/users', user_body()))['id']}"))
        for number in range(INTEGRATIONS):
            user, home = self._users[number % USERS], [0, 1, None][number % 3]
            body, token = self._new_token(home)
            made = await self._ask("POST", "/v1/integrations", integration_body(user.path.split("/")[-1], **body))
            self._integrations.append(Integration(f"/v1/integrations/{made['id']}", user, Fact(token), home))
        self._idle = [await self._new_key() for _ in range(KEYS)]

    def _new_token(self, home: int | None) -> tuple[Json, tuple[int, str]]:
        """Return a body with a token and a destination for it, and what of both is to be seen there."""
        place = self._chance.randrange(2) if home is None else home
        token = f"canary-{next(self._numbers)}-{self._chance.randrange(10**9)}"
        destination = {"base_url": self.places[place].url, "auth": {"type": "bearer"}}
        return {"token": token, "destination": destination}, (place, token)

    async def _new_key(self) -> Key:
        """Make one, and let one of all be limited."""
        only = None if any(each.only for each in self._keys) else [each.path for each in self._integrations[:5]]
        limits = {"integration_ids": [path.split("/")[-1] for path in only]} if only else None
        made = await self._ask("POST", "/v1/access-keys", key_body(scopes=["integrations:use"], use_limits=limits))
        key = Key(f"/v1/access-keys/{made['id']}", made["secret"], only)
        self._keys.append(key)
        return key

    async def _change(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, 0.2))
        kind = self._chance.choice(["token", "token", "token", "integration", "user", "key"])
        integration = self._chance.choice(self._integrations)
        if kind == "key" and self._idle:
            await self._change_key(self._idle.pop(self._chance.randrange(len(self._idle))))
        elif kind == "integration":
            await self._switch(integration)
        elif kind == "user":
            await self._switch(integration.user)
        else:
            kind = "token"
            body, token = self._new_token(integration.home)
            if integration.home is not None:
                del body["destination"]
            async with integration.token.changing(value=token):
                await self._ask("PATCH", integration.path, body)
        self.seen[kind] += 1

    async def _change_key(self, key: Key) -> None:
        if self._chance.random() < 0.5:
            await self._switch(key)
        else:
            async with key.active.changing(value=False):
                await self._ask("DELETE", key.path)
            await asyncio.sleep(self._chance.uniform(0, 0.3))
            self._keys.remove(key)
            key = await self._new_key()
        self._idle.append(key)

    async def _switch(self, what: Integration | User | Key) -> None:
        for active in (False, True):
            async with what.active.changing(value=active):
                await self._ask("PATCH", what.path, {"status": "active" if active else "inactive"})
            await asyncio.sleep(self._chance.uniform(0, 0.3))

    async def _call(self) -> None:
        integration = self._chance.choice([*[self._integrations[0]] * 4, *self._integrations])
        call, number = Call(integration, self._chance.choice(self._keys)), len(self.calls)
        self.calls.append(call)
        method, body = self._chance.choice([("GET", None), ("GET", None), ("POST", b"{}")])
        path, headers = f"{integration.path}/proxy/calls/{number}", bearer(call.key.secret)
        answer = await self._chance.choice(self.clients).request(method, path, content=body, headers=headers)
        call.ended = time.monotonic()
        if answer.is_success:
            call.answer = answer.status_code, "whole" if answer.text.endswith(f"{number} is over") else "cut off"
        else:
            call.answer = answer.status_code, answer.json().get("code", "upstream")
            await asyncio.sleep(self._chance.uniform(0.3, 0.8))
        self.seen[f"{call.answer}"] += 1
        if "canary" in f"{answer.headers}{answer.text}":
            self.told.append(answer.text)

    async def arrive(self, place: int, request: bytes, writer: asyncio.StreamWriter) -> None:
        """Note a call, and answer with its token: at once, slowly, or when it comes again."""
        found = _REQUEST.search(request)
        assert found, request
        number, token = int(found[1]), found[2].decode()
        arrivals = self.calls[number].arrivals
        arrivals.append(Arrival(place, token, time.monotonic()))
        again = time.monotonic() + AGAIN_SECONDS < self._until and self._chance.random() < 0.1
        if again and request.startswith(b"GET") and len(arrivals) == 1:
            writer.write(http(b"", f"Retry-After: {AGAIN_SECONDS}", status="503 Service Unavailable"))
            return
        self._running += 1
        self.most = max(self.most, self._running)
        try:
            slow = self._chance.choice([0, 0.1, 0.3, 0.5, 0.7])
            writer.write(_CHUNKED)
            for part in ("You sent ", token[:8], token[8:], f", {number} is over"):
                writer.write(f"{len(part):x}\r\n{part}\r\n".encode())
                await asyncio.sleep(slow if time.monotonic() < self._until else 0)
            writer.write(b"0\r\n\r\n")
        finally:
            self._running -= 1

    def faults(self, noted: Counter[tuple[str, str]]) -> list[str]:
        """Tell what is wrong with the calls, and with what the audit trail tells of them."""
        found = [*self.told]
        for number, call in enumerate(self.calls):
            found += [f"call {number} {fault}" for fault in call.faults()]
            intended, ended = (noted[f"integration.use_{each}", f"/calls/{number}"] for each in ("intended", "ended"))
            if intended != ended or intended not in ([1] if call.arrivals else [0, 1]):
                found.append(f"call {number} arrived {len(call.arrivals)} times, noted {intended} and {ended}")
        return found


async def _noted(database_url: str) -> Counter[tuple[str, str]]:
    """Count the events of each call; those of outcomes are written a moment after."""
    connection = await asyncpg.connect(database_url)
    query = "SELECT action, changes->'path'->>1 FROM audit.events WHERE action LIKE 'integration.use_%'"
    try:
        for _ in range(30):
            noted = Counter((action, path) for action, path in await connection.fetch(query))
            actions = Counter(action for action, _ in noted.elements())
            if actions["integration.use_intended"] == actions["integration.use_ended"]:
                break
            await asyncio.sleep(0.1)
        return noted
    finally:
        await connection.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seconds", [3, pytest.param(60, marks=pytest.mark.soak)])
async def test_no_call_is_a_wrong_one(env: dict[str, str], redis_url: str, tmp_path: Path, seconds: float) -> None:
    """By its token, its destination, its key, its integration, its user, its answer and its events."""
    async with AsyncExitStack() as stack:
        clients: list[httpx2.AsyncClient] = []
        traffic = Traffic(clients, seconds)
        places = [await stack.enter_async_context(place) for place in traffic.places]
        env |= {"REMUNER_REDIS_URL": redis_url, "REMUNER_PERSISTENCE": "cached"}
        env["REMUNER_PROXY_AT_ONCE"] = str(AT_ONCE)
        env["REMUNER_EGRESS_ALLOW"] = ",".join(place.url.removeprefix("http://") for place in places)
        services = [stack.enter_context(Service(tmp_path, env=env)) for _ in range(2)]
        await asyncio.gather(*(asyncio.to_thread(service.start) for service in services))
        many = httpx2.Limits(max_connections=CALLERS)
        for service in services:
            client = httpx2.AsyncClient(base_url=service.url, timeout=40, verify=False, limits=many)
            clients.append(await stack.enter_async_context(client))
        await traffic.run()
        noted = await _noted(env["REMUNER_DATABASE_URL"])
    print(dict(traffic.seen), "most at once", traffic.most)  # noqa: T201 - pytest -s
    assert [] == traffic.faults(noted)
    assert ANSWERS <= {call.answer for call in traffic.calls}
    assert traffic.most > CALLERS / 3
