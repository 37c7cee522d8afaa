"""What a POST that is carried out once, however often it is sent, needs: a record that commits with its write."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from remuner.shared.errors import Conflict, InvalidInput

T = TypeVar("T")


class IdempotencyInProgress(Conflict):
    """The first request under the key has no answer yet."""

    code = "idempotency_in_progress"
    detail = "The first request with this Idempotency-Key is still being carried out. Try again in a moment."


class IdempotencyKeyReused(InvalidInput):
    """The key came with another request before."""

    code = "idempotency_key_reused"
    detail = "Another request had this Idempotency-Key. Use a new one."

    def __init__(self) -> None:
        """The field is always the header."""
        super().__init__("Idempotency-Key")


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was given, as it is given again."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class IdempotencyRecords(Protocol):
    """Keeps answers for 24 hours; each app has its own beside what it writes."""

    async def unit_of_work(self, work: Callable[[], Awaitable[T]]) -> T:
        """Keep all that `work` writes, records included, or nothing."""

    async def find(self, name: bytes, request: bytes) -> Answer | None:
        """Return the answer to this request, None if there is none yet; no other find of the name until all is kept.

        `name` and `request` are digests, of the caller with the key and of what was sent. Raises
        IdempotencyInProgress or IdempotencyKeyReused.
        """

    async def keep(self, name: bytes, request: bytes, answer: Answer) -> None: ...
