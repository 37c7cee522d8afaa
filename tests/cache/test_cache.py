"""What a cache does when all is well: reads, fills, marks and leases."""

import asyncio

from pydantic import TypeAdapter

from remuner.shared.cache import Cache, CacheEvent

NUMBER = TypeAdapter(int)


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
