"""What a cache does when all is well: reads, fills, marks and leases."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from pydantic import TypeAdapter
from tests.conftest import until

from remuner.shared.cache import Cache, CacheEvent
from remuner.shared.cache_state import CacheState
from remuner.shared.database import Database
from remuner.shared.redis_wire import CacheAway, Wire

NUMBER = TypeAdapter(int)
TABLES = {"users": "remuner.users.persistence.tables"}


@pytest.fixture
async def other(database: Database, redis_url: str) -> AsyncIterator[Cache]:
    """Another replica's."""
    async with Cache(Wire(redis_url), CacheState("users", database)) as other:
        await until(lambda: other.open)
        yield other


class Source:
    """A number that is read where a cache is not asked."""

    def __init__(self) -> None:
        """Begin at 1."""
        self.value = 1
        self.reads = 0

    async def __call__(self) -> int:
        """Read it."""
        self.reads += 1
        return self.value

    async def slowly(self) -> int:
        """Read it and take some time."""
        await asyncio.sleep(0.02)
        return await self()


async def test_a_value_is_read_once(cache: Cache) -> None:
    """After that it is kept."""
    source = Source()
    assert [1, 1, 1] == [await cache.read("number", source, NUMBER) for _ in range(3)]
    assert 1 == source.reads
    assert {CacheEvent.MISS: 1, CacheEvent.FILL: 1, CacheEvent.HIT: 2} == cache.numbers


async def test_a_write_is_read_by_all_who_ask_after_it(cache: Cache) -> None:
    """What it touched is read anew; inside, nothing is taken from the cache."""
    source = Source()
    await cache.read("number", source, NUMBER)

    async def work() -> int:
        source.value = 2
        cache.touch("number")
        return await cache.read("number", source, NUMBER)

    assert 2 == await cache.unit_of_work(work)
    assert 2 == await cache.read("number", source, NUMBER)


async def test_a_fill_that_began_before_a_write_is_in_vain(cache: Cache) -> None:
    """Its lease is gone: nobody after the write reads what was read before it."""
    source, begun, go_on = Source(), asyncio.Event(), asyncio.Event()

    async def slow() -> int:
        value = await source()
        begun.set()
        await go_on.wait()
        return value

    async def work() -> None:
        source.value = 2
        cache.touch("number")

    reading = asyncio.create_task(cache.read("number", slow, NUMBER))
    await begun.wait()
    await cache.unit_of_work(work)
    go_on.set()
    assert 1 == await reading
    assert 2 == await cache.read("number", source, NUMBER)
    assert 1 == cache.numbers[CacheEvent.LEASE_LOST]


async def test_others_wait_for_a_fill(cache: Cache, other: Cache) -> None:
    """Of five hundred who miss at once on two replicas, one or two ask PostgreSQL."""
    source = Source()
    reads = (each.read("number", source.slowly, NUMBER) for each in (cache, other) for _ in range(250))
    assert {1} == set(await asyncio.gather(*reads))
    assert source.reads <= 2


async def test_a_lease_that_nobody_redeems_ends(cache: Cache, other: Cache) -> None:
    """Whoever dies while it fills holds up the others for a moment, and keeps nothing out for long."""
    source, stuck = Source(), asyncio.Event()

    async def never() -> int:
        stuck.set()
        return await asyncio.Event().wait()

    dying = asyncio.create_task(cache.read("number", never, NUMBER))
    await stuck.wait()
    dying.cancel()
    assert 1 == await other.read("number", source, NUMBER)
    await asyncio.sleep(1.1)
    assert [1, 1] == [await other.read("number", source, NUMBER) for _ in range(2)]
    assert (2, 1) == (source.reads, other.numbers[CacheEvent.HIT])


async def test_a_closure_that_takes_long_is_noticed_by_all(database: Database, database_url: str) -> None:
    """Whoever closes the cache returns when no reader trusts it, however long the commit took to come through."""
    reader = CacheState("users", database)
    for _ in range(2):
        await reader.poll(well=True)
    assert reader.generation
    async with Database(database_url, TABLES) as mine, Database(database_url, TABLES) as third:
        locked, go_on = asyncio.Event(), asyncio.Event()

        async def hold() -> None:
            await third.fetch("SELECT 1 FROM users.cache_state FOR SHARE")
            locked.set()
            await go_on.wait()

        holding = asyncio.create_task(third.unit_of_work(hold))
        await locked.wait()
        closing = asyncio.create_task(CacheState("users", mine).close())
        await asyncio.sleep(1.5)
        await reader.poll(well=True)
        go_on.set()
        await closing
        assert reader.generation is None
        await holding


async def test_what_has_another_shape_is_read_anew(cache: Cache) -> None:
    """As between two releases: it is not the reason for an error."""

    async def text() -> str:
        return "text"

    await cache.read("number", text, TypeAdapter(str))
    assert 1 == await cache.read("number", Source(), NUMBER)


async def test_a_server_that_does_not_say_what_it_is_is_none() -> None:
    """Whoever asks hears so, and does not wait."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(1000):
            writer.write(b"$0\r\n\r\n" if b"INFO" in data else b"+OK\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    wire = Wire(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
    with pytest.raises(CacheAway):
        await wire.call("PING")
    await wire.close()
    server.close()
