"""Work that the service does by itself, again and again."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from remuner.shared.errors import RemunerError

_logger = logging.getLogger("remuner.periodic")


async def periodically(
    seconds: float, what: str, work: Callable[[], Awaitable[object]], *, at_once: bool = False
) -> None:
    """Do it every so many seconds, until cancelled; a failure is logged as that of `what`."""
    if not at_once:
        await asyncio.sleep(seconds)
    while True:
        try:
            await work()
        except RemunerError as error:  # the database is away; there is a next time
            _logger.debug("%s: %s", what, error)
        except Exception as error:  # noqa: BLE001 - a fault here must not end what runs beside it
            _logger.error("%s while %s", type(error).__name__, what)  # noqa: TRY400 - it may tell
        await asyncio.sleep(seconds)
