"""Problem documents (RFC 9457): the one list of codes, and how errors become answers.

The problem pages, the OpenAPI documents and whoever translates messages read this list.
"""

import logging
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from fastapi.exceptions import RequestValidationError
from pydantic import MISSING, BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import Scope

from remuner.shared.errors import InvalidInput, RemunerError

_RETRY = {"Retry-After": "1"}
_HEADERS = {
    "service_unavailable": _RETRY,
    "integration_busy": _RETRY,
    "unauthenticated": {"WWW-Authenticate": 'Bearer realm="remuner"'},
}
_logger = logging.getLogger("remuner.http")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a code stands for. `remedy` tells the client's developer what to do."""

    status: int
    title: str
    remedy: str


KINDS: Mapping[str, Kind] = {
    "malformed_json": Kind(400, "Malformed JSON", "Send one JSON document (RFC 8259) in UTF-8."),
    "unsupported_api_version": Kind(
        400,
        "Unsupported API version",
        "Send one of the known minors in X-API-Version, or leave the header out.",
    ),
    "unauthenticated": Kind(
        401, "Unauthenticated", "Send an access key that is active: `Authorization: Bearer <access key>`."
    ),
    "missing_scope": Kind(403, "Missing scope", "Use an access key that has the scope which `detail` names."),
    "key_limited": Kind(
        403, "Key limited", "Use an access key whose `use_limits` include the integration, the method and the path."
    ),
    "destination_forbidden": Kind(
        403,
        "Destination forbidden",
        "Give the integration a public destination, or let the operator open it in REMUNER_EGRESS_ALLOW.",
    ),
    "cross_site_request": Kind(
        403, "Cross-site request", "Send it from a page of the service's own address, or with an access key."
    ),
    "not_found": Kind(404, "Not found", "Look for the path in the OpenAPI document of this minor."),
    "user_not_found": Kind(404, "User not found", "Look the id up in GET /v1/users."),
    "team_not_found": Kind(404, "Team not found", "Look the id up in GET /v1/teams."),
    "integration_not_found": Kind(404, "Integration not found", "Look the id up in GET /v1/integrations."),
    "access_key_not_found": Kind(404, "Access key not found", "Look the id up in GET /v1/access-keys."),
    "method_not_allowed": Kind(405, "Method not allowed", "Use one of the methods in the Allow header."),
    "email_taken": Kind(409, "Email taken", "Choose another email, or change the user who has it."),
    "team_name_taken": Kind(409, "Team name taken", "Choose another name."),
    "integration_name_taken": Kind(409, "Integration name taken", "Choose another name."),
    "idempotency_in_progress": Kind(
        409, "Idempotency in progress", "Repeat the same request, with the same Idempotency-Key, in a moment."
    ),
    "user_has_active_integrations": Kind(
        409,
        "User has active integrations",
        "Deactivate the integrations in `integration_ids`, or give them to another user; then repeat.",
    ),
    "integration_inactive": Kind(
        409, "Integration inactive", "Activate the integration, or its user; or give it to an active user."
    ),
    "no_destination": Kind(
        409, "No destination", "PATCH the integration with a `destination`, or a `provider`, and its token."
    ),
    "precondition_failed": Kind(
        412, "Precondition failed", "Read the resource again and send its new ETag in If-Match."
    ),
    "payload_too_large": Kind(413, "Payload too large", "Send at most 64 KiB."),
    "unsupported_media_type": Kind(415, "Unsupported media type", "Send `Content-Type: application/json`."),
    "validation_error": Kind(422, "Validation error", "Mend the fields that `errors` points to."),
    "token_required": Kind(
        422, "Token required", "Send the token for the new destination with it: an old one never goes to a new address."
    ),
    "idempotency_key_reused": Kind(
        422, "Idempotency key reused", "Send a new Idempotency-Key, or the same request as before."
    ),
    "invalid_cursor": Kind(422, "Invalid cursor", "Start again without a cursor, with the same filters."),
    "rate_limited": Kind(
        429, "Rate limited", "Wait the seconds in Retry-After, then send an access key that is right."
    ),
    "integration_busy": Kind(429, "Integration busy", "Wait the seconds in Retry-After; use fewer calls at once."),
    "internal_error": Kind(500, "Internal error", "Try again; if it stays, tell us the request id."),
    "upstream_unreachable": Kind(
        502, "Upstream unreachable", "Look whether the destination's host is right and up; then try again."
    ),
    "upstream_too_large": Kind(502, "Upstream too large", "Ask the destination for less at once, in pages."),
    "upstream_malformed": Kind(
        502, "Upstream malformed", "Look at what the destination answers: its framing, or its Content-Encoding."
    ),
    "service_unavailable": Kind(503, "Service unavailable", "Try again after the seconds in Retry-After."),
    "upstream_timeout": Kind(504, "Upstream timeout", "Try again; ask the destination for less at once."),
}


class FieldProblem(BaseModel):
    """What is wrong with one value, and where: a JSON pointer (RFC 6901) into the body or the query."""

    pointer: str = Field(examples=["/email"])
    code: str = Field(examples=["string_too_long"])
    message: str = Field(examples=["String should have at most 50 characters"])


class ProblemDocument(BaseModel):
    """An error (RFC 9457). It never repeats a rejected value."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(examples=["/problems/validation_error"])
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    errors: list[FieldProblem] | MISSING = Field(default=MISSING, description="With 422: each value that was refused.")
    integration_ids: list[UUID] | MISSING = Field(
        default=MISSING, description="With `user_has_active_integrations`: what stands in the way."
    )
    supported_versions: list[str] | MISSING = Field(
        default=MISSING, description="With `unsupported_api_version`: the known minors."
    )


class Problem(Exception):
    """An answer of the HTTP layer that no domain error stands behind."""

    def __init__(
        self,
        code: str,
        detail: str | None = None,
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
        **members: object,
    ) -> None:
        """`status` and `detail` default to those of the code; `members` are further members of the document."""
        self.code = code
        self.kind = KINDS[code]
        self.status = status or self.kind.status
        self.detail = detail or self.kind.remedy
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(code)

    def response(self, scope: Scope) -> "ProblemResponse":
        """Return the answer to the request of this scope, and note its code there."""
        scope["state"]["code"] = self.code
        document = problem_document(self.code, self.status, self.detail, scope["state"]["request_id"])
        return ProblemResponse(document | self.members, status_code=self.status, headers=self.headers)


def problem_document(code: str, status: int, detail: str, request_id: str) -> dict[str, object]:
    """Return the members that every problem has."""
    return {
        "type": f"/problems/{code}",
        "title": KINDS[code].title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
    }


class ProblemResponse(JSONResponse):
    """A problem document."""

    media_type = "application/problem+json"


def problem_for(error: Exception, scope: Scope) -> Problem:  # noqa: PLR0911 - a line for each kind
    """Return the answer to whatever was raised while answering the request of this scope."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RemunerError):
        return refusal(error)
    if isinstance(error, RequestValidationError):
        return _validation_problem(error.errors())
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.NOT_FOUND:
        return Problem("not_found")
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        return Problem("method_not_allowed", headers=error.headers)
    if isinstance(error, TimeoutError):
        return Problem("service_unavailable", "It took too long. Try again.", headers=_RETRY)
    # Where it happened, not what it says: the message of an exception may hold what was sent.
    frames = "".join(traceback.format_tb(error.__traceback__))
    _logger.error("%s while answering request %s\n%s", type(error).__name__, scope["state"]["request_id"], frames)
    return Problem("internal_error")


def refusal(error: RemunerError, status: int | None = None) -> Problem:
    """Return the answer to an error of the domain; `status` is another one than its code's."""
    members: dict[str, object] = dict(error.extensions)
    if isinstance(error, InvalidInput):
        status = HTTPStatus.UNPROCESSABLE_ENTITY  # an unknown id is 404 in the path, 422 in the body
        members["errors"] = [_field_problem(f"/{error.field}", error.code, error.detail)]
    headers = _HEADERS.get(error.code)
    return Problem(error.code, error.detail, status=status, headers=headers, **members)


def _validation_problem(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """Take over pydantic's findings without the values, and unknown names, that they hold."""
    fields = [_field_problem_of(error) for error in errors]
    return Problem("validation_error", errors=fields)


def _field_problem_of(error: Mapping[str, Any]) -> dict[str, str]:
    path = [str(part).replace("~", "~0").replace("/", "~1") for part in error["loc"][1:]]
    if error["type"] == "extra_forbidden":  # the name is the client's own and may be anything: point to its object
        return _field_problem("".join(f"/{part}" for part in path[:-1]), "unknown_field", "There is an unknown field.")
    message = str(error["msg"]).removeprefix("Value error, ")
    return _field_problem("".join(f"/{part}" for part in path), error["type"], message)


def _field_problem(pointer: str, code: str, message: str) -> dict[str, str]:
    return {"pointer": pointer, "code": code, "message": message}
