"""Teams and their members over HTTP, minor 2."""

import re
from uuid import UUID

import pytest
from tests.conftest import Client
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user, team_body

PERSISTENCES = ("postgres", "cached")

UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"


async def test_a_created_team_is_shown_as_it_was_given(client: Client) -> None:
    """POST answers 201 with the team, its place and its tag; GET shows the same; `user_ids` count once."""
    user = await post_user(client)
    made = await client.post("/v1/teams", json={"name": " Sales \u00e9 ", "user_ids": [user["id"], user["id"]]})
    team = made.json()
    assert 201 == made.status_code
    assert ["id", "name", "members_count", "created_at", "updated_at"] == list(team)
    assert ("Sales é", 1, 7) == (team["name"], team["members_count"], UUID(team["id"]).version)
    assert f"/v1/teams/{team['id']}" == made.headers["location"]
    shown = await client.get(made.headers["location"])
    assert (team, made.headers["etag"]) == (shown.json(), shown.headers["etag"])
    assert re.fullmatch(r'"1\.[0-9a-f]{16}"', made.headers["etag"])
    assert ("2", "private, no-cache") == (shown.headers["x-api-version"], shown.headers["cache-control"])
    assert "X-API-Version" in shown.headers["vary"]
    cached = await client.get(made.headers["location"], headers={"If-None-Match": made.headers["etag"]})
    assert (304, b"") == (cached.status_code, cached.content)


@pytest.mark.parametrize("changes", [{}, {"name": " New "}])
async def test_a_patch_changes_what_it_names(client: Client, changes: dict[str, str]) -> None:
    """Absent fields stay, members too; every accepted PATCH raises the revision, an empty one too."""
    team = await post_team(client, user_ids=[(await post_user(client))["id"]])
    answer = await client.patch(f"/v1/teams/{team['id']}", json=changes)
    assert 200 == answer.status_code
    name = changes.get("name", team["name"]).strip()
    assert {**team, "name": name, "updated_at": answer.json()["updated_at"]} == answer.json()
    assert answer.headers["etag"].startswith('"2.')


async def test_user_ids_replace_all_members(client: Client) -> None:
    """PATCH with `user_ids` leaves these members only; an empty list none; the users stay."""
    users = [(await post_user(client))["id"] for _ in range(3)]
    team = await post_team(client, user_ids=users[:2])
    path = f"/v1/teams/{team['id']}"
    for user_ids in (users[1:], [], users):
        assert len(user_ids) == (await client.patch(path, json={"user_ids": user_ids})).json()["members_count"]
        members = (await client.get(f"{path}/members")).json()["items"]
        assert user_ids == [user["id"] for user in members]
    assert 3 == (await client.get("/v1/users/stats")).json()["total"]


@pytest.mark.parametrize("field", ["name", "user_ids"])
async def test_null_is_not_absent(client: Client, field: str) -> None:
    """A field that is null is refused, by its pointer."""
    team = await post_team(client)
    answer = await client.patch(f"/v1/teams/{team['id']}", json={field: None})
    assert (422, [f"/{field}"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_an_unknown_user_is_named(client: Client, method: str) -> None:
    """A user that does not exist: 422 `user_not_found` with the pointer, and nothing is kept."""
    team = await post_team(client)
    path = "/v1/teams" if method == "POST" else f"/v1/teams/{team['id']}"
    answer = await client.request(method, path, json=team_body(user_ids=[UNKNOWN]))
    assert (422, "user_not_found") == (answer.status_code, answer.json()["code"])
    assert [("/user_ids", "user_not_found")] == [(each["pointer"], each["code"]) for each in answer.json()["errors"]]
    assert [team] == (await client.get("/v1/teams")).json()["items"]


@pytest.mark.parametrize(("one", "two"), [("Sales", "sALES"), ("Straße", "STRASSE"), ("Zoé", "ZOE\u0301")])
async def test_a_name_is_taken_in_any_case(client: Client, one: str, two: str) -> None:
    """Another team's name in another case or composition: 409; a team may change the case of its own."""
    taken, other = await post_team(client, name=one), await post_team(client)
    for answer in (
        await client.post("/v1/teams", json={"name": two}),
        await client.patch(f"/v1/teams/{other['id']}", json={"name": two}),
    ):
        assert (409, "team_name_taken") == (answer.status_code, answer.json()["code"])
    assert two == (await client.patch(f"/v1/teams/{taken['id']}", json={"name": two})).json()["name"]


async def test_a_deleted_team_leaves_its_users(client: Client) -> None:
    """DELETE answers 204; the team is 404 then, as are its members and deleting it again; its users stay."""
    user = await post_user(client)
    team = await post_team(client, user_ids=[user["id"]])
    path = f"/v1/teams/{team['id']}"
    assert 204 == (await client.delete(path)).status_code
    for answer in [await client.request(method, path, json={}) for method in ("GET", "PATCH", "DELETE")] + [
        await client.get(f"{path}/members"),
        await client.put(f"{path}/members/{user['id']}"),
        await client.delete(f"{path}/members/{user['id']}"),
    ]:
        assert (404, "team_not_found") == (answer.status_code, answer.json()["code"])
    assert user == (await client.get(f"/v1/users/{user['id']}")).json()


async def test_if_match_compares_the_revision(client: Client) -> None:
    """A tag from before a change is 412 for PATCH and DELETE; members that come along do not matter."""
    team = await post_team(client)
    path = f"/v1/teams/{team['id']}"
    tag = (await client.get(path)).headers["etag"]
    await client.put(f"{path}/members/{(await post_user(client))['id']}")
    assert tag != (await client.get(path)).headers["etag"]
    assert 200 == (await client.patch(path, json={}, headers={"If-Match": f"W/{tag}"})).status_code
    for method in ("PATCH", "DELETE"):
        answer = await client.request(method, path, json={}, headers={"If-Match": tag})
        assert (412, "precondition_failed") == (answer.status_code, answer.json()["code"])
    assert 204 == (await client.delete(path, headers={"If-Match": '"2.00"'})).status_code


async def test_members_are_put_and_deleted_once_however_often(client: Client) -> None:
    """204, and again 204 when repeated, also for a user who never was a member; the revision stays."""
    user, team = await post_user(client), await post_team(client)
    path = f"/v1/teams/{team['id']}"
    for method, count in (("DELETE", 0), ("PUT", 1), ("PUT", 1), ("DELETE", 0), ("DELETE", 0)):
        answer = await client.request(method, f"{path}/members/{user['id']}")
        assert (204, b"") == (answer.status_code, answer.content)
        shown = await client.get(path)
        assert {**team, "members_count": count} == shown.json()
        assert shown.headers["etag"].startswith('"1.')


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize("unknown", [UNKNOWN, "nonsense", "%00"])
async def test_unknown_members_and_teams_are_told_apart(client: Client, method: str, unknown: str) -> None:
    """Which id in the path names nothing is told by the code, for malformed ones too."""
    user, team = await post_user(client), await post_team(client)
    for path, code in (
        (f"/v1/teams/{team['id']}/members/{unknown}", "user_not_found"),
        (f"/v1/teams/{unknown}/members/{user['id']}", "team_not_found"),
    ):
        answer = await client.request(method, path)
        assert (404, code) == (answer.status_code, answer.json()["code"])


async def test_members_are_a_page_of_users(client: Client) -> None:
    """As the list of users shows them, sorted and paged alike, and nobody else; a cursor belongs to one team."""
    team = await post_team(client)
    users = [await post_user(client, last_name=name, team_ids=[team["id"]]) for name in ("b", "A", "c")]
    await post_integration(client, users[0]["id"])
    await post_user(client)
    path = f"/v1/teams/{team['id']}/members"
    assert (await client.get("/v1/users", params={"team_id": team["id"]})).json() == (await client.get(path)).json()
    first = await client.get(f"{path}?sort=-last_name&limit=2&include_total=true")
    assert (["c", "b"], 3) == ([user["last_name"] for user in first.json()["items"]], first.json()["total"])
    link = first.headers["link"]
    rest = await client.get(link[1 : link.index(">")])
    assert (["A"], None) == ([user["last_name"] for user in rest.json()["items"]], rest.json()["next_cursor"])
    other = await post_team(client)
    stray = await client.get(link[1 : link.index(">")].replace(team["id"], other["id"]))
    assert (422, "invalid_cursor") == (stray.status_code, stray.json()["code"])


async def test_teams_are_filtered_and_sorted(client: Client) -> None:
    """The filter and the sorts of the contract, a page at a time; the total counts what matches."""
    for name in ("beta", "Alpha", "50 %_"):
        await post_team(client, name=name)
    expected: dict[str, list[str]] = {
        "": ["beta", "Alpha", "50 %_"],
        "sort=name": ["50 %_", "Alpha", "beta"],
        "sort=-name": ["beta", "Alpha", "50 %_"],
        "sort=-created_at": ["50 %_", "Alpha", "beta"],
        "q=ALPHA": ["Alpha"],
        "q=%25_": ["50 %_"],
        "q=x": [],
    }
    for query, names in expected.items():
        url = f"/v1/teams?limit=1&include_total=true&{query}"
        seen: list[str] = []
        while url:
            answer = await client.get(url)
            assert len(names) == answer.json()["total"]
            seen += [team["name"] for team in answer.json()["items"]]
            link = answer.headers.get("link", "")
            url = link[1 : link.find(">")]
        assert names == seen, query


async def test_stats_count_each_write(client: Client) -> None:
    """The total alone, exact right after each write."""
    for total in (0, 1, 2):
        assert {"total": total} == (await client.get("/v1/teams/stats")).json()
        team = await post_team(client)
    await client.delete(f"/v1/teams/{team['id']}")
    assert {"total": 2} == (await client.get("/v1/teams/stats")).json()
