"""Who is calling: an access key in the Authorization header, before anything else is looked at."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.context import Caller, current_caller
from remuner.shared.problems import Problem

_PUBLIC = frozenset({"/healthz", "/readyz", "/docs", "/v1/openapi.json"})
_PUBLIC_PREFIXES = ("/problems/", "/docs/")


class Authenticator(Protocol):
    """Knows the access keys."""

    async def __call__(self, access_key: str) -> Caller | None:
        """Return whose key it is, None if it is nobody's."""


class FixedKeys:
    """Access keys known at the start, by their SHA-256; compared in constant time."""

    def __init__(self, keys: Collection[tuple[bytes, Caller]]) -> None:
        """`keys` pairs the digest of each key with its caller."""
        self._keys = tuple(keys)

    async def __call__(self, access_key: str) -> Caller | None:
        """Compare with every key, whether or not one was found."""
        found = None
        digest = key_digest(access_key)
        for known, caller in self._keys:
            if hmac.compare_digest(known, digest):
                found = caller
        return found


def key_digest(access_key: str) -> bytes:
    """Return the SHA-256 of a key: it is 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(access_key.encode("utf-8", "surrogateescape")).digest()


def new_access_key() -> str:
    """Return a new access key of 256 random bits."""
    return f"rk_{secrets.token_urlsafe(32)}"


class Authentication:
    """Lets a request through when it is public or carries a known key; pure ASGI."""

    def __init__(self, app: ASGIApp, authenticator: Authenticator) -> None:
        """`app` is what is kept."""
        self._app = app
        self._authenticator = authenticator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise Problem 401, or note the caller for the rest of the request."""
        if scope["type"] == "http" and not _public(scope):
            current_caller.set(await self._caller(scope))
        await self._app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller:
        credentials = [value for name, value in scope["headers"] if name == b"authorization"]
        if not credentials:
            raise Problem("unauthenticated", headers={"WWW-Authenticate": 'Bearer realm="remuner"'})
        scheme, _, access_key = credentials[0].decode("latin-1").partition(" ")
        caller = None
        if len(credentials) == 1 and scheme.lower() == "bearer":
            caller = await self._authenticator(access_key.strip())
        if caller is None:
            raise Problem(
                "unauthenticated",
                "This access key is not known, or no longer active.",
                headers={"WWW-Authenticate": 'Bearer realm="remuner", error="invalid_token"'},
            )
        return caller


def _public(scope: Scope) -> bool:
    path: str = scope["path"]
    preflight = scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )
    return path in _PUBLIC or path.startswith(_PUBLIC_PREFIXES) or preflight
