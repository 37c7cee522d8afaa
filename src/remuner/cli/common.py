"""What the commands share: settings, the servers, the parts of the service, and how they fail."""

import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn, TypeVar
from uuid import UUID

import typer
from dishka import Container

from remuner.main import build, opened
from remuner.shared.embedded import embedded
from remuner.shared.health import Health
from remuner.shared.logs import configure_logging
from remuner.shared.pagination import Page, PageRequest
from remuner.shared.settings import Settings, load_settings, unknown_settings
from remuner.shared.text import fold
from remuner.users.domain.entities import TeamQuery
from remuner.users.domain.team_use_cases import ListTeams

T = TypeVar("T")

DataDir = Annotated[
    Path | None, typer.Option(help="Where the embedded servers keep their data. [env: REMUNER_DATA_DIR]")
]
_PAGE = 1000


def settings_for(data_dir: Path | None) -> Settings:
    """Read the settings, warn of unknown ones, and set up logging."""
    if data_dir is not None:
        os.environ["REMUNER_DATA_DIR"] = str(data_dir)  # for the workers, too
    settings = load_settings()
    configure_logging(settings)
    for name in unknown_settings():
        print(f"warning: {name} is set and means nothing here", file=sys.stderr)
    return settings


@contextmanager
def servers(settings: Settings) -> Iterator[Settings]:
    """Use the database that is set, or that of the running service, or start the embedded servers meanwhile."""
    if settings.embedded:
        with embedded(settings.data_dir) as addresses:
            yield settings.attached(addresses.database_url, addresses.redis_url)
    else:
        yield settings


@asynccontextmanager
async def parts(settings: Settings) -> AsyncIterator[Container]:
    """Build the parts and open the database; fail unless all that is needed is in order."""
    container = build(settings)
    async with opened(container):
        if fatal := [finding for finding in await container.get(Health)() if finding.fatal]:
            fail("; ".join(f"{finding.part}: {finding.problem}" for finding in fatal))
        yield container


async def every(read: Callable[[PageRequest], Awaitable[Page[T]]]) -> AsyncIterator[T]:
    """Go through a list page by page, in the order of creation."""
    request = PageRequest(limit=_PAGE)
    while True:
        page = await read(request)
        for item in page.items:
            yield item
        if page.next is None:
            return
        request = replace(request, after=page.next)


async def team_ids(container: Container) -> dict[str, UUID]:
    """Return the ids of all teams by their folded names."""
    list_teams = container.get(ListTeams)
    return {fold(team.name): team.id async for team in every(lambda page: list_teams(TeamQuery(page)))}


@contextmanager
def progress_bar(label: str, length: int) -> Iterator[Callable[[int], None]]:
    """Show a bar on stderr, if that is a terminal; call what this gives with how much has been done."""
    shown = 0
    with typer.progressbar(length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int) -> None:
            nonlocal shown
            bar.update(done - shown)
            shown = done

        yield show


def fail(message: str) -> NoReturn:
    """End the command with one line and exit code 1."""
    print(f"remuner: {message}", file=sys.stderr)
    raise SystemExit(1)
