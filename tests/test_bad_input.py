"""Whatever comes in, a documented answer goes out, in the order of checks, and never repeats what was refused."""

import itertools
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
import pytest
import pytest_asyncio
from asgi_lifespan import LifespanManager
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send
from tests.conftest import ADMIN_KEY, Client, new_database
from tests.effort import effort
from tests.integrations.factories import post_integration
from tests.users.factories import post_team, post_user

from remuner.main import create_app
from remuner.shared.settings import Settings

pytestmark = pytest.mark.asyncio(loop_scope="module")

CANARY = "canary7f3a"
UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
FACE = "\N{GRINNING FACE}"
JSON = {"Content-Type": "application/json"}
RESOURCES = {"users": "user_not_found", "teams": "team_not_found", "integrations": "integration_not_found"}
BODIES: dict[str, dict[str, Any]] = {
    "users": {"first_name": "A", "last_name": "B", "email": "new@example.com", "status": "active", "team_ids": []},
    "teams": {"name": "New", "user_ids": []},
    "integrations": {"name": "New", "user_id": UNKNOWN, "token": "tok", "status": "active"},
    "reassign-integrations": {"to_user_id": UNKNOWN},
}
NOT_TEXT: list[Any] = [None, 1, 1.5, 10**99, True, [CANARY], {CANARY: CANARY}]
NOT_NAMES = [*NOT_TEXT, "", " \t\u3000\u2028", CANARY + "x" * 50, CANARY + "\0", CANARY + "\x7f", CANARY + "\ud800"]
NOT_NAMES += [FACE * 51]
NOT_IDS = [*NOT_TEXT, "", CANARY, f"{{{UNKNOWN}}}", f"urn:uuid:{UNKNOWN}", UNKNOWN.replace("-", ""), f"{UNKNOWN}\n"]
NOT_STATUSES = [*NOT_TEXT, "", CANARY, "Active", "active ", "active\0", f"{CANARY}\udfff"]
NOT_EMAILS = [
    *NOT_TEXT,
    *("", "@", CANARY, f"{CANARY}@", f"@{CANARY}.com", f"{CANARY}@localhost", f"{CANARY}@-x.com", f"{CANARY} @x.com"),
    *(f"{CANARY}@[127.0.0.1]", f'"{CANARY}"@example.com', f"A <{CANARY}@example.com>", f"{CANARY}@example.com\0"),
    *(f"{CANARY}@ex\ud800.com", f"{CANARY}@{'x' * 250}.com", f"{CANARY}@example..com", f"{CANARY}\u202e@example.com"),
]
NOT_TOKENS = [*NOT_TEXT, "", "***", f"•••{CANARY}", f"{CANARY}\n", f"{CANARY}é", f"{CANARY}\ud800", CANARY * 1000]
NOT_ID_LISTS = [None, 1, CANARY, {CANARY: CANARY}, *([each] for each in NOT_IDS)]
BAD_FIELDS: dict[str, dict[str, list[Any]]] = {
    "users": {
        "first_name": NOT_NAMES,
        "last_name": NOT_NAMES,
        "email": NOT_EMAILS,
        "status": NOT_STATUSES,
        "team_ids": NOT_ID_LISTS,
    },
    "teams": {"name": NOT_NAMES, "user_ids": NOT_ID_LISTS},
    "integrations": {"name": NOT_NAMES, "user_id": NOT_IDS, "token": NOT_TOKENS, "status": NOT_STATUSES},
    "reassign-integrations": {"to_user_id": NOT_IDS},
}
WRITES = [(method, resource) for method in ("POST", "PATCH") for resource in RESOURCES]
WRITES += [("POST", "reassign-integrations")]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(server_url: str, keyset_file: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Client]:
    """One service for all these tests: what is refused leaves no trace for the next one."""
    async with new_database(server_url) as url:
        values = {"database_url": url, "keyset_file": keyset_file, "admin_key": ADMIN_KEY}
        app = create_app(Settings.model_validate({**values, "data_dir": tmp_path_factory.mktemp("data")}))
        numbers = itertools.count()

        async def apart(scope: Scope, receive: Receive, send: Send) -> None:  # no address sends many wrong credentials
            await app({**scope, "client": (f"2001:db8::{next(numbers):x}", 0)}, receive, send)

        transport = httpx2.ASGITransport(apart)
        key = {"Authorization": f"Bearer {ADMIN_KEY}"}
        async with (
            LifespanManager(app),
            httpx2.AsyncClient(transport=transport, base_url="http://remuner.test", headers=key) as made,
        ):
            yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ids(client: Client) -> dict[str, str]:
    """A user with an active integration, a team."""
    user = await post_user(client, email="old@example.com")
    team, integration = await post_team(client), await post_integration(client, user["id"], name="Old")
    return {"users": user["id"], "teams": team["id"], "integrations": integration["id"]}


def assert_problem(answer: httpx2.Response, status: int, code: str, *pointers: str, shown: str = "") -> None:
    """Check the whole shape of a problem document, and that it repeats nothing."""
    assert (status, code) == (answer.status_code, answer.json().get("code")), (shown, answer.text)
    document = answer.json()
    assert "application/problem+json" == answer.headers["content-type"]
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(document)
    assert (f"/problems/{code}", status) == (document["type"], document["status"])
    assert answer.headers["x-request-id"] == document["request_id"]
    if pointers:
        assert set(pointers) == {error["pointer"] for error in document["errors"]}, (shown, answer.text)
        assert all({"pointer", "code", "message"} == set(error) for error in document["errors"])
    assert CANARY not in answer.text.casefold() + repr(answer.headers.raw).casefold(), shown


def place(method: str, resource: str, ids: dict[str, str]) -> str:
    """Return where to send a body with this method."""
    if resource == "reassign-integrations":
        return f"/v1/users/{ids['users']}/{resource}"
    return f"/v1/{resource}" if method == "POST" else f"/v1/{resource}/{ids[resource]}"


def dumped(value: object) -> bytes:
    """Return JSON in ASCII, lone surrogates escaped."""
    return json.dumps(value).encode()


@pytest.mark.parametrize(("method", "resource"), WRITES)
async def test_a_bad_value_is_pointed_to(client: Client, ids: dict[str, str], method: str, resource: str) -> None:
    """Every field refuses what it cannot hold: 422 with its pointer."""
    for field, values in BAD_FIELDS[resource].items():
        for value in values:
            sent = dumped({**BODIES[resource], field: value})
            answer = await client.request(method, place(method, resource, ids), content=sent, headers=JSON)
            inside = field.endswith("_ids") and isinstance(value, list)
            assert_problem(answer, 422, "validation_error", f"/{field}/0" if inside else f"/{field}", shown=repr(sent))


@pytest.mark.parametrize(("method", "resource"), WRITES)
async def test_an_unknown_field_is_not_named(client: Client, ids: dict[str, str], method: str, resource: str) -> None:
    """422 that points to the object: the name may be anything, a misplaced secret too."""
    for name in (CANARY, f"{CANARY}/~", f"\0{CANARY}", f"{CANARY}\ud800", f"{CANARY} {FACE}", CANARY * 1000):
        sent = dumped({**BODIES[resource], name: CANARY})
        answer = await client.request(method, place(method, resource, ids), content=sent, headers=JSON)
        assert_problem(answer, 422, "validation_error", "", shown=name)


@pytest.mark.parametrize(("method", "resource"), WRITES)
async def test_a_body_that_is_no_object(client: Client, ids: dict[str, str], method: str, resource: str) -> None:
    """What is not JSON in UTF-8 is 400 `malformed_json`; JSON that is no object is 422."""
    path = place(method, resource, ids)
    good = dumped(BODIES[resource])
    name = f'{{"name": "{CANARY}'.encode()
    broken = [b"", b" ", good[:-1], good + b"}", name, name + b'\xff"}', name + b'\xed\xa0\x80"}', name + b'\n"}']
    broken += [good.decode().encode("utf-16"), good.decode().encode("utf-32"), b"\xef\xbb\xbf" + good, b"'a'"]
    broken += [b'{"name": NaN}', b'{"name": Infinity}', b'{"name": -Infinity}', b'{"name": %s}' % (b"9" * 5000)]
    broken += [b"[" * 30000, b"[" * 30000 + b"]" * 30000, b'{"a":' * 10000 + b"1" + b"}" * 10000, name + b'\\ud8"}']
    for body in broken:
        answer = await client.request(method, path, content=body, headers=JSON)
        assert_problem(answer, 400, "malformed_json", shown=repr(body[:80]))
    for value in (None, 1, 1.5, True, CANARY, [], [CANARY], [BODIES[resource]]):
        answer = await client.request(method, path, content=dumped(value), headers=JSON)
        assert_problem(answer, 422, "validation_error", "", shown=repr(value))


async def test_of_a_field_sent_twice_the_last_counts(client: Client) -> None:
    """As JSON parsers do everywhere."""
    answer = await client.post("/v1/teams", content=b'{"name": 5, "name": "Twice"}', headers=JSON)
    assert (201, "Twice") == (answer.status_code, answer.json()["name"])


@pytest.mark.parametrize(
    ("values", "right"),
    [
        ([], False),
        (["text/plain"], False),
        (["application/x-www-form-urlencoded"], False),
        ([f"application/{CANARY}"], False),
        (["application/jsonx"], False),
        (["", "application/json"], False),
        ([b"\xff"], False),
        (["application/json; charset=utf-8"], True),
        (["APPLICATION/JSON"], True),
        (["application/vnd.remuner.v1+json"], True),
    ],
)
async def test_the_media_type_is_json(client: Client, ids: dict[str, str], values: list[Any], *, right: bool) -> None:
    """Any other, or none, is 415; parameters and case do not matter."""
    headers = [("Content-Type", value) for value in values]
    answer = await client.patch(f"/v1/teams/{ids['teams']}", content=b"{}", headers=headers)
    if right:
        assert 200 == answer.status_code
    else:
        assert_problem(answer, 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "values",
    [
        [],
        *([value] for value in ("", " ", "Bearer", "Bearer ", ADMIN_KEY, f"Bearer{ADMIN_KEY}", f"Basic {ADMIN_KEY}")),
        *([value] for value in (f"Bearer {CANARY}", f"Bearer {ADMIN_KEY} {CANARY}", f"Bearer {ADMIN_KEY}x")),
        *([value] for value in (f"Bearer {ADMIN_KEY[:-1]}", f"Bearer {CANARY * 1000}", b"Bearer \xff\xfe", b"\xff")),
        [f"Bearer {ADMIN_KEY}"] * 2,
        [f"Bearer {ADMIN_KEY}", "Basic x"],
    ],
)
async def test_credentials_of_every_wrong_shape(client: Client, values: list[Any]) -> None:
    """401 with `WWW-Authenticate`, whatever else is asked."""
    headers = [("Authorization", value) for value in values]
    for path in ("/v1/users", f"/v1/{CANARY}", "/nowhere"):
        asked = client.build_request("GET", path)
        asked.headers = httpx2.Headers(headers)
        answer = await client.send(asked)
        assert_problem(answer, 401, "unauthenticated")
        assert answer.headers["www-authenticate"].startswith("Bearer ")


async def test_other_headers_may_be_anything(client: Client, ids: dict[str, str]) -> None:
    """Preconditions that nothing fulfils, ids of requests that are not sane."""
    path = f"/v1/users/{ids['users']}"
    tags: list[Any] = [CANARY, f'"{CANARY}"', '"' * 9999, f'"{10**30}.00"', f'"1.{CANARY}', b"\xff", b'"\xb2.0"']
    for tag in tags:
        assert_problem(await client.patch(path, json={}, headers=[("If-Match", tag)]), 412, "precondition_failed")
        assert 200 == (await client.get(path, headers=[("If-None-Match", tag)])).status_code
    request_ids: list[Any] = [f"{CANARY} ", f"{CANARY}\t", f"{CANARY};", CANARY * 13, CANARY.encode() + b"\xff"]
    for request_id in request_ids:
        answer = await client.get(f"/v1/users/{UNKNOWN}", headers=[("X-Request-ID", request_id)])
        assert_problem(answer, 404, "user_not_found")
        assert 7 == UUID(answer.json()["request_id"]).version


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
@pytest.mark.parametrize("resource", RESOURCES)
async def test_an_id_in_the_path_that_names_nothing(client: Client, resource: str, method: str) -> None:
    """404 with the code of the resource, malformed or not."""
    malformed = [CANARY, "%00", "%ff", "%F0%9F%98%80", f"%7B{UNKNOWN}%7D", UNKNOWN.replace("-", ""), f"{UNKNOWN}%0A"]
    malformed += ["a" * 10000, f"{UNKNOWN}x", "-", "0", f"urn:uuid:{UNKNOWN}", "%20", UNKNOWN.replace("0", "%D9%A0")]
    for each in (UNKNOWN, *malformed):
        answer = await client.request(method, f"/v1/{resource}/{each}", json={})
        assert_problem(answer, 404, RESOURCES[resource], shown=each)


async def test_an_id_in_the_path_may_be_in_capitals(client: Client, ids: dict[str, str]) -> None:
    """Hexadecimal digits have no case."""
    for resource, row_id in ids.items():
        assert row_id == (await client.get(f"/v1/{resource}/{row_id.upper()}")).json()["id"]


@pytest.mark.parametrize("path", ["users", "teams", "integrations", "teams/{team}/members"])
async def test_a_bad_query_is_pointed_to(client: Client, ids: dict[str, str], path: str) -> None:
    """422 with the pointer of each parameter that cannot be."""
    bad: dict[str, list[str]] = {
        "limit": ["0", "-1", "201", "1.5", CANARY, "", "9" * 5000, "1e2", "null"],
        "sort": [CANARY, "", "id", "--created_at", "Created_at", "created_at,email", "\0"],
        "include_total": [CANARY, "", "2"],
        "cursor": [CANARY],
        "q": [f"{CANARY}\0", f"{CANARY}\n", CANARY * 30],
        "status": [CANARY, "", "Active", "\0"],
        "team_id" if path == "users" else "user_id": [CANARY, "", "\0", UNKNOWN + "0"],
        "updated_since": [
            *(CANARY, "", "2026-01-01", "2026-01-01T00:00:00", "0001-01-01T00:00:00+01:00", "9" * 30, "1767225600"),
            *("9999-12-31T23:59:59-01:00", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00+25:00", "-1", "infinity"),
        ],
    }
    unknown = {"teams": {"status", "user_id", "updated_since"}, "integrations": {"updated_since"}, "users": set()}
    ignored = unknown.get(path, {"q", "status", "user_id", "updated_since"})
    for name, values in bad.items():
        for value in [] if name in ignored else values:
            answer = await client.get(f"/v1/{path.format(team=ids['teams'])}", params={name: value})
            assert_problem(
                answer, 422, "invalid_cursor" if name == "cursor" else "validation_error", f"/{name}", shown=value[:50]
            )


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "2026-01-01T00:00:00-23:59"])
async def test_far_moments_are_moments(client: Client, moment: str) -> None:
    """The whole range of four-digit years."""
    assert 200 == (await client.get("/v1/users", params={"updated_since": moment})).status_code


async def test_unknown_paths_and_methods(client: Client, ids: dict[str, str]) -> None:
    """404 `not_found` for a path that is not there, 405 with `Allow` for a method that it does not have."""
    user = f"/v1/users/{ids['users']}"
    paths = [
        f"/{CANARY}",
        "/index.html",
        "/v1",
        "/v1/",
        "/v2/users",
        "/v1/users/",
        "/v1//users",
        "/v1/Users",
        f"{user}/",
    ]
    paths += [f"{user}/{CANARY}", "/v1/users/..", "/v1/users%2F", "/problems/", "/v1/%00"]
    for path in paths:
        for method in ("GET", "PUT"):
            assert_problem(await client.request(method, path), 404, "not_found", shown=path)
    assert_problem(await client.get(f"/problems/{CANARY}"), 404, "not_found")
    for path, allowed in {
        "/v1/users": "GET, POST",
        user: "DELETE, GET, PATCH",
        "/v1/integrations/stats": "GET",
        f"/v1/teams/{UNKNOWN}/members": "GET",
        f"/v1/users/{UNKNOWN}/reassign-integrations": "POST",
        f"/v1/teams/{UNKNOWN}/members/{UNKNOWN}": "DELETE, PUT",
    }.items():
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", CANARY} - {*allowed.split(", ")}:
            answer = await client.request(method, path)
            assert_problem(answer, 405, "method_not_allowed", shown=f"{method} {path}")
            assert set(allowed.split(", ")) == set(answer.headers["allow"].split(", "))


async def _chunks(size: int) -> AsyncIterator[bytes]:
    for start in range(0, size, 10_000):
        yield b" " * min(10_000, size - start)


async def test_bodies_over_64_kib_are_refused(client: Client) -> None:
    """64 KiB pass, one byte more is 413, with a right Content-Length, without one, and with one that lies."""
    for size, status, code in ((65536, 400, "malformed_json"), (65537, 413, "payload_too_large")):
        for path in ("/v1/users", "/v1/nowhere")[: 1 if status == 400 else 2]:
            for content in (b" " * size, _chunks(size)):
                assert_problem(await client.post(path, content=content, headers=JSON), status, code)
            lie = {**JSON, "Content-Length": "5"}
            assert_problem(await client.post(path, content=b" " * size, headers=lie), status, code)
    for length in ("65537", "9" * 5000):
        answer = await client.post("/v1/users", content=b"{}", headers={**JSON, "Content-Length": length})
        assert_problem(answer, 413, "payload_too_large")


async def test_the_order_of_checks(client: Client, ids: dict[str, str]) -> None:
    """Of two things that are wrong the earlier in the contract's order is told."""
    users, user, missing = "/v1/users", f"/v1/users/{ids['users']}", f"/v1/users/{UNKNOWN}"
    await post_user(client, email="taken@example.com")
    anonymous, minor = {"Authorization": ""}, {"X-API-Version": "99"}
    text, stale = {"Content-Type": "text/plain"}, {"If-Match": '"99.00"'}
    cases: list[tuple[str, str, dict[str, str], bytes, int, str]] = [
        ("POST", users, anonymous, b" " * 65537, 413, "payload_too_large"),
        ("POST", users, anonymous | minor, b"", 401, "unauthenticated"),
        ("GET", "/v1/nowhere", minor, b"", 400, "unsupported_api_version"),
        ("PUT", users, minor, b"", 400, "unsupported_api_version"),
        ("POST", "/v1/nowhere", text, b"", 404, "not_found"),
        ("PUT", users, text, b"", 405, "method_not_allowed"),
        ("POST", users, text, b"{", 415, "unsupported_media_type"),
        ("PATCH", missing, text, b"{", 415, "unsupported_media_type"),
        ("POST", users, JSON, b'{"x": 1, "first_name": 5', 400, "malformed_json"),
        ("PATCH", missing, JSON, b'{"first_name": 5}', 422, "validation_error"),
        ("PATCH", "/v1/users/x", JSON, b'{"first_name": 5}', 422, "validation_error"),
        ("GET", f"/v1/teams/{UNKNOWN}/members?cursor=x", {}, b"", 422, "invalid_cursor"),
        ("PATCH", missing, JSON | stale, b"{}", 404, "user_not_found"),
        ("DELETE", missing, stale, b"", 404, "user_not_found"),
        ("PATCH", user, JSON | stale, b'{"email": "TAKEN@example.com"}', 412, "precondition_failed"),
        ("DELETE", user, stale, b"", 412, "precondition_failed"),
        ("DELETE", user, {}, b"", 409, "user_has_active_integrations"),
    ]
    for method, path, headers, body, status, code in cases:
        answer = await client.request(method, path, headers=headers, content=body)
        assert_problem(answer, status, code, shown=f"{method} {path} {body[:30]!r}")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from([UNKNOWN, "active", "a@b.co"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, str, object]:
    """Return a method, a resource and a body: anything, or fields of which some are anything."""
    method, resource = draw(st.sampled_from(WRITES))
    fields = draw(st.fixed_dictionaries({}, optional=dict.fromkeys(BODIES[resource], ANYTHING)))
    return method, resource, draw(st.sampled_from([fields, {**BODIES[resource], **fields}]) | ANYTHING)


@pytest.mark.fuzz
@effort(200)
@given(requests())
async def test_anything_gets_an_answer(client: Client, ids: dict[str, str], request_: tuple[str, str, object]) -> None:
    """Random JSON, in the fields and instead of them: never a 5xx, never an undocumented shape."""
    method, resource, body = request_
    answer = await client.request(method, place(method, resource, ids), content=dumped(body), headers=JSON)
    assert answer.status_code < 500
    if answer.is_error:
        assert_problem(answer, answer.status_code, answer.json()["code"])
