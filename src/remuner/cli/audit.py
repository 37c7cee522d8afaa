"""`remuner audit`: the audit trail grows; here it becomes shorter."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from remuner.audit.domain.use_cases import CountOldEvents, PruneEvents
from remuner.cli.common import DataDir, parts, progress_bar, servers, settings_for
from remuner.shared.settings import Settings

commands = typer.Typer(help="The audit trail.", no_args_is_help=True)


def _past(day: datetime) -> datetime:
    before = day.replace(tzinfo=UTC)
    if before > datetime.now(UTC):
        raise typer.BadParameter("It is in the future. Name today or an earlier day.")
    return before


@commands.command("prune")
def prune(
    before: Annotated[
        datetime,
        typer.Option(
            metavar="DATE",
            formats=["%Y-%m-%d"],
            callback=_past,
            help="Such as 2026-01-31: this day's events stay (UTC).",
        ),
    ],
    data_dir: DataDir = None,
) -> None:
    """Erase the events before a day, for ever. Cut in the middle, it has erased the oldest; repeat it."""
    with servers(settings_for(data_dir)) as settings:
        print(f"events erased: {asyncio.run(_prune(settings, before))}")


async def _prune(settings: Settings, before: datetime) -> int:
    async with parts(settings) as container:
        count = await container.get(CountOldEvents)(before)
        with progress_bar("erasing", count) as progress:
            return await container.get(PruneEvents)(before, progress)
