"""The two levels of versions: the path holds the major, the header X-API-Version the minor.

Each minor is an ASGI application of its own; this switch picks one and touches nothing else.
"""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.context import current_caller
from remuner.shared.problems import Problem

HEADER = "X-API-Version"
_RAW_HEADER = HEADER.lower().encode()


class Minors:
    """The minors of one major."""

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        """`apps` maps each minor, such as "2", to its application; the greatest is the newest."""
        self._apps = dict(apps)
        self._by_header = {minor.encode(): minor for minor in apps}
        self.known = sorted(apps, key=int)
        self.newest = self.known[-1]

    def choose(self, scope: Scope) -> str:
        """Return the minor that the request asks for, else the caller's own, if there is it, else the newest.

        Raises Problem for a minor that there is not.
        """
        asked = [value for name, value in scope["headers"] if name == _RAW_HEADER]
        if not asked:
            pinned = current_caller.get().api_version
            return pinned if pinned in self._apps else self.newest
        if len(asked) == 1 and asked[0] in self._by_header:
            return self._by_header[asked[0]]
        raise Problem("unsupported_api_version", supported_versions=self.known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the application of the chosen minor."""
        minor = self.choose(scope)
        scope["state"]["api_version"] = minor
        await self._apps[minor](scope, receive, send)
