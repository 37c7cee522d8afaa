"""A request for each route of the OpenAPI documents, and for those beside them."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.keys import ADMIN_KEY
from benchmarks.load import BenchmarkError, Request

Route = tuple[str, str]
"""A method and a path, as the document has them."""


@dataclass(frozen=True)
class Example:
    """A request, and one that comes before and is not counted.

    `{id}` is that of a row, `{other}` that of one more, `{made}` that of what came with the request before.
    """

    request: Request
    before: Request | None = None


_SYSTEM = ("/healthz", "/readyz", "/metrics", "/v1/openapi.json")


def _post(path: str, **body: object) -> Request:
    return Request(path, "POST", json.dumps(body))


_NEW_KEY: dict[str, object] = {"name": "Nightly export", "scopes": ["users:read", "integrations:read"]}
_NEW_INTEGRATION: dict[str, object] = {"name": "Payroll {unique}", "user_id": "{id}", "token": "tok-{unique}"}
_ADA: dict[str, object] = {"first_name": "Ada", "last_name": "King", "email": "ada.{unique}@example.com"}
_NAMED: dict[str, object] = {"name": "Sales {unique}"}
_SIGN_IN: dict[str, object] = {"access_key": ADMIN_KEY}

_BODIES: Mapping[Route, Mapping[str, object]] = {
    ("POST", "/v1/users"): _ADA,
    ("POST", "/v1/users/{user_id}"): _ADA,
    ("PATCH", "/v1/users/{user_id}"): {"last_name": "King"},
    ("POST", "/v1/users/{user_id}/reassign-integrations"): {"to_user_id": "{other}"},
    ("POST", "/v1/teams"): _NAMED,
    ("POST", "/v1/teams/{team_id}"): _NAMED,
    ("PATCH", "/v1/teams/{team_id}"): _NAMED,
    ("POST", "/v1/integrations"): _NEW_INTEGRATION,
    ("POST", "/v1/integrations/{integration_id}"): {"name": "Payroll {unique}", "token": "tok-{unique}"},
    ("PATCH", "/v1/integrations/{integration_id}"): {"token": "tok-{unique}"},
    ("POST", "/v1/access-keys"): _NEW_KEY,
    ("PATCH", "/v1/access-keys/{access_key_id}"): {"status": "inactive"},
    ("POST", "/v1/session"): _SIGN_IN,
}
_BEFORE: Mapping[Route, Request] = {
    # A user is not deleted while an integration is active.
    ("DELETE", "/v1/users/{user_id}"): Request("/v1/integrations/{id}", "PATCH", '{"status": "inactive"}'),
    ("DELETE", "/v1/teams/{team_id}/members/{user_id}"): Request("/v1/teams/{id}/members/{id}", "PUT"),
    ("DELETE", "/v1/session"): _post("/v1/session", **_SIGN_IN),
    ("DELETE", "/v1/sessions"): _post("/v1/session", **_SIGN_IN),
    **{
        (method, "/v1/access-keys/{access_key_id}"): _post("/v1/access-keys", **_NEW_KEY)
        for method in ("GET", "PATCH", "DELETE")
    },
}
_IDS = {"user_id": "{id}", "team_id": "{id}", "integration_id": "{id}", "access_key_id": "{made}"}
_ELSEWHERE = ("/verify", "/proxy/{path}")
"""How paths end whose calls another system answers; the benchmark of the proxy is about those."""


def examples(document: Mapping[str, Any]) -> Iterator[tuple[Route, Example]]:
    """Return an example for each route of a document that is answered here; raises BenchmarkError for one without."""
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            route = method.upper(), path
            if path.endswith(_ELSEWHERE):
                continue
            if "requestBody" in operation and route not in _BODIES:
                raise BenchmarkError(f"{method.upper()} {path} has no example in benchmarks/routes/examples.py")
            body = json.dumps(_BODIES[route]) if route in _BODIES else ""
            yield route, Example(Request(_filled(path), method.upper(), body), _BEFORE.get(route))


def system_examples() -> Iterable[tuple[Route, Example]]:
    """Return one for each route that has no minor."""
    return [(("GET", path), Example(Request(path))) for path in _SYSTEM]


def _filled(path: str) -> str:
    try:
        return path.format_map(_IDS)
    except KeyError as error:
        raise BenchmarkError(f"{path}: benchmarks/routes/examples.py does not know what {error} is") from None
