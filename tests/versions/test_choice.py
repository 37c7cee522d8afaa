"""Which minor answers, what it says of itself, and what the minors share. Minor 1 itself: test_minor_1.py of an app."""

import re
from html import unescape
from typing import Any

import pytest
from tests.access.factories import Access, bare, bearer, key_body, post_key, sign_in
from tests.conftest import ADMIN_KEY, Client
from tests.frontend import MINOR_1, MINOR_2
from tests.integrations.factories import post_integration
from tests.users.factories import post_user, user_body

from remuner.access.persistence.postgres import PostgresAccessKeys, PostgresSessions
from remuner.main import openapi_documents
from remuner.shared.database import Database
from remuner.shared.scopes import AccessScope

DOCUMENTS = openapi_documents()
UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
CANARY = "canary7f3a"
ANONYMOUS = {"Authorization": ""}
JSON, TEXT = {"Content-Type": "application/json"}, {"Content-Type": "text/plain"}
ONE = {
    "users": "/v1/users/{user_id}",
    "teams": "/v1/teams/{team_id}",
    "integrations": "/v1/integrations/{integration_id}",
}
PROXY = "/v1/integrations/{integration_id}/proxy/{path}"
SIGN_OUT = ("DELETE", "/v1/sessions")
NEEDLESS = {SIGN_OUT: 204, ("GET", "/v1/providers"): 200}
"""The calls that need nothing which could be missing, with their answers."""

ONLY = {
    "1": {("POST", path) for path in ONE.values()},
    "2": {
        *(("PATCH", path) for path in ONE.values()),
        ("GET", "/v1/teams/{team_id}/members"),
        ("PUT", "/v1/teams/{team_id}/members/{user_id}"),
        ("DELETE", "/v1/teams/{team_id}/members/{user_id}"),
        ("POST", "/v1/users/{user_id}/reassign-integrations"),
        ("GET", "/v1/providers"),
        ("POST", "/v1/integrations/{integration_id}/verify"),
        *((method, PROXY) for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")),
        SIGN_OUT,
    },
}
"""What each minor has and the other one lacks."""


@pytest.fixture
def access(database: Database) -> Access:
    """The ports of access."""
    return Access(database.unit_of_work, PostgresAccessKeys(database), PostgresSessions(database))


@pytest.mark.parametrize("minor", ["1", "2"])
async def test_every_answer_says_which_minor_it_is_of(client: Client, minor: str) -> None:
    """The minor that the header names is echoed, once, and so is `Vary`, by refusals too."""
    calls: list[tuple[str, str, dict[str, str], int]] = [
        ("GET", "/v1/users", {}, 200),
        ("HEAD", "/v1/integrations", {}, 200),
        ("GET", "/v1/access-keys", {}, 200),
        ("GET", "/v1/nowhere", {}, 404),
        ("GET", "/v1/teams/x", {}, 404),
        ("PUT", "/v1/users", {}, 405),
        ("POST", "/v1/users", TEXT, 415),
        ("POST", "/v1/users", JSON, 422),
    ]
    for method, path, headers, status in calls:
        answer = await client.request(method, path, headers={"X-API-Version": minor, **headers}, content=b"{}")
        told = [answer.headers.get_list(name) for name in ("x-api-version", "vary")]
        assert (status, [[minor], ["X-API-Version"]]) == (answer.status_code, told), f"{method} {path}"


async def test_another_minor_is_refused(client: Client) -> None:
    """400 with the known ones, however it is spelled, and nothing of it repeated; such an answer is of the newest."""
    values: list[list[Any]] = [
        *([each] for each in ("", " ", "0", "3", "99", "-1", "+1", "01", "1.0", "2.0", " 2", "2 ", "1,2", "latest")),
        *(
            [each]
            for each in (f"1{CANARY}", CANARY * 1000, "1" * 10_000, b"\xff", "\uff12".encode(), b"\xd9\xa2", b"1\0")
        ),
        *(["1", "1"], ["2", "2"], ["1", "2"], ["", "2"]),
    ]
    for each in values:
        answer = await client.get("/v1/users", headers=[("X-API-Version", value) for value in each])
        problem = answer.json()
        assert (400, "unsupported_api_version") == (answer.status_code, problem["code"]), each
        assert ["1", "2"] == problem["supported_versions"]
        assert ("2", "X-API-Version") == (answer.headers["x-api-version"], answer.headers["vary"])
        assert CANARY not in answer.text + repr(answer.headers.raw)


async def test_a_key_is_served_the_minor_it_was_made_for(client: Client, access: Access) -> None:
    """Where no header says another one; a minor that is not there any more is the newest."""
    for pinned, expected in (("1", "1"), ("2", "2"), ("99", "2")):
        _, secret = await access.issued(api_version=pinned)
        asked: dict[str, dict[str, str]] = {expected: {}, "1": MINOR_1, "2": MINOR_2}
        for minor, header in asked.items():
            answer = await client.get("/v1/users", headers=bearer(secret) | header)
            shape = list if minor == "1" else dict
            assert (200, minor, shape) == (answer.status_code, answer.headers["x-api-version"], type(answer.json()))
        refused = await client.get("/v1/users", headers=bearer(secret) | {"X-API-Version": "99"})
        assert 400 == refused.status_code


async def test_a_key_stays_with_its_minor(client: Client, access: Access) -> None:
    """A change of the key leaves it where it was."""
    key, secret = await access.issued(api_version="1")
    changed = await client.patch(f"/v1/access-keys/{key.id}", json={"name": "Renamed"})
    assert ("Renamed", "1") == (changed.json()["name"], changed.json()["api_version"])
    assert "1" == (await client.get("/v1/users", headers=bearer(secret))).headers["x-api-version"]


async def test_a_new_key_is_of_the_newest_minor(client: Client) -> None:
    """Whichever minor made it."""
    for header in (MINOR_1, MINOR_2, {}):
        made = (await client.post("/v1/access-keys", json=key_body(), headers=header)).json()
        assert "2" == made["api_version"]
        assert "2" == (await client.get("/v1/users", headers=bearer(made["secret"]))).headers["x-api-version"]


async def test_sessions_and_the_admin_key_are_served_the_newest(client: Client, access: Access) -> None:
    """Whatever the session's key was made for; the header chooses for them, too."""
    assert "2" == (await client.get("/v1/users")).headers["x-api-version"]
    _, secret = await access.issued(api_version="1")
    for key in (secret, ADMIN_KEY):
        cookie = await sign_in(client, key)
        shown = await bare(client, "GET", "/v1/session", cookie=cookie)
        assert ("2", "2") == (shown.headers["x-api-version"], shown.json()["api_version"])
        for header, minor in (({}, "2"), (MINOR_1, "1")):
            answer = await bare(client, "GET", "/v1/users", cookie=cookie, headers=header)
            assert (200, minor) == (answer.status_code, answer.headers["x-api-version"])


async def test_the_order_of_checks_in_minor_1(client: Client) -> None:
    """Of two things that are wrong the earlier in the contract's order is told. Minor 2: test_bad_input.py."""
    user, missing = f"/v1/users/{(await post_user(client))['id']}", f"/v1/users/{UNKNOWN}"
    await post_integration(client, user.rpartition("/")[2])
    await post_user(client, email="taken@example.com")
    reader = bearer((await post_key(client, scopes=[AccessScope.USERS_READ]))["secret"])
    stale, other = {"If-Match": '"99.00"'}, {"X-API-Version": "99"}
    taken = b'{"first_name": "A", "last_name": "B", "email": "TAKEN@example.com"}'
    cases: list[tuple[str, str, dict[str, str], bytes, int, str]] = [
        ("POST", user, ANONYMOUS, b" " * 65537, 413, "payload_too_large"),
        ("PATCH", user, ANONYMOUS | other, b"", 401, "unauthenticated"),
        ("PATCH", user, reader | other, b"", 400, "unsupported_api_version"),
        ("GET", f"/v1/teams/{UNKNOWN}/members", bearer(ADMIN_KEY) | other, b"", 400, "unsupported_api_version"),
        ("PUT", f"/v1/teams/{UNKNOWN}/members/{UNKNOWN}", reader, b"", 404, "not_found"),
        ("PATCH", user, reader, b"", 405, "method_not_allowed"),
        ("POST", user, reader | TEXT, b"", 403, "missing_scope"),
        ("DELETE", user, reader | stale, b"", 403, "missing_scope"),
        ("POST", missing, TEXT, b"{", 415, "unsupported_media_type"),
        ("POST", missing, JSON, b'{"first_name": 5', 400, "malformed_json"),
        ("POST", missing, JSON, b'{"first_name": 5}', 422, "validation_error"),
        ("POST", missing, JSON | stale, taken, 404, "user_not_found"),
        ("DELETE", missing, stale, b"", 404, "user_not_found"),
        ("POST", user, JSON | stale, taken, 412, "precondition_failed"),
        ("POST", user, JSON, taken, 409, "email_taken"),
        ("DELETE", user, stale, b"", 412, "precondition_failed"),
        ("DELETE", user, {}, b"", 403, "user_has_active_integrations"),
    ]
    for method, path, headers, body, status, code in cases:
        answer = await client.request(method, path, headers=MINOR_1 | headers, content=body)
        assert (status, code) == (answer.status_code, answer.json()["code"]), f"{method} {path} {body[:30]!r}"


def calls(minor: str) -> set[tuple[str, str]]:
    """Every method and path of the document."""
    paths: dict[str, dict[str, Any]] = DOCUMENTS[minor]["paths"]
    return {(method.upper(), path) for path, operations in paths.items() for method in operations}


def test_the_minors_differ_in_what_the_contract_says() -> None:
    """Each has these calls for itself, and all others they share."""
    one, two = calls("1"), calls("2")
    assert (ONLY["1"], ONLY["2"]) == (one - two, two - one)


@pytest.mark.parametrize(("minor", "other"), [("1", "2"), ("2", "1")])
async def test_what_only_one_minor_has(client: Client, minor: str, other: str) -> None:
    """404 `not_found` under the other, or 405 with what it allows where the path is there."""
    there = calls(other)
    for method, path in ONLY[minor]:
        place = "/".join(UNKNOWN if part.startswith("{") else part for part in path.split("/"))
        answer = await client.request(method, place, headers={"X-API-Version": other}, json={})
        allowed = {each for each, known in there if known == path}
        expected = (405, "method_not_allowed") if allowed else (404, "not_found")
        assert expected == (answer.status_code, answer.json()["code"]), f"{method} {path}"
        assert allowed == set(filter(None, answer.headers.get("allow", "").split(", ")))
        found = await client.request(method, place, headers={"X-API-Version": minor}, json={})
        if (method, path) in NEEDLESS:
            assert NEEDLESS[method, path] == found.status_code
            continue
        assert "not_found" != found.json()["code"]
        assert found.status_code in {404, 422}, f"{method} {path}"


@pytest.mark.parametrize("minor", ["1", "2"])
async def test_each_minor_has_its_document_and_page(client: Client, minor: str) -> None:
    """Chosen by `api-version`, whatever the header says; the page leads to the other one, nobody needs a key."""
    other = "2" if minor == "1" else "1"
    asked = {"api-version": minor}
    document = await client.get("/v1/openapi.json", params=asked, headers=ANONYMOUS | {"X-API-Version": other})
    assert (200, f"1.{minor}") == (document.status_code, document.json()["info"]["version"])
    assert calls(minor) == {(m.upper(), path) for path, found in document.json()["paths"].items() for m in found}
    page = await client.get("/docs", params=asked, headers=ANONYMOUS)
    assert (200, True) == (page.status_code, f'data-minor="{minor}"' in page.text)
    (link,) = re.findall(rf'href="(\?[^"]*api-version={other})"', page.text)
    assert f'data-minor="{other}"' in (await client.get(f"/docs{unescape(link)}", headers=ANONYMOUS)).text


@pytest.mark.parametrize("value", ["", "0", "3", "1.0", " 2", "\uff11", CANARY * 1000])
async def test_a_minor_without_a_document(client: Client, value: str) -> None:
    """400 with the known ones, for the document and for the page, and nothing of it repeated."""
    for path in ("/v1/openapi.json", "/docs"):
        answer = await client.get(path, params={"api-version": value}, headers=ANONYMOUS)
        assert (400, ["1", "2"]) == (answer.status_code, answer.json()["supported_versions"])
        assert CANARY not in answer.text + repr(answer.headers.raw)


async def test_access_keys_sessions_and_audit_are_the_same_in_both(client: Client, access: Access) -> None:
    """Byte for byte what is read; what is written is answered alike; the documents say the same of them."""
    key = await access.key(api_version="1")
    one, two = DOCUMENTS["1"]["paths"], DOCUMENTS["2"]["paths"]
    paths = ["/v1/access-keys", "/v1/access-keys/{access_key_id}", "/v1/session", "/v1/audit-events"]
    assert paths == [path for path in paths if one[path] == two[path]]
    made = [(await client.post("/v1/access-keys", json=key_body(), headers=each)) for each in (MINOR_1, MINOR_2)]
    assert [201, 201] == [answer.status_code for answer in made]
    assert list(made[0].json()) == list(made[1].json())
    places = [answer.headers["location"] for answer in made]
    for place, header in zip(places, (MINOR_1, MINOR_2), strict=True):
        stale = await client.patch(place, json={}, headers=header | {"If-Match": '"99.00"'})
        changed = await client.patch(place, json={"name": " New "}, headers=header)
        unknown = await client.patch(place, json={"id": 1}, headers=header)
        assert [412, 200, 422] == [stale.status_code, changed.status_code, unknown.status_code]
        assert "New" == changed.json()["name"]
    for path in (f"/v1/access-keys/{key.id}", *places, "/v1/access-keys", "/v1/session", "/v1/audit-events"):
        old, new = await client.get(path, headers=MINOR_1), await client.get(path, headers=MINOR_2)
        assert (200, new.content, new.headers.get("etag")) == (old.status_code, old.content, old.headers.get("etag"))
    assert 204 == (await client.delete(places[0], headers=MINOR_1)).status_code


async def test_an_idempotency_key_belongs_to_one_minor(client: Client) -> None:
    """The answer of one minor is never replayed to the other: 422 `idempotency_key_reused`, and nothing is made."""
    body = user_body()
    for first, second in ((MINOR_1, MINOR_2), (MINOR_2, MINOR_1)):
        key = {"Idempotency-Key": f"from {first}".replace(" ", "-")}
        assert (await client.post("/v1/users", json=body, headers=first | key)).is_success
        refused = await client.post("/v1/users", json=body, headers=second | key)
        assert (422, "idempotency_key_reused") == (refused.status_code, refused.json()["code"])
        body = user_body()
    assert 2 == (await client.get("/v1/users/stats")).json()["total"]
