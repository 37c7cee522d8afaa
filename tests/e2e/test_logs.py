"""What `remuner serve` prints while it serves."""

import json
import signal
import socket
from contextlib import suppress
from pathlib import Path

import httpx2
from tests.conftest import ADMIN_KEY
from tests.e2e.service import Service

CANARY = "canary7f3a"
USER = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}


def _raw(port: int, request: str) -> None:
    """Send what no client library would; the service may hang up at any time."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection, suppress(ConnectionError):
        connection.sendall(request.encode())
        connection.recv(65536)


def test_a_line_a_request_and_nothing_that_came_with_it(env: dict[str, str], tmp_path: Path) -> None:
    """At debug, all that is printed is JSON, and nothing that was sent anywhere in a request stands in it."""
    env |= {"REMUNER_LOG_LEVEL": "debug", "REMUNER_LOG_FORMAT": "json"}
    with Service(tmp_path, "--workers", "2", env=env) as service:
        service.start()
        with httpx2.Client(base_url=service.url, headers={"Authorization": f"Bearer {ADMIN_KEY}"}) as client:
            user = client.post("/v1/users", json=USER).json()["id"]
            token = {"name": "HubSpot", "user_id": user, "token": CANARY}
            answers = [
                client.post("/v1/users", json={**USER, "last_name": CANARY, "email": f"{CANARY}@example.com"}),
                client.post("/v1/integrations", json=token),
                client.post("/v1/integrations", json={**token, "name": "Stripe", "user_id": CANARY}),
                client.post("/v1/integrations", json={**token, CANARY: CANARY}),
                client.post("/v1/integrations", content=f'{{"token": "{CANARY}', headers={"Content-Type": CANARY}),
                client.post("/v1/integrations", content=CANARY, headers={"Content-Type": "application/json"}),
                client.post("/v1/integrations", content=CANARY * 8000, headers={"Content-Type": "application/json"}),
                client.get("/v1/users", params={"q": CANARY, "cursor": CANARY, CANARY: CANARY}),
                client.get(f"/v1/users/{CANARY}", headers={"X-Token": CANARY, "Cookie": f"a={CANARY}"}),
                client.get(f"/{CANARY}", headers={"X-Request-ID": f"{CANARY}!", "X-API-Version": CANARY}),
                client.get("/v1/users", headers={"Authorization": f"Bearer {CANARY}"}),
                client.get("/v1/users", headers={"Authorization": CANARY, "X-Forwarded-For": CANARY}),
                client.request(CANARY.upper(), "/v1/users"),
            ]
        assert [201, 201, 422, 422, 415, 400, 413, 422, 404, 404, 401, 401, 405] == [
            each.status_code for each in answers
        ]
        for raw in (
            f"{CANARY} / HTTP/1.1\r\n\r\n",
            f"GET /{CANARY} HTTP/9\r\n\r\n",
            f"GET / HTTP/1.1\r\n{CANARY}\r\n\r\n",
        ):
            _raw(service.port, raw)
        assert 0 == service.end(signal.SIGTERM)
    said = service.output
    lines = [json.loads(line) for line in said.splitlines() if not line.startswith("Remuner runs on ")]
    told = {line["request_id"]: line["status"] for line in lines if line["event"] == "request"}
    assert [answer.status_code for answer in answers] == [told[answer.headers["x-request-id"]] for answer in answers]
    assert CANARY not in said.lower()
    assert ADMIN_KEY not in said
