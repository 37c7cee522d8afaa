"""What stands in the logs: one line for each request, and nothing that came with it."""

import json
import logging
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

import pytest
import structlog
from dishka import Provider, Scope
from tests.access.factories import everybody_is
from tests.conftest import Clients
from tests.users.factories import post_user, user_body

from remuner.shared.context import Caller
from remuner.shared.health import Health
from remuner.shared.logs import configure_logging
from remuner.shared.scopes import AccessScope
from remuner.shared.settings import Settings

CANARY = "canary7f3a"
KEY_ID = UUID("0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4")

Logged = Callable[[], list[dict[str, Any]]]
Configure = Callable[..., None]


@pytest.fixture
def configure(capsys: pytest.CaptureFixture[str]) -> Iterator[Configure]:
    """Set logging up as a process does; afterwards it is as it was."""
    root, ours = logging.getLogger(), logging.getLogger("remuner")
    handlers, levels, show = root.handlers[:], (root.level, ours.level), warnings.showwarning
    yield lambda **settings: configure_logging(Settings.model_validate({"log_format": "json"} | settings))
    root.handlers[:] = handlers
    root.setLevel(levels[0])
    ours.setLevel(levels[1])
    warnings.showwarning = show
    logging.raiseExceptions = True
    structlog.reset_defaults()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Logged:
    """The lines since the last look, each of which is JSON."""
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.fixture
def narrow(clients: Clients) -> Clients:
    """Services that know one key, with an id, a name and few scopes."""
    scopes = frozenset({AccessScope.USERS_READ, AccessScope.USERS_WRITE})
    return partial(clients, everybody_is(Caller(KEY_ID, "payroll", scopes)))


async def test_a_request_is_one_line(configure: Configure, logged: Logged, narrow: Clients) -> None:
    """It says what was asked by whom, what came back and how long it took; HEAD is no GET."""
    configure()
    async with narrow() as client:
        user = await post_user(client)
        logged()
        answer = await client.head(f"/v1/users/{user['id']}?{CANARY}", headers={"X-Request-ID": "abc-1"})
        (line,) = logged()
    assert 200 == answer.status_code
    assert 0 < line.pop("duration_ms") < 5000
    assert line.pop("timestamp").endswith("Z")
    expected: dict[str, object] = {"event": "request", "level": "info", "logger": "remuner.requests", "method": "HEAD"}
    expected |= {"route": "/v1/users/{user_id}", "status": 200, "code": None, "minor": "2", "request_id": "abc-1"}
    expected |= {"key_id": str(KEY_ID), "key_name": "payroll", "client": "127.0.0.1"}
    assert expected == line


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (("GET", f"/v1/{CANARY}", {}), ("GET", "unrouted", 404, "not_found", "payroll")),
        (("GET", f"/{CANARY}?{CANARY}={CANARY}", {}), ("GET", "unrouted", 404, "not_found", "payroll")),
        ((CANARY.upper(), "/v1/users", {}), ("other", "/v1/users", 405, "method_not_allowed", "payroll")),
        (("POST", f"/v1/users/{CANARY}", {}), ("POST", "/v1/users/{user_id}", 405, "method_not_allowed", "payroll")),
        (("GET", f"/v1/users/{CANARY}", {}), ("GET", "/v1/users/{user_id}", 404, "user_not_found", "payroll")),
        (("GET", f"/v1/integrations?q={CANARY}", {}), ("GET", "/v1/integrations", 403, "missing_scope", "payroll")),
        (("GET", "/v1/users", {"Authorization": CANARY}), ("GET", "unrouted", 401, "unauthenticated", "anonymous")),
        (("GET", f"/docs/assets/{CANARY}", {}), ("GET", "/docs/assets/{name}", 404, "not_found", "anonymous")),
        (
            ("GET", "/v1/users", {"X-API-Version": CANARY}),
            ("GET", "unrouted", 400, "unsupported_api_version", "payroll"),
        ),
        (
            ("POST", "/v1/users", {"X-Request-ID": CANARY + " "}),
            ("POST", "/v1/users", 422, "validation_error", "payroll"),
        ),
    ],
)
async def test_what_a_client_typed_is_not_told(
    configure: Configure,
    logged: Logged,
    narrow: Clients,
    sent: tuple[str, str, dict[str, str]],
    expected: tuple[str | int, ...],
) -> None:
    """A path appears as its template or not at all, a method only if it is one, and nothing else of the request."""
    configure(log_level="debug")
    async with narrow() as client:
        method, path, headers = sent
        body = {**user_body(first_name=[CANARY]), CANARY: CANARY} if method == "POST" else None
        await client.request(method, path, headers=headers, json=body)
    lines = [line for line in logged() if line["event"] == "request"]
    assert [expected] == [
        tuple(line[each] for each in ("method", "route", "status", "code", "key_name")) for line in lines
    ]
    assert CANARY not in json.dumps(lines).lower()


@pytest.mark.parametrize(("level", "expected"), [("info", []), ("debug", ["/healthz", "/readyz"])])
async def test_probes_are_told_at_debug(
    configure: Configure, logged: Logged, clients: Clients, level: str, expected: list[str]
) -> None:
    """They come every few seconds and say nothing as long as all is well."""
    configure(log_level=level)
    async with clients() as client:
        for path in ("/healthz", "/readyz"):
            assert 200 == (await client.get(path)).status_code
    assert expected == [line["route"] for line in logged() if line["event"] == "request"]


async def test_a_failure_of_ours_is_a_warning(configure: Configure, logged: Logged, clients: Clients) -> None:
    """At `warning`, only the requests that the service could not serve have a line, probes too."""

    async def away() -> None:
        raise ValueError(CANARY)

    provider = Provider(scope=Scope.APP)
    provider.provide(lambda: Health({"database": away}, {}), provides=Health)
    configure(log_level="warning")
    async with clients(provider) as client:
        await client.get("/v1/users/stats")
        await client.get("/readyz")
    fault, request = logged()
    assert ("error", "remuner.http", request["request_id"]) == (fault["level"], fault["logger"], fault["request_id"])
    assert ("warning", "/readyz", 500, "internal_error") == tuple(
        request[each] for each in ("level", "route", "status", "code")
    )
    assert CANARY not in repr((fault, request))


@pytest.mark.parametrize("name", ["tortoise.db_client", "redis", "push_response", "asyncpg.pool", "httpx2", "dishka"])
def test_a_library_is_heard_from_warnings_on_and_without_values(
    configure: Configure, logged: Logged, name: str
) -> None:
    """Its debugging lines hold what passes through; a warning is told in the words of its code."""
    configure(log_level="debug")
    logger = logging.getLogger(name)
    logger.debug("INSERT %s", CANARY)
    logger.info("%s", CANARY)
    logger.warning("reply %r to\n%s", CANARY, CANARY)
    try:
        int(CANARY)
    except ValueError:
        logger.exception("failed", extra={"sent": CANARY})
    warning, error = logged()
    assert ("reply %r to", name, "warning") == (warning["event"], warning["logger"], warning["level"])
    assert ("failed", "ValueError") == (error["event"], error["exception"])
    assert "test_logging.py" in error["place"]
    assert CANARY not in repr((warning, error))


def test_a_lost_exception_is_told_by_kind(configure: Configure, logged: Logged) -> None:
    """The words of asyncio for it end with the task's repr, which has the message."""
    configure()
    error = ValueError(CANARY)
    logging.getLogger("asyncio").error(
        f"Task exception was never retrieved\nfuture: {error!r}",  # noqa: G004 - as asyncio does it
        exc_info=(ValueError, error, None),
    )
    (line,) = logged()
    assert ("Task exception was never retrieved", "ValueError") == (line["event"], line["exception"])
    assert CANARY not in repr(line)


def test_warnings_and_broken_lines_show_no_value(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    """A warning of pydantic's, say, quotes what it was given; a line with the wrong placeholders would be printed."""
    configure()
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(f"got {CANARY}", UserWarning, stacklevel=1)
    logging.getLogger("remuner.bridges").warning("%d users", CANARY)
    said = capsys.readouterr().err
    assert "UserWarning at " in said
    assert CANARY not in said


async def test_on_a_console_a_request_is_one_line_too(
    configure: Configure, capsys: pytest.CaptureFixture[str], clients: Clients
) -> None:
    """For people, without colours where there is no terminal; a name cannot break the line."""
    configure(log_format="console")
    async with clients(everybody_is(Caller(KEY_ID, "two\nlines\x1b[31m"))) as client:
        await client.get("/nowhere")
    said = capsys.readouterr().err
    assert (1, False) == (len(said.splitlines()), "\x1b" in said)
    assert "unrouted" in said


def test_the_format_follows_the_terminal(configure: Configure, capsys: pytest.CaptureFixture[str]) -> None:
    """Unset, and no terminal: JSON."""
    configure(log_format=None)
    logging.getLogger("remuner.bridges").info("well")
    assert "well" == json.loads(capsys.readouterr().err)["event"]
