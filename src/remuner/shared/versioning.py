"""The two levels of versions: the path holds the major, the header X-API-Version the minor.

Each minor is an ASGI application of its own; this switch picks one and touches nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cached_property

from starlette.types import ASGIApp, Receive, Scope, Send

from remuner.shared.context import current_caller
from remuner.shared.problems import Problem

HEADER = "X-API-Version"
RAW_HEADER = HEADER.lower().encode()


@dataclass(frozen=True)
class Retirement:
    """The end of a minor: since when it is deprecated, when it will be gone, and the page that says what to do."""

    deprecated_at: datetime
    sunset_at: datetime
    page: str

    @cached_property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """What its answers carry (RFC 9745, RFC 8594)."""
        links = (f'<{self.page}>; rel="{relation}"; type="text/html"' for relation in ("deprecation", "sunset"))
        return [
            (b"deprecation", f"@{self.deprecated_at.timestamp():.0f}".encode()),
            (b"sunset", format_datetime(self.sunset_at.astimezone(UTC), usegmt=True).encode()),
            (b"link", ", ".join(links).encode()),
        ]


class Minors:
    """The minors of one major."""

    def __init__(
        self, apps: Mapping[str, ASGIApp], *, pinned: bool = True, retiring: Mapping[str, Retirement] | None = None
    ) -> None:
        """`apps` maps each minor, such as "2", to its application; the greatest is the newest.

        `pinned`: access keys were made for one of these minors.
        """
        self._apps = dict(apps)
        self._by_header = {minor.encode(): minor for minor in apps}
        self._pinned = pinned
        self.retiring = dict(retiring or {})
        self.known = sorted(apps, key=int)
        self.newest = self.known[-1]

    def choose(self, scope: Scope) -> str:
        """Return the minor that the request asks for, else the caller's own, if there is it, else the newest.

        Raises Problem for a minor that there is not.
        """
        asked = [value for name, value in scope["headers"] if name == RAW_HEADER]
        if not asked:
            own = current_caller.get().api_version if self._pinned else None
            return own if own in self._apps else self.newest
        if len(asked) == 1 and asked[0] in self._by_header:
            return self._by_header[asked[0]]
        raise Problem("unsupported_api_version", supported_versions=self.known)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the application of the chosen minor, and note which it is."""
        minor = self.choose(scope)
        scope["state"]["api_version"] = minor
        if minor in self.retiring:
            scope["state"]["retirement"] = self.retiring[minor]
        await self._apps[minor](scope, receive, send)


def major_of(path: str) -> str:
    """Return the first part of a path with another behind it, such as "/v1"."""
    return path[: path.find("/", 1)]
