"""Browsers at other origins: only those that the operator names."""

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
_TAKES = (
    "Authorization",
    "Content-Type",
    "If-Match",
    "If-None-Match",
    "Idempotency-Key",
    "X-API-Version",
    "X-Request-ID",
)
_GIVES = (
    "ETag",
    "Location",
    "Link",
    "X-Request-ID",
    "X-API-Version",
    "Retry-After",
    "Idempotency-Replayed",
    "Deprecation",
    "Sunset",
)


def with_cors(app: ASGIApp, origins: Collection[str]) -> ASGIApp:
    """Answer preflights, and let pages from `origins` read the answers, refusals too."""
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_methods=_METHODS,
        allow_headers=_TAKES,
        allow_credentials=True,
        expose_headers=_GIVES,
    )
