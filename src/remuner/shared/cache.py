"""Redis or Valkey: never needed, so its absence is reported and nothing more."""

from remuner.shared.errors import Unavailable

_SECONDS = 1.0


class Cache:
    """A connection pool to one Redis or Valkey."""

    def __init__(self, url: str) -> None:
        """`url` is redis://… or rediss://…; nothing is connected yet."""
        from redis.asyncio import Redis  # noqa: PLC0415 - takes half a second, which a command without a cache saves

        self._redis = Redis.from_url(url, socket_timeout=_SECONDS, socket_connect_timeout=_SECONDS)

    async def ping(self) -> None:
        """Raise Unavailable unless the server answers."""
        from redis.exceptions import RedisError  # noqa: PLC0415 - as above

        try:
            await self._redis.ping()
        except (RedisError, OSError) as error:
            raise Unavailable("The cache does not answer.") from error
