"""What the controllers share: JSON bodies, ids, entity tags, idempotency, pages."""

import json
import re
from collections.abc import Awaitable, Callable, Collection, Coroutine
from dataclasses import dataclass
from hashlib import blake2b, sha256
from http import HTTPStatus
from inspect import signature
from typing import Annotated, Any, Generic, NoReturn, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Path
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import MISSING, BaseModel, Field
from pydantic_core import to_json
from starlette.convertors import StringConvertor, register_url_convertor
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.context import current_caller
from remuner.shared.cursors import Cursors
from remuner.shared.errors import InvalidInput, NotFound, RemunerError
from remuner.shared.idempotency import Answer, IdempotencyRecords
from remuner.shared.ids import parse_id
from remuner.shared.openapi import required_scope
from remuner.shared.pagination import Page, PageRequest
from remuner.shared.problems import Problem, problem_for
from remuner.shared.scopes import AccessScope

T = TypeVar("T")

_JSON = re.compile(r"application/([a-z0-9.-]+\+)?json", re.IGNORECASE)
# Proxies that compress make a tag weak, or put the coding behind it.
_ENTITY_TAG = re.compile(r'(?:W/)?"(?:((\d{1,9})\.[0-9a-f]+)(?:-(?:gzip|br|zstd|deflate))?|[^"]*)"')
_IDEMPOTENCY_KEY = re.compile(r"[!-~]{1,255}")
_REPLAYED_HEADERS = ("etag", "location")


class JsonRequest(Request):
    """A request whose body is JSON as RFC 8259 has it: in UTF-8, and NaN and infinities are no numbers."""

    async def json(self) -> object:
        """Return the body; raises ValueError or RecursionError."""
        if not hasattr(self, "_json"):
            self._json = json.loads((await self.body()).decode(), parse_constant=_no_number)
        return self._json


def _no_number(_: str) -> NoReturn:
    raise ValueError("This is not JSON")


class ApiRoute(APIRoute):
    """A route with a scope, whose body, if it takes one, is JSON."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - FastAPI's own
        """Take a shorter way where the endpoint takes texts of the path and the request only: nothing is to be solved.

        FastAPI's way takes a fifth of such a request.
        """
        super().__init__(*args, **kwargs)
        takes = self.dependant
        texts = [each.name for each in takes.path_params if each.field_info.annotation is str]
        if not set(signature(self.endpoint).parameters) - {takes.request_param_name, *texts}:
            self.app = self._plain_app(texts)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Check the scope, then the media type, then the syntax, before any field."""
        handle = super().get_route_handler()
        scope = required_scope(self.openapi_extra or {})

        async def handle_bare(request: Request) -> Response:
            demand(scope)
            return await handle(request)

        async def handle_json(request: Request) -> Response:
            demand(scope)
            media_type = request.headers.get("content-type", "").partition(";")[0].strip()
            if not _JSON.fullmatch(media_type):
                raise Problem("unsupported_media_type", headers={"Accept": "application/json"})
            request = JsonRequest(request.scope, request.receive)
            try:
                await request.json()
            except (ValueError, RecursionError):
                raise Problem("malformed_json") from None
            return await handle(request)

        return handle_bare if self.body_field is None else handle_json

    def _plain_app(self, texts: Collection[str]) -> ASGIApp:
        required = required_scope(self.openapi_extra or {})
        request_name = self.dependant.request_param_name

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            demand(required)
            values: dict[str, Any] = {name: scope["path_params"][name] for name in texts}
            if request_name:
                values[request_name] = Request(scope, receive)
            answer: Response = await self.endpoint(**values)
            await answer(scope, receive, send)

        return app


def demand(scope: AccessScope | None) -> None:
    """Raise Problem 403 unless the caller has the scope; None asks for nothing."""
    if scope is not None and scope not in current_caller.get().scopes:
        raise Problem("missing_scope", f"This call needs the scope {scope}.")


async def answer_error(request: Request, error: Exception) -> Response:
    """Return the problem document for anything raised behind a route, or for want of one."""
    if isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        error = HTTPException(error.status_code, headers={"Allow": ", ".join(_allowed(request))})
    return problem_for(error, request.scope).response(request.scope)


ERROR_HANDLERS: Any = dict.fromkeys(
    (Problem, RemunerError, RequestValidationError, HTTPException, Exception), answer_error
)
"""For Starlette's `exception_handlers`."""


def _allowed(request: Request) -> list[str]:
    methods: set[str] = set()
    for route in request.app.routes:
        if route.matches(request.scope)[0] is not Match.NONE:
            methods |= route.methods
    return sorted(methods)


class IdConvertor(StringConvertor):
    """`{user_id:id}`: anything but `stats`, which is a path of its own with methods of its own."""

    regex = "(?!stats(?:/|$))[^/]+"


class RestConvertor(StringConvertor):
    """`{path:rest}`: whatever is left, line ends included, so that its handler has the say."""

    regex = "(?s:.*)"


register_url_convertor("id", IdConvertor())
register_url_convertor("rest", RestConvertor())

PathId = Annotated[str, Path(json_schema_extra={"format": "uuid"})]
"""An id in a path, as it came."""


def path_id(text: str, missing: type[NotFound]) -> UUID:
    """Return the id in a path; one that cannot be an id names nothing, so it raises `missing`."""
    found = parse_id(text)
    if found is None:
        raise missing
    return found


def answer(output: object, status: int = HTTPStatus.OK) -> Response:
    """Return `output`, made of plain values, as JSON."""
    return Response(to_json(output), status, media_type="application/json")


def entity(  # noqa: PLR0913 - the parts of an answer, by name
    request: Request,
    output: object,
    revision: int,
    *,
    status: int = HTTPStatus.OK,
    location: str | None = None,
    tagged: object = None,
) -> Response:
    """Return a resource with its ETag `"<revision>.<digest of the representation>"`; 304 if the client has it.

    `tagged` is what the digest is made of, where that is not the whole representation.
    """
    body = to_json(output)
    digested = body if tagged is None else to_json(tagged)
    etag = f'"{revision}.{blake2b(digested, digest_size=8).hexdigest()}"'
    headers = {"ETag": etag}
    if location:
        headers["Location"] = location
    if request.method == "GET" and _has(request, etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(body, status, headers, "application/json")


def _has(request: Request, etag: str) -> bool:
    known = b",".join(value for name, value in request.scope["headers"] if name == b"if-none-match").decode("latin-1")
    if not known:
        return False
    return known.strip() == "*" or any(f'"{match[1]}"' == etag for match in _ENTITY_TAG.finditer(known))


def expected_revisions(request: Request) -> Collection[int] | None:
    """Return the revisions in If-Match, None if any will do."""
    values = request.headers.getlist("if-match")
    wanted = ",".join(values)
    if not values or wanted.strip() == "*":
        return None
    return {int(match[2]) for match in _ENTITY_TAG.finditer(wanted) if match[2]}


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Carries out a request once for each caller and Idempotency-Key.

    See https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header.
    """

    records: IdempotencyRecords

    async def __call__(
        self, request: Request, make: Callable[[], Awaitable[Response]], *, withheld: Collection[str] = ()
    ) -> Response:
        """Return what `make` answers, or answered before; members of the body that are `withheld` are not repeated.

        `make` writes through the unit of work of the records' app. What it raises is not kept.
        """
        values = request.headers.getlist("idempotency-key")
        if not values:
            return await make()
        if len(values) > 1 or not _IDEMPOTENCY_KEY.fullmatch(values[0]):
            raise InvalidInput("Idempotency-Key", "Send one key of 1 to 255 printable ASCII characters, no spaces.")
        caller = current_caller.get()
        name = _digest(str(caller.key_id or caller.name).encode(), values[0].encode())
        minor = str(request.scope["state"].get("api_version"))
        sent = _digest(request.method.encode(), request.url.path.encode(), minor.encode(), await request.body())

        async def work() -> Response:
            if found := await self.records.find(name, sent):
                headers = {**found.headers, "Idempotency-Replayed": "true"}
                return Response(found.body, found.status, headers, "application/json")
            made = await make()
            headers = {key: made.headers[key] for key in _REPLAYED_HEADERS if key in made.headers}
            await self.records.keep(name, sent, Answer(made.status_code, headers, _without(made.body, withheld)))
            return made

        return await self.records.unit_of_work(work)


def _digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of the parts, each with its length before it."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def _without(body: bytes | memoryview, members: Collection[str]) -> bytes:
    if not members:
        return bytes(body)
    return json.dumps({name: value for name, value in json.loads(bytes(body)).items() if name not in members}).encode()


class PageParameters(BaseModel):
    """The query of every list."""

    limit: int = Field(50, ge=1, le=200, description="At most so many items.")
    cursor: str | None = Field(None, description="`next_cursor` of the page before; with the same filters and sort.")
    include_total: bool = Field(default=False, description="Also count all items that match.")
    sort: str = "created_at"

    def page_request(self, cursors: Cursors, request: Request) -> PageRequest:
        """Return what to read; raises InvalidCursor."""
        after = cursors.decode(self.cursor, self._purpose(request)) if self.cursor is not None else None
        return PageRequest(
            self.limit, self.sort.removeprefix("-"), self.sort.startswith("-"), after, self.include_total
        )

    def answer(self, request: Request, page: Page[T], show: Callable[[T], object], cursors: Cursors) -> Response:
        """Return the page, with a link to the next one."""
        cursor = cursors.encode(page.next, self._purpose(request)) if page.next else None
        output: dict[str, object] = {"items": [show(item) for item in page.items], "next_cursor": cursor}
        if page.total is not None:
            output["total"] = page.total
        response = answer(output)
        if cursor:
            query = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
            target = f"{request.url.path}?{urlencode([*query, ('cursor', cursor)])}"
            response.headers["Link"] = f'<{target}>; rel="next"'
        return response

    def _purpose(self, request: Request) -> str:
        return request.url.path + self.model_dump_json(exclude={"limit", "cursor", "include_total"})


class PageOutput(BaseModel, Generic[T]):
    """A page of a list."""

    items: list[T]
    next_cursor: str | None = Field(description="For the next page; null at the end.")
    total: int | MISSING = Field(default=MISSING, description="With `include_total=true`.")
