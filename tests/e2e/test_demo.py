"""`remuner demo`: what it adds, and what it leaves."""

import asyncio
from dataclasses import replace
from pathlib import Path
from subprocess import PIPE
from typing import Any

import httpx2
from tests.conftest import Client
from tests.e2e.conftest import Run
from tests.e2e.service import REMUNER, Service
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user

from remuner.cli.sample import TEAMS, sample
from remuner.users.api.v1_2.serializers import UserCreate
from remuner.users.domain.entities import UserStatus

TOTALS = {"teams": 12, "users": 300, "integrations": 60}
SORTS = {
    "teams": ("created_at", "name"),
    "users": ("created_at", "last_name", "email"),
    "integrations": ("created_at", "name"),
}
ALL = "added 12 teams, 300 users, 60 integrations; 0 were there already\n"
NONE = "added 0 teams, 0 users, 0 integrations; 372 were there already\n"


def walked(client: httpx2.Client, path: str, **parameters: str) -> list[dict[str, Any]]:
    """Return the items of all pages, of which each but the last is full, and whose total is right."""
    items: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        query = {"limit": "11", "include_total": "true", **parameters, **cursor}
        answer = client.get(path, params=query)
        assert 200 == answer.status_code, answer.text
        page = answer.json()
        items += page["items"]
        if page["next_cursor"] is None:
            assert len(items) == page["total"]
            return items
        assert 11 == len(page["items"])
        cursor = {"cursor": page["next_cursor"]}


def test_the_sample_follows_the_rules() -> None:
    """It is the same each time; the API takes every person; those who own an integration are active."""
    people, connections = sample()
    assert (people, connections) == sample()
    for person in people:
        user = person.user
        body = {"first_name": user.first_name, "last_name": user.last_name, "email": user.email, "status": user.status}
        assert replace(user, team_ids=[]) == UserCreate.model_validate(body).to_domain()
    assert 300 == len({person.user.email for person in people})
    assert {UserStatus.ACTIVE} == {each.owner.user.status for each in connections}
    assert set(TEAMS) == {name for person in people for name in person.teams}
    assert {0, 1, 2, 3} == {len(person.teams) for person in people}


def test_a_running_service_shows_all_of_it(env: dict[str, str], run: Run, tmp_path: Path) -> None:
    """Page by page, in every order, filtered and searched; what belongs together is shown so from either side."""
    with Service(tmp_path, env=env) as service:
        service.start()
        done = run("demo")
        assert (0, ALL, "") == (done.returncode, done.stdout, done.stderr)
        with service.client() as client:
            for resource in TOTALS:
                check_list(client, resource)
            check_members(client)
            check_owners(client)


def check_list(client: httpx2.Client, resource: str) -> None:
    """Every order shows the same; filters share it out as the counts say; a search by the whole name finds it."""
    path = f"/v1/{resource}"
    shown = walked(client, path)
    stats = client.get(f"{path}/stats").json()
    assert TOTALS[resource] == len({each["id"] for each in shown}) == stats.pop("total")
    for sort in SORTS[resource]:
        up, down = (walked(client, path, sort=f"{sign}{sort}") for sign in ("", "-"))
        assert sorted(each["id"] for each in shown) == sorted(each["id"] for each in up)
        assert up == down[::-1]
    assert stats == {status: len(walked(client, path, status=status)) for status in stats}
    assert all(stats.values())
    for each in shown[::20]:
        assert each in walked(client, path, q=str(each.get("email") or each["name"]).upper())


def check_members(client: httpx2.Client) -> None:
    """The members of each team are the users that name it."""
    users = walked(client, "/v1/users")
    for team in walked(client, "/v1/teams"):
        members = [user for user in users if team["name"] in [each["name"] for each in user["teams"]]]
        assert members == walked(client, f"/v1/teams/{team['id']}/members")
        assert members == walked(client, "/v1/users", team_id=team["id"])
        assert team["members_count"] == len(members) > 0


def check_owners(client: httpx2.Client) -> None:
    """The integrations of each user are those that name it."""
    owners = [user for user in walked(client, "/v1/users") if user["integrations"]]
    for user in owners:
        owned = walked(client, "/v1/integrations", user_id=user["id"], sort="name")
        assert user["integrations"] == [{name: each[name] for name in ("id", "name", "status")} for each in owned]
    assert TOTALS["integrations"] == sum(len(user["integrations"]) for user in owners)


async def test_a_second_run_adds_what_was_deleted(client: Client, run: Run) -> None:
    """Nothing, if nothing was; else the team with its members, the user with its teams, the integration."""

    async def state() -> list[object]:
        team = (await client.get("/v1/teams?q=finance")).json()["items"][0]
        return [team["members_count"]] + [(await client.get(f"/v1/{resource}/stats")).json() for resource in TOTALS]

    assert [ALL, NONE] == [run("demo").stdout, run("demo").stdout]
    before = await state()
    users = (await client.get("/v1/users?limit=200")).json()["items"]
    deleted = {
        "teams": (await client.get("/v1/teams?q=finance")).json()["items"][0],
        "users": next(user for user in users if "Finance" in str(user["teams"]) and not user["integrations"]),
        "integrations": (await client.get("/v1/integrations")).json()["items"][0],
    }
    for resource, each in deleted.items():
        assert 204 == (await client.delete(f"/v1/{resource}/{each['id']}")).status_code
    assert "added 1 teams, 1 users, 1 integrations; 369 were there already\n" == run("demo").stdout
    assert before == await state()


async def test_what_others_have_stays_theirs(client: Client, run: Run) -> None:
    """A team, an email and an integration that are taken, in any case, count as there and are not changed."""
    people, connections = sample()
    team = await post_team(client, name=TEAMS[0].upper())
    user = await post_user(client, email=people[0].user.email.upper())
    integration = await post_integration(client, user["id"], name=connections[0].name.lower())
    assert "added 11 teams, 299 users, 59 integrations; 3 were there already\n" == run("demo").stdout
    assert user["email"] == (await client.get(f"/v1/users/{user['id']}")).json()["email"]
    assert integration == (await client.get(f"/v1/integrations/{integration['id']}")).json()
    assert team["name"] == (await client.get(f"/v1/teams/{team['id']}")).json()["name"]


async def test_a_run_that_was_killed_is_completed_by_the_next(
    client: Client, env: dict[str, str], run: Run, tmp_path: Path
) -> None:
    """Whatever it had added counts as there."""
    cut = await asyncio.create_subprocess_exec(REMUNER, "demo", env=env, cwd=tmp_path, stdout=PIPE, stderr=PIPE)
    while (await client.get("/v1/users/stats")).json()["total"] < 20:
        assert cut.returncode is None
        await asyncio.sleep(0.01)
    cut.kill()
    assert (b"", b"") == await cut.communicate()
    assert 0 == run("demo").returncode
    found = {resource: (await client.get(f"/v1/{resource}/stats")).json()["total"] for resource in TOTALS}
    assert TOTALS == found
    assert NONE == run("demo").stdout


def test_a_database_that_is_not_ready_is_one_line(run: Run, empty_database_url: str) -> None:
    """Without tables nothing is added; the line says what to run first."""
    refused = run("demo", REMUNER_DATABASE_URL=empty_database_url)
    assert (1, "", 1) == (refused.returncode, refused.stdout, len(refused.stderr.splitlines()))
    assert "Run `remuner migrate`" in refused.stderr
