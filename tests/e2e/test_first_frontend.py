"""The first frontend, in a real browser: a page of another origin that knows the contract's table of minor 1 alone."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from operator import itemgetter
from pathlib import Path
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Page
from tests.e2e.service import Service

pytestmark = pytest.mark.asyncio(loop_scope="session")

FOLDER = Path(__file__).with_name("first_frontend")
ADA = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@example.com"}
GRACE = {"first_name": "Grace", "last_name": "Hopper", "email": "grace@example.com"}
MORE: dict[str, object] = {"id": None, "integrations": [], "user": None, "status": "active", "selected": True}
"""What its forms send besides: nothing of it counts."""


class Files(SimpleHTTPRequestHandler):
    """Serves files, and keeps quiet about it."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def website() -> Iterator[str]:
    """Serve the frontend, and give its origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=FOLDER)) as server:
        serving = threading.Thread(target=server.serve_forever, args=[0.02])
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    """The frontend's own."""
    with website() as origin:
        yield origin


@pytest.fixture(scope="module")
def service(origin: str, shared_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service which that origin may call."""
    env = shared_env | {"REMUNER_CORS_ORIGINS": origin}
    with Service(tmp_path_factory.mktemp("service"), env=env) as service:
        service.start()
        yield service


@pytest.fixture
def newest(service: Service) -> Iterator[httpx2.Client]:
    """A client of minor 2, which leaves nothing behind for the next test."""
    with service.client() as newest:
        yield newest
        for path in ("/v1/integrations", "/v1/teams", "/v1/users"):
            for each in newest.get(path).json()["items"]:
                assert 204 == newest.delete(f"{path}/{each['id']}").status_code


class Frontend:
    """The page, as its buttons use it."""

    def __init__(self, page: Page, service: Service) -> None:
        """`page` shows the frontend."""
        self._page = page
        self._signed_in = service.url, service.access_key

    async def answer(self, resource: str, action: str, *sent: object) -> dict[str, Any]:
        """Return what the page reads of an answer: status, minor, data; status 0 where the browser keeps it all."""
        answer = await self._page.evaluate("sent => call(...sent)", [*self._signed_in, resource, action, *sent])
        return dict(answer)

    async def __call__(self, resource: str, action: str, *sent: object) -> Any:  # noqa: ANN401  # as JSON
        """Return the data of a success, which in minor 1 is 200, whatever was done."""
        answer = await self.answer(resource, action, *sent)
        assert (200, "1") == (answer["status"], answer.get("minor")), answer
        return answer["data"]

    async def create(self, resource: str, body: dict[str, object]) -> str:
        """Create one and return its id, which is all that is answered."""
        answer = await self(resource, "create", body)
        assert {"id"} == answer.keys()
        return str(answer["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def frontend(page: Page, origin: str, service: Service, newest: httpx2.Client) -> Frontend:
    """The frontend in the browser, on a service without any data."""
    await page.goto(origin)
    return Frontend(page, service)


def newest_last(listed: list[dict[str, object]]) -> list[dict[str, object]]:
    """Order a list by its ids, which grow; the contract names no order."""
    return sorted(listed, key=itemgetter("id"))


async def test_users(frontend: Frontend) -> None:
    """It lists, creates, edits, counts and deletes them, with their teams."""
    assert [] == await frontend("users", "list")
    sales = await frontend.create("teams", {"name": "Sales", "users": []})
    ada = await frontend.create("users", {**MORE, **ADA, "teams": [sales]})
    grace = await frontend.create("users", {**MORE, **GRACE, "teams": []})
    rest = {"status": "active", "teams": [], "integrations": []}
    shown = {"id": ada, **ADA, **rest, "teams": [{"id": sales, "name": "Sales"}]}
    assert shown == await frontend("users", "read", ada)
    assert [shown, {"id": grace, **GRACE, **rest}] == newest_last(await frontend("users", "list"))
    assert {"count": 2} == await frontend("users", "stats")
    assert {"id": ada} == await frontend("users", "edit", ada, {**shown, "last_name": "King", "teams": []})
    assert {"id": ada, **ADA, **rest, "last_name": "King"} == await frontend("users", "read", ada)
    assert {} == await frontend("users", "remove", ada)
    assert [{"id": grace, **GRACE, **rest}] == await frontend("users", "list")
    assert {"count": 1} == await frontend("users", "stats")


async def test_teams(frontend: Frontend) -> None:
    """It lists, creates, edits, counts and deletes them, with their users, who stay."""
    assert [] == await frontend("teams", "list")
    ada = await frontend.create("users", {**ADA, "teams": []})
    grace = await frontend.create("users", {**GRACE, "teams": []})
    sales = await frontend.create("teams", {**MORE, "name": "Sales", "users": [ada]})
    payroll = await frontend.create("teams", {**MORE, "name": "Payroll", "users": []})
    shown = {"id": sales, "name": "Sales", "users": [{"id": ada, **ADA}]}
    assert shown == await frontend("teams", "read", sales)
    assert [shown, {"id": payroll, "name": "Payroll", "users": []}] == newest_last(await frontend("teams", "list"))
    assert {"count": 2} == await frontend("teams", "stats")
    assert {"id": sales} == await frontend("teams", "edit", sales, {**shown, "name": "EMEA", "users": [grace]})
    assert {"id": sales, "name": "EMEA", "users": [{"id": grace, **GRACE}]} == await frontend("teams", "read", sales)
    assert {} == await frontend("teams", "remove", sales)
    assert [{"id": payroll, "name": "Payroll", "users": []}] == await frontend("teams", "list")
    assert {"count": 1} == await frontend("teams", "stats")
    assert {"count": 2} == await frontend("users", "stats")


async def test_integrations(frontend: Frontend, newest: httpx2.Client) -> None:
    """It lists, creates, edits, counts and deletes them; a token that is left out, or null, stays the old one."""
    assert [] == await frontend("integrations", "list")
    ada = await frontend.create("users", {**ADA, "teams": []})
    grace = await frontend.create("users", {**GRACE, "teams": []})
    sent = {**MORE, "name": "CRM", "user_id": ada}
    crm = await frontend.create("integrations", {**sent, "token": "made-up"})
    shown = {"id": crm, "name": "CRM", "status": "active"} | {f"user_{name}": value for name, value in ADA.items()}
    assert shown == await frontend("integrations", "read", crm)
    assert [shown] == await frontend("integrations", "list")
    assert {"count": 1} == await frontend("integrations", "stats")
    assert [{"id": crm, "name": "CRM", "status": "active"}] == (await frontend("users", "read", ada))["integrations"]
    assert {"id": crm} == await frontend("integrations", "edit", crm, {**shown, **sent, "name": "HubSpot"})
    assert {"id": crm} == await frontend("integrations", "edit", crm, {**sent, "name": "HubSpot", "token": None})
    assert {**shown, "name": "HubSpot"} == await frontend("integrations", "read", crm)
    assert 1 == newest.get(f"/v1/integrations/{crm}").json()["token_version"]
    assert {"id": crm} == await frontend(
        "integrations", "edit", crm, {**sent, "user_id": grace, "token": "made-up-too"}
    )
    assert shown | {f"user_{name}": value for name, value in GRACE.items()} == await frontend(
        "integrations", "read", crm
    )
    assert 2 == newest.get(f"/v1/integrations/{crm}").json()["token_version"]
    assert {} == await frontend("integrations", "remove", crm)
    assert [] == await frontend("integrations", "list")
    assert {"count": 0} == await frontend("integrations", "stats")


async def test_refusals(frontend: Frontend) -> None:
    """It reads problem documents: with 403 for a user with active integrations, else with the statuses of minor 2."""
    ada = await frontend.create("users", {**ADA, "teams": []})
    crm = await frontend.create("integrations", {"name": "CRM", "user_id": ada, "token": "made-up"})
    kept = await frontend.answer("users", "remove", ada)
    assert (403, 403, "1") == (kept["status"], kept["data"]["status"], kept["minor"])
    assert ("user_has_active_integrations", [crm]) == (kept["data"]["code"], kept["data"]["integration_ids"])
    assert {"count": 1} == await frontend("users", "stats")
    wrong = await frontend.answer("users", "edit", ada, {**ADA, "email": "nobody", "teams": []})
    assert (422, "validation_error") == (wrong["status"], wrong["data"]["code"])
    assert ["/email"] == [error["pointer"] for error in wrong["data"]["errors"]]
    taken = await frontend.answer("users", "create", {**ADA, "teams": []})
    assert (409, "email_taken") == (taken["status"], taken["data"]["code"])
    for resource, missing in {"users": crm, "teams": ada, "integrations": ada}.items():
        absent = await frontend.answer(resource, "read", missing)
        assert (404, f"{resource[:-1]}_not_found") == (absent["status"], absent["data"]["code"])


async def test_another_origin_reads_and_writes_nothing(
    frontend: Frontend, page: Page, service: Service, newest: httpx2.Client
) -> None:
    """The browser keeps every answer from the same page at an origin that is not named, and sends no write of it."""
    nothing = {"status": 0, "data": "Failed to fetch"}
    read = "url => fetch(`${url}/healthz`).then(answer => answer.status, error => error.message)"
    await frontend.create("users", {**ADA, "teams": []})
    assert 200 == await page.evaluate(read, service.url)
    with website() as stranger:
        await page.goto(stranger)
        assert "Failed to fetch" == await page.evaluate(read, service.url)
        for resource in ("users", "teams", "integrations"):
            assert nothing == await frontend.answer(resource, "list")
        assert nothing == await frontend.answer("users", "create", {**GRACE, "teams": []})
    assert 1 == newest.get("/v1/users/stats").json()["total"]
