"""A DNS server of a test's own, and a way to reach its servers at public addresses."""

import asyncio
from collections.abc import Sequence
from ipaddress import ip_address
from socket import gaierror
from typing import Any, Self

import dns.asyncquery
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset
from httpcore2 import AnyIOBackend, AsyncNetworkStream

from remuner.shared.addresses import Address


class Dns(asyncio.DatagramProtocol):
    """A server on 127.0.0.1, in the loop of the test, from `async with` on; called, it is a resolver that asks it.

    `answers` are the addresses that it gives to one query after the other, the last to all that follow; to None it is
    silent. It notes the names that it was asked for.
    """

    def __init__(self, *answers: Sequence[str] | None) -> None:
        """No address at all stands for a name that does not exist."""
        self.queries: list[str] = []
        self._answers = answers

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._transport, _ = await loop.create_datagram_endpoint(lambda: self, ("127.0.0.1", 0))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._transport.close()

    async def __call__(self, host: str, port: int) -> Sequence[Address]:  # noqa: ARG002 - a resolver's shape
        """Ask the server, once."""
        query = dns.message.make_query(host, dns.rdatatype.ANY)
        server, at = self._transport.get_extra_info("sockname")
        answer = await dns.asyncquery.udp(query, server, port=at)
        if answer.rcode() != dns.rcode.NOERROR:
            raise gaierror
        return [ip_address(each.to_text()) for records in answer.answer for each in records]

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        """Answer a query."""
        query = dns.message.from_wire(data)
        name = query.question[0].name
        answers = self._answers[min(len(self.queries), len(self._answers) - 1)]
        self.queries.append(name.to_text(omit_final_dot=True))
        if answers is None:
            return
        response = dns.message.make_response(query)
        for address in answers:
            kind = "AAAA" if ":" in address else "A"
            response.answer.append(dns.rrset.from_text(name, 0, "IN", kind, address))
        if not answers:
            response.set_rcode(dns.rcode.NXDOMAIN)
        self._transport.sendto(response.to_wire(), addr)


class Detour:
    """Dials a port of 127.0.0.1, whatever it is asked for, and notes what that was."""

    def __init__(self, port: int) -> None:
        """`port` is where a server of the test's own listens."""
        self.dialled: list[str] = []
        self._port = port

    async def __call__(self, host: str, _port: int, seconds: float) -> AsyncNetworkStream:
        """Note the address, and connect to the server."""
        self.dialled.append(host)
        return await AnyIOBackend().connect_tcp("127.0.0.1", self._port, seconds)
