"""The kinds of calls that resources have, each with what all calls of the kind have in common in the document."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, TypeAlias

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from remuner.shared.openapi import headers, parameters, refusals, security
from remuner.shared.scopes import AccessScope

Handler: TypeAlias = Callable[..., Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class CallKind:
    """A method, the status of its success, the headers it takes and gives, and the codes it may be refused with.

    `is_passed_on`: another system answers, with any status and whatever body.
    """

    method: str
    status: HTTPStatus = HTTPStatus.OK
    takes: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    public: bool = False
    is_passed_on: bool = False


_BODY = ("malformed_json", "payload_too_large", "unsupported_media_type", "validation_error")

STATS = CallKind("GET")
READ = CallKind("GET", takes=("If-None-Match",), gives=("ETag",))
LIST = CallKind("GET", gives=("Link",), codes=("validation_error", "invalid_cursor"))
CREATE = CallKind(
    "POST",
    HTTPStatus.CREATED,
    takes=("Idempotency-Key",),
    gives=("ETag", "Location", "Idempotency-Replayed"),
    codes=(*_BODY, "idempotency_key_reused", "idempotency_in_progress"),
)
ACT = CallKind("POST", codes=_BODY)
UPDATE = CallKind("PATCH", takes=("If-Match",), gives=("ETag",), codes=(*_BODY, "precondition_failed"))
DELETE = CallKind("DELETE", HTTPStatus.NO_CONTENT, takes=("If-Match",), codes=("precondition_failed",))
PUT_IN = CallKind("PUT", HTTPStatus.NO_CONTENT)
TAKE_OUT = CallKind("DELETE", HTTPStatus.NO_CONTENT)
SIGN_IN = CallKind("POST", HTTPStatus.CREATED, gives=("Location", "Set-Cookie"), codes=_BODY, public=True)
SIGN_OUT = CallKind("DELETE", HTTPStatus.NO_CONTENT, gives=("Set-Cookie",))
_ANY = {"*/*": {"schema": {"type": "string", "format": "binary"}}}


@dataclass(frozen=True, slots=True)
class Routes:
    """Adds the calls of one resource; the most used first, since a request tries them in order.

    GET needs the scope `read`, every other method `write`; None: any caller may, or nobody in particular if the kind
    is public.
    """

    router: APIRouter
    resource: str
    read: AccessScope | None
    write: AccessScope | None

    def add(  # noqa: PLR0913 - what a call is, in the order of reading
        self,
        kind: CallKind,
        name: str,
        path: str,
        handler: Handler,
        output: object,
        *codes: str,
        elsewhere: Mapping[int, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Add a call; `name` is its operation id, `codes` are those that it is refused with besides its kind's.

        `output` is the model of the answer, None if there is no content. `elsewhere` are codes with another status than
        their own, such as 422 for things that the body refers to, which are 404 in the path.
        """
        scope = self.read if kind.method == "GET" else self.write
        scopes = () if scope is None else (scope,)
        forbidden = ["missing_scope"] * len(scopes) + ["cross_site_request"] * (kind.method != "GET")
        responses = refusals(dict.fromkeys((*forbidden, *kind.codes, *codes)), elsewhere)
        responses[kind.status.value] = {"headers": headers(*kind.gives)}
        if "If-None-Match" in kind.takes:
            responses[304] = {"description": "The client has it already.", "headers": headers(*kind.gives)}
        extra: dict[str, Any] = {"parameters": parameters(*kind.takes)}
        extra["security"] = [] if kind.public else security(*scopes)
        if kind.is_passed_on:
            answered = {"description": "The destination's answer.", "headers": headers(*kind.gives), "content": _ANY}
            responses |= {kind.status.value: answered, "default": answered}
            if kind.method != "GET":
                extra["requestBody"] = {"description": "Whatever the destination takes.", "content": _ANY}
        self.router.add_api_route(
            path,
            handler,
            methods=[kind.method],
            operation_id=name,
            summary=name.replace("_", " ").capitalize(),
            tags=[self.resource],
            status_code=kind.status,
            response_model=output,
            response_description=kind.status.phrase,
            responses=responses,
            response_class=Response if kind.is_passed_on else JSONResponse,
            openapi_extra=extra,
        )
