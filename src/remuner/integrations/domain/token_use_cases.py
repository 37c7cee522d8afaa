"""What can be done with a token without seeing it: one callable for each.

Whatever decides about a call is read when it begins, from PostgreSQL: the token with its destination and status, the
user's status, the access key. A call is noted before its first byte leaves, and again when it is over.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeAlias
from uuid import UUID

from remuner.integrations.domain.audit_entries import token_call_ended, token_call_intended
from remuner.integrations.domain.destinations import Destination, is_plain_path
from remuner.integrations.domain.entities import (
    USE_NOTED_EVERY,
    Call,
    CallLimits,
    CallTally,
    IntegrationStatus,
    ReadyToken,
    TokenResult,
    VerifiedToken,
)
from remuner.integrations.domain.errors import (
    IntegrationBusy,
    IntegrationInactive,
    IntegrationNotFound,
    KeyClosed,
    KeyLimited,
    NoDestination,
)
from remuner.integrations.domain.passing import incoming_headers, outgoing_headers, secrets_of, target
from remuner.integrations.domain.ports import (
    CallerKeys,
    IntegrationPersistence,
    UnitOfWork,
    UsableTokens,
    UserDirectory,
    UseTrail,
)
from remuner.shared.errors import InvalidInput, RemunerError
from remuner.shared.redaction import Redactor
from remuner.shared.upstream import (
    DestinationForbidden,
    Upstream,
    UpstreamAnswer,
    UpstreamMalformed,
    UpstreamRequest,
    UpstreamTimeout,
    UpstreamTooLarge,
    UpstreamUnreachable,
)

_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
_TOO_MANY_REQUESTS = 429
_PASSING = frozenset({_TOO_MANY_REQUESTS, 502, 503, 504})
"""The statuses of answers that another attempt may better."""

_ATTEMPTS = 3
_FIRST_PAUSE_SECONDS = 0.2
_SHORT_PAUSES = frozenset(str(seconds).encode() for seconds in range(6))
"""The values of Retry-After, in seconds, that are waited for."""

_NO_ANSWER = (DestinationForbidden, UpstreamUnreachable, UpstreamTimeout, UpstreamTooLarge, UpstreamMalformed)

_VERIFIED_AT_ONCE = 10

TICK = timedelta(minutes=1)
"""How often stale tokens are looked for."""

_logger = logging.getLogger("remuner.integrations")

Permit: TypeAlias = Callable[[], Awaitable[None]]


async def _anybody() -> None:
    """Permit."""


@dataclass(frozen=True, slots=True)
class Slots:
    """How many calls of each integration run in this process."""

    limits: CallLimits
    taken: Counter[UUID] = field(default_factory=Counter)

    @contextmanager
    def take(self, integration_id: UUID) -> Iterator[None]:
        """Raise IntegrationBusy where there are too many already."""
        if self.taken[integration_id] >= self.limits.at_once:
            raise IntegrationBusy
        self.taken[integration_id] += 1
        try:
            yield
        finally:
            self.taken[integration_id] -= 1
            if not self.taken[integration_id]:
                del self.taken[integration_id]


@dataclass(frozen=True, slots=True)
class CallDestination:
    """Calls the destination of an integration with its token, for `UseToken` and `VerifyToken`.

    Raises IntegrationBusy, IntegrationNotFound, IntegrationInactive, NoDestination, Unavailable, DestinationForbidden,
    UpstreamUnreachable, UpstreamTimeout, UpstreamTooLarge or UpstreamMalformed.
    """

    tokens: UsableTokens
    directory: UserDirectory
    upstream: Upstream
    trail: UseTrail
    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    limits: CallLimits
    slots: Slots

    @asynccontextmanager
    async def __call__(
        self, integration_id: UUID, purpose: str, choose: Callable[[ReadyToken], Call], permit: Permit = _anybody
    ) -> AsyncIterator[tuple[ReadyToken, UpstreamAnswer]]:
        """Give the answer without the token in it; `choose` tells the call, `purpose` is for the audit trail.

        `permit` raises where the caller may not call, and is asked before each attempt.
        """
        await permit()
        with self.slots.take(integration_id):
            ready = await self._ready(integration_id)
            async with self._noted(ready, purpose, choose(ready), permit) as answer:
                yield ready, answer
            await self._note(ready)

    @asynccontextmanager
    async def _noted(
        self, ready: ReadyToken, purpose: str, call: Call, permit: Permit
    ) -> AsyncIterator[UpstreamAnswer]:
        tally = CallTally(time.perf_counter())
        path = ready.redactor.whole(ready.destination.prefix + call.path).decode("ascii")
        await self.trail.intend(token_call_intended(ready.integration_id, purpose, call.method, path))
        try:
            async with asyncio.timeout(self.limits.seconds), AsyncExitStack() as stack:
                yield await self._answer(ready, call, tally, stack, permit)
        except TimeoutError:
            tally.error = UpstreamTimeout.code
            raise UpstreamTimeout from None
        except RemunerError as error:
            tally.error = error.code
            raise
        except BaseException:
            tally.error = "aborted"
            raise
        finally:
            self.trail.conclude(token_call_ended(ready.integration_id, purpose, call.method, path, tally))

    async def _ready(self, integration_id: UUID) -> ReadyToken:
        usable = await self.tokens.get(integration_id)
        if usable is None:
            raise IntegrationNotFound
        if usable.status is not IntegrationStatus.ACTIVE or usable.is_departed:
            raise IntegrationInactive
        if not await self.directory.is_active(usable.user_id):
            raise IntegrationInactive
        if usable.destination is None:
            raise NoDestination
        redactor = Redactor(*secrets_of(usable.destination, usable.token))
        return ReadyToken(
            integration_id, usable.token, usable.token_version, usable.destination, usable.last_used_at, redactor
        )

    async def _answer(
        self, ready: ReadyToken, call: Call, tally: CallTally, stack: AsyncExitStack, permit: Permit
    ) -> UpstreamAnswer:
        """Return the answer of the first attempt that none should follow; each one goes by what is written by then."""
        binding = ready.destination.binding
        while True:
            tally.attempts += 1
            again = call.method in _IDEMPOTENT and call.body is None and tally.attempts < _ATTEMPTS
            pause: float | None = _FIRST_PAUSE_SECONDS * tally.attempts
            async with AsyncExitStack() as attempt:
                try:
                    answer = await attempt.enter_async_context(self.upstream.send(_request(ready, call, tally)))
                except UpstreamUnreachable:
                    if not again:
                        raise
                else:
                    pause = _pause(answer, pause) if again else None
                    if pause is None:
                        stack.push_async_exit(attempt.pop_all())
                        tally.status = answer.status
                        return _redacted(answer, ready.redactor, tally)
            await asyncio.sleep(pause or 0)
            await permit()
            ready = await self._ready(ready.integration_id)
            if ready.destination.binding != binding:  # of a call there the trail knows nothing
                raise UpstreamUnreachable

    async def _note(self, ready: ReadyToken) -> None:
        """Keep that the token was used; the caller has the answer already and does not fail with this."""
        now = datetime.now(UTC)
        if ready.last_used_at is not None and now - ready.last_used_at < USE_NOTED_EVERY:
            return
        note = partial(self.integrations.note_use, ready.integration_id, ready.token_version, now)
        try:
            await self.unit_of_work(note)
        except RemunerError as error:
            _logger.info("a last use was not written: %s", error)


def _request(ready: ReadyToken, call: Call, tally: CallTally) -> UpstreamRequest:
    return UpstreamRequest(
        ready.destination.origin,
        call.method,
        target(ready.destination, call.path, call.query, ready.token),
        outgoing_headers(call.headers, ready.destination, ready.token),
        _counted(call.body, tally) if call.body is not None else None,
    )


async def _counted(body: AsyncIterator[bytes], tally: CallTally) -> AsyncIterator[bytes]:
    async for chunk in body:
        tally.sent += len(chunk)
        yield chunk


def _pause(answer: UpstreamAnswer, otherwise: float | None) -> float | None:
    """Return the seconds before another attempt, as long as the answer asks for; None where none is worth it."""
    if answer.status not in _PASSING:
        return None
    asked = next((value for name, value in answer.headers if name == b"retry-after"), None)
    if asked is None:
        return None if answer.status == _TOO_MANY_REQUESTS else otherwise
    return float(asked) if asked in _SHORT_PAUSES else None


def _redacted(answer: UpstreamAnswer, redactor: Redactor, tally: CallTally) -> UpstreamAnswer:
    headers = [(name, redactor.whole(value)) for name, value in incoming_headers(answer.headers)]

    async def body() -> AsyncIterator[bytes]:
        async for chunk in answer.body:
            if passed := redactor.feed(chunk):
                tally.received += len(passed)
                yield passed
        if rest := redactor.finish():
            tally.received += len(rest)
            yield rest

    return UpstreamAnswer(answer.status, headers, body())


@dataclass(frozen=True, slots=True)
class UseToken:
    """Let a caller call the destination; raises what CallDestination does, InvalidInput, KeyClosed or KeyLimited."""

    call_destination: CallDestination
    callers: CallerKeys

    @asynccontextmanager
    async def __call__(self, integration_id: UUID, call: Call) -> AsyncIterator[UpstreamAnswer]:
        """Give the answer."""
        if not is_plain_path(call.path):
            raise InvalidInput(
                "path",
                "Some servers could read this path in another way: no dots, backslashes or empty segments, all in "
                "UTF-8, 2048 characters at most.",
            )

        async def permit() -> None:
            limits = await self.callers.limits()
            if limits is None:
                raise KeyClosed
            if not limits.permits(integration_id, call.method, call.path.decode("ascii")):
                raise KeyLimited

        async with self.call_destination(integration_id, "use", lambda _: call, permit) as (_, answer):
            yield answer


@dataclass(frozen=True, slots=True)
class VerifyToken:
    """Find out whether a token works, as its destination says.

    Raises IntegrationBusy, IntegrationNotFound, IntegrationInactive, NoDestination or Unavailable.
    """

    call_destination: CallDestination
    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence

    async def __call__(self, integration_id: UUID) -> VerifiedToken:
        """Return what was found out; it is kept, unless the token has been replaced meanwhile."""
        version, status, result = 0, None, TokenResult.UNKNOWN

        def choose(ready: ReadyToken) -> Call:
            nonlocal version
            version = ready.token_version
            return _verifying(ready.destination)

        try:
            async with self.call_destination(integration_id, "verify", choose) as (ready, answer):
                status, result = answer.status, _judged(ready.destination, answer.status)
        except _NotVerifiable:
            pass
        except _NO_ANSWER:
            result = TokenResult.UNREACHABLE
        now = datetime.now(UTC)
        await self.unit_of_work(lambda: self.integrations.note_result(integration_id, version, result, now))
        return VerifiedToken(result, status, now)


@dataclass(frozen=True, slots=True)
class VerifyStaleTokens:
    """Verify the tokens that nobody has verified for a while: one replica at a time, a share of them each tick."""

    verify_token: VerifyToken
    unit_of_work: UnitOfWork
    integrations: IntegrationPersistence
    limits: CallLimits

    async def __call__(self) -> int:
        """Return how many were tried."""
        now = datetime.now(UTC)
        before = now - self.limits.verified_every
        claimed = await self.unit_of_work(lambda: self.integrations.claim_unverified(before, now, TICK))
        for first in range(0, len(claimed), _VERIFIED_AT_ONCE):
            await asyncio.gather(*map(self._verify, claimed[first : first + _VERIFIED_AT_ONCE]))
        return len(claimed)

    async def _verify(self, integration_id: UUID) -> None:
        try:
            await self.verify_token(integration_id)
        except RemunerError as error:  # inactive by now, or so is its user
            _logger.info("integration %s was not verified: %s", integration_id, error.code)
        except Exception as error:  # noqa: BLE001 - a fault of one, such as what does not open, is not the others'
            kind = type(error).__name__
            _logger.error("%s while verifying the token of integration %s", kind, integration_id)  # noqa: TRY400


class _NotVerifiable(Exception):
    """The destination has no call that would tell."""


def _verifying(destination: Destination) -> Call:
    if destination.verify is None:
        raise _NotVerifiable
    path, _, query = destination.verify.path.encode("ascii").partition(b"?")
    return Call(destination.verify.method, path, query)


def _judged(destination: Destination, status: int) -> TokenResult:
    verify = destination.verify
    if verify is not None and status in verify.valid:
        return TokenResult.VALID
    if verify is not None and status in verify.rejected:
        return TokenResult.REJECTED
    return TokenResult.UNKNOWN
