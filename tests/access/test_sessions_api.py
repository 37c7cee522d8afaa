"""Sessions over HTTP, minor 2."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx2
import pytest
from dishka import Provider, Scope
from tests.access.factories import SetClock, bare, bearer, post_key, sign_in
from tests.conftest import ADMIN_KEY, Client, Clients

from remuner.access.domain.ports import Clock
from remuner.shared.database import Database
from remuner.shared.freshness import FRESH_SECONDS
from remuner.shared.scopes import AccessScope
from remuner.shared.settings import Settings

SESSION = "/v1/session"
SESSIONS = "/v1/sessions"
FOREIGN = {"Origin": "https://evil.example"}


@pytest.fixture
def clock() -> SetClock:
    """The time of day."""
    return SetClock()


@pytest.fixture
async def client(clients: Clients, clock: SetClock) -> AsyncIterator[Client]:
    """A client of a service with that clock."""
    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: clock, provides=Clock)
    async with clients(provider) as client:
        yield client


async def test_signing_in_sets_a_cookie_that_scripts_and_other_sites_do_not_get(client: Client) -> None:
    """POST says whose session it is; the cookie alone shows the same, and opens what the key opens."""
    made = await post_key(client, name="Ada's browser", scopes=["users:read", "access:manage"])
    answer = await bare(client, "POST", SESSION, json={"access_key": made["secret"]})
    assert (201, SESSION) == (answer.status_code, answer.headers["location"])
    assert {
        "key_id": made["id"],
        "name": "Ada's browser",
        "scopes": ["users:read", "access:manage"],
        "api_version": "2",
        "expires_at": "2026-01-02T00:00:00Z",
    } == answer.json()
    cookie = SimpleCookie(answer.headers["set-cookie"])["remuner_session"]
    assert (True, "strict", "/", "", "") == tuple(
        cookie[name] for name in ("httponly", "samesite", "path", "secure", "domain")
    )
    assert made["secret"] not in answer.text + repr(answer.headers.raw)
    shown = await bare(client, "GET", SESSION, cookie=cookie.value)
    assert (200, answer.json()) == (shown.status_code, shown.json())
    assert 200 == (await bare(client, "GET", "/v1/users", cookie=cookie.value)).status_code
    refused = await bare(client, "GET", "/v1/integrations", cookie=cookie.value)
    assert (403, "missing_scope") == (refused.status_code, refused.json()["code"])


async def test_a_call_with_a_key_shows_whose_it_is(client: Client) -> None:
    """With its own end; the admin key has no id and no end."""
    made = await post_key(client, expires_at="2026-02-01T00:00:00Z")
    shown = (await client.get(SESSION, headers=bearer(made["secret"]))).json()
    assert (made["id"], ["users:read"], made["expires_at"]) == (shown["key_id"], shown["scopes"], shown["expires_at"])
    admin = (await client.get(SESSION)).json()
    assert (None, "admin key", list(AccessScope), None) == tuple(
        admin[name] for name in ("key_id", "name", "scopes", "expires_at")
    )


async def test_the_admin_key_signs_in(client: Client) -> None:
    """With every scope."""
    cookie = await sign_in(client, ADMIN_KEY)
    shown = (await bare(client, "GET", SESSION, cookie=cookie)).json()
    assert (None, "admin key", list(AccessScope)) == (shown["key_id"], shown["name"], shown["scopes"])
    assert 200 == (await bare(client, "GET", "/v1/access-keys", cookie=cookie)).status_code


async def test_the_cookie_is_secure_over_https(clients: Clients, settings: Settings, client: Client) -> None:
    """By the request's scheme; or where browsers reach the service by https."""

    async def secure(client: Client, url: str) -> list[bool]:
        answers = [await client.post(url, json={"access_key": ADMIN_KEY})]
        client.cookies.clear()
        answers.append(await client.delete(url))
        return [bool(SimpleCookie(each.headers["set-cookie"])["remuner_session"]["secure"]) for each in answers]

    assert [False, False] == await secure(client, SESSION)
    assert [True, True] == await secure(client, f"https://remuner.test{SESSION}")
    object.__setattr__(settings, "public_url", "https://remuner.example.com")
    async with clients() as behind:
        assert [True, True] == await secure(behind, SESSION)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/access_key"),
        ({"access_key": ""}, "/access_key"),
        ({"access_key": None}, "/access_key"),
        ({"access_key": 5}, "/access_key"),
        ({"access_key": ["canary7f3a"]}, "/access_key"),
        ({"access_key": ADMIN_KEY, "canary7f3a": 1}, ""),
    ],
)
async def test_what_is_no_sign_in(client: Client, body: dict[str, object], pointer: str) -> None:
    """422 with the pointer, and nothing of what was sent."""
    answer = await bare(client, "POST", SESSION, json=body)
    assert (422, [pointer]) == (answer.status_code, [each["pointer"] for each in answer.json()["errors"]])
    assert "canary7f3a" not in answer.text
    assert ADMIN_KEY not in answer.text


async def test_a_wrong_key_does_not_sign_in(client: Client) -> None:
    """401 without a cookie, whatever is wrong with it."""
    made = await post_key(client)
    await client.patch(f"/v1/access-keys/{made['id']}", json={"status": "inactive"})
    for wrong in ("x", made["secret"], made["secret"][:-1], ADMIN_KEY + "x", "é", "\0"):
        answer = await bare(client, "POST", SESSION, json={"access_key": wrong})
        assert (401, "unauthenticated") == (answer.status_code, answer.json()["code"])
        assert "set-cookie" not in answer.headers


async def test_signing_out_ends_the_session(client: Client) -> None:
    """204, and the cookie is cleared; replayed, it is 401 at once. Other sessions of the key stay."""
    made = await post_key(client)
    one, two = [await sign_in(client, made["secret"]) for _ in range(2)]
    for cookie in (one, two):
        assert 200 == (await bare(client, "GET", SESSION, cookie=cookie)).status_code
    answer = await bare(client, "DELETE", SESSION, cookie=one)
    assert (204, b"") == (answer.status_code, answer.content)
    cleared = SimpleCookie(answer.headers["set-cookie"])["remuner_session"]
    assert ("", "0", "/", True) == (cleared.value, cleared["max-age"], cleared["path"], cleared["httponly"])
    for method in ("GET", "DELETE"):
        assert 401 == (await bare(client, method, SESSION, cookie=one)).status_code
    assert 200 == (await bare(client, "GET", SESSION, cookie=two)).status_code


async def test_signing_out_by_key_ends_the_session_of_the_cookie(client: Client) -> None:
    """The key wins, and stays; whoever has the cookie may end its session."""
    made = await post_key(client)
    cookie = await sign_in(client, made["secret"])
    headers = {**bearer(ADMIN_KEY), "Cookie": f"remuner_session={cookie}"}
    assert [204, 204] == [(await client.delete(SESSION, headers=headers)).status_code for _ in range(2)]
    assert 401 == (await bare(client, "GET", SESSION, cookie=cookie)).status_code
    assert 204 == (await client.delete(SESSION)).status_code


async def test_signing_out_everywhere_ends_every_session_of_the_key(client: Client) -> None:
    """204, and the cookie is cleared; the key itself and the sessions of other keys stay. A new one may begin."""
    made, other = await post_key(client), await post_key(client)
    one, two = [await sign_in(client, made["secret"]) for _ in range(2)]
    foreign, admin = await sign_in(client, other["secret"]), await sign_in(client, ADMIN_KEY)
    assert 200 == (await bare(client, "GET", SESSION, cookie=two)).status_code
    answer = await bare(client, "DELETE", SESSIONS, cookie=one)
    assert (204, b"") == (answer.status_code, answer.content)
    assert "0" == SimpleCookie(answer.headers["set-cookie"])["remuner_session"]["max-age"]

    async def statuses() -> list[int]:
        return [(await bare(client, "GET", SESSION, cookie=each)).status_code for each in (one, two, foreign, admin)]

    assert [401, 401, 200, 200] == await statuses()
    assert 401 == (await bare(client, "DELETE", SESSIONS, cookie=one)).status_code
    assert [204, 204] == [(await client.delete(SESSIONS)).status_code for _ in range(2)]
    assert [401, 401, 200, 401] == await statuses()
    assert 200 == (await bare(client, "GET", SESSION, cookie=await sign_in(client, made["secret"]))).status_code


async def test_no_other_site_signs_out_everywhere(client: Client) -> None:
    """403, and everybody stays signed in."""
    cookie = await sign_in(client, ADMIN_KEY)
    answer = await bare(client, "DELETE", SESSIONS, cookie=cookie, headers=FOREIGN)
    assert (403, "cross_site_request") == (answer.status_code, answer.json()["code"])
    assert 200 == (await bare(client, "GET", SESSION, cookie=cookie)).status_code


async def test_a_session_is_as_good_as_its_cookie(client: Client) -> None:
    """Forged, cut, doubled or empty cookies: 401, and the answer to a write tells no more than that."""
    cookie = await sign_in(client, ADMIN_KEY)
    forged = ["", "x", cookie[:-1], f"{cookie}x", cookie[:-1] + ("A" if cookie[-1] != "A" else "B"), f'"{cookie}"']
    for value in [*forged, f"{cookie}; remuner_session={cookie}", f"x; remuner_session={cookie}"]:
        for method in ("GET", "POST"):
            answer = await bare(client, method, "/v1/users", cookie=value, headers=FOREIGN)
            assert answer.json()["code"] in {"unauthenticated", "rate_limited"}, value
    assert 200 == (await bare(client, "GET", "/v1/users", cookie=cookie)).status_code


async def test_a_key_in_the_header_wins_over_a_cookie(client: Client) -> None:
    """A right key passes with a forged cookie, a wrong key does not pass with a right one."""
    made = await post_key(client)
    cookie = await sign_in(client, ADMIN_KEY)
    right = await client.get(SESSION, headers={**bearer(made["secret"]), "Cookie": f"remuner_session={cookie}"})
    assert made["id"] == right.json()["key_id"]
    forged = await client.get(SESSION, headers={"Cookie": "remuner_session=x"})
    wrong = await client.get(SESSION, headers={**bearer("x"), "Cookie": f"remuner_session={cookie}"})
    assert (200, 401) == (forged.status_code, wrong.status_code)


async def test_an_idle_session_ends_and_a_used_one_lasts_twelve_hours(
    client: Client, clock: SetClock, database: Database
) -> None:
    """An hour without a call ends it; calls keep it, but not beyond its end."""
    key = (await post_key(client))["secret"]
    idle, used = [await sign_in(client, key) for _ in range(2)]
    begin = clock.now
    clock.advance(timedelta(minutes=45))
    assert 200 == (await bare(client, "GET", SESSION, cookie=used)).status_code
    await asyncio.sleep(FRESH_SECONDS)
    assert await database.fetch("SELECT 1 FROM access.sessions WHERE last_used_at = $1", clock.now)
    clock.advance(timedelta(minutes=45))
    statuses = [(await bare(client, "GET", SESSION, cookie=cookie)).status_code for cookie in (idle, used)]
    assert [401, 200] == statuses
    await asyncio.sleep(FRESH_SECONDS)
    clock.now = begin + timedelta(hours=12) - timedelta(microseconds=1)
    await database.fetch("UPDATE access.sessions SET last_used_at = $1", clock.now)
    assert 200 == (await bare(client, "GET", SESSION, cookie=used)).status_code
    clock.now = begin + timedelta(hours=12)
    assert 401 == (await bare(client, "GET", SESSION, cookie=used)).status_code


@pytest.mark.parametrize("end", ["inactive", "expired", "deleted"])
async def test_a_session_ends_with_its_key(client: Client, clock: SetClock, end: str) -> None:
    """At once where that was said; an expiry at its moment, which the session names as its own end."""
    made = await post_key(client, expires_at="2026-01-01T12:30:00Z")
    cookie = await sign_in(client, made["secret"])
    assert made["expires_at"] == (await bare(client, "GET", SESSION, cookie=cookie)).json()["expires_at"]
    path = f"/v1/access-keys/{made['id']}"
    if end == "inactive":
        await client.patch(path, json={"status": "inactive"})
    elif end == "deleted":
        await client.delete(path)
    else:
        clock.advance(timedelta(minutes=30))
    assert 401 == (await bare(client, "GET", SESSION, cookie=cookie)).status_code


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://remuner.test:8080", "https://remuner.test"])
async def test_a_page_of_another_site_writes_nothing_by_cookie(client: Client, origin: str) -> None:
    """Whatever the write: 403 `cross_site_request`, and nothing changes; reads pass, and so does a key."""
    cookie = await sign_in(client, ADMIN_KEY)
    headers = {"Origin": origin}
    person = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
    refused: list[httpx2.Response] = [
        await bare(client, "POST", "/v1/users", cookie=cookie, headers=headers, json=person),
        await bare(client, "DELETE", SESSION, cookie=cookie, headers=headers),
        await bare(client, "PATCH", "/v1/nowhere", cookie=cookie, headers=headers),
        await bare(client, "POST", SESSION, headers=headers, json={"access_key": ADMIN_KEY}),
    ]
    assert [(403, "cross_site_request")] * 4 == [(each.status_code, each.json()["code"]) for each in refused]
    assert "set-cookie" not in refused[-1].headers
    for method in ("GET", "HEAD"):
        assert 200 == (await bare(client, method, "/v1/users", cookie=cookie, headers=headers)).status_code
    assert [] == (await client.get("/v1/users")).json()["items"]
    assert 201 == (await client.post("/v1/users", json=person, headers=headers)).status_code


async def test_the_site_s_own_pages_write_by_cookie(client: Client) -> None:
    """With the request's own origin, or without one, as from a program."""
    cookie = await sign_in(client, ADMIN_KEY)
    for number, headers in enumerate(({"Origin": "http://remuner.test"}, {})):
        person = {"first_name": "Ada", "last_name": "Lovelace", "email": f"ada{number}@example.com"}
        answer = await bare(client, "POST", "/v1/users", cookie=cookie, headers=headers, json=person)
        assert 201 == answer.status_code
