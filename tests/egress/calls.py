"""A call and what came of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from remuner.shared.egress import Egress
from remuner.shared.upstream import Headers, Origin, UpstreamRequest


@dataclass(frozen=True)
class Fetched:
    """An answer, read to its end."""

    status: int
    headers: dict[str, str]
    body: bytes


async def fetch(  # noqa: PLR0913 - all but two have defaults
    egress: Egress,
    origin: Origin,
    method: str = "GET",
    target: bytes = b"/",
    *,
    headers: Headers = (),
    body: AsyncIterator[bytes] | None = None,
) -> Fetched:
    """Make a call."""
    async with egress.send(UpstreamRequest(origin, method, target, headers, body)) as answer:
        read = b"".join([part async for part in answer.body])
        return Fetched(answer.status, {name.decode(): value.decode() for name, value in answer.headers}, read)


async def parts(*each: bytes) -> AsyncIterator[bytes]:
    """Give a body in these parts."""
    for part in each:
        yield part
