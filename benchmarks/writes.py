"""Users that are added at a steady pace while something else is measured."""

import asyncio
import secrets
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import httpx2


@contextmanager
def adding_users(url: str, headers: Mapping[str, str], per_second: int) -> Iterator[None]:
    """Add them over HTTP, each when its time has come, whether or not the ones before have been answered.

    Raises httpx2.HTTPError if one is refused, or takes longer than ten seconds.
    """
    stopping, raised = threading.Event(), list[Exception]()

    def run() -> None:
        try:
            asyncio.run(_add(url, headers, per_second, stopping))
        except* httpx2.HTTPError as group:
            raised.extend(group.exceptions)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()
    if raised:
        raise raised[0]


async def _add(url: str, headers: Mapping[str, str], per_second: int, stopping: threading.Event) -> None:
    async with httpx2.AsyncClient(headers=dict(headers), timeout=10) as client, asyncio.TaskGroup() as group:
        due = asyncio.get_running_loop().time()
        while not stopping.is_set():
            group.create_task(_add_one(client, url))
            due += 1 / per_second
            await asyncio.sleep(due - asyncio.get_running_loop().time())


async def _add_one(client: httpx2.AsyncClient, url: str) -> None:
    email = f"{secrets.token_hex(8)}@example.com"
    user = {"first_name": "Grace", "last_name": "Hopper", "email": email}
    (await client.post(url, json=user)).raise_for_status()
