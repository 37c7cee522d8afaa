"""Connections that are lent past asyncpg's pool: never a dead one, and nobody waits for one that is free."""

import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from remuner.shared.connections import Connections, Pool

_SIZE = 3


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """A pool of three."""
    async with asyncpg.create_pool(database_url, min_size=0, max_size=_SIZE) as pool:
        yield pool


@pytest.fixture
async def connections(pool: Pool) -> AsyncIterator[Connections]:
    """What is tested; closed before its pool, which would wait for it."""
    connections = Connections(pool)
    yield connections
    await connections.close()


async def _pid(connections: Connections) -> int:
    async with connections.lent() as connection:
        return connection.get_server_pid()


async def test_the_one_that_was_used_last_is_lent_again(connections: Connections) -> None:
    """Another one is made only while it is out."""
    first = await _pid(connections)
    assert first == await _pid(connections)
    async with connections.lent() as connection:
        assert first == connection.get_server_pid()
        assert first != await _pid(connections)
        assert 1 == connections.in_use
    assert 0 == connections.in_use


async def test_whoever_waits_gets_the_next_that_is_free(connections: Connections, pool: Pool) -> None:
    """Fifty share three, whether they come one after the other or at once; nobody is left waiting."""

    async def work() -> None:
        async with connections.lent() as connection:
            await connection.fetch("SELECT pg_sleep(0.001)")

    async with asyncio.timeout(5):
        for _ in range(2):
            await asyncio.gather(*(work() for _ in range(50)))
    assert (0, _SIZE) == (connections.in_use, pool.get_size())


async def test_a_newcomer_does_not_pass_those_who_wait(connections: Connections) -> None:
    """Also one that comes right after a connection was given back, before the one who waits has noticed."""
    order: list[str] = []

    async def work(name: str) -> None:
        async with connections.lent():
            order.append(name)
            await asyncio.sleep(0)

    held = [await connections.take() for _ in range(_SIZE)]
    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(work("first"))
        tasks.create_task(work("second"))
        await asyncio.sleep(0.01)
        await connections.give_back(held.pop(), failed=False)
        await work("newcomer")
        for connection in held:
            await connections.give_back(connection, failed=False)
    assert ["first", "second", "newcomer"] == order


async def test_one_that_the_server_has_ended_is_not_lent(connections: Connections, database_url: str) -> None:
    """The next one gets another, without an error."""
    ended = await _pid(connections)
    other = await asyncpg.connect(database_url)
    await other.fetch("SELECT pg_terminate_backend($1, 5000)", ended)
    await other.close()
    await asyncio.sleep(0.05)  # the end is news from the socket
    assert ended != await _pid(connections)


async def test_after_a_failure_and_a_cancellation_the_pool_mends(connections: Connections) -> None:
    """A statement that was given up is not the next one's."""
    with pytest.raises(asyncpg.DivisionByZeroError):
        async with connections.lent() as connection:
            await connection.fetch("SELECT 1 / 0")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05), connections.lent() as connection:
            await connection.fetch("SELECT pg_sleep(10)")
    async with connections.lent() as connection:
        assert 1 == await connection.fetchval("SELECT 1")
    assert 0 == connections.in_use


async def test_one_that_nobody_uses_ends(pool: Pool) -> None:
    """The oldest, when another comes back; and the last, when somebody would take it."""
    connections = Connections(pool, idle_seconds=0.1)
    async with connections.lent() as first, connections.lent() as second:
        pids = {first.get_server_pid(), second.get_server_pid()}
    await asyncio.sleep(0.15)
    assert await _pid(connections) not in pids
    assert (0, 1) == (connections.in_use, pool.get_size() - pool.get_idle_size())
    await connections.close()


async def test_one_that_is_out_while_all_is_closed_ends_with_its_work(database_url: str) -> None:
    """The pool waits for it, and not for ever."""
    pool = await asyncpg.create_pool(database_url, min_size=0, max_size=_SIZE)
    connections = Connections(pool)
    async with asyncio.timeout(5):
        async with connections.lent() as connection:
            await connections.close()
            closing = asyncio.create_task(pool.close())
            await asyncio.sleep(0)
            assert 1 == await connection.fetchval("SELECT 1")
        await closing
