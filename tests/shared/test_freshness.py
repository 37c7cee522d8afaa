"""Records that count for less than a second."""

import asyncio

import pytest

from remuner.shared.errors import Unavailable
from remuner.shared.freshness import FRESH_SECONDS, FreshRecords


class Source:
    """What the records are read from; `gate` holds the reads back."""

    def __init__(self) -> None:
        self.now = 0.0
        self.reads = 0
        self.value: str | None = "one"
        self.error: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def read(self, _: int) -> str | None:
        """See the value now, and tell of it when the gate is open."""
        self.reads += 1
        seen, error = self.value, self.error
        await self.gate.wait()
        if error:
            raise error
        return seen

    def records(self, kept: int = 10) -> FreshRecords[int, str]:
        """Records of it."""
        return FreshRecords(self.read, lambda: self.now, kept)


async def ticks() -> None:
    """Let everything run that can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_a_record_counts_for_less_than_a_second() -> None:
    """It is read once, and again when 0.9 seconds have passed since that read began."""
    source = Source()
    records = source.records()
    assert "one" == await records.get(1)
    source.value = "two"
    source.now = FRESH_SECONDS - 0.001
    assert ("one", 1) == (await records.get(1), source.reads)
    source.now = FRESH_SECONDS
    assert ("two", 2) == (await records.get(1), source.reads)


async def test_those_who_ask_at_once_share_one_read() -> None:
    """A hundred concurrent requests, one read; each other key has one of its own."""
    source = Source()
    records = source.records()
    source.gate.clear()
    asking = [asyncio.create_task(records.get(number % 2)) for number in range(100)]
    await ticks()
    source.gate.set()
    assert ["one"] * 100 == await asyncio.gather(*asking)
    assert 2 == source.reads


async def test_a_slow_read_is_as_old_as_its_beginning() -> None:
    """Who comes 0.9 seconds after it began does not wait for it, but reads anew."""
    source = Source()
    records = source.records()
    source.gate.clear()
    first = asyncio.create_task(records.get(1))
    await ticks()
    source.value, source.now = "two", FRESH_SECONDS
    second = asyncio.create_task(records.get(1))
    await ticks()
    source.gate.set()
    assert ("one", "two") == (await first, await second)
    assert ("two", 2) == (await records.get(1), source.reads)


async def test_what_took_over_a_second_to_read_does_not_count() -> None:
    """It may be as old as that: nobody who waited gets it, and the next one reads anew."""
    source = Source()
    records = source.records()
    source.gate.clear()
    waiting = [asyncio.create_task(records.get(1)) for _ in range(2)]
    await ticks()
    source.now = 1.001
    source.gate.set()
    assert [Unavailable, Unavailable] == [type(each) for each in await asyncio.gather(*waiting, return_exceptions=True)]
    assert ("one", 2) == (await records.get(1), source.reads)


async def test_what_is_forgotten_is_read_anew() -> None:
    """Also what is being read at that moment, which may have seen the state before."""
    source = Source()
    records = source.records()
    source.gate.clear()
    before = asyncio.create_task(records.get(1))
    await ticks()
    source.value = "two"
    records.forget(1)
    after = asyncio.create_task(records.get(1))
    await ticks()
    source.gate.set()
    assert ("one", "two") == (await before, await after)
    assert "two" == await records.get(1)


@pytest.mark.parametrize("what", ["nothing", "error"])
async def test_only_what_was_found_is_kept(what: str) -> None:
    """What is not there, and what could not be read, is asked for again each time."""
    source = Source()
    records = source.records()
    source.value = None
    source.error = Unavailable() if what == "error" else None

    async def ask() -> str | None:
        try:
            return await records.get(1)
        except Unavailable:
            return None

    for reads in (1, 2):
        assert [None, None] == list(await asyncio.gather(ask(), ask()))
        assert reads == source.reads
    source.value, source.error = "one", None
    assert "one" == await records.get(1)


async def test_one_who_gives_up_does_not_end_the_read_for_the_others() -> None:
    """The first of two is cancelled; the second gets the record."""
    source = Source()
    records = source.records()
    source.gate.clear()
    one, two = asyncio.create_task(records.get(1)), asyncio.create_task(records.get(1))
    await ticks()
    one.cancel()
    await ticks()
    source.gate.set()
    assert ("one", 1, True) == (await two, source.reads, one.cancelled())


async def test_no_more_than_a_fixed_number_is_kept() -> None:
    """The one that was read first goes."""
    source = Source()
    records = source.records(kept=2)
    for key in (1, 2, 3):
        await records.get(key)
    assert 3 == source.reads
    await records.get(3)
    await records.get(2)
    assert 3 == source.reads
    await records.get(1)
    assert 4 == source.reads
