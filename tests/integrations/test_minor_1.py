"""Integrations over HTTP in minor 1: the table of the contract, over the same use cases as minor 2."""

import json
import re
from typing import Any
from uuid import UUID

import httpx2
import pytest
from tests.audit.factories import events, kept
from tests.conftest import Client
from tests.frontend import EXTRA, save, shown
from tests.integrations.factories import Connections, integration_body, new_integration, new_token, opened_tokens
from tests.users.factories import post_user

from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.shared.database import Database
from remuner.shared.sealing import Sealer, load_sealer
from remuner.shared.settings import Settings

PERSISTENCES = ("postgres", "cached")

PATH = "/v1/integrations"
UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
CANARY = "canary7f3a"
NOT_TOKENS: list[Any] = ["", "*", "****", "••••", f"***{CANARY}", f"•••{CANARY}", f"{CANARY}é", f"{CANARY}\n"]
NOT_TOKENS += [CANARY * 1000, 5, True, [CANARY], {CANARY: CANARY}]
NOT_IDS: list[Any] = [1, True, "", "1", CANARY, f"{{{UNKNOWN}}}", UNKNOWN.replace("-", ""), [UNKNOWN], {"id": UNKNOWN}]
NOT_NAMES: list[Any] = [None, 5, [CANARY], "", " \t", "x" * 51, f"{CANARY}\0"]


@pytest.fixture
async def ada(client: Client) -> dict[str, Any]:
    """A user."""
    return await post_user(client, first_name="Ada", last_name="Lovelace", email="ada@example.com")


@pytest.fixture
def sealer(settings: Settings) -> Sealer:
    """The keyset of the service."""
    return load_sealer(settings.keyset_path)


def refusal(answer: httpx2.Response) -> tuple[int, str, list[str]]:
    """Return the status, the code and what is pointed to; a refusal repeats nothing."""
    problem = answer.json()
    assert ("application/problem+json", answer.status_code) == (answer.headers["content-type"], problem["status"])
    assert CANARY not in answer.text + repr(answer.headers.raw)
    return answer.status_code, problem["code"], [each["pointer"] for each in problem.get("errors", [])]


async def test_a_created_integration_is_shown_with_its_user(frontend: Client, ada: dict[str, Any]) -> None:
    """POST answers 200 with the id alone; GET shows the fields of the contract, one by one and in the list."""
    made = await save(frontend, PATH, **integration_body(ada["id"], name=" CRM ", token=f"{CANARY} 5"))
    assert 7 == UUID(made).version
    expected = {
        "id": made,
        "name": "CRM",
        "status": "active",
        "user_first_name": "Ada",
        "user_last_name": "Lovelace",
        "user_email": "ada@example.com",
    }
    found = await frontend.get(f"{PATH}/{made}")
    assert (200, expected, list(expected)) == (found.status_code, found.json(), list(found.json()))
    other = await save(frontend, PATH, **integration_body(ada["id"]))
    listed = await frontend.get(PATH)
    assert [expected, other] == [listed.json()[0], listed.json()[1]["id"]]
    assert CANARY not in found.text + listed.text + repr(found.headers.raw)


async def test_an_edit_keeps_what_it_does_not_name(client: Client, frontend: Client, ada: dict[str, Any]) -> None:
    """POST to an id answers 200 with the id; the user stays where it is left out, the status always."""
    grace = await post_user(client, first_name="Grace")
    made = await save(frontend, PATH, **integration_body(ada["id"]))
    path = f"{PATH}/{made}"
    await client.patch(path, json={"status": "inactive"})
    for body, owner in (({}, ada), ({"user_id": grace["id"]}, grace), ({}, grace)):
        assert made == await save(frontend, path, name=" New ", **body)
        assert {
            "id": made,
            "name": "New",
            "status": "inactive",
            "user_first_name": owner["first_name"],
            "user_last_name": owner["last_name"],
            "user_email": owner["email"],
        } == await shown(frontend, path)
    assert grace["id"] == (await client.get(path)).json()["user"]["id"]


async def test_a_token_is_kept_unless_another_one_comes(
    client: Client, frontend: Client, ada: dict[str, Any], database: Database, sealer: Sealer
) -> None:
    """Absent or null keeps the old one, bytes and version; another one erases it and raises the version."""
    made = await save(frontend, PATH, **integration_body(ada["id"], token="first"))
    path, rows = f"{PATH}/{made}", "SELECT sealed_token, token_set_at FROM integrations.integrations"
    before = await database.fetch(rows)
    for body in ({}, {"token": None}, {"token": None, "user_id": ada["id"]}):
        await save(frontend, path, name="CRM", **body)
        assert before == await database.fetch(rows)
        assert 1 == (await client.get(path)).json()["token_version"]
    assert {UUID(made): b"first"} == await opened_tokens(database.fetch, sealer)
    for version, token in ((2, "second"), (3, "second"), (4, "a***")):
        await save(frontend, path, name="CRM", token=token)
        assert version == (await client.get(path)).json()["token_version"]
        assert {UUID(made): token.encode()} == await opened_tokens(database.fetch, sealer)
        assert before != (before := await database.fetch(rows))


async def test_what_cannot_be_a_token_is_refused(frontend: Client, ada: dict[str, Any], database: Database) -> None:
    """Empty, masked, too long, no text: 422 `/token`, by create and by edit; a create needs one that is not null."""
    made = await save(frontend, PATH, **integration_body(ada["id"]))
    before = await database.fetch("SELECT i::text FROM integrations.integrations i")
    for token in NOT_TOKENS:
        for path in (PATH, f"{PATH}/{made}"):
            answer = await frontend.post(path, json=integration_body(ada["id"], token=token))
            assert (422, "validation_error", ["/token"]) == refusal(answer), token
    lacking = {name: value for name, value in integration_body(ada["id"]).items() if name != "token"}
    for body in (lacking, lacking | {"token": None}):
        assert (422, "validation_error", ["/token"]) == refusal(await frontend.post(PATH, json=body))
    assert before == await database.fetch("SELECT i::text FROM integrations.integrations i")


@pytest.mark.parametrize("edited", [False, True])
async def test_a_bad_value_is_pointed_to(frontend: Client, ada: dict[str, Any], *, edited: bool) -> None:
    """422 with the pointer; a name is required, and a user where it is new; an unknown one is 422, too."""
    path = f"{PATH}/{await save(frontend, PATH, **integration_body(ada['id']))}" if edited else PATH
    before = await shown(frontend, PATH)
    for field, values in (("name", NOT_NAMES), ("user_id", NOT_IDS)):
        for value in values:
            answer = await frontend.post(path, json={**integration_body(ada["id"]), field: value})
            assert (422, "validation_error", [f"/{field}"]) == refusal(answer), value
    for field in ("name",) if edited else ("name", "user_id"):
        body = integration_body(ada["id"])
        del body[field]
        assert (422, "validation_error", [f"/{field}"]) == refusal(await frontend.post(path, json=body))
    answer = await frontend.post(path, json=integration_body(UNKNOWN))
    assert (422, "user_not_found", ["/user_id"]) == refusal(answer)
    assert before == await shown(frontend, PATH)


async def test_unknown_fields_count_for_nothing(client: Client, frontend: Client, ada: dict[str, Any]) -> None:
    """Whatever is in them, by create and by edit; new ones are active."""
    body = integration_body(ada["id"])
    made = await save(frontend, PATH, **EXTRA | {"token_version": 7, "user_email": "x"} | body)
    path = f"{PATH}/{made}"
    before = await shown(frontend, path)
    assert (made, body["name"], "active") == (before["id"], before["name"], before["status"])
    await save(frontend, path, name=body["name"], **EXTRA | {"token_version": 7, "user_first_name": None})
    assert before == await shown(frontend, path)
    assert 1 == (await client.get(path)).json()["token_version"]


async def test_what_is_deleted_is_gone(frontend: Client, ada: dict[str, Any], database: Database) -> None:
    """DELETE answers 200 `{}`, also for an active one, and its token is erased; then every call is 404."""
    path = f"{PATH}/{await save(frontend, PATH, **integration_body(ada['id']))}"
    gone = await frontend.delete(path)
    assert (200, {}, "application/json") == (gone.status_code, gone.json(), gone.headers["content-type"])
    assert [] == await database.fetch("SELECT 1 FROM integrations.integrations")
    for method in ("GET", "POST", "DELETE"):
        answer = await frontend.request(method, path, json={"name": "CRM"})
        assert (404, "integration_not_found", []) == refusal(answer)
    assert [] == await shown(frontend, PATH)
    assert {} == (await frontend.delete(f"/v1/users/{ada['id']}")).json()


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_an_id_in_the_path_that_names_nothing(frontend: Client, method: str) -> None:
    """404 `integration_not_found`, whatever its shape; `stats` is no id."""
    for each in (UNKNOWN, "1", CANARY, "%00", "%ff", UNKNOWN.replace("-", ""), f"{UNKNOWN}%0A", "9" * 5000):
        answer = await frontend.request(method, f"{PATH}/{each}", json={"name": "CRM"})
        assert (404, "integration_not_found", []) == refusal(answer), each
    stats = await frontend.request(method, f"{PATH}/stats", json={"name": "CRM"})
    assert (200 if method == "GET" else 405) == stats.status_code


async def test_a_name_is_taken_in_any_case(frontend: Client, ada: dict[str, Any]) -> None:
    """409 `integration_name_taken`, by create and by edit, and the token stays; one's own may change its case."""
    owner = await save(frontend, PATH, **integration_body(ada["id"], name="Straße"))
    other = await save(frontend, PATH, **integration_body(ada["id"]))
    before = (await frontend.get(f"{PATH}/{other}")).headers["etag"]
    for path in (PATH, f"{PATH}/{other}"):
        answer = await frontend.post(path, json=integration_body(ada["id"], name="STRASSE"))
        assert (409, "integration_name_taken", []) == refusal(answer)
    assert before == (await frontend.get(f"{PATH}/{other}")).headers["etag"]
    await save(frontend, f"{PATH}/{owner}", name="STRASSE")
    assert "STRASSE" == (await shown(frontend, f"{PATH}/{owner}"))["name"]


async def test_a_body_is_json(frontend: Client, ada: dict[str, Any]) -> None:
    """Another media type is 415, what is no JSON 400, JSON that is no object 422: by create and by edit."""
    body, headers = integration_body(ada["id"], token=CANARY), {"Content-Type": "application/json"}
    for path in (PATH, f"{PATH}/{await save(frontend, PATH, **integration_body(ada['id']))}"):
        for content in (b"", json.dumps(body).encode()[:-1], json.dumps(body).encode() + b"}"):
            answer = await frontend.post(path, content=content, headers=headers)
            assert (400, "malformed_json", []) == refusal(answer), content
        assert (415, "unsupported_media_type", []) == refusal(await frontend.post(path, data=body))
        for value in ("null", f'"{CANARY}"', json.dumps([body])):
            answer = await frontend.post(path, content=value, headers=headers)
            assert (422, "validation_error", [""]) == refusal(answer), value


async def test_stats_count_each_write(client: Client, frontend: Client, ada: dict[str, Any]) -> None:
    """`count` alone, of all whatever their status, exact right after each write."""
    for count in range(3):
        assert {"count": count} == await shown(frontend, f"{PATH}/stats")
        made = await save(frontend, PATH, **integration_body(ada["id"]))
    await client.patch(f"{PATH}/{made}", json={"status": "inactive"})
    assert {"count": 3} == await shown(frontend, f"{PATH}/stats")
    await frontend.delete(f"{PATH}/{made}")
    assert {"count": 2} == await shown(frontend, f"{PATH}/stats")


async def test_a_list_has_the_first_thousand(
    frontend: Client, ada: dict[str, Any], database: Database, sealer: Sealer
) -> None:
    """In the order of their creation, here and with their user; the rest is counted."""
    kept_in = Connections(database.unit_of_work, PostgresIntegrations(database, sealer))
    made = [new_integration(name=f"CRM {number:04}", user_id=UUID(ada["id"])) for number in range(1001, 0, -1)]

    async def work() -> None:
        for each in made:
            await kept_in.integrations.add(each, new_token())

    await kept_in.unit_of_work(work)
    listed = await shown(frontend, PATH)
    assert [each.name for each in made[:1000]] == [each["name"] for each in listed]
    assert {"ada@example.com"} == {each["user_email"] for each in listed}
    assert {"count": 1001} == await shown(frontend, f"{PATH}/stats")


async def test_tags_and_preconditions_are_those_of_minor_2(
    client: Client, frontend: Client, ada: dict[str, Any]
) -> None:
    """GET has a tag of the revision and what is shown; If-Match compares the revision, of either minor's tag."""
    path = f"{PATH}/{await save(frontend, PATH, **integration_body(ada['id']))}"
    tag = (await frontend.get(path)).headers["etag"]
    assert re.fullmatch(r'"1\.[0-9a-f]{16}"', tag)
    cached = await frontend.get(path, headers={"If-None-Match": tag})
    assert (304, b"") == (cached.status_code, cached.content)
    await client.patch(f"/v1/users/{ada['id']}", json={"first_name": "Augusta"})
    assert 200 == (await frontend.get(path, headers={"If-None-Match": tag})).status_code
    newest = (await client.get(path)).headers["etag"]
    for revision, match in ((2, newest), (3, '"2.00"'), (4, "*")):
        changed = await frontend.post(path, json={"name": "CRM"}, headers={"If-Match": match})
        assert 200 == changed.status_code
        assert (await frontend.get(path)).headers["etag"].startswith(f'"{revision}.')
    for method in ("POST", "DELETE"):
        for stale in (tag, newest, CANARY):
            body = {"name": "Newer", "token": CANARY}
            answer = await frontend.request(method, path, json=body, headers={"If-Match": stale})
            assert (412, "precondition_failed", []) == refusal(answer)
    found = (await client.get(path)).json()
    assert ("CRM", 1) == (found["name"], found["token_version"])
    assert 200 == (await frontend.delete(path, headers={"If-Match": '"4.00"'})).status_code


async def test_a_repeated_create_is_answered_as_the_first(frontend: Client, ada: dict[str, Any]) -> None:
    """With `Idempotency-Replayed: true`, and one is made; another token under the key is refused."""
    body, key = integration_body(ada["id"]), {"Idempotency-Key": "first-try-1"}
    first, again = [await frontend.post(PATH, json=body, headers=key) for _ in range(2)]
    assert (200, None) == (first.status_code, first.headers.get("idempotency-replayed"))
    assert (200, first.content, "true") == (again.status_code, again.content, again.headers["idempotency-replayed"])
    other = await frontend.post(PATH, json=body | {"token": CANARY}, headers=key)
    assert (422, "idempotency_key_reused", ["/Idempotency-Key"]) == refusal(other)
    assert [first.json()["id"]] == [each["id"] for each in await shown(frontend, PATH)]


async def test_every_write_leaves_the_events_of_minor_2(
    client: Client, frontend: Client, ada: dict[str, Any], database: Database
) -> None:
    """One for each thing that was done, with what changed and nothing of a token; none for what was refused."""
    body = {"user_id": ada["id"], "name": "CRM", "token": CANARY}
    path = f"{PATH}/{await save(frontend, PATH, **EXTRA | body)}"
    await save(frontend, path, name="HubSpot", token=None, **EXTRA)
    await save(frontend, path, name="HubSpot", token=CANARY * 2)
    await frontend.post(path, json={"name": "Salesforce", "token": "***"})
    await frontend.post(path, json={"name": "Salesforce", "user_id": UNKNOWN})
    await frontend.post(PATH, json=body | {"name": "hubspot"})
    await frontend.delete(path)
    own = {"status": "active", "user_id": ada["id"]}
    assert [
        (
            "integration.created",
            {
                "name": [None, "CRM"],
                **{name: [None, value] for name, value in own.items()},
                "token": {"version": [None, 1]},
            },
        ),
        ("integration.updated", {"name": ["CRM", "HubSpot"]}),
        ("integration.token_replaced", {"token": {"version": [1, 2]}}),
        (
            "integration.deleted",
            {
                "name": ["HubSpot", None],
                **{name: [value, None] for name, value in own.items()},
                "token": {"version": [2, None]},
            },
        ),
    ] == [(each["action"], each["changes"]) for each in reversed(await events(client, resource_type="integration"))]
    assert CANARY not in await kept(database)
