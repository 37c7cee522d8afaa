"""A service on a database of the test's own, and browsers that show its console.

With CONSOLE_URL and CONSOLE_KEY the same tests meet a service that runs already, such as one in containers; it has to
be empty, and each test leaves it empty.
"""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import httpx2
import pytest
import pytest_asyncio
from granian.constants import Interfaces
from granian.server.embed import Server
from playwright.async_api import Browser
from tests.conftest import ADMIN_KEY, new_database
from tests.e2e.console.driver import Console
from tests.e2e.service import free_port

from remuner.main import create_app
from remuner.shared.settings import Settings

URL, KEY = os.environ.get("CONSOLE_URL"), os.environ.get("CONSOLE_KEY", ADMIN_KEY)


@dataclass(frozen=True)
class Served:
    """Where the service is; `database_url` is None when it is somebody else's."""

    url: str
    database_url: str | None


@dataclass
class OtherSystem:
    """A stand-in for what integrations are about: it answers every call with `status`."""

    port: int = 0
    status: int = 200

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the one call of a connection."""
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d Told\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}" % self.status)
        await writer.drain()
        writer.close()


class NewConsole(Protocol):
    """Opens another browser; `options` are those of Playwright's contexts."""

    def __call__(self, **options: object) -> AbstractAsyncContextManager[Console]: ...


@pytest_asyncio.fixture(loop_scope="session")
async def other_system() -> AsyncIterator[OtherSystem]:
    """Another system on this machine, which the service may call."""
    system = OtherSystem()
    server = await asyncio.start_server(system.answer, "127.0.0.1", 0)
    system.port = server.sockets[0].getsockname()[1]
    yield system
    server.close()
    await server.wait_closed()


@pytest_asyncio.fixture(loop_scope="session")
async def served(
    server_url: str, keyset_file: Path, tmp_path: Path, other_system: OtherSystem
) -> AsyncIterator[Served]:
    """A service that listens, in the loop of the test."""
    if URL:
        yield Served(URL, None)
        return
    async with new_database(server_url) as database_url:
        given = {
            "database_url": database_url,
            "keyset_file": keyset_file,
            "admin_key": ADMIN_KEY,
            "data_dir": tmp_path,
            "egress_allow": f"127.0.0.1:{other_system.port}",
        }
        app = create_app(Settings.model_validate(given))
        port = free_port()
        server = Server(app, port=port, interface=Interfaces.ASGI, log_enabled=False, websockets=False)
        async with _serving(server, f"http://127.0.0.1:{port}") as url:
            yield Served(url, database_url)


@asynccontextmanager
async def _serving(server: Server, url: str) -> AsyncIterator[str]:
    task = asyncio.create_task(server.serve())
    async with httpx2.AsyncClient() as client, asyncio.timeout(10):
        while True:
            try:
                await client.get(f"{url}/healthz")
                break
            except httpx2.TransportError:
                await asyncio.sleep(0.01)
    try:
        yield url
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        await task


@pytest_asyncio.fixture(loop_scope="session")
async def api(served: Served) -> AsyncIterator[httpx2.AsyncClient]:
    """A client with the administrator's key; a service of somebody else's is left as empty as it was."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with httpx2.AsyncClient(base_url=served.url, headers=headers, timeout=10) as api:
        before = await _kept(api) if URL else []
        assert [] == [path for path in before if "/access-keys/" not in path], "This service is in use."
        yield api
        for path in await _kept(api) if URL else ():
            if path not in before:
                await api.delete(path)


async def _kept(api: httpx2.AsyncClient) -> list[str]:
    """The paths of all that is there, in the order in which it can be deleted."""
    lists = [f"/v1/{name}" for name in ("integrations", "teams", "users", "access-keys")]
    pages = [(path, (await api.get(path, params={"limit": 100})).json()["items"]) for path in lists]
    return [f"{path}/{each['id']}" for path, items in pages for each in items]


@pytest.fixture
def new_console(browser: Browser, served: Served, api: httpx2.AsyncClient) -> NewConsole:
    """Open browsers that are judged when they are closed."""

    @asynccontextmanager
    async def console(**options: object) -> AsyncIterator[Console]:
        given = {"base_url": served.url, "locale": "en-US", "reduced_motion": "reduce", **options}
        async with await browser.new_context(**given) as context:  # type: ignore[arg-type]
            console = Console(context, await context.new_page(), served.url, KEY, api)
            yield console
            await console.verdict()

    return console


@pytest_asyncio.fixture(loop_scope="session")
async def console(new_console: NewConsole) -> AsyncIterator[Console]:
    """A browser at the console, signed in with every scope."""
    async with new_console() as console:
        await console.sign_in()
        yield console
