"""A new minor is one new file; a minor on its way out says so."""

from datetime import UTC, datetime
from typing import Any

import pytest
from dishka import Provider, Scope
from tests.access.factories import bearer, post_key
from tests.conftest import Clients
from tests.users.factories import post_user

from remuner.main import APIS, MAJOR, Retirements, build, openapi_documents, version_apps
from remuner.shared.settings import Settings
from remuner.shared.versioning import Retirement

NEW = (*APIS, "tests.versions.new_minor")
OLDER = {"X-API-Version": "2"}
PAGE = "/docs?api-version=3"


def renamed(user: dict[str, Any]) -> dict[str, Any]:
    """A user of minor 2 as minor 3 shows it."""
    return {"family_name" if name == "last_name" else name: value for name, value in user.items()}


async def test_one_file_renames_a_field(clients: Clients) -> None:
    """On the way in and out, in lists and in a team's members; all else is inherited, and older minors stay."""
    async with clients(apis=NEW) as client, clients(apis=NEW, headers=OLDER) as older:
        body = {"first_name": "Ada", "family_name": "Lovelace", "email": "ada@example.com"}
        made = await client.post("/v1/users", json=body)
        user = made.headers["location"]
        assert (201, "3") == (made.status_code, made.headers["x-api-version"])
        team = (await client.post("/v1/teams", json={"name": "Sales", "user_ids": [made.json()["id"]]})).json()["id"]
        changed = await client.patch(user, json={"family_name": "King"})
        refused = await client.patch(user, json={"last_name": "Byron"})
        seen = (await older.get(user)).json()
        assert ("King", 422) == (seen["last_name"], refused.status_code)
        assert renamed(seen) == changed.json() == (await client.get(user)).json()
        for path in ("/v1/users", f"/v1/teams/{team}/members"):
            lists = [(await each.get(path)).json()["items"] for each in (client, older)]
            assert [[renamed(seen)], [seen]] == lists


async def test_released_minors_stay_as_they_were(settings: Settings) -> None:
    """Their documents are the same; the new one has what was not touched, and not what it drops."""
    apps = version_apps(build(settings, apis=NEW))[MAJOR]
    documents = {minor: app.openapi() for minor, app in apps.items()}
    newest = documents.pop("3")
    assert openapi_documents() == documents
    dropped = "/v1/users/{user_id}/reassign-integrations"
    assert documents["2"]["paths"].keys() - {dropped} == newest["paths"].keys()
    assert "family_name" in newest["components"]["schemas"]["UserOutput"]["properties"]


def retirement_of(version: str) -> Provider:
    """Mark a version deprecated."""
    provider = Provider(scope=Scope.APP)
    until = Retirement(datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), PAGE)
    provider.provide(lambda: Retirements({version: until}), provides=Retirements)
    return provider


@pytest.mark.parametrize("path", ["/v1/users?limit=1", "/v1/users/none", "/v1/nothing"])
async def test_a_minor_on_its_way_out_says_so(clients: Clients, path: str) -> None:
    """With Deprecation, Sunset and a Link to its page, beside what else is linked, in refusals too; others do not."""
    async with clients(retirement_of("1.3"), apis=NEW, headers=OLDER) as client:
        for _ in range(2):
            await post_user(client)
        answers = {minor: await client.get(path, headers={"X-API-Version": minor}) for minor in ("1", "2", "3")}
        page = await client.get(PAGE, headers={"Authorization": ""})
    told = answers.pop("3").headers
    assert ("@1767225600", "Fri, 01 Jan 2027 00:00:00 GMT") == (told["deprecation"], told["sunset"])
    for relation in ("deprecation", "sunset"):
        assert f'<{PAGE}>; rel="{relation}"; type="text/html"' in told["link"]
    assert ("limit" in path) == ('rel="next"' in told["link"])
    assert not [each for each in answers.values() if {"deprecation", "sunset"} & each.headers.keys()]
    assert "deprecated since 2026-01-01 and ends on 2027-01-01" in page.text


async def test_who_still_uses_it_is_counted(clients: Clients) -> None:
    """By minor and access key; nothing is counted for minors that stay."""
    async with clients(retirement_of("1.3"), apis=NEW, headers=OLDER) as client:
        key = await post_key(client)
        for minor, headers in (("3", {}), ("2", {}), ("3", bearer(key["secret"])), ("3", bearer(key["secret"]))):
            assert 200 == (await client.get("/v1/users", headers={"X-API-Version": minor, **headers})).status_code
        lines = (await client.get("/metrics")).text.splitlines()
    counted = {line for line in lines if line.startswith("remuner_http_retiring_minor_requests_total")}
    assert {
        f'remuner_http_retiring_minor_requests_total{{key="{who}",minor="3"}} {count}.0'
        for who, count in (("admin key", 1), (key["id"], 2))
    } == counted
