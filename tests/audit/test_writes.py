"""What every write leaves in the trail, over HTTP."""

import asyncio
import json
from string import Template
from typing import Any

import pytest
from tests.audit.factories import events, kept
from tests.conftest import Client
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user

from remuner.shared.database import Database

ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
GRACE = {"first_name": "Grace", "last_name": "Hopper", "email": "grace@example.com"}
CRM = {"name": "CRM", "user_id": "$ada", "token": "canary-one"}
ERASED = {name: [None, None] for name in GRACE}
NOTHING: list[Any] = []

CASES: list[tuple[str, object, int, list[Any]]] = [
    # a call, its body and status; the action, resource (the new one, if it is empty) and changes of each event
    (
        "POST /v1/users",
        {**GRACE, "email": "new@example.com", "team_ids": ["$team"]},
        201,
        [
            (
                "user.created",
                "",
                {
                    "first_name": [None, "Grace"],
                    "last_name": [None, "Hopper"],
                    "email": [None, "new@example.com"],
                    "status": [None, "active"],
                    "team_ids": [None, ["$team"]],
                },
            )
        ],
    ),
    (
        "PATCH /v1/users/$ada",
        {"first_name": "Augusta", "last_name": "Lovelace", "status": "pending"},
        200,
        [("user.updated", "$ada", {"first_name": ["Ada", "Augusta"], "status": ["active", "pending"]})],
    ),
    ("PATCH /v1/users/$ada", {"team_ids": []}, 200, [("user.updated", "$ada", {"team_ids": [["$team"], []]})]),
    ("PATCH /v1/users/$ada", {"team_ids": ["$team", "$team"]}, 200, [("user.updated", "$ada", {})]),
    ("PATCH /v1/users/$ada", {}, 200, [("user.updated", "$ada", {})]),
    (
        "DELETE /v1/users/$grace",
        None,
        204,
        [
            (
                "integration.deleted",
                "$idle",
                {
                    "name": ["Idle", None],
                    "status": ["inactive", None],
                    "user_id": ["$grace", None],
                    "token": {"version": [1, None]},
                },
            ),
            ("user.deleted", "$grace", {**ERASED, "status": ["active", None], "team_ids": [["$team"], None]}),
        ],
    ),
    (
        "POST /v1/teams",
        {"name": "Legal", "user_ids": ["$ada"]},
        201,
        [("team.created", "", {"name": [None, "Legal"], "user_ids": [None, ["$ada"]]})],
    ),
    (
        "PATCH /v1/teams/$team",
        {"name": "SALES", "user_ids": ["$ada"]},
        200,
        [("team.updated", "$team", {"name": ["Sales", "SALES"], "user_ids": [["$ada", "$grace"], ["$ada"]]})],
    ),
    ("PATCH /v1/teams/$team", {"name": "Sales"}, 200, [("team.updated", "$team", {})]),
    (
        "DELETE /v1/teams/$team",
        None,
        204,
        [("team.deleted", "$team", {"name": ["Sales", None], "user_ids": [["$ada", "$grace"], None]})],
    ),
    (
        "PUT /v1/teams/$team/members/$mary",
        None,
        204,
        [("team.member_added", "$team", {"user_id": [None, "$mary"]})],
    ),
    ("PUT /v1/teams/$team/members/$ada", None, 204, NOTHING),
    (
        "DELETE /v1/teams/$team/members/$ada",
        None,
        204,
        [("team.member_removed", "$team", {"user_id": ["$ada", None]})],
    ),
    ("DELETE /v1/teams/$team/members/$mary", None, 204, NOTHING),
    (
        "POST /v1/integrations",
        {**CRM, "name": "Payroll"},
        201,
        [
            (
                "integration.created",
                "",
                {
                    "name": [None, "Payroll"],
                    "status": [None, "active"],
                    "user_id": [None, "$ada"],
                    "token": {"version": [None, 1]},
                },
            )
        ],
    ),
    (
        "PATCH /v1/integrations/$crm",
        {"status": "inactive", "user_id": "$mary"},
        200,
        [("integration.updated", "$crm", {"status": ["active", "inactive"], "user_id": ["$ada", "$mary"]})],
    ),
    ("PATCH /v1/integrations/$crm", {"name": "CRM"}, 200, [("integration.updated", "$crm", {})]),
    (
        "PATCH /v1/integrations/$crm",
        {"token": "canary-two", "name": "HubSpot"},
        200,
        [("integration.token_replaced", "$crm", {"name": ["CRM", "HubSpot"], "token": {"version": [1, 2]}})],
    ),
    (
        "DELETE /v1/integrations/$crm",
        None,
        204,
        [
            (
                "integration.deleted",
                "$crm",
                {
                    "name": ["CRM", None],
                    "status": ["active", None],
                    "user_id": ["$ada", None],
                    "token": {"version": [1, None]},
                },
            )
        ],
    ),
    (
        "POST /v1/users/$ada/reassign-integrations",
        {"to_user_id": "$mary"},
        200,
        [
            ("integration.reassigned", "$crm", {"user_id": ["$ada", "$mary"]}),
            ("integration.reassigned", "$erp", {"user_id": ["$ada", "$mary"]}),
        ],
    ),
    ("POST /v1/users/$mary/reassign-integrations", {"to_user_id": "$ada"}, 200, NOTHING),
    ("POST /v1/users", ADA, 409, NOTHING),
    ("PATCH /v1/users/$ada", {"email": "GRACE@example.com"}, 409, NOTHING),
    ("PATCH /v1/users/$team", {}, 404, NOTHING),
    ("DELETE /v1/users/$ada", None, 409, NOTHING),
    ("DELETE /v1/teams/$ada", None, 404, NOTHING),
    ("PUT /v1/teams/$team/members/$crm", None, 404, NOTHING),
    ("POST /v1/integrations", CRM, 409, NOTHING),
    ("PATCH /v1/integrations/$crm", {"user_id": "$team"}, 422, NOTHING),
    ("DELETE /v1/integrations/$ada", None, 404, NOTHING),
]


@pytest.fixture
async def world(client: Client) -> dict[str, str]:
    """Three people, a team of two of them, and three integrations: the ids by name."""
    ada, grace, mary = [await post_user(client, **fields) for fields in (ADA, GRACE, {"first_name": "Mary"})]
    made = {
        "team": await post_team(client, name="Sales", user_ids=[ada["id"], grace["id"]]),
        "crm": await post_integration(client, ada["id"], name="CRM"),
        "erp": await post_integration(client, ada["id"], name="ERP", status="inactive"),
        "idle": await post_integration(client, grace["id"], name="Idle", status="inactive"),
    }
    return {name: each["id"] for name, each in {"ada": ada, "grace": grace, "mary": mary, **made}.items()}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]} {case[2]}")
async def test_every_write_leaves_its_events(
    client: Client, world: dict[str, str], case: tuple[str, object, int, list[Any]]
) -> None:
    """One for each thing that was done, with what changed and nothing else; none for what was refused or idle."""
    call, body, status, expected = json.loads(Template(json.dumps(case)).substitute(world))
    before = {event["id"] for event in await events(client)}
    method, path = call.split()
    answer = await client.request(method, path, json=body)
    assert status == answer.status_code, answer.text
    left = [event for event in reversed(await events(client)) if event["id"] not in before]
    made = answer.json()["id"] if status == 201 else ""
    found = [[event["action"], event["resource"]["id"], event["changes"]] for event in left]
    assert _sorted([[action, resource or made, changes] for action, resource, changes in expected]) == _sorted(found)
    assert all(event["resource"]["type"] == event["action"].partition(".")[0] for event in left)
    assert all(event["request_id"] == answer.headers["x-request-id"] for event in left)
    assert all(event["actor"] == {"key_id": None, "name": "admin key"} for event in left)


def _sorted(found: list[Any]) -> list[Any]:
    for _, _, changes in found:
        if "user_ids" in changes:
            changes["user_ids"] = [ids and sorted(ids) for ids in changes["user_ids"]]
    return sorted(found, key=str)


async def test_no_token_is_in_the_trail(client: Client, database: Database) -> None:
    """Made, replaced, with other fields and without, and deleted: nothing of it is kept."""
    ada = await post_user(client)
    path = f"/v1/integrations/{(await post_integration(client, ada['id'], token='canary-' * 11))['id']}"
    for changes in ({"token": "canary-second"}, {"token": "canary-third", "name": "New"}, {"name": "Newer"}):
        assert 200 == (await client.patch(path, json=changes)).status_code
    assert 204 == (await client.delete(path)).status_code
    assert 5 == len(await events(client, resource_type="integration"))
    assert "canary" not in await kept(database)


async def test_an_erased_user_is_nowhere_in_the_trail(client: Client, database: Database) -> None:
    """Names and emails of all times are gone; the events stay, with the fields named, and other users keep theirs."""
    doomed = await post_user(client, first_name="Zaphod", last_name="Beeblebrox", email="zb@example.com")
    other = await post_user(client, first_name="Trillian", last_name="Astra", email="ta@example.com")
    path = f"/v1/users/{doomed['id']}"
    for changes in ({"last_name": "Beeble-Brox"}, {"email": "president@example.com", "status": "inactive"}):
        await client.patch(path, json=changes)
    assert "Zaphod" in await kept(database)
    assert 204 == (await client.delete(path)).status_code
    text = (await kept(database)).casefold()
    assert [] == [word for word in ("zaphod", "beeble", "zb@", "president") if word in text]
    found = [(event["action"], event["changes"]) for event in await events(client, resource_id=doomed["id"])]
    names = {"first_name": [None, None], "last_name": [None, None], "email": [None, None]}
    assert [
        ("user.deleted", {**names, "status": ["inactive", None], "team_ids": [[], None]}),
        ("user.updated", {"email": [None, None], "status": ["active", "inactive"]}),
        ("user.updated", {"last_name": [None, None]}),
        ("user.created", {**names, "status": [None, "active"], "team_ids": [None, []]}),
    ] == found
    shown = (await events(client, resource_id=other["id"]))[0]["changes"]
    assert [None, "Trillian"] == shown["first_name"]


async def test_a_user_who_changes_while_being_erased_is_forgotten_too(client: Client, database: Database) -> None:
    """Whichever of them comes first: no name is left behind."""
    for number in range(5):
        path = f"/v1/users/{(await post_user(client))['id']}"
        changes = [client.patch(path, json={"first_name": f"Zaphod {number} {i}"}) for i in range(6)]
        await asyncio.gather(*changes[:3], client.delete(path), *changes[3:])
        assert 404 == (await client.get(path)).status_code
        assert "Zaphod" not in await kept(database)
    assert [] == await database.fetch("SELECT 1 FROM audit.personal")


async def test_old_values_are_right_when_many_change_at_once(client: Client) -> None:
    """Each event begins where another one ended, from the first value to the last: none was overtaken unseen."""
    ada, team = await post_user(client), await post_team(client)
    integration = await post_integration(client, ada["id"])
    paths = [f"/v1/users/{ada['id']}", f"/v1/teams/{team['id']}", f"/v1/integrations/{integration['id']}"]
    fields = ["first_name", "name", "name"]
    bodies = [{"token": "made-up"} if number % 3 else {} for number in range(12)]
    await asyncio.gather(
        *(
            client.patch(path, json={field: f"{field} {number}", **(token if "integrations" in path else {})})
            for number, token in enumerate(bodies)
            for path, field in zip(paths, fields, strict=True)
        )
    )
    for path, field, first in zip(paths, fields, (ada, team, integration), strict=True):
        steps = dict(event["changes"][field] for event in await events(client, resource_id=first["id"]))
        value, seen = first[field], [first[field]]
        while (value := steps.get(value)) is not None and value not in seen:
            seen.append(value)
        assert (13, (await client.get(path)).json()[field]) == (len(seen), seen[-1])
    replaced = await events(client, action="integration.token_replaced")
    assert [[n, n + 1] for n in range(8, 0, -1)] == [event["changes"]["token"]["version"] for event in replaced]
