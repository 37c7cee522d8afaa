"""`remuner audit prune`."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from tests.audit.factories import events
from tests.conftest import Client
from tests.e2e.conftest import Run
from tests.users.factories import post_user

from remuner.shared.database import Database

TODAY = datetime.now(UTC).date()


async def test_what_a_command_writes_is_the_service_s_own(client: Client, run: Run, tmp_path: Path) -> None:
    """Each imported user leaves an event by `remuner`, without a key or a request; a dry run leaves none."""
    (tmp_path / "people.csv").write_text(
        "email,last_name,first_name\nada@example.com,L,Ada\ngrace@example.com,H,Grace\n"
    )
    for options in (("--dry-run",), ()):
        assert 0 == run("users", "import", "people.csv", *options).returncode
    found = await events(client, action="user.created")
    assert {"Ada", "Grace"} == {event["changes"]["first_name"][1] for event in found}
    actor = {"key_id": None, "name": "remuner"}
    assert [(actor, None)] * 2 == [(event["actor"], event["request_id"]) for event in found]


async def test_old_events_are_pruned_and_told(client: Client, database: Database, run: Run) -> None:
    """Those before the day go, in any number of runs; those of the day stay."""
    await post_user(client)
    old = "INSERT INTO audit.events (id, at, actor, action, resource_id, changes) VALUES ($1, $2, '', 'a.b', $1, '{}')"
    for number in range(3):
        await database.fetch(old, UUID(int=number), datetime.now(UTC) - timedelta(days=number + 2))
    for day, count in ((TODAY - timedelta(days=3), 1), (TODAY, 2), (TODAY, 0)):
        done = run("audit", "prune", "--before", day.isoformat())
        assert (0, f"events erased: {count}\n", "") == (done.returncode, done.stdout, done.stderr)
    assert ["user.created"] == [event["action"] for event in await events(client)]


@pytest.mark.parametrize("day", [(TODAY + timedelta(days=2)).isoformat(), "yesterday", "2026-13-01", None])
async def test_a_day_that_is_none_erases_nothing(client: Client, run: Run, day: str | None) -> None:
    """A day to come, no day, or none at all: the option is named, and every event is there."""
    await post_user(client)
    done = run("audit", "prune", *(["--before", day] if day else []))
    assert (2, "") == (done.returncode, done.stdout)
    assert "--before" in done.stderr
    assert 1 == len(await events(client))
