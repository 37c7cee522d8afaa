"""`remuner users`: people from and to CSV files."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, TextIO

import typer

from remuner.cli.common import DataDir, every, fail, parts, progress_bar, servers, settings_for, team_ids
from remuner.shared.settings import Settings
from remuner.users.api.csv_files import COLUMNS, CellProblem, UserRecord, UserWriter, read_users
from remuner.users.domain.entities import UserQuery
from remuner.users.domain.use_cases import CountUsers, ImportUsers, ListUsers

_EMAIL_TAKEN = "Another user, or an earlier line, has this email. Upper and lower case count as the same."

commands = typer.Typer(help="People from and to CSV files.", no_args_is_help=True)


@commands.command("import")
def import_users(
    file: Annotated[Path, typer.Argument(help=f"UTF-8, with a header row: {', '.join(COLUMNS)}.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try all of it and keep nothing.")] = False,  # noqa: FBT002
    data_dir: DataDir = None,
) -> None:
    """Make a user of each line of a CSV file; all of them, or none if one cannot be made.

    What stands in the way is reported with its line and column.
    Only first_name, last_name and email are required. Names of teams are separated by ;
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}")
    with servers(settings_for(data_dir)) as settings:
        count, problems = asyncio.run(_import(settings, data, keep=not dry_run))
    for problem in problems:
        print(problem)
    if problems:
        print(f"problems found: {len(problems)}; nothing was imported{' (dry run)' if dry_run else ''}")
        raise typer.Exit(1)
    print(f"users that can be imported: {count}; nothing was (dry run)" if dry_run else f"users imported: {count}")


async def _import(settings: Settings, data: bytes, *, keep: bool) -> tuple[int, Sequence[CellProblem]]:
    """Return how many users can be made, and what stands in the way."""
    records: list[UserRecord] = []
    problems: list[CellProblem] = []
    async with parts(settings) as container:
        teams = await team_ids(container)
        with progress_bar("reading", data.count(b"\n")) as progress:
            for found in read_users(data, teams):
                if isinstance(found, UserRecord):
                    records.append(found)
                else:
                    problems.append(found)
                progress(found.line)
        users = [record.user for record in records]
        with progress_bar("writing", len(users)) as progress:
            taken = await container.get(ImportUsers)(users, keep=keep and not problems, progress=progress)
    problems += [CellProblem(records[position].line, "email", _EMAIL_TAKEN) for position in taken]
    return len(users), sorted(problems, key=lambda problem: problem.line)


@commands.command("export")
def export_users(
    file: Annotated[Path | None, typer.Argument(help="The file to write. [default: standard output]")] = None,
    data_dir: DataDir = None,
) -> None:
    """Write all users as CSV, the oldest first, as `import` reads it."""
    with servers(settings_for(data_dir)) as settings:
        asyncio.run(_export(settings, file))


async def _export(settings: Settings, file: Path | None) -> None:
    async with parts(settings) as container:
        list_users = container.get(ListUsers)
        total = sum((await container.get(CountUsers)()).values())
        try:
            with _opened(file) as output, progress_bar("writing", total) as progress:
                writer, written = UserWriter(output), 0
                async for found in every(lambda page: list_users(UserQuery(page))):
                    writer.write(found.user)
                    written += 1
                    progress(written)
        except OSError as error:
            fail(f"{file or 'standard output'} cannot be written: {error.strerror}")


def _opened(file: Path | None) -> TextIO:
    return open(file or sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=file is not None)
