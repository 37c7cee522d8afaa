"""Who asks, and how, when proxies stand in between: they say so, and nobody else is believed."""

import re
from collections.abc import Collection
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TypeAlias

from starlette.types import ASGIApp, Receive, Scope, Send

Address: TypeAlias = IPv4Address | IPv6Address
Network: TypeAlias = IPv4Network | IPv6Network

_HOST = re.compile(r"\[([^]]+)](?::[0-9]+)?|([^:]+):[0-9]+")


class TrustedProxies:
    """The outermost layer where proxies are trusted, pure ASGI: their X-Forwarded-For and -Proto set client and scheme.

    The client is the right-most address that is no proxy's; what stands left of it may be made up. Where an address is
    not one, whoever passed it on counts as the client.
    """

    def __init__(self, app: ASGIApp, proxies: Collection[Network]) -> None:
        """`proxies` are the networks from which connections are believed."""
        self._app = app
        self._proxies = proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, as the proxies saw it if the peer is one."""
        client = scope.get("client") if scope["type"] == "http" else None
        if client and (peer := _address(client[0])) and self._trusts(peer):
            scope = {**scope}
            if (found := self._client(scope, peer)) != peer:
                scope["client"] = (str(found), 0)
            if (scheme := _values(scope, b"x-forwarded-proto")[-1].lower()) in {"http", "https"}:
                scope["scheme"] = scheme
        await self._app(scope, receive, send)

    def _client(self, scope: Scope, client: Address) -> Address:
        for value in reversed(_values(scope, b"x-forwarded-for")):
            found = _address(value)
            if found is None:
                break
            client = found
            if not self._trusts(client):
                break
        return client

    def _trusts(self, address: Address) -> bool:
        return any(address in network for network in self._proxies)


def _values(scope: Scope, name: bytes) -> list[str]:
    """Return the elements of a header, in order, however many headers they come in."""
    joined = b",".join(value for key, value in scope["headers"] if key == name)
    return [element.strip() for element in joined.decode("latin-1").split(",")]


def _address(text: str) -> Address | None:
    """Read an address, with or without a port; an IPv4 address in an IPv6 one is that IPv4 address."""
    bare = _HOST.fullmatch(text)
    try:
        found = ip_address((bare[1] or bare[2] if bare else text).partition("%")[0])
    except ValueError:
        return None
    return (found.version == 6 and found.ipv4_mapped) or found  # noqa: PLR2004 - the version's name is a number
