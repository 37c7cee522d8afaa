"""What the OpenAPI document of a minor says of every call: who may call, with which headers, and what is refused."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.types import ASGIApp

from remuner.shared.authentication import SESSION_COOKIE
from remuner.shared.problems import KINDS, ProblemDocument, problem_document
from remuner.shared.scopes import AccessScope
from remuner.shared.versioning import HEADER

_ANY_CALL = ("unsupported_api_version", "unauthenticated", "rate_limited", "internal_error", "service_unavailable")
_REQUEST_ID = "0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4"

_DESCRIPTION = """People, teams and the integrations of a sales-remuneration product.

Errors are problem documents (RFC 9457); `code` is stable, and `type` leads to a page that explains it.
A list that takes a `cursor` comes in keyset pages: follow `next_cursor`, or the `Link` header, with the same filters
and sort.
A change with `If-Match` is made only if nobody else has changed the resource since its `ETag` was read."""

_HEADERS: Mapping[str, dict[str, Any]] = {
    HEADER: {
        "description": "The minor that served the request.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9]+$"},
    },
    "X-Request-ID": {
        "description": "The id of the request: the client's own, when it is sane.",
        "required": True,
        "schema": {"type": "string", "pattern": "^[A-Za-z0-9._-]{1,128}$"},
    },
    "ETag": {
        "description": "`<revision>.<digest>` of the representation: for `If-Match` and `If-None-Match`.",
        "required": True,
        "schema": {"type": "string", "pattern": '^"[0-9]+\\.[0-9a-f]+"$'},
    },
    "Location": {
        "description": "The path of what was made.",
        "required": True,
        "schema": {"type": "string", "format": "uri-reference"},
    },
    "Link": {
        "description": 'The next page (RFC 8288): `<…>; rel="next"`; missing at the end.',
        "schema": {"type": "string"},
    },
    "X-Remuner-Upstream": {
        "description": "`true`: the answer is the destination's, whatever its status.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Idempotency-Replayed": {
        "description": "`true`, where an earlier request with the same Idempotency-Key was answered so.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "Retry-After": {
        "description": "Seconds to wait before trying again.",
        "required": True,
        "schema": {"type": "integer", "minimum": 1},
    },
    "Set-Cookie": {
        "description": "The session's cookie: HttpOnly, SameSite=Strict, and Secure over https.",
        "required": True,
        "schema": {"type": "string"},
    },
    "WWW-Authenticate": {
        "description": "How to authenticate (RFC 6750).",
        "required": True,
        "schema": {"type": "string"},
    },
}

_REFUSAL_HEADERS = {
    HTTPStatus.UNAUTHORIZED: ("WWW-Authenticate",),
    HTTPStatus.TOO_MANY_REQUESTS: ("Retry-After",),
    HTTPStatus.SERVICE_UNAVAILABLE: ("Retry-After",),
}

_PARAMETERS: Mapping[str, str] = {
    "X-Request-ID": "Names the request in logs: up to 128 letters, digits and `._-`.",
    "If-None-Match": "The ETag of a representation that the client has: 304 if it is still right.",
    "Idempotency-Key": "For 24 hours, a repeated request with it gets the same answer, and nothing is done twice.",
    "If-Match": "The ETag that was read: 412 if the resource's own fields have changed since.",
}


def headers(*names: str) -> dict[str, Any]:
    """Return the headers of an answer, besides those that every answer has."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (HEADER, "X-Request-ID", *names)}


def parameters(*names: str) -> list[dict[str, Any]]:
    """Return the header parameters of a call, besides those that every call has."""
    return [{"$ref": f"#/components/parameters/{name}"} for name in (*names, HEADER, "X-Request-ID")]


def security(*scopes: AccessScope) -> list[dict[str, list[str]]]:
    """Return what a call asks of its caller, as the document says it and `required_scope` reads it."""
    return [{scheme: [scope.value for scope in scopes]} for scheme in ("accessKey", "session")]


def required_scope(operation: Mapping[str, Any]) -> AccessScope | None:
    """Return the scope that `security` has put into an operation, None if it asks for none."""
    scopes = [scope for either in operation["security"][:1] for scope in either["accessKey"]]
    return AccessScope(scopes[0]) if scopes else None


def refusals(codes: Iterable[str], elsewhere: Mapping[int, Sequence[str]]) -> dict[int | str, dict[str, Any]]:
    """Return FastAPI's `responses` for these codes and for those of any call.

    `elsewhere` are codes with another status than their own.
    """
    of_status: dict[int, list[str]] = {}
    for code in (*_ANY_CALL, *codes):
        of_status.setdefault(KINDS[code].status, []).append(code)
    for status, names in elsewhere.items():
        of_status.setdefault(status, []).extend(names)
    return {
        status: {
            "description": ", ".join(f"`{code}`" for code in names),
            "headers": headers(*_REFUSAL_HEADERS.get(HTTPStatus(status), ())),
            "content": {
                "application/problem+json": {
                    "schema": {
                        "allOf": [
                            {"$ref": "#/components/schemas/ProblemDocument"},
                            {"type": "object", "properties": {"code": {"enum": names}}},
                        ]
                    },
                    "examples": {
                        code: {"value": problem_document(code, status, KINDS[code].remedy, _REQUEST_ID)}
                        for code in names
                    },
                }
            },
        }
        for status, names in of_status.items()
    }


class MinorApp(FastAPI):
    """The application of one minor, whose `version` is `<major>.<minor>`, with a document that is true.

    It stands behind `Limits`, which answers what no handler here does.
    """

    def build_middleware_stack(self) -> ASGIApp:
        """Leave out what `Limits` does already, such as answering any exception."""
        handlers = {kind: handler for kind, handler in self.exception_handlers.items() if kind is not Exception}
        return ExceptionMiddleware(AsyncExitStackMiddleware(self.router), handlers)

    def openapi(self) -> dict[str, Any]:
        """Return the document; it is made once."""
        if self.openapi_schema is None:
            self.openapi_schema = self._document()
        return self.openapi_schema

    def _document(self) -> dict[str, Any]:
        minor = self.version.rpartition(".")[2]
        document = get_openapi(
            title=self.title,
            version=self.version,
            description=_DESCRIPTION,
            routes=self.routes,
            servers=[{"url": "/"}],
        )
        for operation in (each for path in document["paths"].values() for each in path.values()):
            if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                del operation["responses"]["422"]  # FastAPI's own, which no call answers
            for parameter in operation["parameters"]:
                _without_null(parameter.get("schema", {}))
        components = document["components"]
        del components["schemas"]["HTTPValidationError"], components["schemas"]["ValidationError"]
        _, problems = models_json_schema(
            [(ProblemDocument, "serialization")], ref_template="#/components/schemas/{model}"
        )
        components["schemas"] |= problems["$defs"]
        used = json.dumps(document["paths"])
        components["headers"] = {name: each for name, each in _HEADERS.items() if f'/headers/{name}"' in used}
        components["parameters"] = {
            name: {"name": name, "in": "header", "description": text, "schema": {"type": "string"}}
            for name, text in _PARAMETERS.items()
        }
        components["parameters"]["Idempotency-Key"]["schema"] |= {"maxLength": 255, "pattern": "^[!-~]+$"}
        components["parameters"][HEADER] = {
            "name": HEADER,
            "in": "header",
            "description": "The minor to be served by; without it, the one that the access key was made for.",
            "schema": {"type": "string", "enum": [minor]},
        }
        components["securitySchemes"] = {
            "accessKey": {"type": "http", "scheme": "bearer", "description": "An access key, `rk_…`."},
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": SESSION_COOKIE,
                "description": "A browser that has signed in with `POST /v1/session`.",
            },
        }
        document["security"] = security()
        return document


def _without_null(schema: dict[str, Any]) -> None:
    """Leave the null out that stands for a missing parameter: a query has no way to send it."""
    if "anyOf" in schema:
        kept, _null = schema.pop("anyOf")
        schema |= kept
