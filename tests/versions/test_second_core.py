"""A whole new core under a path of its own, beside the one that is there."""

from dishka import Provider, Scope
from tests.conftest import Clients
from tests.users.factories import post_user
from tests.versions.second_core.core import Meet, People, PeopleInMemory, Welcome

from remuner.main import APIS, openapi_documents

BOTH = (*APIS, "tests.versions.second_core")


def second_core() -> Provider:
    """Its use cases and its adapter."""
    provider = Provider(scope=Scope.APP)
    provider.provide_all(Welcome, Meet)
    provider.provide(PeopleInMemory, provides=People)
    return provider


async def test_it_has_all_that_versions_have(clients: Clients) -> None:
    """Its own minors, document, keys and scopes, problems, and a place in the page for readers."""
    async with clients(second_core(), apis=BOTH) as client:
        made = await client.post("/v2/people", json={"name": "Ada"})
        read = await client.get(made.headers["location"])
        missing = await client.get("/v2/people/0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4")
        document = await client.get("/v2/openapi.json", headers={"Authorization": ""})
        nobody = await client.get("/v2/people", headers={"Authorization": ""})
        unknown = await client.get("/v2/people", headers={"X-API-Version": "2"})
        page = await client.get("/docs?major=/v2", headers={"Authorization": ""})
    assert (201, made.json(), made.headers["etag"]) == (made.status_code, read.json(), read.headers["etag"])
    assert {"1"} == {each.headers["x-api-version"] for each in (made, read, missing, nobody, unknown, document)}
    assert (404, "not_found") == (missing.status_code, missing.json()["code"])
    assert "2.1" == document.json()["info"]["version"]
    assert ["/v2/people/{person_id}", "/v2/people"] == list(document.json()["paths"])
    assert (401, 400, ["1"]) == (nobody.status_code, unknown.status_code, unknown.json()["supported_versions"])
    assert 'data-major="/v2" data-minor="1"' in page.text
    assert all(f"api-version={minor}" in page.text for minor in openapi_documents())


async def test_the_first_core_is_what_it_was(clients: Clients) -> None:
    """Every answer under /v1 and beside it is the same, byte for byte, with the second core and without it."""
    async with clients() as client:
        user = await post_user(client)
    paths = ["/v1/users", "/v1/users/stats", f"/v1/users/{user['id']}", "/v1/users/none", "/v1/people", "/v1/"]
    paths += ["/v1/teams", "/v1/integrations", "/v1/access-keys", "/v1/session", "/v1/audit-events", "/v1", "/healthz"]
    paths += ["/v1/openapi.json?api-version=1", "/v1/openapi.json", "/docs/show.js", "/problems/not_found", "/v3/x"]
    seen = []
    for overrides, apis in (((), APIS), ((second_core(),), BOTH)):
        async with clients(*overrides, apis=apis) as client:
            answers = [
                await client.request(method, path, headers={"X-Request-ID": "same", "X-API-Version": minor})
                for method in ("GET", "POST", "PATCH", "OPTIONS")
                for path in paths
                for minor in ("1", "2", "3")
            ]
        seen.append([(each.status_code, each.headers.raw, each.content) for each in answers])
    assert seen[0] == seen[1]
    assert {200, 400, 404, 405, 415} <= {status for status, _, _ in seen[0]}
