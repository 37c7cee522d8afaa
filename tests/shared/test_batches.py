"""What many hand in one by one is written together."""

import asyncio
from collections.abc import Sequence

import pytest
from tests.conftest import until

from remuner.shared.batches import Batches
from remuner.shared.errors import Unavailable


class Store:
    """Keeps batches, slowly, and fails when it is told to."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.error: Exception | None = None
        self.begun = asyncio.Event()

    async def write(self, items: Sequence[int]) -> None:
        """Keep all of them or none."""
        self.begun.set()
        await asyncio.sleep(0.01)
        if self.error:
            raise self.error
        self.batches.append(list(items))


async def test_what_comes_while_one_batch_is_written_is_the_next() -> None:
    """In the order of coming, and whoever waits goes on when its own is written."""
    store = Store()
    batches = Batches(store.write)
    first = asyncio.create_task(batches.add(1))
    await asyncio.sleep(0.005)
    others = [asyncio.create_task(batches.add(each)) for each in (2, 3)]
    await first
    assert [[1]] == store.batches
    await asyncio.gather(*others)
    batches.add_soon(4)
    await batches.finish()
    assert [[1], [2, 3], [4]] == store.batches


@pytest.mark.parametrize("error", [None, Unavailable()])
async def test_who_waits_no_longer_is_no_hindrance(error: Exception | None) -> None:
    """What was handed in is written with the rest, and the others hear of it."""
    store = Store()
    batches = Batches(store.write)
    store.error = error
    waiting = [asyncio.create_task(batches.add(each)) for each in (1, 2)]
    await store.begun.wait()
    waiting[0].cancel()
    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [asyncio.CancelledError, type(error)] == [type(each) for each in ended]
    assert ([] if error else [[1, 2]]) == store.batches


async def test_whoever_waits_hears_of_a_failure_and_the_patient_are_tried_again() -> None:
    """While the database is away: an intent fails at once, an outcome is written when it is back."""
    store = Store()
    batches = Batches(store.write)
    store.error = Unavailable()
    batches.add_soon(1)
    with pytest.raises(Unavailable):
        await batches.add(2)
    store.error = None
    async with asyncio.timeout(5):
        while not store.batches:  # noqa: ASYNC110 - it is tried again after half a second
            await asyncio.sleep(0.01)
    assert [[1]] == store.batches


async def test_what_can_never_be_written_is_lost_with_a_word(caplog: pytest.LogCaptureFixture) -> None:
    """A fault of ours must not stand in the way of what comes afterwards."""
    store = Store()
    batches = Batches(store.write)
    store.error = ValueError("canary")
    batches.add_soon(1)
    with pytest.raises(ValueError, match="canary"):
        await batches.add(2)
    store.error = None
    await batches.add(3)
    assert [[3]] == store.batches
    assert "ValueError: 1 entries were lost" in caplog.text
    assert "canary" not in caplog.text


async def test_of_very_many_that_wait_the_oldest_are_lost(caplog: pytest.LogCaptureFixture) -> None:
    """So that memory does not grow while the database is away."""
    store = Store()
    batches = Batches(store.write)
    for each in range(10_002):
        batches.add_soon(each)
    await batches.finish()
    assert [list(range(2, 10_002))] == store.batches
    assert 2 == caplog.text.count("1 entries were lost: too many wait")


async def test_those_that_come_while_others_fail_make_no_more_wait(caplog: pytest.LogCaptureFixture) -> None:
    """Put back before those that have come meanwhile, the oldest are lost as well."""
    store = Store()
    batches = Batches(store.write)
    store.error = Unavailable()
    for each in range(10_000):
        batches.add_soon(each)
    await store.begun.wait()
    for each in range(10_000, 10_003):
        batches.add_soon(each)
    await until(lambda: "lost" in caplog.text)
    store.error = None
    await batches.finish()
    assert [list(range(3, 10_003))] == store.batches
    assert "3 entries were lost: too many wait" in caplog.text
