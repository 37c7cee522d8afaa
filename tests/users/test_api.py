"""Users over HTTP, minor 2; what holds for lists and tags of every resource is tried here, too."""

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.conftest import Client
from tests.effort import effort
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user, user_body

from remuner.shared.ids import new_id

PERSISTENCES = ("postgres", "cached")

UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
TAG = re.compile(r'"\d+\.[0-9a-f]{16}"')


async def test_a_created_user_is_shown_as_it_was_given(client: Client) -> None:
    """POST answers 201 with the user, its place and its tag; GET shows the same."""
    body = {"first_name": " Ada ", "last_name": "Lovelace", "email": "Ada@example.com"}
    made = await client.post("/v1/users", json=body)
    assert 201 == made.status_code
    shown = await client.get(made.headers["location"])
    assert made.json() == shown.json()
    assert made.headers["etag"] == shown.headers["etag"]
    assert {"first_name": "Ada", "status": "active", "teams": [], "integrations": []}.items() <= shown.json().items()


async def test_a_user_has_the_documented_fields_and_headers(client: Client) -> None:
    """Fields, their order and kinds, and the headers of every answer."""
    team = await post_team(client)
    made = await client.post("/v1/users", json=user_body(status="pending", team_ids=[team["id"], team["id"]]))
    user = made.json()
    fields = "id first_name last_name email status teams integrations created_at updated_at"
    assert fields.split() == list(user)
    assert 7 == UUID(user["id"]).version
    assert ("pending", [{"id": team["id"], "name": team["name"]}]) == (user["status"], user["teams"])
    assert user["created_at"] == user["updated_at"]
    assert user["created_at"].endswith("Z")
    assert timedelta(0) == datetime.fromisoformat(user["created_at"]).utcoffset()
    assert f"/v1/users/{user['id']}" == made.headers["location"]
    assert TAG.fullmatch(made.headers["etag"])
    assert "application/json" == made.headers["content-type"]
    assert "2" == made.headers["x-api-version"]
    assert "X-API-Version" in made.headers["vary"]
    assert "private, no-cache" == made.headers["cache-control"]
    assert 7 == UUID(made.headers["x-request-id"]).version


@pytest.mark.parametrize(
    ("path", "method", "sent", "expected"),
    [
        ("/v1/users", "GET", "job-7.x_Y", "job-7.x_Y"),
        ("/v1/users/x", "GET", "a" * 128, "a" * 128),
        ("/nowhere", "PUT", "a" * 129, None),
        ("/healthz", "GET", "a b", None),
        ("/v1/teams", "POST", "", None),
    ],
)
async def test_every_answer_has_a_request_id(
    client: Client, path: str, method: str, sent: str, expected: str | None
) -> None:
    """A sane X-Request-ID is echoed, any other replaced; problems name it, too."""
    answer = await client.request(method, path, headers={"X-Request-ID": sent})
    found = answer.headers["x-request-id"]
    assert (expected or str(UUID(found))) == found
    if answer.is_error:
        assert found == answer.json()["request_id"]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"first_name": " Grace "},
        {"last_name": "Hopper"},
        {"email": "grace@example.com"},
        {"status": "inactive"},
        {"first_name": "Grace", "last_name": "Hopper", "email": "Grace@example.com", "status": "pending"},
    ],
)
async def test_a_patch_changes_what_it_names(client: Client, changes: dict[str, str]) -> None:
    """Absent fields stay; every accepted PATCH raises the revision and `updated_at`, an empty one too."""
    team = await post_team(client)
    user = await post_user(client, team_ids=[team["id"]])
    answer = await client.patch(f"/v1/users/{user['id']}", json=changes)
    assert 200 == answer.status_code
    trimmed = {name: value.strip() for name, value in changes.items()}
    assert {**user, **trimmed, "updated_at": answer.json()["updated_at"]} == answer.json()
    assert user["updated_at"] < answer.json()["updated_at"]
    assert answer.headers["etag"].startswith('"2.')
    shown = await client.get(f"/v1/users/{user['id']}")
    assert (answer.json(), answer.headers["etag"]) == (shown.json(), shown.headers["etag"])


@pytest.mark.parametrize("field", ["first_name", "last_name", "email", "status", "team_ids"])
async def test_null_is_not_absent(client: Client, field: str) -> None:
    """A field that is null is refused, by its pointer, and nothing changes."""
    user = await post_user(client)
    answer = await client.patch(f"/v1/users/{user['id']}", json={"first_name": "New", field: None})
    assert (422, [f"/{field}"]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])
    assert user == (await client.get(f"/v1/users/{user['id']}")).json()


async def test_team_ids_replace_all_memberships(client: Client) -> None:
    """PATCH with `team_ids` leaves the user in these teams only; an empty list takes it out of all; absent keeps."""
    one, two = await post_team(client, name="B"), await post_team(client, name="a")
    user = await post_user(client, team_ids=[one["id"]])
    path = f"/v1/users/{user['id']}"
    for team_ids, expected in (([one["id"], two["id"]], ["a", "B"]), ([two["id"]], ["a"]), ([], [])):
        answer = await client.patch(path, json={"team_ids": team_ids})
        assert expected == [team["name"] for team in answer.json()["teams"]]
        assert expected == [team["name"] for team in (await client.patch(path, json={})).json()["teams"]]


@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_an_unknown_team_is_named(client: Client, method: str) -> None:
    """A team that does not exist: 422 `team_not_found` with the pointer, and nothing is kept."""
    user = await post_user(client)
    body = user_body(team_ids=[UNKNOWN])
    path = "/v1/users" if method == "POST" else f"/v1/users/{user['id']}"
    answer = await client.request(method, path, json=body)
    assert (422, "team_not_found") == (answer.status_code, answer.json()["code"])
    assert [("/team_ids", "team_not_found")] == [(each["pointer"], each["code"]) for each in answer.json()["errors"]]
    assert [user] == (await client.get("/v1/users")).json()["items"]


@pytest.mark.parametrize(
    ("one", "two"), [("ada@example.com", "ADA@EXAMPLE.COM"), ("zoé@example.com", "ZOE\u0301@example.com")]
)
async def test_an_email_is_taken_in_any_case(client: Client, one: str, two: str) -> None:
    """Another user's email in another case or composition: 409 `email_taken`, by POST and by PATCH."""
    await post_user(client, email=one)
    other = await post_user(client)
    for answer in (
        await client.post("/v1/users", json=user_body(email=two)),
        await client.patch(f"/v1/users/{other['id']}", json={"email": two}),
    ):
        assert (409, "email_taken") == (answer.status_code, answer.json()["code"])
    assert other == (await client.get(f"/v1/users/{other['id']}")).json()


async def test_a_deleted_user_is_gone(client: Client) -> None:
    """DELETE answers 204 without a body; afterwards the user is 404, as is deleting it again; its teams stay."""
    team = await post_team(client)
    user = await post_user(client, team_ids=[team["id"]])
    path = f"/v1/users/{user['id']}"
    gone = await client.delete(path)
    assert (204, b"") == (gone.status_code, gone.content)
    for answer in (await client.get(path), await client.delete(path), await client.patch(path, json={})):
        assert (404, "user_not_found") == (answer.status_code, answer.json()["code"])
    assert team == (await client.get(f"/v1/teams/{team['id']}")).json()


async def test_a_user_with_active_integrations_stays(client: Client) -> None:
    """409 `user_has_active_integrations` with the ids of the active ones; nothing has changed."""
    user = await post_user(client, team_ids=[(await post_team(client))["id"]])
    active = [await post_integration(client, user["id"], name=name) for name in ("b", "a")]
    inactive = await post_integration(client, user["id"], name="c", status="inactive")
    path = f"/v1/users/{user['id']}"
    before = await client.get(path)
    answer = await client.delete(path)
    assert (409, "user_has_active_integrations") == (answer.status_code, answer.json()["code"])
    assert sorted(each["id"] for each in active) == sorted(answer.json()["integration_ids"])
    after = await client.get(path)
    assert (before.json(), before.headers["etag"]) == (after.json(), after.headers["etag"])
    expected = [{name: each[name] for name in ("id", "name", "status")} for each in (active[1], active[0], inactive)]
    assert expected == after.json()["integrations"]


async def test_inactive_integrations_go_with_their_user(client: Client) -> None:
    """Once none is active the user can be deleted, and its integrations are gone; others stay."""
    user, other = await post_user(client), await post_user(client)
    inactive = await post_integration(client, user["id"])
    staying = await post_integration(client, other["id"], status="inactive")
    await client.patch(f"/v1/integrations/{inactive['id']}", json={"status": "inactive"})
    assert 204 == (await client.delete(f"/v1/users/{user['id']}")).status_code
    assert 404 == (await client.get(f"/v1/integrations/{inactive['id']}")).status_code
    assert [staying] == (await client.get("/v1/integrations")).json()["items"]


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
async def test_if_match_compares_the_revision(client: Client, method: str) -> None:
    """The tag read last passes, weak or in a list or with another digest; an older or strange one is 412."""
    user = await post_user(client)
    path = f"/v1/users/{user['id']}"
    tag = (await client.patch(path, json={})).headers["etag"]
    stale_tags = ['"1.00"', "garbage", '"x"', '""', '"3.00", W/"1.00"', tag.strip('"'), "", '"2"', '"2.00-other"']
    for stale in stale_tags:
        answer = await client.request(method, path, json={}, headers={"If-Match": stale})
        assert (412, "precondition_failed") == (answer.status_code, answer.json()["code"]), stale
    for number, good in enumerate(("{0}", "W/{0}", '"9.00", {0}', '"{1}.ffffffff-gzip"', "*")):
        current = tag if method == "PATCH" or number == 0 else (await _again(client, path))
        revision = current.strip('"').partition(".")[0]
        answer = await client.request(method, path, json={}, headers={"If-Match": good.format(current, revision)})
        assert answer.status_code in {200, 204}, good
        tag = answer.headers.get("etag", tag)
        if method == "DELETE":
            path = f"/v1/users/{(await post_user(client))['id']}"


async def _again(client: Client, path: str) -> str:
    tag: str = (await client.get(path)).headers["etag"]
    return tag


async def test_if_match_asks_for_the_user_s_own_fields_only(client: Client) -> None:
    """A team or an integration that comes along changes the tag, but not what If-Match compares."""
    user = await post_user(client)
    path = f"/v1/users/{user['id']}"
    tag = (await client.get(path)).headers["etag"]
    await post_team(client, user_ids=[user["id"]])
    await post_integration(client, user["id"])
    changed = await client.get(path, headers={"If-None-Match": tag})
    assert 200 == changed.status_code
    assert 200 == (await client.patch(path, json={}, headers={"If-Match": tag})).status_code


@pytest.mark.parametrize(
    "sent", ["{0}", "W/{0}", '"1.00", {0}', "*", '"{1}-gzip"', 'W/"{1}-br"', '"{1}-zstd"', '"x", "{1}-deflate"']
)
async def test_if_none_match_saves_the_body(client: Client, sent: str) -> None:
    """The current tag, weak or in a list, gets 304 with the tag and without a body; any other gets the user."""
    user = await post_user(client)
    path = f"/v1/users/{user['id']}"
    tag = (await client.get(path)).headers["etag"]
    answer = await client.get(path, headers={"If-None-Match": sent.format(tag, tag.strip('"'))})
    assert (304, b"", tag) == (answer.status_code, answer.content, answer.headers["etag"])
    assert "private, no-cache" == answer.headers["cache-control"]
    for other in (tag.replace('"1.', '"2.'), tag.strip('"'), "garbage", f'{tag[:-1]}-other"'):
        assert 200 == (await client.get(path, headers={"If-None-Match": other})).status_code


async def test_stats_count_each_write(client: Client) -> None:
    """Flat, with every status, and exact right after each write."""
    assert {"total": 0, "active": 0, "pending": 0, "inactive": 0} == (await client.get("/v1/users/stats")).json()
    users = [await post_user(client, status=status) for status in ("active", "active", "pending")]
    assert {"total": 3, "active": 2, "pending": 1, "inactive": 0} == (await client.get("/v1/users/stats")).json()
    await client.patch(f"/v1/users/{users[0]['id']}", json={"status": "inactive"})
    await client.delete(f"/v1/users/{users[2]['id']}")
    assert {"total": 2, "active": 1, "pending": 0, "inactive": 1} == (await client.get("/v1/users/stats")).json()


async def test_users_are_filtered_and_sorted(client: Client) -> None:
    """Each filter and sort of the contract; the total counts what matches."""
    team = (await post_team(client))["id"]
    await post_user(client, last_name="Lovelace", email="a@example.com", team_ids=[team])
    second = await post_user(client, first_name="Zoé", last_name="M", email="b@example.com", status="pending")
    await post_user(client, first_name="50%", last_name="_", email="c@example.com")
    expected = {
        "q=LOVE": "a",
        "q=Zo%C3%89": "b",
        "q=b@EXAMPLE": "b",
        "q=%25": "c",
        "status=pending": "b",
        "status=active&q=example.com": "ac",
        f"team_id={team}": "a",
        f"team_id={team.upper()}": "a",
        f"team_id={UNKNOWN}": "",
        f"updated_since={second['updated_at']}": "bc",
        "updated_since=2000-01-01T00:00:00-23:59&sort=-email": "cba",
        "sort=last_name": "cab",
        "sort=-last_name": "bac",
        "sort=-created_at&limit=200": "cba",
        "q=&unknown=1": "abc",
    }
    found = {}
    for query in expected:
        page = (await client.get(f"/v1/users?include_total=true&{query}")).json()
        found[query] = "".join(user["email"][0] for user in page["items"])
        assert (len(found[query]), None) == (page["total"], page["next_cursor"])
    assert expected == found


@pytest.mark.parametrize("filters", ["", "sort=-email&q=example&status=active&include_total=true&"])
async def test_a_list_is_paged_to_its_end(client: Client, filters: str) -> None:
    """`next_cursor` and the link lead to the same next page; each user is seen once; the last page has neither."""
    made = [(await post_user(client))["id"] for _ in range(7)]
    url, seen = f"/v1/users?{filters}limit=3", []
    while True:
        answer = await client.get(url)
        page: dict[str, Any] = answer.json()
        seen += [user["id"] for user in page["items"]]
        assert ("total" in page) is ("include_total" in filters)
        assert len(made) == page.get("total", len(made))
        if page["next_cursor"] is None:
            break
        link = re.fullmatch(r'<([^>]+)>; rel="next"', answer.headers["link"])
        assert link
        url = link[1]
        expected = [*parse_qsl(f"{filters}limit=3"), ("cursor", page["next_cursor"])]
        assert ("/v1/users", expected) == (urlsplit(url).path, parse_qsl(urlsplit(url).query))
    assert "link" not in answer.headers
    assert (made if not filters else sorted(made, reverse=True)) == (
        seen if not filters else sorted(seen, reverse=True)
    )


async def test_a_page_has_fifty_items_unless_told_otherwise(client: Client) -> None:
    """The default of `limit`, and its greatest value."""
    for _ in range(51):
        await post_team(client)
    assert [50, 51] == [len((await client.get(f"/v1/teams{query}")).json()["items"]) for query in ("", "?limit=200")]


LISTS = """
    /v1/users? /v1/users?sort=-created_at /v1/users?sort=email /v1/users?q=a /v1/users?status=active
    /v1/users?team_id={team} /v1/teams? /v1/teams?sort=name /v1/teams/{team}/members? /v1/integrations?
"""


@pytest.fixture
async def cursors(client: Client) -> dict[str, str]:
    """A cursor of each list, by its URL."""
    users = [(await post_user(client))["id"] for _ in range(2)]
    team, _ = [(await post_team(client, user_ids=users))["id"] for _ in range(2)]
    for user in users:
        await post_integration(client, user)
    urls = LISTS.format(team=team).split()
    return {url: (await client.get(f"{url}&limit=1")).json()["next_cursor"] for url in urls}


@st.composite
def damaged(draw: st.DrawFn, cursor: str) -> str:
    """Cut out, exchange or add something anywhere, or nothing."""
    begin = draw(st.integers(0, len(cursor)) | st.integers(len(cursor) - 1, len(cursor)))  # base64 ends in spare bits
    end = draw(st.integers(begin, min(begin + 2, len(cursor))) | st.just(len(cursor)))
    new = draw(st.text(st.sampled_from("ABCwxyz_-=!") | st.characters(codec="utf-8"), max_size=2))
    return cursor[:begin] + new + cursor[end:]


@pytest.mark.fuzz
@effort(400)
@given(st.data())
async def test_a_cursor_opens_as_it_was_made_and_where(
    client: Client, cursors: dict[str, str], data: st.DataObject
) -> None:
    """In its list, with its filters and sort, it leads on; any other text, or elsewhere: 422 `invalid_cursor`."""
    url, cursor = data.draw(st.sampled_from(list(cursors.items())))
    sent = data.draw(st.sampled_from(list(cursors.values())) | damaged(cursor) | st.text(st.characters(codec="utf-8")))
    answer = await client.get(f"{url}&{urlencode({'cursor': sent})}")
    if sent == cursor:
        assert (200, 1) == (answer.status_code, len(answer.json()["items"]))
    else:
        assert (422, "invalid_cursor") == (answer.status_code, answer.json()["code"])
        assert [("/cursor", "invalid_cursor")] == [(e["pointer"], e["code"]) for e in answer.json()["errors"]]


async def test_a_cursor_passes_through_the_longest_values(client: Client) -> None:
    """Cursors of lists that are sorted by long texts outside ASCII work, too."""
    for i in range(3):
        body = user_body(
            last_name="\N{GRINNING FACE}" * 49 + str(i), email=f"{'é' * 30}{i}@{'ü' * 50}.{'ö' * 25}.example.com"
        )
        assert 201 == (await client.post("/v1/users", json=body)).status_code
    for sort in ("email", "-last_name"):
        cursor = (await client.get(f"/v1/users?limit=1&sort={sort}")).json()["next_cursor"]
        page = await client.get("/v1/users", params={"sort": sort, "cursor": cursor})
        assert 2 == len(page.json()["items"])


async def test_head_is_get_without_its_content(client: Client) -> None:
    """HEAD answers with the status and headers of GET, and no body."""
    user = await post_user(client)
    shown = await client.get(f"/v1/users/{user['id']}")
    head = await client.head(f"/v1/users/{user['id']}")
    assert (200, b"") == (head.status_code, head.content)
    assert [shown.headers[name] for name in ("etag", "content-length")] == [
        head.headers[name] for name in ("etag", "content-length")
    ]
    assert 404 == (await client.head("/v1/nowhere")).status_code


async def test_an_unknown_team_is_told_before_a_missing_user_and_a_taken_email(client: Client) -> None:
    """A reference to nothing is a fault of the body: 422 comes before 404, 412 and 409."""
    user = await post_user(client)
    body = {"email": user["email"], "team_ids": [user["id"]]}
    created = await client.post("/v1/users", json={"first_name": "A", "last_name": "B", **body})
    changed = await client.patch(f"/v1/users/{user['id']}", json=body, headers={"If-Match": '"9.0"'})
    missing = await client.patch(f"/v1/users/{new_id()}", json=body)
    assert [(422, "team_not_found")] * 3 == [
        (answer.status_code, answer.json()["code"]) for answer in (created, changed, missing)
    ]
