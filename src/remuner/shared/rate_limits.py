"""How many wrong credentials one address may try."""

import time
from math import ceil

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import Scope

from remuner.shared.problems import Problem

_LIMIT = RateLimitItemPerMinute(20)
_ADDRESSES = 1000
_OTHERS = "others"


class WrongCredentials:
    """Counts wrong credentials by the client's address, in this process; right ones are never asked about here.

    When very many addresses try at once, those that come last share one count, so that memory is bounded.
    """

    def __init__(self, limit: RateLimitItem = _LIMIT, addresses: int = _ADDRESSES) -> None:
        """`limit` is how many in which time, for each of that many addresses."""
        self._limit = limit
        self._addresses = addresses
        # The library's storage for asyncio hands each address to a thread whenever it looks for old entries.
        self._storage = MemoryStorage()
        self._limiter = MovingWindowRateLimiter(self._storage)

    def refusal(self, scope: Scope) -> Problem:
        """Count one and return the answer: 401, and 429 beyond the limit."""
        address = self._counted(scope["client"][0] if scope.get("client") else "")
        if self._limiter.hit(self._limit, address):
            return Problem(
                "unauthenticated",
                "This access key or session is not known, or no longer active.",
                headers={"WWW-Authenticate": 'Bearer realm="remuner", error="invalid_token"'},
            )
        wait = self._limiter.get_window_stats(self._limit, address).reset_time - time.time()
        return Problem("rate_limited", headers={"Retry-After": str(max(1, ceil(wait)))})

    def _counted(self, address: str) -> str:
        counts = self._storage.events
        known = self._limit.key_for(address) in counts
        return address if known or len(counts) < self._addresses else _OTHERS
