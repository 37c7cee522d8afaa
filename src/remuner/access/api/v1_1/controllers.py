"""The routes of access keys and of the session, the same in every minor."""

from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from remuner.access.api.idempotency import AccessIdempotency
from remuner.access.api.v1_1.serializers import (
    AccessKeyCreate,
    AccessKeyOutput,
    AccessKeyPage,
    AccessKeyParameters,
    AccessKeyPatch,
    IssuedKeyOutput,
    SessionCreate,
    SessionOutput,
    show_issued_key,
    show_key,
    show_session,
)
from remuner.access.domain.entities import AccessKey, AccessKeyQuery, NewestMinor
from remuner.access.domain.errors import AccessKeyNotFound
from remuner.access.domain.session_use_cases import EndSession, StartSession
from remuner.access.domain.use_cases import (
    CreateAccessKey,
    DeleteAccessKey,
    GetAccessKey,
    ListAccessKeys,
    UpdateAccessKey,
)
from remuner.shared.authentication import SESSION_COOKIE, session_tokens
from remuner.shared.context import Caller, current_caller
from remuner.shared.cursors import Cursors
from remuner.shared.http import PathId, answer, entity, expected_revisions, path_id
from remuner.shared.rate_limits import WrongCredentials
from remuner.shared.routes import CREATE, DELETE, LIST, READ, SIGN_IN, SIGN_OUT, STATS, UPDATE, Routes
from remuner.shared.scopes import AccessScope
from remuner.shared.site import Site


@dataclass(frozen=True, slots=True)
class AccessKeyController:
    """/v1/access-keys."""

    create_access_key: CreateAccessKey
    get_access_key: GetAccessKey
    list_access_keys: ListAccessKeys
    update_access_key: UpdateAccessKey
    delete_access_key: DeleteAccessKey
    cursors: Cursors
    idempotency: AccessIdempotency

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Access keys", AccessScope.ACCESS_MANAGE, AccessScope.ACCESS_MANAGE).add
        keys, key, missing = "/v1/access-keys", "/v1/access-keys/{access_key_id:id}", "access_key_not_found"
        add(READ, "get_access_key", key, self.get, AccessKeyOutput, missing)
        add(LIST, "list_access_keys", keys, self.list, AccessKeyPage)
        add(CREATE, "create_access_key", keys, self.create, IssuedKeyOutput)
        add(UPDATE, "update_access_key", key, self.update, AccessKeyOutput, missing)
        add(DELETE, "delete_access_key", key, self.delete, None, missing, "validation_error")

    async def get(self, request: Request, access_key_id: PathId) -> Response:
        """Show one access key."""
        return _shown(request, await self.get_access_key(path_id(access_key_id, AccessKeyNotFound)))

    async def list(self, request: Request, parameters: Annotated[AccessKeyParameters, Query()]) -> Response:
        """List access keys, a page at a time."""
        query = AccessKeyQuery(parameters.page_request(self.cursors, request), parameters.q, parameters.status)
        page = await self.list_access_keys(query)
        return parameters.answer(request, page, show_key, self.cursors)

    async def create(self, request: Request, body: AccessKeyCreate) -> Response:
        """Create an access key. The answer has its secret, which nothing shows again, no repetition either."""
        return await self.idempotency(request, lambda: self._create(request, body), withheld=["secret"])

    async def _create(self, request: Request, body: AccessKeyCreate) -> Response:
        made = await self.create_access_key(body.to_domain(), current_caller.get())
        return entity(
            request,
            show_issued_key(made),
            made.key.revision,
            status=HTTPStatus.CREATED,
            location=f"/v1/access-keys/{made.key.id}",
            tagged=_tagged(made.key),
        )

    async def update(self, request: Request, access_key_id: PathId, body: AccessKeyPatch) -> Response:
        """Change an access key. Inactive, it opens nothing from now on, and within a second on every replica."""
        found, expected = path_id(access_key_id, AccessKeyNotFound), expected_revisions(request)
        return _shown(request, await self.update_access_key(found, body.to_domain(), current_caller.get(), expected))

    async def delete(self, request: Request, access_key_id: PathId) -> Response:
        """Remove an access key and end its sessions; a key cannot remove itself."""
        found, expected = path_id(access_key_id, AccessKeyNotFound), expected_revisions(request)
        await self.delete_access_key(found, current_caller.get(), expected)
        return Response(status_code=HTTPStatus.NO_CONTENT)


def _shown(request: Request, key: AccessKey) -> Response:
    return entity(request, show_key(key), key.revision, tagged=_tagged(key))


def _tagged(key: AccessKey) -> AccessKeyOutput:
    """Return what the ETag is made of: a use of the key is no change of it."""
    return show_key(replace(key, last_used_at=None))


@dataclass(frozen=True, slots=True)
class SessionController:
    """/v1/session."""

    start_session: StartSession
    end_session: EndSession
    newest_minor: NewestMinor
    wrong: WrongCredentials
    site: Site

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Session", None, None).add
        add(STATS, "get_session", "/v1/session", self.get, SessionOutput)
        add(SIGN_IN, "start_session", "/v1/session", self.start, SessionOutput)
        add(SIGN_OUT, "end_session", "/v1/session", self.end, None)

    async def get(self) -> Response:
        """Show who is signed in, or whose access key this is."""
        return self._shown(current_caller.get(), HTTPStatus.OK)

    async def start(self, request: Request, body: SessionCreate) -> Response:
        """Sign a browser in with an access key: the answer sets a cookie that no script can read."""
        started = await self.start_session(body.access_key.get_secret_value())
        if started is None:
            raise self.wrong.refusal(request.scope)
        token, caller = started
        response = self._shown(caller, HTTPStatus.CREATED)
        response.headers["Location"] = "/v1/session"
        secure = self.site.is_secure(request.scope)
        response.set_cookie(SESSION_COOKIE, token, secure=secure, httponly=True, samesite="strict")
        return response

    async def end(self, request: Request) -> Response:
        """Sign the browser out."""
        for token in session_tokens(request.scope["headers"]):
            await self.end_session(token)
        response = Response(status_code=HTTPStatus.NO_CONTENT)
        secure = self.site.is_secure(request.scope)
        response.delete_cookie(SESSION_COOKIE, secure=secure, httponly=True, samesite="strict")
        return response

    def _shown(self, caller: Caller, status: HTTPStatus) -> Response:
        return answer(show_session(caller, self.newest_minor), status)
