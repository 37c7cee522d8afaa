"""The headers that keep browsers from harm, and pages of other origins."""

import json

import pytest
from asgi_lifespan import LifespanManager
from httpx2 import ASGITransport
from pydantic import SecretStr, ValidationError
from tests.conftest import ADMIN_KEY, Client
from tests.users.factories import user_body

from remuner.main import create_app
from remuner.shared.settings import Settings

SECURITY = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "server": "remuner",
}
PAGE, ELSEWHERE = "https://app.example.com", "https://evil.example"
ASKED = {"Access-Control-Request-Method": "PATCH", "Access-Control-Request-Headers": "authorization, if-match"}
AUTHORIZED = {"Authorization": f"Bearer {ADMIN_KEY}"}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/v1/users", 200),
        ("HEAD", "/v1/users", 200),
        ("POST", "/v1/users", 201),
        ("GET", "/v1/users/x", 404),
        ("PUT", "/v1/users", 405),
        ("OPTIONS", "/v1/users", 405),
        ("PATCH", "/v1/users/x", 413),
        ("GET", "/healthz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/problems/not_found", 200),
        ("GET", "/docs/show.js", 200),
        ("GET", "/docs/assets/swagger-ui.css", 200),
    ],
)
async def test_every_answer_has_the_headers(client: Client, method: str, path: str, status: int) -> None:
    """Once each, whatever the answer; nothing about https where the scheme is http."""
    body = b"x" * 65537 if method == "PATCH" else json.dumps(user_body()).encode() if method == "POST" else None
    headers = ASKED if method == "OPTIONS" else {"Content-Type": "application/json"}
    answer = await client.request(method, path, headers=headers, content=body)
    assert status == answer.status_code
    assert {name: [value] for name, value in SECURITY.items()} == {
        name: answer.headers.get_list(name) for name in SECURITY
    }
    assert "strict-transport-security" not in answer.headers
    assert not [name for name in answer.headers if name.startswith("access-control-")]


async def test_the_documentation_may_load_its_own_parts(client: Client) -> None:
    """Scripts and styles from here, no inline ones; nothing from elsewhere."""
    answer = await client.get("/docs")
    (policy,) = answer.headers.get_list("content-security-policy")
    directives = dict(each.split(" ", 1) for each in policy.split("; "))
    assert {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    } == directives
    assert "style=" not in answer.text
    assert "<style" not in answer.text


async def test_over_https_browsers_shall_stay_there(settings: Settings) -> None:
    """For a year, told on https only: where a proxy speaks it, that has to be trusted."""
    async with Client(transport=ASGITransport(create_app(settings)), base_url="https://remuner.test") as client:
        answer = await client.get("/healthz")
    assert "max-age=31536000" == answer.headers["strict-transport-security"]


@pytest.fixture
def shared(settings: Settings) -> Client:
    """A client of a service that lets a page of another origin call."""
    app = create_app(settings.model_copy(update={"cors_origins": (PAGE,)}))
    return Client(transport=ASGITransport(app), base_url="http://remuner.test")


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [("/healthz", {}, 200), ("/v1/users", {}, 401), ("/v1/users", {"Content-Length": "65537"}, 413)],
)
async def test_a_named_origin_reads_every_answer(
    shared: Client, path: str, headers: dict[str, str], status: int
) -> None:
    """Refusals too, those before authentication included; with the headers that a client works with."""
    answer = await shared.get(path, headers={"Origin": PAGE} | headers)
    assert status == answer.status_code
    assert (PAGE, "true") == (
        answer.headers["access-control-allow-origin"],
        answer.headers["access-control-allow-credentials"],
    )
    exposed = set(answer.headers["access-control-expose-headers"].split(", "))
    assert {
        "ETag",
        "Location",
        "Link",
        "X-Request-ID",
        "X-API-Version",
        "Retry-After",
        "Idempotency-Replayed",
        "Deprecation",
        "Sunset",
    } == exposed
    assert "Origin" in answer.headers["vary"]


async def test_a_database_that_is_away_is_told_to_a_named_origin(settings: Settings) -> None:
    """503 can be read by the page, too."""
    away = SecretStr("postgres://nobody@127.0.0.1:9/nowhere")
    app = create_app(settings.model_copy(update={"cors_origins": (PAGE,), "database_url": away}))
    async with (
        LifespanManager(app),
        Client(transport=ASGITransport(app), base_url="http://remuner.test", headers=AUTHORIZED) as client,
    ):
        answer = await client.get("/v1/users", headers={"Origin": PAGE})
    assert (503, PAGE) == (answer.status_code, answer.headers["access-control-allow-origin"])


async def test_a_preflight_needs_no_key(shared: Client) -> None:
    """It is answered with what may be sent, and has the headers of every answer."""
    answer = await shared.options("/v1/users/x", headers={"Origin": PAGE, **ASKED})
    assert (200, PAGE) == (answer.status_code, answer.headers["access-control-allow-origin"])
    assert "PATCH" in answer.headers["access-control-allow-methods"]
    allowed = {each.strip().lower() for each in answer.headers["access-control-allow-headers"].split(",")}
    assert {
        "authorization",
        "content-type",
        "if-match",
        "if-none-match",
        "idempotency-key",
        "x-api-version",
        "x-request-id",
    } <= allowed
    assert SECURITY == {name: answer.headers[name] for name in SECURITY}
    assert "x-request-id" in answer.headers


async def test_another_origin_gets_nothing(shared: Client) -> None:
    """No permission in an answer, and a preflight is refused."""
    answer = await shared.get("/healthz", headers={"Origin": ELSEWHERE})
    assert "access-control-allow-origin" not in answer.headers
    refused = await shared.options("/v1/users", headers={"Origin": ELSEWHERE, **ASKED})
    assert (400, False) == (refused.status_code, "access-control-allow-origin" in refused.headers)
    assert ELSEWHERE not in refused.text


@pytest.mark.parametrize("value", [PAGE, f"{PAGE} , http://localhost:5173", "http://[::1]:8080"])
def test_origins_are_read(value: str) -> None:
    """One or several, with spaces around them."""
    assert (
        tuple(each.strip() for each in value.split(","))
        == Settings.model_validate({"cors_origins": value}).cors_origins
    )


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        *((value, "must name the origins") for value in ("*", f"{PAGE},*")),
        *(
            (value, "must be origins as browsers send them")
            for value in (
                ",",
                "null",
                "app.example.com",
                f"{PAGE}/",
                f"{PAGE}/path",
                f"{PAGE}:443",
                "http://localhost:80",
                "https://App.example.com",
                "https://*.example.com",
                "https://user@app.example.com",
                "ftp://app.example.com",
                f"{PAGE}\nx",
            )
        ),
    ],
)
def test_what_is_no_origin_is_refused(value: str, remedy: str) -> None:
    """Everybody, and what no browser would ever send."""
    with pytest.raises(ValidationError, match=remedy):
        Settings.model_validate({"cors_origins": value})
