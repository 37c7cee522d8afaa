"""Backups and the ways back: dumps, restores, and migrations undone and done again, with data in the tables."""

import os
import subprocess
from pathlib import Path

import pytest
from tests.conftest import Client, Clients, migrate_back
from tests.e2e.conftest import Run
from tests.integrations.factories import opened_tokens, post_integration
from tests.users.factories import post_team, post_user

from remuner.composition import APPS
from remuner.shared.database import Database
from remuner.shared.migrations import migrate
from remuner.shared.sealing import load_sealer
from remuner.shared.servers import binaries
from remuner.shared.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
LISTS = ("/v1/users", "/v1/teams", "/v1/integrations", "/v1/access-keys")
COUNTS = ("/v1/users/stats", "/v1/teams/stats", "/v1/integrations/stats")


def script(name: str, file: Path, url: str) -> "subprocess.CompletedProcess[str]":
    """Run one of deploy's scripts with the client programs beside the embedded PostgreSQL."""
    env = {"PATH": f"{binaries()[0].parent}:{os.environ['PATH']}", "REMUNER_DATABASE_URL": url}
    return subprocess.run([DEPLOY / name, file], env=env, capture_output=True, text=True, check=False, timeout=60)


async def filled(client: Client) -> None:
    """People in a team, with integrations, one of which has had two tokens."""
    team = await post_team(client)
    for _ in range(3):
        user = await post_user(client, team_ids=[team["id"]])
        made = await post_integration(client, user["id"])
    assert 200 == (await client.patch(f"/v1/integrations/{made['id']}", json={"token": "the second"})).status_code


async def shown(client: Client) -> list[object]:
    """All that the API shows, but for the audit trail."""
    return [(await client.get(path)).json() for path in (*LISTS, *COUNTS)]


async def test_a_dump_restored_into_an_empty_database_has_everything(  # noqa: PLR0913, PLR0917 - two databases
    client: Client, clients: Clients, run: Run, settings: Settings, empty_database_url: str, tmp_path: Path
) -> None:
    """Every list and count is the same, every token opens, and the service runs on it."""
    await filled(client)
    before, events = await shown(client), (await client.get("/v1/audit-events")).json()
    assert settings.database_url
    dumped = script("backup", tmp_path / "dump", settings.database_url.get_secret_value())
    assert (0, 0o600) == (dumped.returncode, (tmp_path / "dump").stat().st_mode & 0o777), dumped.stderr
    restored = script("restore", tmp_path / "dump", empty_database_url)
    assert 0 == restored.returncode, restored.stderr
    checked = run("tokens", "rewrap", REMUNER_DATABASE_URL=empty_database_url)
    assert 0 == checked.returncode, checked.stdout + checked.stderr
    there = Settings.model_validate({**settings.model_dump(), "database_url": empty_database_url})
    async with clients(settings=there) as other:
        assert (before, events) == (await shown(other), (await other.get("/v1/audit-events")).json())
        await post_user(other)
    async with Database(empty_database_url, {"integrations": "remuner.integrations.persistence.tables"}) as database:
        tokens = await opened_tokens(database.fetch, load_sealer(settings.keyset_path))
    assert 3 == len(tokens)
    assert b"the second" in tokens.values()


async def test_nothing_is_restored_over_what_is_there(client: Client, settings: Settings, tmp_path: Path) -> None:
    """A database with tables is refused before anything is read; it stays as it is."""
    await filled(client)
    assert settings.database_url
    url = settings.database_url.get_secret_value()
    assert 0 == script("backup", tmp_path / "dump", url).returncode
    before = await shown(client)
    refused = script("restore", tmp_path / "dump", url)
    assert (1, True) == (refused.returncode, "not empty" in refused.stderr)
    assert before == await shown(client)


def test_half_a_dump_restores_nothing(
    client: Client, run: Run, database_url: str, empty_database_url: str, tmp_path: Path
) -> None:
    """All or nothing: the database stays empty."""
    assert 0 == script("backup", tmp_path / "dump", database_url).returncode
    whole = (tmp_path / "dump").read_bytes()
    (tmp_path / "half").write_bytes(whole[: len(whole) * 2 // 3])
    assert 0 != script("restore", tmp_path / "half", empty_database_url).returncode
    assert 0 == script("restore", tmp_path / "dump", empty_database_url).returncode


@pytest.mark.parametrize("app", APPS)
async def test_migrations_undone_and_done_again_keep_the_data(
    clients: Clients, settings: Settings, database_url: str, app: str
) -> None:
    """Back to the first of an app and forward: everything shown is the same, and the service writes again."""
    async with clients() as client:
        await filled(client)
        before = await shown(client)
    await migrate_back(database_url, app, "0001_initial")
    await migrate(database_url, APPS)
    async with clients() as client:
        assert before == await shown(client)
        await filled(client)
