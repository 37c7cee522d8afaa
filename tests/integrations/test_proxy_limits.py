"""How many calls of a destination there may be, and whose."""

import asyncio

from tests.access.factories import bearer, post_key
from tests.conftest import Client
from tests.egress.tls import Hostile, http
from tests.integrations.factories import post_connected


async def test_an_integration_has_so_many_calls_at_once(caller: Client, server: Hostile) -> None:
    """Verifications too. The next is 429 with a Retry-After; another integration is not disturbed, nor a later call."""
    path = await post_connected(caller, server.url, verify={"path": "/slow"})
    other = await post_connected(caller, server.url)
    go_on = asyncio.Event()

    async def wait(request: bytes, writer: asyncio.StreamWriter) -> None:
        await (go_on.wait() if b"/slow" in request else asyncio.sleep(0))
        writer.write(http(b"well"))

    server.answer = wait
    calls = [("GET", f"{path}/proxy/slow"), ("POST", f"{path}/verify")]
    running = [asyncio.create_task(caller.request(*call)) for call in calls * 10]
    while len(server.requests) < 20:  # noqa: ASYNC110 - the server has no event for it
        await asyncio.sleep(0.01)
    for call in calls:
        refused = await caller.request(*call)
        assert (429, "integration_busy") == (refused.status_code, refused.json()["code"])
        assert "1" == refused.headers["retry-after"]
    assert 200 == (await caller.get(f"{other}/proxy/x")).status_code
    go_on.set()
    assert {200} == {answer.status_code for answer in await asyncio.gather(*running)}
    assert 200 == (await caller.get(f"{path}/proxy/x")).status_code


async def test_who_may_not_call_takes_no_place(caller: Client, server: Hostile) -> None:
    """However many ask at once with a key for other integrations."""
    path = await post_connected(caller, server.url)
    other = {"integration_ids": ["0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"]}
    key = await post_key(caller, scopes=["integrations:use"], use_limits=other)
    asked = [caller.get(f"{path}/proxy/x", headers=bearer(key["secret"])) for _ in range(40)]
    *refused, called = await asyncio.gather(*asked, caller.get(f"{path}/proxy/x"))
    assert ({403}, 200) == ({answer.status_code for answer in refused}, called.status_code)


async def test_a_limited_key_uses_what_it_may(caller: Client, server: Hostile) -> None:
    """Its integrations, methods and paths; anything else is 403, before anything leaves."""
    path, other = await post_connected(caller, f"{server.url}/v9"), await post_connected(caller, server.url)
    limits = {"integration_ids": [path.split("/")[3]], "methods": ["GET"], "path_prefix": "/crm"}
    key = await post_key(caller, scopes=["integrations:use"], use_limits=limits)
    headers = bearer(key["secret"])
    assert 200 == (await caller.get(f"{path}/proxy/crm/x", headers=headers)).status_code
    server.requests.clear()
    for method, place in (
        ("POST", f"{path}/proxy/crm/x"),
        ("GET", f"{path}/proxy/crmx"),
        ("GET", f"{path}/proxy/"),
        ("GET", f"{other}/proxy/crm/x"),
    ):
        answer = await caller.request(method, place, headers=headers)
        assert (403, "key_limited") == (answer.status_code, answer.json()["code"])
    assert [] == server.requests
