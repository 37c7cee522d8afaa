"""Any order of reads, writes and faults, on two replicas and beside them: no read is older than what was answered."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.cache.valkey import Link, Valkey
from tests.effort import EFFORT, effort

from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState, Patience
from remuner.shared.database import Database, Row
from remuner.shared.errors import RemunerError, Unavailable
from remuner.shared.redis_wire import Wire

T = TypeVar("T")
Hook = Callable[[], Awaitable[None]]

PATIENCE = Patience(poll=0.02, trust=0.1, notice=0.2, closed=0.3, mark=3)
PAUSE = 1.0
"""Nobody stays paused for as long as a mark stays."""

TABLES = {"users": "remuner.users.persistence.tables"}
NUMBERS = TypeAdapter(dict[str, int])
PARTS = {"a": ("a",), "b": ("b", "top")}
"""What is read under one key: rows by name. What is kept of `b` counts no longer when `top` is touched."""

BESIDE = 2
"""The one who writes without a cache."""

_moments: ContextVar[dict[str, Hook]] = ContextVar("moments")
"""What is to happen while the running read or write is at a moment of this name."""


async def moment(name: str) -> None:
    """Let happen what was planned for now, once."""
    if hook := _moments.get({}).pop(name, None):
        await hook()


class Moments(Database):
    """A database whose transactions can be stopped just before their commit and just after it, and that can fail."""

    away = False

    async def fetch(self, sql: str, *values: object) -> list[Row]:
        """Fail while it is away."""
        if self.away:
            raise Unavailable
        return await super().fetch(sql, *values)

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """The last thing in `work` is what the cache does before the commit."""

        async def working() -> T:
            result = await work()
            await moment("before the commit")
            return result

        result = await super().unit_of_work(working)
        await moment("after the commit")
        return result


class Step(NamedTuple):
    """Something that somebody does; `what` happens to a read or a write at the moment that is named, if it has one."""

    call: str
    who: int
    row: str
    at: str
    what: str


FAULTS = ["cut", "empty", "old dump", "flush", "kill", "hang", "deaf"]
STEPS = st.builds(
    Step,
    call=st.sampled_from(["read"] * 4 + ["write"] * 4 + ["fault"] * 2 + ["release", "die", "wait", "settle"]),
    who=st.sampled_from([0, 1, 0, 1, BESIDE]),
    row=st.sampled_from(["a", "b", "top"]),
    at=st.sampled_from(["", "before the commit", "after the commit", "after the load"]),
    what=st.sampled_from(["pause"] * 3 + FAULTS),
)


def read(who: int, row: str = "a", at: str = "", what: str = "pause") -> Step:
    """Read through a replica."""
    return Step("read", who, row, at, what)


def write(who: int, row: str = "a", at: str = "", what: str = "pause") -> Step:
    """Write through a replica, or beside both."""
    return Step("write", who, row, at, what)


def fault(what: str, who: int = 0) -> Step:
    """Harm something."""
    return Step("fault", who, "a", "", what)


def just(call: str) -> Step:
    """Do what needs no more words."""
    return Step(call, 0, "a", "", "pause")


NEEDED = {
    "the mark before the commit": [write(0, at="after the commit"), just("die"), read(1)],
    "the lease": [write(0), read(1, at="after the load"), write(0), just("release"), read(1)],
    "the value is removed with the mark": [
        write(0, at="before the commit"),
        fault("flush"),
        read(1),
        just("release"),
        read(1),
    ],
    "no trust for long": [fault("deaf", 1), fault("cut", 0), write(0), just("wait"), read(1)],
    "closed until the commit": [
        fault("cut", 0),
        write(0, at="before the commit"),
        just("wait"),
        read(1),
        just("release"),
        read(1),
    ],
    "the run of the server": [write(0), fault("old dump"), just("settle"), read(1)],
    "the generation": [fault("cut", 0), write(0), just("wait"), just("settle"), read(1)],
    "closed where a mark stays": [
        write(0, at="before the commit"),
        fault("flush"),
        read(1),
        fault("deaf", 1),
        fault("cut", 0),
        just("release"),
        read(1),
    ],
    "waiting for whom another one closed it": [fault("deaf", 1), fault("cut", 0), write(0), write(BESIDE), read(1)],
    "what is above": [write(0, "top"), read(1, "b")],
    "closed for who has no cache": [write(BESIDE), just("wait"), just("settle"), read(1)],
}
"""For each part of the protocol, what goes wrong without it."""


@dataclass
class World:
    """Two replicas, each on a way of its own to one Valkey, somebody beside them, and what was answered of each row."""

    valkey: Valkey
    links: list[Link]
    databases: list[Moments]
    caches: list[Cache]
    state: CacheState
    example: int = 0
    losses: int = 0
    answered: dict[str, int] = field(default_factory=dict)
    harming: asyncio.Lock = field(default_factory=asyncio.Lock)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: "dict[asyncio.Task[None], str]" = field(default_factory=dict)
    committed: "dict[asyncio.Task[Any] | None, tuple[str, int, int]]" = field(default_factory=dict)

    async def run(self, steps: list[Step]) -> None:
        """Do all that, and read everything at the end."""
        await self.begin()
        try:
            for step in steps:
                await self.do(step)
        finally:
            await self.end()

    async def begin(self) -> None:
        """Make rows and keys that nobody knows, let both replicas read them, and keep a dump of that."""
        self.example += 1
        self.answered = dict.fromkeys(("a", "b", "top"), 0)
        await self.settle()
        for row in self.answered:
            await self.databases[0].fetch("INSERT INTO numbers VALUES ($1, 0)", self.key(row))
        await self.read_all()
        self.valkey.tell("SAVE")

    def key(self, row: str) -> str:
        """What the row is called, and its key."""
        return f"{self.example}:{row}"

    async def do(self, step: Step) -> None:
        """Begin a step and give it time to come to its moment or to its end."""
        if step.call in {"read", "write"}:
            task = asyncio.create_task(getattr(self, step.call)(step))
            self.tasks[task] = step.call
            await asyncio.wait([task], timeout=0.03)
        elif step.call == "fault":
            await self.fault(step)
        else:
            await getattr(self, step.call)()

    def plan(self, step: Step) -> None:
        """Set what this task meets at its moment."""

        async def hook() -> None:
            if step.what == "pause":
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.gate.wait(), PAUSE)
            else:
                await self.fault(step)

        _moments.set({step.at: hook})

    async def read(self, step: Step) -> None:
        """Read through a replica: no row may be older than was answered before this began."""
        self.plan(step)
        key = step.row if step.row in PARTS else "b"
        floor, who = dict(self.answered), step.who % BESIDE

        async def load() -> dict[str, int]:
            names = {self.key(each): each for each in PARTS[key]}
            rows = await self.databases[who].fetch("SELECT name, value FROM numbers WHERE name = ANY($1)", list(names))
            await moment("after the load")
            return {names[row["name"]]: row["value"] for row in rows}

        under = self.key("top") if key == "b" else None
        try:
            found = await self.caches[who].read(self.key(key), load, NUMBERS, under=under)
        except Unavailable:
            return
        assert {} == {row: (floor[row], value) for row, value in found.items() if value < floor[row]}

    async def write(self, step: Step) -> None:
        """Raise a number, through a replica or beside both."""
        self.plan(step)
        me, losses = asyncio.current_task(), self.losses

        async def work() -> int:
            rows = await self.databases[step.who].fetch(
                "UPDATE numbers SET value = value + 1 WHERE name = $1 RETURNING value", self.key(step.row)
            )
            if step.who != BESIDE:
                self.caches[step.who].touch(self.key(step.row))
            self.committed[me] = (step.row, rows[0]["value"], losses)
            return int(rows[0]["value"])

        try:
            if step.who == BESIDE:
                value = await self.state.unit_of_work(work)
            else:
                value = await self.caches[step.who].unit_of_work(work)
        except RemunerError:
            return
        self.answered[step.row] = max(self.answered[step.row], value)

    async def fault(self, step: Step) -> None:
        """Harm the cache, the way of one replica to it, or what that replica hears of PostgreSQL."""
        link = self.links[step.who % BESIDE]
        if step.what == "cut":
            link.cut = True
            link.sever()
        elif step.what == "deaf":
            self.databases[step.who % BESIDE].away = True
        else:
            async with self.harming:
                await self.harm(step.what)

    async def harm(self, what: str) -> None:
        """Harm the cache."""
        if what == "hang" and self.valkey.running:
            self.valkey.suspend()
            try:
                await asyncio.sleep(0.15)
            finally:
                self.valkey.resume()
        elif what == "flush" and self.valkey.running:
            self.losses += 1
            self.valkey.tell("FLUSHALL")
        elif what in {"empty", "old dump", "kill"}:
            self.losses += 1
            self.valkey.kill()
            if what == "empty":
                self.valkey.forget()
            if what != "kill":
                self.valkey.start()

    async def release(self) -> None:
        """Let all go on that are paused."""
        self.gate.set()
        self.gate = asyncio.Event()
        await asyncio.sleep(0.02)

    async def die(self) -> None:
        """End all writers where they are. What one had committed stands, unless the cache has lost its marks."""
        for task in [each for each, call in self.tasks.items() if call == "write" and not each.done()]:
            task.cancel()
            await asyncio.wait([task])
            self.tasks.pop(task)
            row, value, losses = self.committed.get(task, ("a", 0, self.losses))
            (kept,) = await self.databases[BESIDE].fetch("SELECT value FROM numbers WHERE name = $1", self.key(row))
            if losses == self.losses and kept["value"] >= value:
                self.answered[row] = max(self.answered[row], value)

    async def wait(self) -> None:
        """Let enough time pass for a closed cache to be opened."""
        await asyncio.sleep(PATIENCE.closed + 5 * PATIENCE.poll)

    async def settle(self) -> None:
        """Mend all, as often as somebody who was paused harms it, until both replicas read from the cache."""
        async with asyncio.timeout(10):
            while True:
                for link, database in zip(self.links, self.databases[:BESIDE], strict=True):
                    link.cut = database.away = False
                async with self.harming:
                    if not self.valkey.running:
                        self.valkey.start()
                await asyncio.sleep(PATIENCE.poll)
                if all(each.open for each in self.caches):
                    return

    async def read_all(self) -> None:
        """Read everything twice, so that what is kept is read, too."""
        for who in (0, 1, 0, 1):
            for row in PARTS:
                await self.read(Step("read", who, row, "", "pause"))

    async def end(self) -> None:
        """Let all come to their end, and read everything."""
        await self.release()
        await asyncio.gather(*self.tasks)
        self.tasks.clear()
        self.committed.clear()
        await self.settle()
        await self.read_all()


@pytest.fixture
async def world(database_url: str, tmp_path: Path) -> AsyncIterator[World]:
    """Everything started, and nothing harmed yet."""
    with Valkey(tmp_path) as valkey:
        async with AsyncExitStack() as stack:
            links = [Link(valkey.port), Link(valkey.port)]
            databases = [await stack.enter_async_context(Moments(database_url, TABLES)) for _ in range(3)]
            states = [CacheState("users", database, PATIENCE) for database in databases]
            for link in links:
                await stack.enter_async_context(link.open())
            caches = [
                await stack.enter_async_context(Cache(Wire(link.url), state))
                for link, state in zip(links, states[:BESIDE], strict=True)
            ]
            await databases[0].fetch("CREATE TABLE numbers (name text PRIMARY KEY, value int NOT NULL)")
            yield World(valkey, links, databases, caches, states[BESIDE])


@pytest.mark.parametrize("part", NEEDED)
async def test_each_part_of_the_protocol_is_needed(world: World, part: str) -> None:
    """Without it, this read would be older."""
    await world.run(NEEDED[part])


@pytest.mark.fuzz
@pytest.mark.timeout(3600 if EFFORT else 120)
@settings(effort(10), phases=[Phase.generate])  # what depends on time does not shrink
@given(st.lists(st.lists(STEPS, max_size=5) | st.sampled_from(list(NEEDED.values())), min_size=1, max_size=5))
async def test_no_read_is_older_than_what_was_answered_before_it(world: World, parts: list[list[Step]]) -> None:
    """Whoever writes, dies or is cut off, and whatever the cache loses or finds again."""
    await world.run([step for steps in parts for step in steps])
