"""Integrations over HTTP, minor 2."""

import asyncio
import re
from typing import Any
from uuid import UUID

import pytest
from tests.conftest import Client
from tests.integrations.factories import integration_body, post_integration
from tests.users.factories import post_user

from remuner.shared.database import Database

PERSISTENCES = ("postgres", "cached")

UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"


async def test_a_created_integration_is_shown_as_it_was_given(client: Client) -> None:
    """POST answers 201 with the integration and its user, without the token; GET shows the same."""
    user = await post_user(client)
    made = await client.post("/v1/integrations", json=integration_body(user["id"], name=" CRM ", token="canary-5c1e"))
    shown = made.json()
    fields = "id name status user token_version token_set_at created_at updated_at destination"
    never = ["token_last_used_at", "last_verified_at", "last_result"]
    assert (201, [*fields.split(), *never]) == (made.status_code, list(shown))
    assert {None} == {shown[name] for name in ("destination", *never)}
    assert ("CRM", "active", 1) == (shown["name"], shown["status"], shown["token_version"])
    assert {name: user[name] for name in ("id", "first_name", "last_name", "email")} == shown["user"]
    assert 1 == len({shown["token_set_at"], shown["created_at"], shown["updated_at"]})
    assert 7 == UUID(shown["id"]).version
    assert f"/v1/integrations/{shown['id']}" == made.headers["location"]
    assert re.fullmatch(r'"1\.[0-9a-f]{16}"', made.headers["etag"])
    assert ("2", "private, no-cache") == (made.headers["x-api-version"], made.headers["cache-control"])
    again = await client.get(made.headers["location"])
    assert (shown, made.headers["etag"]) == (again.json(), again.headers["etag"])
    assert "canary" not in made.text + repr(made.headers)
    cached = await client.get(made.headers["location"], headers={"If-None-Match": f"W/{made.headers['etag']}"})
    assert (304, b"") == (cached.status_code, cached.content)


@pytest.mark.parametrize("field", ["name", "user_id", "token"])
async def test_what_is_required_must_be_there(client: Client, field: str) -> None:
    """Without it: 422 with its pointer, and nothing of what was sent."""
    body = integration_body((await post_user(client))["id"], name="canary-n", token="canary-t")
    del body[field]
    answer = await client.post("/v1/integrations", json=body)
    assert (422, [f"/{field}"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])
    assert "canary" not in answer.text


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_what_cannot_be_a_token_is_refused(client: Client, method: str) -> None:
    """Null, empty, masked, too long or not printable ASCII: 422 `/token`, and nothing changes."""
    user = await post_user(client)
    made = await post_integration(client, user["id"])
    path = "/v1/integrations" if method == "POST" else f"/v1/integrations/{made['id']}"
    for token in ("", "*", "****", "••••", "***abc", "•••abc", None, "canaryé", "x" * 8193, 5, ["canary"]):
        answer = await client.request(method, path, json=integration_body(user["id"], token=token))
        assert (422, ["/token"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]]), token
        assert "canary" not in answer.text
    assert [made] == (await client.get("/v1/integrations")).json()["items"]


async def test_a_token_is_any_printable_ascii(client: Client) -> None:
    """1 to 8192 characters; the answer has none of it."""
    user = await post_user(client)
    for token in ("a", "x" * 8192, "".join(map(chr, range(32, 127))), "a***", " ** "):
        made = await client.post("/v1/integrations", json=integration_body(user["id"], token=token))
        assert 201 == made.status_code
        assert len(token) < 2 or token not in made.text


@pytest.mark.parametrize("changes", [{}, {"name": " New "}, {"status": "inactive"}, {"status": "active", "name": "N"}])
async def test_a_patch_changes_what_it_names(client: Client, database: Database, changes: dict[str, str]) -> None:
    """Absent fields stay, the token too; every accepted PATCH raises the revision, an empty one too."""
    made = await post_integration(client, (await post_user(client))["id"])
    sealed = await database.fetch("SELECT sealed_token FROM integrations.integrations")
    answer = await client.patch(f"/v1/integrations/{made['id']}", json=changes)
    assert 200 == answer.status_code
    trimmed = {name: value.strip() for name, value in changes.items()}
    assert {**made, **trimmed, "updated_at": answer.json()["updated_at"]} == answer.json()
    assert answer.headers["etag"].startswith('"2.')
    assert sealed == await database.fetch("SELECT sealed_token FROM integrations.integrations")


async def test_a_new_token_replaces_the_old_one(client: Client, database: Database) -> None:
    """The version grows, the moment is now, the old sealed bytes are gone; also for the same token again."""
    made = await post_integration(client, (await post_user(client))["id"])
    old = await database.fetch("SELECT sealed_token FROM integrations.integrations")
    for version in (2, 3):
        answer = (await client.patch(f"/v1/integrations/{made['id']}", json={"token": "canary-again"})).json()
        assert (version, answer["updated_at"]) == (answer["token_version"], answer["token_set_at"])
        assert made["token_set_at"] < answer["token_set_at"]
        new = await database.fetch("SELECT sealed_token FROM integrations.integrations")
        assert old != new
        old = new


async def test_an_integration_is_given_to_another_user(client: Client) -> None:
    """PATCH `user_id` moves it; both users show that."""
    one, two = await post_user(client), await post_user(client)
    made = await post_integration(client, one["id"])
    answer = await client.patch(f"/v1/integrations/{made['id']}", json={"user_id": two["id"]})
    assert two["id"] == answer.json()["user"]["id"]
    shown = [(await client.get(f"/v1/users/{user['id']}")).json()["integrations"] for user in (one, two)]
    assert [[], [{name: made[name] for name in ("id", "name", "status")}]] == shown
    assert 204 == (await client.delete(f"/v1/users/{one['id']}")).status_code


async def test_all_integrations_of_a_leaver_are_given_to_another_user(client: Client, database: Database) -> None:
    """POST answers the count; active and inactive ones move, change like by PATCH, and keep their tokens."""
    leaver, heir, other = [await post_user(client) for _ in range(3)]
    moved = [await post_integration(client, leaver["id"], status=status) for status in ("active", "inactive")]
    await post_integration(client, heir["id"])
    stays = await post_integration(client, other["id"])
    sealed = "SELECT id, sealed_token, token_version FROM integrations.integrations ORDER BY id"
    before = await database.fetch(sealed)
    path = f"/v1/users/{leaver['id']}/reassign-integrations"
    for count in (2, 0):
        answer = await client.post(path, json={"to_user_id": heir["id"]})
        assert (200, {"count": count}) == (answer.status_code, answer.json())
    assert before == await database.fetch(sealed)
    for each in moved:
        shown = await client.get(f"/v1/integrations/{each['id']}")
        assert (heir["id"], each["status"]) == (shown.json()["user"]["id"], shown.json()["status"])
        assert shown.headers["etag"].startswith('"2.')
        assert each["updated_at"] < shown.json()["updated_at"]
    assert stays == (await client.get(f"/v1/integrations/{stays['id']}")).json()
    assert 3 == len((await client.get(f"/v1/users/{heir['id']}")).json()["integrations"])
    assert 204 == (await client.delete(f"/v1/users/{leaver['id']}")).status_code


async def test_a_reassignment_between_unknown_users_changes_nothing(client: Client) -> None:
    """404 for the user in the path, 422 with its pointer for the one in the body, or when both are the same."""
    owner, gone = await post_user(client), await post_user(client)
    await client.delete(f"/v1/users/{gone['id']}")
    made = await post_integration(client, owner["id"])
    cases = [
        (owner["id"], UNKNOWN, 422, "user_not_found", ["/to_user_id"]),
        (owner["id"], gone["id"], 422, "user_not_found", ["/to_user_id"]),
        (owner["id"], owner["id"], 422, "validation_error", ["/to_user_id"]),
        (UNKNOWN, gone["id"], 422, "user_not_found", ["/to_user_id"]),
        (UNKNOWN, owner["id"], 404, "user_not_found", []),
        (gone["id"], owner["id"], 404, "user_not_found", []),
        ("x", owner["id"], 404, "user_not_found", []),
    ]
    for user_id, to_user_id, status, code, pointers in cases:
        answer = await client.post(f"/v1/users/{user_id}/reassign-integrations", json={"to_user_id": to_user_id})
        assert (status, code) == (answer.status_code, answer.json()["code"])
        assert pointers == [each["pointer"] for each in answer.json().get("errors", [])]
    assert [made] == (await client.get("/v1/integrations")).json()["items"]


@pytest.mark.parametrize("field", ["name", "status", "user_id", "token"])
async def test_null_is_not_absent(client: Client, field: str) -> None:
    """A field that is null is refused, by its pointer."""
    made = await post_integration(client, (await post_user(client))["id"])
    answer = await client.patch(f"/v1/integrations/{made['id']}", json={field: None})
    assert (422, [f"/{field}"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_an_unknown_user_is_named(client: Client, method: str) -> None:
    """A user that does not exist, or no more: 422 `user_not_found` with the pointer, and nothing is kept."""
    gone = await post_user(client)
    await client.delete(f"/v1/users/{gone['id']}")
    made = await post_integration(client, (await post_user(client))["id"])
    path = "/v1/integrations" if method == "POST" else f"/v1/integrations/{made['id']}"
    for user_id in (UNKNOWN, gone["id"]):
        answer = await client.request(method, path, json=integration_body(user_id))
        assert (422, "user_not_found") == (answer.status_code, answer.json()["code"])
        assert [("/user_id", "user_not_found")] == [(e["pointer"], e["code"]) for e in answer.json()["errors"]]
    assert [made] == (await client.get("/v1/integrations")).json()["items"]


@pytest.mark.parametrize(("one", "two"), [("Crm", "cRM"), ("Straße", "STRASSE"), ("Zoé", "ZOE\u0301")])
async def test_a_name_is_taken_in_any_case(client: Client, one: str, two: str) -> None:
    """Another integration's name in another case or composition: 409; its own may change its case."""
    user = await post_user(client)
    taken, other = await post_integration(client, user["id"], name=one), await post_integration(client, user["id"])
    for answer in (
        await client.post("/v1/integrations", json=integration_body(user["id"], name=two)),
        await client.patch(f"/v1/integrations/{other['id']}", json={"name": two}),
    ):
        assert (409, "integration_name_taken") == (answer.status_code, answer.json()["code"])
    assert two == (await client.patch(f"/v1/integrations/{taken['id']}", json={"name": two})).json()["name"]


async def test_a_deleted_integration_is_gone(client: Client, database: Database) -> None:
    """DELETE answers 204, active or not; the row with its token is gone; then all is 404."""
    user = await post_user(client)
    made = await post_integration(client, user["id"])
    path = f"/v1/integrations/{made['id']}"
    gone = await client.delete(path)
    assert (204, b"") == (gone.status_code, gone.content)
    assert [] == await database.fetch("SELECT 1 FROM integrations.integrations")
    for method in ("GET", "PATCH", "DELETE"):
        answer = await client.request(method, path, json={})
        assert (404, "integration_not_found") == (answer.status_code, answer.json()["code"])
    assert 204 == (await client.delete(f"/v1/users/{user['id']}")).status_code


async def test_if_match_compares_the_revision(client: Client) -> None:
    """A tag from before a change is 412 for PATCH and DELETE, a weak or listed current one passes."""
    user = await post_user(client)
    made = await post_integration(client, user["id"])
    path = f"/v1/integrations/{made['id']}"
    tag = (await client.get(path)).headers["etag"]
    await client.patch(f"/v1/users/{user['id']}", json={"first_name": "Grace"})
    assert tag != (await client.get(path)).headers["etag"]
    assert 200 == (await client.patch(path, json={}, headers={"If-Match": f"W/{tag}"})).status_code
    for method in ("PATCH", "DELETE"):
        for stale in (tag, "garbage", '"99999999999999999999.00"'):
            answer = await client.request(method, path, json={"token": "t"}, headers={"If-Match": stale})
            assert (412, "precondition_failed") == (answer.status_code, answer.json()["code"])
    assert 1 == (await client.get(path)).json()["token_version"]
    assert 204 == (await client.delete(path, headers={"If-Match": '"7.00", "2.00"'})).status_code


async def test_integrations_are_filtered_sorted_and_paged(client: Client) -> None:
    """The filters and sorts of the contract, a page at a time; the total counts what matches."""
    one, two = (await post_user(client))["id"], (await post_user(client))["id"]
    made: dict[str, dict[str, Any]] = {}
    for name, user, status in (("beta", one, "active"), ("Alpha", two, "inactive"), ("50 %_", one, "active")):
        made[name] = await post_integration(client, user, name=name, status=status)
    expected: dict[str, list[str]] = {
        "": ["beta", "Alpha", "50 %_"],
        "sort=name": ["50 %_", "Alpha", "beta"],
        "sort=-name": ["beta", "Alpha", "50 %_"],
        "sort=-created_at": ["50 %_", "Alpha", "beta"],
        "q=ALPHA": ["Alpha"],
        "q=%25_": ["50 %_"],
        "status=inactive": ["Alpha"],
        "status=active&q=a": ["beta"],
        f"user_id={one}&sort=name": ["50 %_", "beta"],
        f"user_id={one.upper()}&status=inactive": [],
        f"user_id={UNKNOWN}": [],
    }
    for query, names in expected.items():
        url = f"/v1/integrations?limit=1&include_total=true&{query}"
        seen: list[dict[str, Any]] = []
        while url:
            answer = await client.get(url)
            assert len(names) == answer.json()["total"]
            seen += answer.json()["items"]
            link = answer.headers.get("link", "")
            assert bool(link) is bool(answer.json()["next_cursor"])
            url = link[1 : link.find(">")]
        assert [made[name] for name in names] == seen, query


async def test_stats_count_each_write(client: Client) -> None:
    """Flat, with every status, and exact right after each write, deleting their user included."""
    user = await post_user(client)
    made = [await post_integration(client, user["id"], status=status) for status in ("active", "inactive", "active")]
    stats = "/v1/integrations/stats"
    assert {"total": 3, "active": 2, "inactive": 1} == (await client.get(stats)).json()
    await client.patch(f"/v1/integrations/{made[0]['id']}", json={"status": "inactive"})
    assert {"total": 3, "active": 1, "inactive": 2} == (await client.get(stats)).json()
    await client.delete(f"/v1/integrations/{made[2]['id']}")
    await client.delete(f"/v1/users/{user['id']}")
    assert {"total": 0, "active": 0, "inactive": 0} == (await client.get(stats)).json()


async def test_many_tokens_at_once_are_all_taken_one_after_the_other(client: Client) -> None:
    """Concurrent replacements of one token all succeed; each is a version of its own."""
    integration = await post_integration(client, (await post_user(client))["id"])
    place = f"/v1/integrations/{integration['id']}"
    answers = await asyncio.gather(*(client.patch(place, json={"token": f"token-{n}"}) for n in range(60)))
    assert {200} == {answer.status_code for answer in answers}
    assert 61 == (await client.get(place)).json()["token_version"]
