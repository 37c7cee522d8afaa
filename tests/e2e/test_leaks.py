"""A token that is sent rightly, and in every wrong way, comes out nowhere."""

import base64
import json
import secrets
import signal
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
import redis
from tests.e2e.echo import WAYS, Echo
from tests.e2e.leaks import leaks, log_everything, places, spellings
from tests.e2e.service import Service

from remuner.shared.embedded import addresses_of

COLLECTION = "/v1/integrations"
JSON = {"Content-Type": "application/json"}
USER = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
ELSEWHERE = {"metrics"}
"""Where the service cannot be made to leak from outside: see tests/test_metrics.py."""


def plant(service: Service, secret: str) -> list[httpx2.Response]:
    """Leak on purpose: by what a client may write where it is shown, into files, the cache, the environment."""
    service.end(signal.SIGTERM)
    service.env["PLANTED"] = secret
    service.start()
    (service.data_dir / "planted").write_text(secret)
    with redis.Redis.from_url(addresses_of(service.data_dir).redis_url) as cache:
        cache.set("planted", secret)
        cache.eval(f"redis.log(redis.LOG_WARNING, '{secret}')", 0)
    named = {"first_name": secret, "last_name": "Leak", "email": "leak@example.com"}
    with service.client() as client:
        answer = client.post("/v1/users", json=named, headers={"X-Request-ID": secret})
    assert 201 == answer.status_code
    return [answer]


@pytest.fixture
def secret() -> str:
    """What the tokens have in the middle: nothing else has it."""
    return f"Cnry{secrets.token_hex(12)}"


@pytest.fixture
def echo() -> Iterator[Echo]:
    """A destination that gives tokens back."""
    with Echo() as echo:
        yield echo


@pytest.fixture
def service(tmp_path: Path, echo: Echo) -> Iterator[Service]:
    """A service that logs all it can, on a PostgreSQL that does, too."""
    with Service(tmp_path, env={"REMUNER_LOG_LEVEL": "debug", "REMUNER_EGRESS_ALLOW": echo.host}) as service:
        service.start()
        log_everything(service)
        yield service


IN_QUERY = {"type": "query", "name": "key"}
Sent = tuple[str, str, dict[str, Any]]


def in_bodies(token: str, right: dict[str, object], item: str) -> Iterator[Sent]:
    """Send the token rightly, in the wrong field, as the wrong type, beside what is wrong, cut off and too long."""
    values: list[object] = [[token], {"token": token}, {token: 1}, [[token]]]
    values += [token * 400, f"{token}\n", f"***{token}", f"{token}é", f"{token}\0"]
    beside: list[dict[str, object]] = [{"name": None}, {"user_id": "x"}, {"name": "x" * 51}]
    bodies: list[object] = [
        right,
        right,  # again: its name is taken
        *({**right, "token": value} for value in values),
        *({**right, field: token} for field in ("user_id", "status", "tokn", token)),
        *({"token": token, **other} for other in beside),
        [right],
        [token],
        token,
    ]
    for body in bodies:
        for path in (COLLECTION, "/v1/users", "/v1/teams"):
            yield "POST", path, {"json": body}
        yield "PATCH", item, {"json": body}
    whole = json.dumps(right).encode()
    for cut in range(1, len(whole), 3):
        yield "POST", COLLECTION, {"content": whole[:-cut], "headers": JSON}
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", token[4:20]):
        yield "POST", COLLECTION, {"content": whole, "headers": {"Content-Type": media_type}}
    yield "POST", COLLECTION, {"content": whole * 700, "headers": JSON}
    yield "POST", COLLECTION, {"data": right}
    yield "POST", "/v1/session", {"json": {"access_key": token}}
    yield "POST", "/v1/access-keys", {"json": {"name": "x", "scopes": [token]}}


def in_urls(token: str) -> Iterator[Sent]:
    """Send the token as a part of a path and as a value, or name, in a query."""
    for folder in (COLLECTION, "/v1/users", "/v1", "", "/problems", "/docs/assets"):
        for part in (token, token.replace("/", "")):
            for method in ("GET", "PATCH", "DELETE", "POST"):
                yield method, f"{folder}/{quote(part, safe='')}", {"json": {}}
    for name in ("token", "cursor", "limit", "sort", "status", "user_id", "include_total", "api-version", token):
        for path in (COLLECTION, "/v1/users", "/v1/audit-events", "/v1/openapi.json", "/docs"):
            yield "GET", path, {"params": {name: token}}


def in_headers(token: str, right: dict[str, object], item: str) -> Iterator[Sent]:
    """Send the token as a header, and with preconditions, keys and minors that let it pass or not."""
    sane = token[:28]
    for header in ("X-API-Version", "If-Match", "If-None-Match", "Accept", "Origin", "Cookie", "X-Token", "User-Agent"):
        yield "PATCH", item, {"json": {"name": "HubSpot"}, "headers": {header: sane}}
    for header, value in (("Idempotency-Key", sane), ("Authorization", sane), ("Authorization", f"Bearer {sane}")):
        yield "POST", COLLECTION, {"json": right, "headers": {header: value}}
    for _ in range(2):
        yield "POST", COLLECTION, {"json": {**right, "name": "Once"}, "headers": {"Idempotency-Key": "once"}}
    yield "PATCH", item, {"json": {"token": token}, "headers": {"If-Match": '"99.0"'}}
    yield "PATCH", item, {"json": {"token": token}}


def to_minor_1(token: str, right: dict[str, object], item: str) -> Iterator[Sent]:
    """Send the token rightly and wrongly as the first frontend does: made, edited, and where it is ignored."""
    old = {"headers": {"X-API-Version": "1"}}
    values: list[object] = [[token], {"token": token}, token * 400, f"{token}\n", f"***{token}", f"•••{token}"]
    fields = ("id", "status", "user", "integrations", "tokn", token)
    for path in (COLLECTION, item):
        yield "POST", path, old | {"json": {**right, "name": f"Old {path}"[:50]}}
        for value in values:
            yield "POST", path, old | {"json": {**right, "token": value}}
        for body in ([right], token, *({"token": token, **other} for other in ({"name": None}, {"user_id": token}))):
            yield "POST", path, old | {"json": body}
        yield "POST", path, old | {"json": {**right, "name": f"Ignored {path}"[:50], **dict.fromkeys(fields, token)}}
        yield "POST", path, {"content": json.dumps(right).encode()[:-3], "headers": JSON | old["headers"]}
        yield "POST", path, old | {"data": right}
        yield "GET", path, old
    for path, others in (("/v1/users", "teams"), ("/v1/teams", "users")):
        yield "POST", path, old | {"json": {**USER, "name": "Sales", others: [token], "token": token}}


def in_use(client: httpx2.Client, echo: Echo, token: str, user_id: str) -> Iterator[httpx2.Response]:
    """Use the token, put in anywhere, at a destination that gives it back in any way, or not at all."""
    for number, auth in enumerate(
        ({"type": "bearer"}, {"type": "basic"}, {"type": "header", "name": "X-Key"}, IN_QUERY)
    ):
        destination = {"base_url": f"http://{echo.host}/api", "auth": auth, "verify": {"path": "/raw"}}
        body = {"name": f"Echo {number}", "user_id": user_id, "token": token, "destination": destination}
        item = f"{COLLECTION}/{client.post(COLLECTION, json=body).json()['id']}"
        for way in WAYS:
            yield client.get(f"{item}/proxy/a/{way}", params={"q": "x"})
        yield client.post(f"{item}/proxy/raw", content=b"body")
        yield client.post(f"{item}/verify")
        yield client.get(f"{item}/proxy/{token[:9]}/../x", headers={"X-Key": token[:20]})
        yield client.patch(item, json={"destination": {"base_url": token, "auth": {"type": token}}})
        yield client.patch(item, json={"destination": {"base_url": "http://10.0.0.7", "auth": auth}, "token": token})
        yield client.get(f"{item}/proxy/x")
        yield client.get(item)


def test_a_token_comes_out_nowhere(service: Service, echo: Echo, secret: str) -> None:
    """Not in an answer, a log at any level, a metric, an audit event, a dump, the cache or a process listing.

    What is leaked on purpose afterwards is found in each of these places.
    """
    answers = []
    with service.client() as client:
        user = client.post("/v1/users", json=USER).json()
        made = client.post(COLLECTION, json={"name": "CRM", "user_id": user["id"], "token": "first"}).json()
        token = f'{secret}"\\/+=% &<'
        right, item = {"name": "HubSpot", "user_id": user["id"], "token": token}, f"{COLLECTION}/{made['id']}"
        for method, path, sent in chain(
            in_bodies(token, right, item),
            in_urls(token),
            in_headers(token, right, item),
            to_minor_1(token, right, item),
        ):
            answers.append(client.request(method, path, **sent))
            assert 500 > answers[-1].status_code, (method, path)
        uses = list(in_use(client, echo, token, user["id"]))
        assert {200, 302, 401, 422, 429, 500, 502} <= {each.status_code for each in uses}
        assert len(WAYS) * 2 < sum("[redacted]" in each.text + repr(each.headers) for each in uses)
        answers += uses
        database = [each for each in service.family() if each.name().startswith("postgres")]
        for process in database:
            process.suspend()
        try:
            answers.append(client.post(COLLECTION, json={**right, "name": "Away"}))
            answers.append(client.patch(item, json={"token": token}))
        finally:
            for process in database:
                process.resume()
        assert {503} == {answer.status_code for answer in answers[-2:]}
    statuses = {answer.status_code for answer in answers}
    assert {200, 201, 400, 401, 404, 405, 409, 412, 413, 415, 422, 503} <= statuses
    held = places(service, answers)
    assert set() == leaks(secret, held)
    assert b"remuner_http_requests" in held["metrics"]
    assert b"REMUNER_LOG_LEVEL" in held["command lines and environments"]
    assert held.keys() - ELSEWHERE == leaks(secret, places(service, plant(service, secret)))


@pytest.mark.parametrize("shift", range(4))
def test_a_leak_would_be_found(secret: str, shift: int) -> None:
    """In every spelling, in the middle of anything."""
    for name, spelled in spellings(secret).items():
        held = {"clean": b"x" * 9999, "leaking": b"y" * shift + spelled + b"z"}
        assert {"leaking"} == leaks(secret, held), name
    encoded = base64.b64encode(b"a" * shift + f'{secret}"tail'.encode())
    assert {"dump"} == leaks(secret, {"clean": base64.b64encode(secret[1:].encode()), "dump": encoded})
