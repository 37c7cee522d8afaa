"""One connection to Redis or Valkey, on which all that is asked for at once goes out together.

While a batch is under way, what comes meanwhile waits for the next one: under load a read costs a fraction of a round
trip, and without load just one. Nothing is ever sent twice.
"""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis.asyncio.connection import AbstractConnection

SECONDS = 0.1
"""An answer that takes longer is none: PostgreSQL would have been faster."""

_CONNECT_SECONDS = 1.0
Held = tuple[Sequence[bytes | None], str]
"""What keys hold, and the run of the server that said so: another run may have another past."""

_Asked = tuple[tuple[Any, ...], "asyncio.Future[Any]"]


class CacheAway(Exception):
    """The server did not answer, or refused."""


class Wire:
    """Sends commands and brings their answers; raises CacheAway for whatever goes wrong."""

    def __init__(self, url: str) -> None:
        """`url` is redis://… or rediss://…; nothing is connected yet."""
        from redis.asyncio import ConnectionPool, Redis  # noqa: PLC0415 - slow, and not for who has no cache
        from redis.asyncio.retry import Retry  # noqa: PLC0415
        from redis.backoff import NoBackoff  # noqa: PLC0415

        pool = ConnectionPool.from_url(
            url,
            max_connections=1,
            retry=Retry(NoBackoff(), 0),
            redis_connect_func=self._greet,
            socket_timeout=SECONDS,
            socket_connect_timeout=_CONNECT_SECONDS,
        )
        self._redis = Redis.from_pool(pool)
        self._gets: list[_Asked] = []
        self._commands: list[_Asked] = []
        self._sending: asyncio.Task[None] | None = None
        self.run_id = ""
        """The run of the server that answered last."""

    def get(self, *keys: str) -> "asyncio.Future[Held]":
        """Return what the keys hold; a key that many ask for at once is sent once."""
        return self._ask(self._gets, keys)

    def call(self, *command: object) -> "asyncio.Future[Any]":
        """Return the answer to a command."""
        return self._ask(self._commands, command)

    async def close(self) -> None:
        """Let the connection go."""
        await self._redis.aclose(close_connection_pool=True)

    def _ask(self, asked: list[_Asked], what: tuple[Any, ...]) -> "asyncio.Future[Any]":
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        asked.append((what, answer))
        if self._sending is None:
            self._sending = asyncio.create_task(self._batches())
        return answer

    async def _batches(self) -> None:
        try:
            while self._gets or self._commands:
                gets, self._gets = self._gets, []
                commands, self._commands = self._commands, []
                await self._batch(gets, commands)
        finally:
            self._sending = None

    async def _batch(self, gets: Sequence[_Asked], commands: Sequence[_Asked]) -> None:
        keys = list(dict.fromkeys(key for keys, _ in gets for key in keys))
        asked = [("MGET", *keys)] if keys else []
        answers = await self._answers([*asked, *(command for command, _ in commands)])
        if keys:
            held = answers.pop(0)
            values = {} if isinstance(held, Exception) else dict(zip(keys, held, strict=True))
            for wanted, answer in gets:
                _settle(answer, held if not values else ([values[key] for key in wanted], self.run_id))
        for (_, answer), given in zip(commands, answers, strict=True):
            _settle(answer, given)

    async def _answers(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        try:
            if len(commands) == 1:  # the usual batch of a warm cache; as a pipeline it would cost a sixth more
                return [await self._redis.execute_command(*commands[0])]  # type: ignore[no-untyped-call]
            pipeline = self._redis.pipeline(transaction=False)
            for command in commands:
                pipeline.execute_command(*command)
            return await pipeline.execute(raise_on_error=False)
        except Exception as error:  # noqa: BLE001 - whatever it is, those who wait must hear of it
            return [error] * len(commands)

    async def _greet(self, connection: "AbstractConnection") -> None:
        """Learn which run of the server this is, before anything is asked of it."""
        await connection.on_connect()
        await connection.send_command("INFO", "server")
        lines = bytes(await connection.read_response(disable_decoding=True)).split(b"\r\n")
        self.run_id = next(line for line in lines if line.startswith(b"run_id:")).decode().partition(":")[2]


def _settle(future: "asyncio.Future[Any]", answer: object) -> None:
    if future.done():  # whoever asked has given up
        return
    if isinstance(answer, Exception):
        future.set_exception(CacheAway(type(answer).__name__))
    else:
        future.set_result(answer)
