"""The routes that minor 2 brings."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from remuner.access.domain.session_use_cases import EndSessions
from remuner.shared.authentication import SESSION_COOKIE
from remuner.shared.context import current_caller
from remuner.shared.routes import SIGN_OUT, Routes
from remuner.shared.site import Site


@dataclass(frozen=True, slots=True)
class SessionsController:
    """/v1/sessions."""

    end_sessions: EndSessions
    site: Site

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        Routes(router, "Session", None, None).add(SIGN_OUT, "end_sessions", "/v1/sessions", self.end, None)

    async def end(self, request: Request) -> Response:
        """Sign out every browser that signed in with the access key that calls, or whose session does."""
        await self.end_sessions(current_caller.get().key_id)
        response = Response(status_code=HTTPStatus.NO_CONTENT)
        secure = self.site.is_secure(request.scope)
        response.delete_cookie(SESSION_COOKIE, secure=secure, httponly=True, samesite="strict")
        return response
