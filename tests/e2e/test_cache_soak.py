"""Two services behind one cache under load, while the cache is harmed: nobody reads what is older than an answer."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from tests.cache.valkey import Valkey
from tests.conftest import ADMIN_KEY
from tests.e2e.service import Service, free_port

SECONDS = 60
READERS, WRITERS = 12, 8
USERS, TEAMS = 8, 3

Json = dict[str, Any]

_EVENT = re.compile(r'remuner_cache_events_total{event="(\w+)"} (\S+)')


@dataclass
class Fact:
    """Something that changes: its changes are numbered, and made one after the other."""

    sent: int = 0
    answered: int = 0
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)


@dataclass
class Counted:
    """Users who come and go."""

    came: Fact = field(default_factory=Fact)
    went: Fact = field(default_factory=Fact)


@dataclass
class Traffic:
    """Reads and writes through both services, and what was answered of each fact."""

    clients: list[httpx2.AsyncClient]
    facts: dict[str, Fact] = field(default_factory=dict)
    users: list[str] = field(default_factory=list)
    teams: list[str] = field(default_factory=list)
    integrations: list[str] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)
    seen: Counter[str] = field(default_factory=Counter)
    refused: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(6))

    async def ask(self, method: str, path: str, body: Json | None = None) -> Json | None:
        """Return what one of the services answers, None if its worker was killed."""
        try:
            answer = await self.chance.choice(self.clients).request(method, path, json=body)
        except httpx2.TransportError:
            self.seen["cut off"] += 1
            return None
        self.seen[f"{method} {answer.status_code}"] += 1
        if not answer.is_success:
            self.refused.append(f"{method} {path}: {answer.text}")
            return None
        return answer.json() if answer.content else {}

    async def prepare(self) -> None:
        """Make users with an integration each, and teams."""
        for number in range(USERS):
            body = {"first_name": "A", "last_name": "N0", "email": f"{number}@example.com"}
            self.users.append(await self.made("users", body))
            of_user = {"name": f"{number} N0", "user_id": self.users[-1], "token": "x"}
            self.integrations.append(await self.made("integrations", of_user))
        for number in range(TEAMS):
            self.teams.append(await self.made("teams", {"name": f"{number} N0"}))
        pairs = (f"{user} {team}" for user in self.users for team in self.teams)
        self.facts = {each: Fact() for each in (*self.users, *self.teams, *self.integrations, *pairs)}

    async def made(self, resource: str, body: Json) -> str:
        """Make one and return its id."""
        answer = await self.ask("POST", f"/v1/{resource}", body)
        assert answer is not None
        return str(answer["id"])

    def some(self) -> int:
        """Pick a number, often the first one: what is read while it is written shows the most."""
        return self.chance.choice([0, self.chance.randrange(USERS)])

    async def change(self, name: str, write: Callable[[int], Awaitable[Json | None]]) -> None:
        """Make the next change of a fact."""
        fact = self.facts[name]
        async with fact.changing:
            fact.sent = number = fact.sent + 1
            if await write(number) is not None:
                self.seen["writes"] += 1
                fact.answered = number

    async def write(self) -> None:
        """Change something, not so often that nothing is ever kept."""
        await asyncio.sleep(self.chance.uniform(0, 0.2))
        kind = self.chance.choice(["user", "user", "team", "integration", "member", "member", "come and go"])
        which = self.some()
        user, team, integration = self.users[which], self.teams[which % TEAMS], self.integrations[which]
        if kind == "user":
            await self.change(user, lambda n: self.ask("PATCH", f"/v1/users/{user}", {"last_name": f"N{n}"}))
        elif kind == "team":
            name = f"{which % TEAMS} N"
            await self.change(team, lambda n: self.ask("PATCH", f"/v1/teams/{team}", {"name": f"{name}{n}"}))
        elif kind == "integration":
            path = f"/v1/integrations/{integration}"
            await self.change(integration, lambda n: self.ask("PATCH", path, {"name": f"{which} N{n}"}))
        elif kind == "member":
            team = self.chance.choice(self.teams)
            path = f"/v1/teams/{team}/members/{user}"
            await self.change(f"{user} {team}", lambda n: self.ask("PUT" if n % 2 else "DELETE", path))
        else:
            await self.come_and_go()

    async def come_and_go(self) -> None:
        """Add a user, and remove it."""
        email = f"{self.chance.random()}@example.com"
        came, went = self.counted.came, self.counted.went
        came.sent += 1
        user = await self.ask("POST", "/v1/users", {"first_name": "B", "last_name": "N0", "email": email})
        if user is None:
            return
        came.answered += 1
        went.sent += 1
        went.answered += await self.ask("DELETE", f"/v1/users/{user['id']}") is not None

    async def read(self) -> None:
        """Read something, and compare each fact that it shows with what was answered before."""
        kind = self.chance.choice(["users"] * 5 + ["teams"] * 2 + ["integrations"] * 2 + ["stats"])
        came, went = self.counted.came.answered, self.counted.went.answered
        before = {name: fact.answered for name, fact in self.facts.items()}
        ids = ["stats"] if kind == "stats" else getattr(self, kind)
        resource = "users" if kind == "stats" else kind
        shown = await self.ask("GET", f"/v1/{resource}/{ids[self.some() % len(ids)]}")
        if shown is None:
            return
        self.seen["reads"] += 1
        if kind == "stats":
            low, high = USERS + came - self.counted.went.sent, USERS + self.counted.came.sent - went
            self.compare("stats", low, shown["total"], high)
        else:
            getattr(self, f"see_{kind}")(shown, before)

    async def note(self) -> None:
        """Add up what the caches counted, before a worker is killed and at the end."""
        for client in self.clients:
            text = (await client.get("/metrics")).text
            self.seen.update({name: int(float(n)) for name, n in _EVENT.findall(text)})

    def compare(self, what: str, low: int, seen: int, high: int) -> None:
        """Note what cannot be."""
        if not low <= seen <= high:
            self.stale.append(f"{what}: {seen} is not from {low} to {high}")

    def see(self, thing: Json, before: dict[str, int], text: str) -> None:
        """Compare the number in a name."""
        name = thing["id"]
        self.compare(name, before[name], int(text.rpartition("N")[2]), self.facts[name].sent)

    def see_users(self, user: Json, before: dict[str, int]) -> None:
        """Its name, its teams and theirs, its integrations."""
        self.see(user, before, user["last_name"])
        for each in (*user["teams"], *user["integrations"]):
            self.see(each, before, each["name"])
        shown = {team["id"] for team in user["teams"]}
        for team in self.teams:
            self.compare_members([f"{user['id']} {team}"], before, int(team in shown))

    def see_teams(self, team: Json, before: dict[str, int]) -> None:
        """Its name, and how many members it has."""
        self.see(team, before, team["name"])
        self.compare_members([f"{user} {team['id']}" for user in self.users], before, team["members_count"])

    def see_integrations(self, integration: Json, before: dict[str, int]) -> None:
        """Its name, and that of its user."""
        self.see(integration, before, integration["name"])
        self.see(integration["user"], before, integration["user"]["last_name"])

    def compare_members(self, names: Iterable[str], before: dict[str, int], shown: int) -> None:
        """Compare a number of memberships; one is there after an odd number of changes."""
        can_be = [{n % 2 for n in range(before[name], self.facts[name].sent + 1)} for name in names]
        self.compare(str(names), sum(map(min, can_be)), shown, sum(map(max, can_be)))


def kill(valkey: Valkey) -> None:
    """Kill it, and start it later with what its dump holds."""
    valkey.kill()
    time.sleep(1)
    valkey.start()


def empty(valkey: Valkey) -> None:
    """Kill it, and start it at once with nothing."""
    valkey.kill()
    valkey.forget()
    valkey.start()


def old_dump(valkey: Valkey) -> None:
    """Kill it, and start it at once with what it held a second ago."""
    valkey.tell("SAVE")
    time.sleep(1)
    valkey.kill()
    valkey.start()


def flush(valkey: Valkey) -> None:
    """Let it forget everything."""
    valkey.tell("FLUSHALL")


def hang(valkey: Valkey) -> None:
    """Let it not answer for a while."""
    valkey.suspend()
    time.sleep(1)
    valkey.resume()


def full(valkey: Valkey) -> None:
    """Let it have no room for a while."""
    valkey.tell("CONFIG", "SET", "maxmemory", 1)
    time.sleep(1)
    valkey.tell("CONFIG", "SET", "maxmemory", 0)


def read_only(valkey: Valkey) -> None:
    """Let it be a replica for a while."""
    valkey.tell("REPLICAOF", "127.0.0.1", free_port())
    time.sleep(1)
    valkey.tell("REPLICAOF", "NO", "ONE")


FAULTS = [kill, empty, old_dump, flush, hang, full, read_only]


async def harm(traffic: Traffic, valkey: Valkey, services: list[Service], until: float) -> None:
    """Harm the cache in every way, each time while both use it, and kill a worker after each round."""
    while True:
        for fault in FAULTS:
            while not all([await uses_cache(each) for each in traffic.clients]):  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.1)
            await asyncio.sleep(0.5)
            if time.monotonic() > until:
                return
            await asyncio.to_thread(fault, valkey)
            traffic.seen[fault.__name__] += 1
        await traffic.note()
        (await asyncio.to_thread(services[traffic.seen["kills"] % 2].named, "remuner")).kill()
        traffic.seen["kills"] += 1


async def uses_cache(client: httpx2.AsyncClient) -> bool:
    """Whether the service reads from the cache now."""
    try:
        return "remuner_cache_open 1.0" in (await client.get("/metrics")).text
    except httpx2.TransportError:
        return False


async def repeat(work: Callable[[], Awaitable[None]], until: float) -> None:
    """Do it until then."""
    while time.monotonic() < until:
        await work()


@pytest.mark.soak
@pytest.mark.timeout(300)
async def test_no_read_is_older_than_an_answer(env: dict[str, str], tmp_path: Path) -> None:
    """For a minute, through two services: names, memberships and counts."""
    with Valkey(tmp_path) as valkey:
        env |= {"REMUNER_REDIS_URL": valkey.url, "REMUNER_PERSISTENCE": "cached"}
        async with AsyncExitStack() as stack:
            services = [stack.enter_context(Service(tmp_path, env=env)) for _ in range(2)]
            for service in services:
                await asyncio.to_thread(service.start)
            headers = {"Authorization": f"Bearer {ADMIN_KEY}"}
            clients = [
                await stack.enter_async_context(httpx2.AsyncClient(base_url=each.url, headers=headers, timeout=15))
                for each in services
            ]
            traffic = Traffic(clients)
            await traffic.prepare()
            until = time.monotonic() + SECONDS
            async with asyncio.TaskGroup() as group:
                group.create_task(harm(traffic, valkey, services, until))
                for _ in range(READERS):
                    group.create_task(repeat(traffic.read, until))
                for _ in range(WRITERS):
                    group.create_task(repeat(traffic.write, until))
            await traffic.note()
            print(dict(traffic.seen))  # noqa: T201 - pytest -s
            count = await asyncio.gather(*(client.get("/v1/users/stats") for client in clients))
            listed = await clients[0].get("/v1/users?limit=1&include_total=true")
    assert [] == traffic.stale
    assert [listed.json()["total"]] * 2 == [each.json()["total"] for each in count]
    assert [] == traffic.refused
    assert traffic.seen["hit"] > 1000
    assert traffic.seen["kills"]
    assert {"closure", "lease_lost", *(fault.__name__ for fault in FAULTS)} <= {*+traffic.seen}
