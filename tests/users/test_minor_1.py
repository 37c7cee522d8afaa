"""Users and teams over HTTP in minor 1: the table of the contract, over the same use cases as minor 2."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from tests.audit.factories import events
from tests.conftest import Client
from tests.frontend import EXTRA, save, shown
from tests.integrations.factories import post_integration
from tests.users.factories import People, new_team, post_team, post_user, team_body, user_body

from remuner.shared.pagination import PageRequest
from remuner.users.domain.entities import NewUser, UserQuery
from remuner.users.domain.use_cases import ImportUsers

PERSISTENCES = ("postgres", "cached")

UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
NOT_IDS: list[Any] = [
    1,
    None,
    True,
    "",
    "1",
    "x",
    f"{{{UNKNOWN}}}",
    UNKNOWN.replace("-", ""),
    [UNKNOWN],
    {"id": UNKNOWN},
]
BODIES = {"users": user_body, "teams": team_body}
MISSING = {"users": "user_not_found", "teams": "team_not_found"}
OTHERS = {"users": "teams", "teams": "users"}
"""What the members of the one are called that are of the other."""


def refusal(answer: Any) -> tuple[int, str, list[str]]:  # noqa: ANN401 - a response
    """Return the status, the code and what is pointed to."""
    problem = answer.json()
    assert ("application/problem+json", answer.status_code) == (answer.headers["content-type"], problem["status"])
    return answer.status_code, problem["code"], [each["pointer"] for each in problem.get("errors", [])]


async def test_a_created_user_is_shown_as_it_was_given(client: Client, frontend: Client) -> None:
    """POST answers 200 with the id alone; GET shows the fields of the contract, trimmed, one by one and in the list."""
    sales, zebra = await save(frontend, "/v1/teams", name="sales"), await save(frontend, "/v1/teams", name="Zebra")
    given = {"first_name": " Ada ", "last_name": "Lovelace\t", "email": " Ada@Example.com "}
    user_id = await save(frontend, "/v1/users", **given, teams=[zebra, sales, zebra])
    assert 7 == UUID(user_id).version
    crm = await post_integration(client, user_id, name="CRM", status="inactive")
    bcm = await post_integration(client, user_id, name="bcm")
    expected = {
        "id": user_id,
        "first_name": "Ada",
        "last_name": "Lovelace",
        "email": "Ada@example.com",
        "status": "active",
        "teams": [{"id": sales, "name": "sales"}, {"id": zebra, "name": "Zebra"}],
        "integrations": [
            {"id": bcm["id"], "name": "bcm", "status": "active"},
            {"id": crm["id"], "name": "CRM", "status": "inactive"},
        ],
    }
    found = await shown(frontend, f"/v1/users/{user_id}")
    assert (expected, list(expected)) == (found, list(found))
    other = await save(frontend, "/v1/users", **user_body())
    assert [expected, other] == [(listed := await shown(frontend, "/v1/users"))[0], listed[1]["id"]]
    assert ([], []) == (listed[1]["teams"], listed[1]["integrations"])


async def test_a_created_team_is_shown_as_it_was_given(client: Client, frontend: Client) -> None:
    """POST answers 200 with the id alone; GET shows its users as they were created, however they were named."""
    users = [await post_user(client, first_name=name) for name in ("Zoë", "Ada")]
    ids = [user["id"] for user in users]
    team_id = await save(frontend, "/v1/teams", name=" Sales é ", users=[ids[1], ids[0], ids[1]])
    fields = ("id", "first_name", "last_name", "email")
    expected = {
        "id": team_id,
        "name": "Sales é",
        "users": [{field: user[field] for field in fields} for user in users],
    }
    found = await shown(frontend, f"/v1/teams/{team_id}")
    assert (expected, list(expected), list(fields)) == (found, list(found), list(found["users"][0]))
    empty = await save(frontend, "/v1/teams", **team_body(name="Empty"))
    assert [expected, {"id": empty, "name": "Empty", "users": []}] == await shown(frontend, "/v1/teams")


async def test_an_edit_takes_what_a_create_takes(client: Client, frontend: Client) -> None:
    """POST to an id answers 200 with the id; memberships stay where they are left out, and the status always."""
    teams = [await save(frontend, "/v1/teams", **team_body(name=name)) for name in ("a", "b")]
    user_id = await save(frontend, "/v1/users", **user_body(teams=teams[:1]))
    path = f"/v1/users/{user_id}"
    await client.patch(path, json={"status": "pending"})
    for given, expected in (
        ({}, ["a"]),
        ({"teams": teams[1:]}, ["b"]),
        ({"teams": teams}, ["a", "b"]),
        ({"teams": []}, []),
    ):
        body = user_body(first_name="Grace", last_name="Hopper")
        assert user_id == await save(frontend, path, **body, **given)
        after = await shown(frontend, path)
        assert body | {"status": "pending"} == {name: after[name] for name in (*body, "status")}
        assert expected == [team["name"] for team in after["teams"]]
    team = f"/v1/teams/{teams[0]}"
    for given, expected in (({"users": [user_id]}, [user_id]), ({}, [user_id]), ({"users": []}, [])):
        assert teams[0] == await save(frontend, team, name="A", **given)
        after = await shown(frontend, team)
        assert ("A", expected) == (after["name"], [user["id"] for user in after["users"]])


@pytest.mark.parametrize("resource", BODIES)
async def test_unknown_fields_count_for_nothing(frontend: Client, resource: str) -> None:
    """Whatever is in them, by create and by edit; new ones are active."""
    body = BODIES[resource]()
    other = await save(frontend, f"/v1/{OTHERS[resource]}", **BODIES[OTHERS[resource]]())
    made = await save(frontend, f"/v1/{resource}", **body, **{OTHERS[resource]: [other]}, **EXTRA)
    path = f"/v1/{resource}/{made}"
    before = await shown(frontend, path)
    assert body | {"id": made} == {name: before[name] for name in ("id", *body)}
    assert "active" == before.get("status", "active")
    assert made == await save(frontend, path, **body, **EXTRA)
    assert before == await shown(frontend, path)


@pytest.mark.parametrize("resource", BODIES)
async def test_what_is_deleted_is_gone(frontend: Client, resource: str) -> None:
    """DELETE answers 200 `{}`; then every call is 404; what belonged to it stays, without it."""
    other = await save(frontend, f"/v1/{OTHERS[resource]}", **BODIES[OTHERS[resource]]())
    body = BODIES[resource](**{OTHERS[resource]: [other]})
    path = f"/v1/{resource}/{await save(frontend, f'/v1/{resource}', **body)}"
    gone = await frontend.delete(path)
    assert (200, {}, "application/json") == (gone.status_code, gone.json(), gone.headers["content-type"])
    for method in ("GET", "POST", "DELETE"):
        assert (404, MISSING[resource], []) == refusal(await frontend.request(method, path, json=body))
    assert [] == (await shown(frontend, f"/v1/{OTHERS[resource]}/{other}"))[resource]
    assert [] == await shown(frontend, f"/v1/{resource}")


async def test_a_user_with_active_integrations_stays(client: Client, frontend: Client) -> None:
    """403 `user_has_active_integrations` with the ids of the active ones, nothing changed; inactive ones go along."""
    user = await post_user(client, team_ids=[(await post_team(client))["id"]])
    active = [await post_integration(client, user["id"]) for _ in range(2)]
    inactive = await post_integration(client, user["id"], status="inactive")
    path = f"/v1/users/{user['id']}"
    before = await frontend.get(path)
    answer = await frontend.delete(path)
    assert (403, "user_has_active_integrations", []) == refusal(answer)
    assert sorted(each["id"] for each in active) == sorted(answer.json()["integration_ids"])
    same = (await client.delete(path)).json()
    assert {**same, "status": 403, "request_id": answer.json()["request_id"]} == answer.json()
    after = await frontend.get(path)
    assert (before.json(), before.headers["etag"]) == (after.json(), after.headers["etag"])
    for each in active:
        await client.patch(f"/v1/integrations/{each['id']}", json={"status": "inactive"})
    assert 200 == (await frontend.delete(path)).status_code
    for each in (*active, inactive):
        assert 404 == (await frontend.get(f"/v1/integrations/{each['id']}")).status_code


NAMES: list[Any] = [None, 5, ["Ada"], "", " \t", "x" * 51, "a\0"]
BAD: list[tuple[str, str, list[Any]]] = [
    ("users", "first_name", NAMES),
    ("users", "last_name", NAMES),
    ("users", "email", [None, 5, "", "ada", "ada@localhost", f"{'x' * 250}@example.com"]),
    ("users", "teams", ["x", 1, {}, *([each] for each in NOT_IDS)]),
    ("teams", "name", NAMES),
    ("teams", "users", ["x", 1, {}, *([each] for each in NOT_IDS)]),
]


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize(("resource", "field", "values"), BAD)
async def test_a_bad_value_is_pointed_to(
    frontend: Client, resource: str, field: str, values: list[Any], *, edited: bool
) -> None:
    """422 with the pointer of the field as minor 1 calls it; what is required may not lack; nothing is kept."""
    path = f"/v1/{resource}"
    if edited:
        path += f"/{await save(frontend, path, **BODIES[resource]())}"
    before = await shown(frontend, path)
    for value in values:
        pointer = f"/{field}/0" if isinstance(value, list) and field in {"users", "teams"} else f"/{field}"
        answer = await frontend.post(path, json=BODIES[resource](**{field: value}))
        assert (422, "validation_error", [pointer]) == refusal(answer), value
    if field not in OTHERS:
        lacking = BODIES[resource]()
        del lacking[field]
        assert (422, "validation_error", [f"/{field}"]) == refusal(await frontend.post(path, json=lacking))
    assert before == await shown(frontend, path)


@pytest.mark.parametrize("edited", [False, True])
@pytest.mark.parametrize("resource", BODIES)
async def test_what_the_body_refers_to_must_be_there(frontend: Client, resource: str, *, edited: bool) -> None:
    """An unknown team or user: 422 with its code and the pointer of minor 1's field; nothing is kept."""
    path, other = f"/v1/{resource}", OTHERS[resource]
    known = await save(frontend, f"/v1/{other}", **BODIES[other]())
    if edited:
        path += f"/{await save(frontend, path, **BODIES[resource]())}"
    before = await shown(frontend, path)
    answer = await frontend.post(path, json=BODIES[resource](**{other: [known, UNKNOWN]}))
    assert (422, MISSING[other], [f"/{other}"]) == refusal(answer)
    assert before == await shown(frontend, path)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
@pytest.mark.parametrize("resource", BODIES)
async def test_an_id_in_the_path_that_names_nothing(frontend: Client, resource: str, method: str) -> None:
    """404 with the code of the resource, whatever its shape; `stats` is no id."""
    for each in (UNKNOWN, "1", "nonsense", "%00", "%ff", UNKNOWN.replace("-", ""), f"{UNKNOWN}%0A", "9" * 5000):
        answer = await frontend.request(method, f"/v1/{resource}/{each}", json=BODIES[resource]())
        assert (404, MISSING[resource], []) == refusal(answer), each
    stats = await frontend.request(method, f"/v1/{resource}/stats", json=BODIES[resource]())
    assert (200 if method == "GET" else 405) == stats.status_code


@pytest.mark.parametrize(
    ("resource", "field", "code"), [("users", "email", "email_taken"), ("teams", "name", "team_name_taken")]
)
async def test_what_is_taken_is_taken(frontend: Client, resource: str, field: str, code: str) -> None:
    """In any case: 409, by create and by edit; one's own may change its case."""
    path = f"/v1/{resource}"
    owner = await save(frontend, path, **BODIES[resource](**{field: "ada@example.com"}))
    other = await save(frontend, path, **BODIES[resource]())
    before = await shown(frontend, path)
    body = BODIES[resource](**{field: "ADA@example.com"})
    for place in (path, f"{path}/{other}"):
        assert (409, code, []) == refusal(await frontend.post(place, json=body))
    assert before == await shown(frontend, path)
    await save(frontend, f"{path}/{owner}", **body)
    assert "ADA@example.com" == (await shown(frontend, f"{path}/{owner}"))[field]


@pytest.mark.parametrize("resource", BODIES)
async def test_a_body_is_json(frontend: Client, resource: str) -> None:
    """Another media type is 415, what is no JSON 400, JSON that is no object 422: by create and by edit."""
    headers = {"Content-Type": "application/json"}
    for path in (f"/v1/{resource}", f"/v1/{resource}/{await save(frontend, f'/v1/{resource}', **BODIES[resource]())}"):
        good = json.dumps(BODIES[resource]()).encode()
        for content in (b"", good[:-1], good + b"}", b"\xef\xbb\xbf" + good, b'{"name": NaN}'):
            answer = await frontend.post(path, content=content, headers=headers)
            assert (400, "malformed_json", []) == refusal(answer), content
        form = await frontend.post(path, data={"name": "Sales"})
        assert (415, "unsupported_media_type", []) == refusal(form)
        for content in (b"null", b"1", b'"x"', b"[" + good + b"]"):
            answer = await frontend.post(path, content=content, headers=headers)
            assert (422, "validation_error", [""]) == refusal(answer), content


async def test_stats_count_each_write(client: Client, frontend: Client) -> None:
    """`count` alone, of all whatever their status, exact right after each write."""
    for resource, body in BODIES.items():
        stats = f"/v1/{resource}/stats"
        for count in (0, 1, 2):
            assert {"count": count} == await shown(frontend, stats)
            made = await save(frontend, f"/v1/{resource}", **body())
        if resource == "users":
            await client.patch(f"/v1/users/{made}", json={"status": "inactive"})
        assert {"count": 3} == await shown(frontend, stats)
        await frontend.delete(f"/v1/{resource}/{made}")
        assert {"count": 2} == await shown(frontend, stats)


async def test_a_list_has_the_first_thousand(client: Client, frontend: Client, people: People) -> None:
    """In the order of their creation, as has a team of its users; the rest is counted and not shown."""
    team = await people.team()
    import_users = ImportUsers(people.unit_of_work, people.users, people.teams, people.trail)
    emails = [f"user{number:04}@example.org" for number in range(1001, 0, -1)]
    assert not await import_users([NewUser("Ada", "Lovelace", email, team_ids=(team.id,)) for email in emails])
    listed = await shown(frontend, "/v1/users")
    assert emails[:1000] == [user["email"] for user in listed]
    assert {"count": 1001} == await shown(frontend, "/v1/users/stats")
    found = await shown(frontend, f"/v1/teams/{team.id}")
    assert emails[:1000] == [user["email"] for user in found["users"]]
    assert [found] == await shown(frontend, "/v1/teams")
    last = (await people.users.list(UserQuery(PageRequest(limit=1, descending=True)))).items[0]
    assert emails[1000] == (await shown(frontend, f"/v1/users/{last.id}"))["email"]
    assert 1001 == (await client.get(f"/v1/teams/{team.id}")).json()["members_count"]


async def test_a_list_of_teams_has_the_first_thousand(frontend: Client, people: People) -> None:
    """In the order of their creation."""
    teams = [new_team(name=f"Team {number:04}") for number in range(1001, 0, -1)]

    async def work() -> None:
        for team in teams:
            await people.teams.add(team)

    await people.unit_of_work(work)
    assert [team.name for team in teams[:1000]] == [team["name"] for team in await shown(frontend, "/v1/teams")]
    assert {"count": 1001} == await shown(frontend, "/v1/teams/stats")


@pytest.mark.parametrize("resource", BODIES)
async def test_tags_and_preconditions_are_those_of_minor_2(client: Client, frontend: Client, resource: str) -> None:
    """GET has a tag of the revision and what is shown; If-Match compares the revision, of either minor's tag."""
    path = f"/v1/{resource}/{await save(frontend, f'/v1/{resource}', **BODIES[resource]())}"
    first = await frontend.get(path)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"1\.[0-9a-f]{16}"', tag)
    cached = await frontend.get(path, headers={"If-None-Match": tag})
    assert (304, b"") == (cached.status_code, cached.content)
    newest = (await client.get(path)).headers["etag"]
    for revision, match in ((2, tag), (3, '"2.00"'), (4, "*")):
        changed = await frontend.post(path, json=BODIES[resource](), headers={"If-Match": match})
        assert (200, True) == (
            changed.status_code,
            (await frontend.get(path)).headers["etag"].startswith(f'"{revision}.'),
        )
    before = await frontend.get(path)
    for method in ("POST", "DELETE"):
        for stale in (tag, newest, "x"):
            answer = await frontend.request(method, path, json=BODIES[resource](), headers={"If-Match": stale})
            assert (412, "precondition_failed", []) == refusal(answer)
    after = await frontend.get(path)
    assert (before.json(), before.headers["etag"]) == (after.json(), after.headers["etag"])
    assert (
        200 == (await frontend.delete(path, headers={"If-Match": (await client.get(path)).headers["etag"]})).status_code
    )


@pytest.mark.parametrize("resource", BODIES)
async def test_a_repeated_create_is_answered_as_the_first(frontend: Client, resource: str) -> None:
    """With `Idempotency-Replayed: true`, and one is made; another body under the key is refused."""
    path, body, key = f"/v1/{resource}", BODIES[resource](), {"Idempotency-Key": "first-try-1"}
    first, again = [await frontend.post(path, json=body, headers=key) for _ in range(2)]
    assert (200, None) == (first.status_code, first.headers.get("idempotency-replayed"))
    assert (200, first.content, "true") == (again.status_code, again.content, again.headers["idempotency-replayed"])
    assert "1" == again.headers["x-api-version"]
    other = await frontend.post(path, json=BODIES[resource](), headers=key)
    assert (422, "idempotency_key_reused", ["/Idempotency-Key"]) == refusal(other)
    assert [first.json()["id"]] == [each["id"] for each in await shown(frontend, path)]


async def test_every_write_leaves_the_events_of_minor_2(client: Client, frontend: Client) -> None:
    """One for each thing that was done, with what changed and nothing else; none for what was refused."""
    ada: dict[str, object] = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
    team = await save(frontend, "/v1/teams", name="Sales")
    user = await save(frontend, "/v1/users", **ada, teams=[team], **EXTRA)
    paths = f"/v1/users/{user}", f"/v1/teams/{team}"
    await save(frontend, paths[0], **ada | {"first_name": "Augusta"}, **EXTRA)
    await save(frontend, paths[0], **ada | {"first_name": "Augusta"}, teams=[])
    await save(frontend, paths[1], name="Support", users=[user])
    await frontend.post("/v1/users", json=ada)
    await frontend.post(paths[0], json=ada | {"teams": [UNKNOWN]})
    await frontend.delete(paths[1])
    await frontend.post("/v1/teams", json={"name": ""})
    expected: list[tuple[str, str, dict[str, object]]] = [
        ("team.created", team, {"name": [None, "Sales"], "user_ids": [None, []]}),
        (
            "user.created",
            user,
            {
                **{name: [None, value] for name, value in ada.items()},
                "status": [None, "active"],
                "team_ids": [None, [team]],
            },
        ),
        ("user.updated", user, {"first_name": ["Ada", "Augusta"]}),
        ("user.updated", user, {"team_ids": [[team], []]}),
        ("team.updated", team, {"name": ["Sales", "Support"], "user_ids": [[], [user]]}),
        ("team.deleted", team, {"name": ["Support", None], "user_ids": [[user], None]}),
    ]
    found = [(each["action"], each["resource"]["id"], each["changes"]) for each in reversed(await events(client))]
    assert expected == found
    await frontend.delete(paths[0])
    erased = (await events(client, resource_id=user))[0]
    assert ("user.deleted", [None, None]) == (erased["action"], erased["changes"]["email"])
