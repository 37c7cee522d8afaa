"""Equal POSTs under one Idempotency-Key while the service is killed."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from tests.e2e.service import Service

KEY = {"Idempotency-Key": "once"}
USER = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}


def test_a_killed_service_makes_one_row_of_two_hundred_posts(env: dict[str, str], tmp_path: Path) -> None:
    """Each is repeated until it is answered 201, over kills of the worker: all get the same user, and there is one."""
    with Service(tmp_path, "--workers", "2", env=env) as service, ThreadPoolExecutor(16) as pool:
        service.start()
        deadline = time.monotonic() + 60

        def post(_: int) -> str:
            while time.monotonic() < deadline:
                try:
                    with service.client() as client:
                        answer = client.post("/v1/users", json=USER, headers=KEY)
                except httpx2.TransportError:
                    continue
                if 201 == answer.status_code:
                    return str(answer.json()["id"])
                assert answer.json()["code"] in {"idempotency_in_progress", "service_unavailable"}, answer.text
            raise AssertionError("never answered")

        service.named("remuner").suspend()  # its requests are killed before they are answered
        posts = [pool.submit(post, number) for number in range(200)]
        time.sleep(0.3)
        service.named("remuner").kill()
        made = {each.result() for each in posts}
        with service.client() as client:
            assert {"total": 1, "active": 1, "pending": 0, "inactive": 0} == client.get("/v1/users/stats").json()
    assert 1 == len(made)
