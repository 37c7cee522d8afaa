"""How many connections to the destination it takes to answer many calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import httpx2

from benchmarks.calls.form import CONTENDERS, PROXY, WARM_UP_SECONDS
from benchmarks.load import CONNECTIONS, load
from benchmarks.serve import DESTINATION, Server

AT_ONCE = CONNECTIONS


@dataclass(frozen=True)
class Opened:
    """What a process that had just been started opened for so many calls, of which `AT_ONCE` waited at any time."""

    contender: str
    calls: int
    connections: int


def opened(servers: Mapping[str, Server], destination: str) -> Sequence[Opened]:
    """Let each contender that calls the destination do so, which is its warm-up, too."""
    found = []
    with httpx2.Client(base_url=destination) as client:
        for each in CONTENDERS:
            if each is DESTINATION:
                continue
            before = int(client.get("/connections").text)
            done = load(servers[each.name].url, PROXY.request, PROXY.rows, WARM_UP_SECONDS)
            found.append(Opened(each.name, done.requests, int(client.get("/connections").text) - before))
    return found
