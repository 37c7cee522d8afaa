"""Who may call what: every route as every single scope, and as nobody."""

from typing import Any

import pytest
from starlette.routing import BaseRoute
from tests.access.factories import bare, bearer, post_key
from tests.conftest import Client

from remuner.main import MAJOR, build, openapi_documents, version_apps
from remuner.shared.scopes import AccessScope
from remuner.shared.settings import Settings

UNKNOWN = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"
DOCUMENTS = openapi_documents()
RESOURCES = {"users": "users", "teams": "users", "integrations": "integrations"}
EXCEPTIONS = {
    ("POST", "/v1/users/{user_id}/reassign-integrations"): AccessScope.INTEGRATIONS_WRITE,
    ("GET", "/v1/audit-events"): AccessScope.AUDIT_READ,
    ("GET", "/v1/providers"): AccessScope.INTEGRATIONS_READ,
    ("POST", "/v1/integrations/{integration_id}/verify"): AccessScope.INTEGRATIONS_VERIFY,
}
PUBLIC = {("POST", "/v1/session")}
ANY_CALLER = {("GET", "/v1/session"), ("DELETE", "/v1/session"), ("DELETE", "/v1/sessions")}


def calls(minor: str) -> list[tuple[str, str]]:
    """Every method and path of the document."""
    paths: dict[str, dict[str, Any]] = DOCUMENTS[minor]["paths"]
    return [(method.upper(), path) for path, operations in paths.items() for method in operations]


def needed(method: str, path: str) -> AccessScope | None:
    """The scope that the contract names; a new resource has to be put in here."""
    resource = path.split("/")[2]
    if (method, path) in PUBLIC | ANY_CALLER:
        return None
    if resource == "access-keys":
        return AccessScope.ACCESS_MANAGE
    if "/proxy/" in path:
        return AccessScope.INTEGRATIONS_USE
    read_or_write = "read" if method == "GET" else "write"
    return EXCEPTIONS.get((method, path)) or AccessScope(f"{RESOURCES.get(resource)}:{read_or_write}")


@pytest.mark.parametrize("minor", DOCUMENTS)
async def test_every_call_needs_the_scope_that_the_contract_names(client: Client, minor: str) -> None:
    """With any other alone 403, whatever is wrong besides; with it, or for any caller, neither 401 nor 403."""
    walked = calls(minor)
    assert len(walked) > 20
    for scope in AccessScope:
        headers = {"X-API-Version": minor, "Content-Type": "text/plain"}
        headers |= bearer((await post_key(client, scopes=[scope]))["secret"])
        for method, path in walked:
            place = "/".join(UNKNOWN if part.startswith("{") else part for part in path.split("/"))
            answer = await client.request(method, place, headers=headers)
            told = f"{scope} {method} {path} {answer.text}"
            if needed(method, path) in (scope, None):
                assert answer.status_code not in {401, 403}, told
            else:
                assert (403, "missing_scope") == (answer.status_code, answer.json()["code"]), told


@pytest.mark.parametrize("minor", DOCUMENTS)
async def test_nobody_may_call_anything_but_sign_in(client: Client, minor: str) -> None:
    """401 everywhere else; as the document says it."""
    for method, path in calls(minor):
        answer = await bare(client, method, path, headers={"X-API-Version": minor, "Content-Type": "text/plain"})
        assert (401 if (method, path) not in PUBLIC else 415) == answer.status_code, f"{method} {path}"
        operation = DOCUMENTS[minor]["paths"][path][method.lower()]
        scopes = [] if (scope := needed(method, path)) is None else [scope]
        either = [] if (method, path) in PUBLIC else [{"accessKey": scopes}, {"session": scopes}]
        assert either == operation["security"]


def test_every_route_is_in_the_document(settings: Settings) -> None:
    """So that no route escapes the walk."""

    def pairs(route: BaseRoute) -> list[tuple[str, str]]:
        path = str(getattr(route, "path_format", ""))
        return [(method, path) for method in getattr(route, "methods", ["?"])]

    for minor, app in version_apps(build(settings))[MAJOR].items():
        assert sorted(calls(minor)) == sorted(pair for route in app.routes for pair in pairs(route))
