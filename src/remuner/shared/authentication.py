"""Who is calling: an access key or a session, before anything else is looked at."""

from collections.abc import Collection, Iterable
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.context import Caller, current_caller
from remuner.shared.problems import Problem
from remuner.shared.rate_limits import WrongCredentials
from remuner.shared.site import Site

SESSION_COOKIE = "remuner_session"

_PUBLIC = frozenset({"/healthz", "/readyz", "/docs"})
_PUBLIC_PREFIXES = ("/problems/", "/docs/", "/assets/")
_SIGN_IN = ("POST", "/v1/session")
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Authenticator(Protocol):
    """Knows the access keys and the sessions. Raises Unavailable when it cannot know."""

    async def by_access_key(self, access_key: str) -> Caller | None:
        """Return whose key it is, None if it is nobody's."""

    async def by_session(self, token: str) -> Caller | None:
        """Return whose session it is, None if it is nobody's."""


class Authentication:
    """Lets a request through when it is public, or carries a known key or session; pure ASGI."""

    def __init__(
        self,
        app: ASGIApp,
        authenticator: Authenticator,
        wrong: WrongCredentials,
        site: Site,
        public: Collection[str],
    ) -> None:
        """`app` is what is kept, `public` the paths of it that are for anybody besides those that always are."""
        self._app = app
        self._public = _PUBLIC.union(public)
        self._authenticator = authenticator
        self._wrong = wrong
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise Problem 401, 403 or 429, or note the caller for the rest of the request."""
        if scope["type"] == "http":
            if (scope["method"], scope["path"]) == _SIGN_IN:
                self._site.refuse_foreign(scope)
            elif not self._is_public(scope):
                current_caller.set(await self._caller(scope))
        await self._app(scope, receive, send)

    def _is_public(self, scope: Scope) -> bool:
        path: str = scope["path"]
        preflight = scope["method"] == "OPTIONS" and any(
            name == b"access-control-request-method" for name, _ in scope["headers"]
        )
        return path in self._public or path.startswith(_PUBLIC_PREFIXES) or preflight

    async def _caller(self, scope: Scope) -> Caller:
        keys = [value for name, value in scope["headers"] if name == b"authorization"]
        tokens = [] if keys else session_tokens(scope["headers"])
        if not keys and not tokens:
            raise Problem("unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="remuner"'})
        caller = await (self._by_key(keys) if keys else self._by_session(tokens))
        if caller is None:
            raise self._wrong.refusal(scope)
        if tokens and scope["method"] not in _READS:
            self._site.refuse_foreign(scope)
        return caller

    async def _by_key(self, credentials: list[bytes]) -> Caller | None:
        scheme, _, access_key = credentials[0].decode("latin-1").partition(" ")
        if len(credentials) > 1 or scheme.lower() != "bearer":
            return None
        return await self._authenticator.by_access_key(access_key.strip())

    async def _by_session(self, tokens: list[str]) -> Caller | None:
        return await self._authenticator.by_session(tokens[0]) if len(tokens) == 1 else None


def session_tokens(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    """Return the values of the session's cookie, of which there should be one at most."""
    cookies = b";".join(value for name, value in headers if name == b"cookie").decode("latin-1")
    pairs = (cookie.strip().partition("=") for cookie in cookies.split(";"))
    return [value for name, _, value in pairs if name == SESSION_COOKIE]
