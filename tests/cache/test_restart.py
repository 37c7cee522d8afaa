"""A server that is another one between two commands of the same read."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.cache.test_cache import NUMBER, Source
from tests.cache.valkey import Valkey
from tests.conftest import until

from remuner.shared.cache import Cache
from remuner.shared.cache_state import CacheState, Patience
from remuner.shared.database import Database
from remuner.shared.redis_wire import CacheAway, Held, Wire


class Interrupted(Wire):
    """Something happens between an answer about keys and the next command, once."""

    interrupt: Callable[[], None] | None = None

    async def _interrupted(self, held: "asyncio.Future[Held]") -> Held:
        found = await held
        if self.interrupt:
            self.interrupt()
            self.interrupt = None
            with suppress(CacheAway):
                await self.call("PING")  # somebody else's command, on the connection that is gone
        return found

    def get(self, *keys: str) -> "asyncio.Future[Held]":
        """Answer, and then let it happen."""
        return asyncio.ensure_future(self._interrupted(super().get(*keys)))


async def test_a_server_that_is_another_by_the_time_of_the_lease(database: Database, tmp_path: Path) -> None:
    """What it took from an old dump carries the tag that the one before had; that counts no longer."""
    source = Source()
    with Valkey(tmp_path) as valkey:
        wire = Interrupted(valkey.url)
        async with Cache(wire, CacheState("users", database, Patience(poll=0.02))) as cache:
            await until(lambda: cache.open)
            await cache.read("key", source, NUMBER)
            valkey.tell("SAVE")

            async def work() -> None:
                source.value = 2
                cache.touch("key")

            def restart() -> None:
                valkey.kill()
                valkey.start()

            await cache.unit_of_work(work)
            wire.interrupt = restart
            assert 2 == await cache.read("key", source, NUMBER)
