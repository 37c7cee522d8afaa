"""The `remuner` command in an operator's environment, and a browser."""

import os
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright
from tests.conftest import ADMIN_KEY, new_database
from tests.e2e.browser import MISSING, find_browser
from tests.e2e.service import remuner

Run = Callable[..., "CompletedProcess[str]"]


def _env(database_url: str, keyset_file: Path) -> dict[str, str]:
    return {
        "REMUNER_DATABASE_URL": database_url,
        "REMUNER_KEYSET_FILE": str(keyset_file),
        "REMUNER_ADMIN_KEY": ADMIN_KEY,
    }


@pytest.fixture
def env(database_url: str, keyset_file: Path) -> dict[str, str]:
    """An operator's environment: a database and a keyset."""
    return _env(database_url, keyset_file)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared_env(server_url: str, keyset_file: Path) -> AsyncIterator[dict[str, str]]:
    """The same for all tests of a module."""
    async with new_database(server_url) as url:
        yield _env(url, keyset_file)


@pytest.fixture
def run(env: dict[str, str], tmp_path: Path) -> Run:
    """Run a command in that environment, some of it exchanged."""
    return lambda *arguments, **changes: remuner(*arguments, env=env | changes, cwd=tmp_path)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs a browser where there is none; not in the fixture, so that all of it is told in one line."""
    if isinstance(item, pytest.Function) and "browser" in item.fixturenames and not find_browser():
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING, pytrace=False)
        pytest.skip(MISSING)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium or Chrome, once for each worker process.

    Async, since the sync API leaves a loop running, in which no other async test of the process can run.
    """
    async with (
        async_playwright() as playwright,
        await playwright.chromium.launch(executable_path=find_browser()) as browser,
    ):
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page without cookies, storage or cache; its test runs in the session's loop."""
    async with await browser.new_context() as context:
        yield await context.new_page()
