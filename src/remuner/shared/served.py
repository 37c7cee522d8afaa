"""What may be told of a request, in logs and metrics: nothing that its sender could choose freely."""

from typing import NamedTuple

from starlette.types import Scope

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_UNROUTED = "unrouted"  # refused before a route was looked for, or there is none; the path may hold anything


class Served(NamedTuple):
    """A request and its answer. `route` is a template such as /v1/users/{user_id}, `code` a problem's.

    `retiring`: the minor is on its way out.
    """

    method: str
    route: str
    status: int
    minor: str | None
    code: str | None
    seconds: float
    retiring: bool = False


def served(scope: Scope, method: str, status: int, seconds: float) -> Served:
    """Tell what the layers have noted in the scope."""
    state = scope["state"]
    return Served(
        method if method in _METHODS else "other",
        getattr(scope.get("route"), "path_format", _UNROUTED),
        status,
        state.get("api_version"),
        state.get("code"),
        seconds,
        "retirement" in state,
    )
