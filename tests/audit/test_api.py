"""The list of audit events over HTTP."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from dishka import Provider
from tests.access.factories import everybody_is
from tests.audit.factories import EVENTS, events
from tests.conftest import Client, Clients
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user

from remuner.shared.context import Caller
from remuner.shared.scopes import AccessScope

KEY_ID = UUID("0192f0c0-90e2-7f3c-8b1d-5e6f708192a3")


def callers(*scopes: AccessScope) -> Provider:
    """Let everybody be one access key that has these scopes."""
    return everybody_is(Caller(KEY_ID, "payroll sync", frozenset(scopes)))


async def test_an_event_has_the_documented_fields(clients: Clients) -> None:
    """Fields, their order and kinds: who, what, when, in which request."""
    async with clients(callers(*AccessScope), headers={"X-Request-ID": "job-7"}) as client:
        before = datetime.now(UTC)
        user = await post_user(client)
        [event] = await events(client)
    assert ["id", "at", "actor", "action", "resource", "changes", "request_id"] == list(event)
    assert 7 == UUID(event["id"]).version
    assert event["at"].endswith("Z")
    assert before <= datetime.fromisoformat(event["at"]) <= datetime.now(UTC)
    assert {"key_id": str(KEY_ID), "name": "payroll sync"} == event["actor"]
    assert {"type": "user", "id": user["id"]} == event["resource"]
    assert ("user.created", "job-7") == (event["action"], event["request_id"])


async def test_events_are_filtered(clients: Clients, client: Client) -> None:
    """By what it was done to, what was done, by whom and when; filters add up."""
    user, other, team = await post_user(client), await post_user(client), await post_team(client)
    middle = (await events(client))[0]["at"]
    async with clients(callers(*AccessScope)) as keyed:
        await keyed.patch(f"/v1/users/{user['id']}", json={})
        await post_integration(keyed, other["id"])
    selected = [
        ({}, 5),
        ({"resource_type": "user"}, 3),
        ({"resource_type": "access_key"}, 0),
        ({"resource_id": user["id"]}, 2),
        ({"resource_id": team["id"]}, 1),
        ({"action": "user.created"}, 2),
        ({"action": "user.erased"}, 0),
        ({"key_id": str(KEY_ID)}, 2),
        ({"key_id": user["id"]}, 0),
        ({"since": middle}, 3),
        ({"until": middle}, 2),
        ({"since": middle, "until": middle}, 0),
        ({"since": middle, "key_id": str(KEY_ID), "resource_type": "user", "action": "user.updated"}, 1),
    ]
    assert [count for _, count in selected] == [len(await events(client, **filters)) for filters, _ in selected]


async def test_events_come_in_pages_the_newest_first(client: Client) -> None:
    """Each once while others come; the total is that of the filters; a cursor belongs to its filters."""
    ids = [(await post_user(client))["id"] for _ in range(5)]
    parameters: dict[str, Any] = {"limit": 2, "action": "user.created", "include_total": True}
    seen, totals = [], []
    while True:
        page = (await client.get(EVENTS, params=parameters)).json()
        seen += [event["resource"]["id"] for event in page["items"]]
        totals.append(page["total"])
        if page["next_cursor"] is None:
            break
        parameters["cursor"] = page["next_cursor"]
        await post_user(client)
    assert (ids[::-1], [5, 6, 7]) == (seen, totals)
    other = await client.get(EVENTS, params={"cursor": parameters["cursor"], "action": "user.updated"})
    assert (422, "invalid_cursor") == (other.status_code, other.json()["code"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("resource_type", "User"),
        ("resource_id", "1"),
        ("action", "created"),
        ("key_id", "admin"),
        ("since", "2026-01-02"),
        ("until", "1767225600"),
        ("sort", "at"),
        ("limit", "201"),
    ],
)
async def test_a_bad_filter_is_named(client: Client, name: str, value: str) -> None:
    """422, pointing to the parameter, without its value."""
    answer = await client.get(EVENTS, params={name: value})
    assert (422, [f"/{name}"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])


async def test_only_a_scope_of_its_own_reads_the_trail(clients: Clients) -> None:
    """Every other scope together does not; and nothing over HTTP changes an event."""
    async with clients(callers(*set(AccessScope) - {AccessScope.AUDIT_READ})) as client:
        refused = await client.get(EVENTS)
    assert (403, "missing_scope") == (refused.status_code, refused.json()["code"])
    async with clients(callers(AccessScope.AUDIT_READ)) as client:
        assert 200 == (await client.get(EVENTS)).status_code
        statuses = [(await client.request(each, EVENTS)).status_code for each in ("POST", "PATCH", "DELETE", "PUT")]
    assert [405] * 4 == statuses
