"""Looking names up as the system does, so that one that hangs holds up no other."""

import asyncio
import concurrent.futures
from collections.abc import Sequence
from ipaddress import ip_address
from socket import SOCK_STREAM, getaddrinfo
from threading import Thread

from remuner.shared.addresses import Address

_AT_ONCE = 100


class SystemResolver:
    """Looks names up in the hosts file, then in DNS; whoever asks for the same name meanwhile waits for its answer.

    Each name has a thread, since the system may take half a minute for one that nobody answers for. The loop's own
    threads are a few for all, and look up where the database is, too.
    """

    def __init__(self) -> None:
        """Look nothing up yet."""
        self._running: dict[tuple[str, int], asyncio.Future[Sequence[Address]]] = {}

    async def __call__(self, host: str, port: int) -> Sequence[Address]:
        """Return the addresses, the best first; raises OSError if there is none, or if too many names hang."""
        asked = host, port
        if asked not in self._running:
            if len(self._running) == _AT_ONCE:
                raise OSError
            self._running[asked] = running = asyncio.wrap_future(_look_up(host, port))
            running.add_done_callback(lambda done: (self._running.pop(asked), done.exception()))
        return await asyncio.shield(self._running[asked])  # one who gives up does not end it for the others


def _look_up(host: str, port: int) -> concurrent.futures.Future[Sequence[Address]]:
    found = concurrent.futures.Future[Sequence[Address]]()

    def run() -> None:
        try:
            found.set_result([ip_address(each[4][0]) for each in getaddrinfo(host, port, type=SOCK_STREAM)])
        except Exception as error:  # noqa: BLE001 - whoever waits hears of it
            found.set_exception(error)

    Thread(target=run, name="resolver", daemon=True).start()  # the process does not wait for it in the end
    return found
