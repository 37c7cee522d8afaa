"""Access keys over HTTP, minor 2."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx2
import pytest
from tests.access.factories import bare, bearer, key_body, post_key, sign_in
from tests.conftest import Client

from remuner.shared.scopes import AccessScope

KEYS = "/v1/access-keys"
UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
OTHER = "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4"
MANY = [str(UUID(int=number)) for number in range(100)]
CANARY = "canary7f3a"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
NOT_PREFIXES: list[object] = [
    "",
    "crm",
    "//",
    "/crm//v3",
    "/crm//",
    "/.",
    "/..",
    "/./",
    "/crm/../v3",
    "/crm/.",
    "/crm/..",
    f"/{'x' * 200}",
]
NOT_PREFIXES += [f"/{CANARY}{each}" for each in ("%2e", "?", "#", "\\", " ", "\n", "\0", "\x7f", "é", "\uff0f")]
NOT_PREFIXES += [1, True, ["/crm"], {CANARY: 1}]


def shown(made: dict[str, Any]) -> dict[str, Any]:
    """Return a key as it is shown once its secret is not."""
    return {name: value for name, value in made.items() if name != "secret"}


async def test_a_created_key_shows_its_secret_once(client: Client) -> None:
    """POST answers 201 with the whole Bearer string; nothing else ever shows it, and it works at once."""
    made = await client.post(KEYS, json=key_body(name=" Export ", scopes=["users:write", "users:read", "users:read"]))
    key = made.json()
    fields = "id name scopes use_limits status api_version created_at expires_at last_used_at secret"
    assert (201, fields.split()) == (made.status_code, list(key))
    assert ("Export", ["users:read", "users:write"], "active") == (key["name"], key["scopes"], key["status"])
    assert ("2", None, None) == (key["api_version"], key["expires_at"], key["last_used_at"])
    assert key["use_limits"] is None
    assert 7 == UUID(key["id"]).version
    assert re.fullmatch(rf"rk_{key['id']}_[A-Za-z0-9]{{43}}", key["secret"])
    assert f"{KEYS}/{key['id']}" == made.headers["location"]
    again = await client.get(made.headers["location"])
    assert (shown(key), made.headers["etag"]) == (again.json(), again.headers["etag"])
    assert [shown(key)] == (await client.get(KEYS)).json()["items"]
    changed = await client.patch(made.headers["location"], json={})
    assert shown(key) == changed.json()
    assert 200 == (await client.get("/v1/users", headers=bearer(key["secret"]))).status_code


async def test_an_expiry_is_a_moment_in_the_future(client: Client) -> None:
    """In any offset; one that has passed is 422 with its pointer."""
    future = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=1)
    for text in (future.isoformat(), future.astimezone().isoformat()):
        made = await post_key(client, expires_at=text)
        assert f"{future:%Y-%m-%dT%H:%M:%SZ}" == made["expires_at"]
    for text in ("2020-01-01T00:00:00Z", datetime.now(UTC).isoformat()):
        answer = await client.post(KEYS, json=key_body(expires_at=text))
        assert (422, "validation_error") == (answer.status_code, answer.json()["code"])
        assert ["/expires_at"] == [each["pointer"] for each in answer.json()["errors"]]
    assert 2 == len((await client.get(KEYS)).json()["items"])


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"name": ""}, "/name"),
        ({"name": "x" * 51}, "/name"),
        ({"name": None}, "/name"),
        ({"scopes": []}, "/scopes"),
        ({"scopes": None}, "/scopes"),
        ({"scopes": "users:read"}, "/scopes"),
        ({"scopes": ["users:read", CANARY]}, "/scopes/1"),
        ({"scopes": [None]}, "/scopes/0"),
        ({"scopes": [{CANARY: 1}]}, "/scopes/0"),
        ({"expires_at": 4102444800}, "/expires_at"),
        ({"expires_at": CANARY}, "/expires_at"),
        ({"expires_at": "2100-01-01"}, "/expires_at"),
        ({"expires_at": "2100-01-01T00:00:00"}, "/expires_at"),
        ({"secret": CANARY}, ""),
        ({"api_version": "1"}, ""),
        ({"status": "active"}, ""),
    ],
)
async def test_what_a_key_cannot_be_made_of(client: Client, fields: dict[str, object], pointer: str) -> None:
    """422 with the pointer, nothing of what was sent, and no key is made."""
    answer = await client.post(KEYS, json=key_body(**fields))
    assert (422, "validation_error") == (answer.status_code, answer.json()["code"])
    assert [pointer] == [each["pointer"] for each in answer.json()["errors"]]
    assert CANARY not in answer.text
    assert [] == (await client.get(KEYS)).json()["items"]


async def test_a_key_gives_only_scopes_that_it_has(client: Client) -> None:
    """One too many is 422 with its place, and nothing is made; what it has it may give."""
    maker = await post_key(client, scopes=["access:manage", "users:read"])
    own = bearer(maker["secret"])
    answer = await client.post(KEYS, json=key_body(scopes=["users:read", "users:write"]), headers=own)
    assert (422, "validation_error") == (answer.status_code, answer.json()["code"])
    assert ["/scopes/1"] == [each["pointer"] for each in answer.json()["errors"]]
    assert 1 == len((await client.get(KEYS)).json()["items"])
    assert 201 == (await client.post(KEYS, json=key_body(scopes=["users:read"]), headers=own)).status_code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ({"methods": ["PUT", "GET", "PUT", "HEAD"]}, {"methods": ["GET", "HEAD", "PUT"]}),
        ({"methods": METHODS, "path_prefix": None}, {"methods": METHODS}),
        ({"integration_ids": [OTHER, UNKNOWN.upper(), UNKNOWN]}, {"integration_ids": [UNKNOWN, OTHER]}),
        ({"integration_ids": MANY}, {"integration_ids": MANY}),
        *(({"path_prefix": each}, {"path_prefix": each}) for each in ("/", "/crm/v3", "/.a/..b/.../c.")),
        ({"path_prefix": "/crm/v3/"}, {"path_prefix": "/crm/v3"}),
        ({"path_prefix": f"/{'x' * 199}"}, {"path_prefix": f"/{'x' * 199}"}),
    ],
)
async def test_limits_are_shown_in_one_spelling(
    client: Client, given: dict[str, object], kept: dict[str, object]
) -> None:
    """In one order and without repetitions, by every call, from the first answer on; what is not limited is null."""
    made = await post_key(client, scopes=["integrations:use"], use_limits=given)
    path = f"{KEYS}/{made['id']}"
    answers = [made, (await client.get(path)).json(), *(await client.get(KEYS)).json()["items"]]
    answers.append((await client.patch(path, json={"name": "New"})).json())
    nothing = {"integration_ids": None, "methods": None, "path_prefix": None}
    assert [nothing | kept] * 4 == [each["use_limits"] for each in answers]


@pytest.mark.parametrize(
    ("limits", "pointer"),
    [
        ({}, ""),
        ({"integration_ids": None, "methods": None, "path_prefix": None}, ""),
        ([], ""),
        (CANARY, ""),
        ({"methods": ["GET"], CANARY: 1}, ""),
        ({"integration_ids": []}, "/integration_ids"),
        ({"integration_ids": [*MANY, UNKNOWN]}, "/integration_ids"),
        ({"integration_ids": [UNKNOWN, CANARY]}, "/integration_ids/1"),
        ({"integration_ids": UNKNOWN}, "/integration_ids"),
        ({"methods": []}, "/methods"),
        ({"methods": "GET"}, "/methods"),
        *(({"methods": ["GET", each]}, "/methods/1") for each in ("get", "TRACE", "CONNECT", CANARY, "", None)),
        *(({"path_prefix": each}, "/path_prefix") for each in NOT_PREFIXES),
    ],
)
async def test_what_a_key_cannot_be_limited_to(client: Client, limits: object, pointer: str) -> None:
    """422 with the pointer, nothing of what was sent, and no key is made."""
    answer = await client.post(KEYS, json=key_body(scopes=["integrations:use"], use_limits=limits))
    assert (422, "validation_error") == (answer.status_code, answer.json()["code"])
    assert [f"/use_limits{pointer}"] == [each["pointer"] for each in answer.json()["errors"]]
    assert CANARY not in answer.text
    assert [] == (await client.get(KEYS)).json()["items"]


async def test_limits_are_those_of_a_scope(client: Client) -> None:
    """Without integrations:use they are 422, since they would limit nothing; null is no limits, whatever the scopes."""
    scopes = ["users:read", "integrations:verify"]
    answer = await client.post(KEYS, json=key_body(scopes=scopes, use_limits={"methods": ["GET"]}))
    assert (422, "validation_error") == (answer.status_code, answer.json()["code"])
    assert ["/use_limits"] == [each["pointer"] for each in answer.json()["errors"]]
    assert [] == (await client.get(KEYS)).json()["items"]
    assert (await post_key(client, scopes=scopes, use_limits=None))["use_limits"] is None


@pytest.mark.parametrize("by_cookie", [False, True])
async def test_a_limited_key_gives_only_what_it_has(client: Client, *, by_cookie: bool) -> None:
    """Keys that use tokens need limits within its own; others need none. Neither does a session of it give more."""
    own = {"integration_ids": [UNKNOWN, OTHER], "methods": ["GET", "PUT"], "path_prefix": "/crm"}
    use, both = ["integrations:use"], ["access:manage", "integrations:use"]
    maker = await post_key(client, scopes=[*both, "users:read"], use_limits=own)
    cookie = await sign_in(client, maker["secret"]) if by_cookie else None

    async def ask(**fields: object) -> httpx2.Response:
        if cookie:
            return await bare(client, "POST", KEYS, cookie=cookie, json=key_body(**fields))
        return await client.post(KEYS, json=key_body(**fields), headers=bearer(maker["secret"]))

    wider: list[object] = [None, *({**own, name: None} for name in own)]
    wider += [own | {"integration_ids": [OTHER, MANY[0]]}, own | {"methods": ["GET", "POST"]}]
    wider += [own | {"path_prefix": each} for each in ("/", "/crm2", "/cr")]
    for limits in wider:
        refused = await ask(scopes=use, use_limits=limits)
        assert (422, "validation_error") == (refused.status_code, refused.json()["code"]), limits
        assert ["/use_limits"] == [each["pointer"] for each in refused.json()["errors"]]
        assert "`use_limits`" in refused.json()["detail"]
    assert 1 == len((await client.get(KEYS)).json()["items"])
    within = [own, {**own, "methods": ["GET"]}, {**own, "integration_ids": [OTHER], "path_prefix": "/crm/v3"}]
    for limits in within:
        assert 201 == (await ask(scopes=both, use_limits=limits)).status_code, limits
    assert 201 == (await ask(scopes=["users:read"])).status_code


@pytest.mark.parametrize("scope", [scope for scope in AccessScope if scope is not AccessScope.ACCESS_MANAGE])
async def test_only_access_manage_reaches_the_keys(client: Client, scope: AccessScope) -> None:
    """Any other scope alone: 403, whether the key exists or not."""
    made = await post_key(client, scopes=[scope])
    for path in (f"{KEYS}/{made['id']}", f"{KEYS}/{UNKNOWN}"):
        for method in ("GET", "PATCH", "DELETE"):
            answer = await client.request(method, path, headers=bearer(made["secret"]))
            assert (403, "missing_scope") == (answer.status_code, answer.json()["code"])


async def test_a_key_made_inactive_stops_at_once(client: Client) -> None:
    """In the process that was told; active again, it works again."""
    made = await post_key(client)
    for status, code in (("inactive", 401), ("active", 200)):
        assert status == (await client.patch(f"{KEYS}/{made['id']}", json={"status": status})).json()["status"]
        assert code == (await client.get("/v1/users", headers=bearer(made["secret"]))).status_code


async def test_a_deleted_key_is_gone_at_once(client: Client) -> None:
    """204; then it opens nothing and all of it is 404."""
    made = await post_key(client)
    path = f"{KEYS}/{made['id']}"
    assert 200 == (await client.get("/v1/users", headers=bearer(made["secret"]))).status_code
    gone = await client.delete(path)
    assert (204, b"") == (gone.status_code, gone.content)
    assert 401 == (await client.get("/v1/users", headers=bearer(made["secret"]))).status_code
    for method in ("GET", "PATCH", "DELETE"):
        for place in (path, f"{KEYS}/x"):
            answer = await client.request(method, place, json={})
            assert (404, "access_key_not_found") == (answer.status_code, answer.json()["code"])


async def test_a_key_does_not_lock_itself_out(client: Client) -> None:
    """Removing itself, or making itself inactive, is 422; its name it may change, and another key may do all."""
    own, other = [await post_key(client, scopes=["access:manage"]) for _ in range(2)]
    path, headers = f"{KEYS}/{own['id']}", bearer(own["secret"])
    removal = await client.delete(path, headers=headers)
    stop = await client.patch(path, json={"status": "inactive", "name": "X"}, headers=headers)
    assert [(422, "validation_error")] * 2 == [(each.status_code, each.json()["code"]) for each in (removal, stop)]
    assert ["/access_key_id"] == [each["pointer"] for each in removal.json()["errors"]]
    assert ["/status"] == [each["pointer"] for each in stop.json()["errors"]]
    assert own["name"] == (await client.get(path)).json()["name"]
    renamed = await client.patch(path, json={"name": "Mine", "status": "active"}, headers=headers)
    assert (200, "Mine") == (renamed.status_code, renamed.json()["name"])
    assert 204 == (await client.delete(path, headers=bearer(other["secret"]))).status_code


async def test_if_match_compares_the_revision(client: Client) -> None:
    """A tag from before a change is 412 for PATCH and DELETE; a use of the key changes no tag."""
    made = await post_key(client)
    path = f"{KEYS}/{made['id']}"
    tag = (await client.get(path)).headers["etag"]
    await client.get("/v1/users", headers=bearer(made["secret"]))
    while (used := await client.get(path)).json()["last_used_at"] is None:
        pass
    assert tag == used.headers["etag"]
    assert 304 == (await client.get(path, headers={"If-None-Match": tag})).status_code
    assert 200 == (await client.patch(path, json={}, headers={"If-Match": tag})).status_code
    for method in ("PATCH", "DELETE"):
        answer = await client.request(method, path, json={"status": "inactive"}, headers={"If-Match": tag})
        assert (412, "precondition_failed") == (answer.status_code, answer.json()["code"])
    assert 200 == (await client.get("/v1/users", headers=bearer(made["secret"]))).status_code
    assert 204 == (await client.delete(path, headers={"If-Match": '"2.00"'})).status_code


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"name": None}, "/name"),
        ({"status": "expired"}, "/status"),
        ({"scopes": ["users:read"]}, ""),
        ({"expires_at": None}, ""),
        ({"use_limits": None}, ""),
    ],
)
async def test_what_cannot_be_changed(client: Client, body: dict[str, object], pointer: str) -> None:
    """Only the name and the status can."""
    made = await post_key(client)
    answer = await client.patch(f"{KEYS}/{made['id']}", json=body)
    assert (422, [pointer]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])


async def test_keys_are_filtered_sorted_and_paged(client: Client) -> None:
    """The filters and sorts, a page at a time; the total counts what matches."""
    made = {name: shown(await post_key(client, name=name)) for name in ("beta", "Alpha", "50 %_")}
    stopped = await client.patch(f"{KEYS}/{made['Alpha']['id']}", json={"status": "inactive"})
    made["Alpha"] = stopped.json()
    expected = {
        "": ["beta", "Alpha", "50 %_"],
        "sort=-created_at": ["50 %_", "Alpha", "beta"],
        "q=ALPHA": ["Alpha"],
        "q=%25_": ["50 %_"],
        "status=inactive": ["Alpha"],
        "status=active&q=a": ["beta"],
    }
    for query, names in expected.items():
        url = f"{KEYS}?limit=1&include_total=true&{query}"
        seen: list[dict[str, Any]] = []
        while url:
            answer = await client.get(url)
            assert len(names) == answer.json()["total"]
            seen += answer.json()["items"]
            link = answer.headers.get("link", "")
            url = link[1 : link.find(">")]
        assert [made[name] for name in names] == seen, query
    assert 422 == (await client.get(f"{KEYS}?sort=name")).status_code
