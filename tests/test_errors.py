"""Errors of the service's own: the one list of codes, and what becomes of exceptions that nobody expected."""

import logging
import secrets
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest
from dishka import Provider, Scope
from starlette.exceptions import HTTPException
from tests.conftest import Client, Clients
from tests.e2e.leaks import leaks
from tests.integrations.factories import post_connected
from tests.users.factories import post_user

from remuner.integrations.domain.entities import Integration, Token
from remuner.integrations.domain.ports import IntegrationPersistence
from remuner.integrations.persistence.postgres import PostgresIntegrations
from remuner.shared.egress import Egress
from remuner.shared.errors import RemunerError
from remuner.shared.problems import KINDS
from remuner.shared.upstream import Upstream, UpstreamAnswer, UpstreamRequest
from remuner.users.domain.entities import User
from remuner.users.domain.ports import UserPersistence
from remuner.users.persistence.postgres import PostgresUsers

CANARY = "canary7f3a"


async def test_every_refusal_is_in_the_one_list(client: Client) -> None:
    """Each error of the domain has its code there; each code has its page; other pages are not there."""

    def codes(error: type[RemunerError]) -> set[str]:
        own = {error.code} if "code" in vars(error) else set()
        return own.union(*map(codes, error.__subclasses__()))

    assert codes(RemunerError) <= set(KINDS)
    for code, kind in KINDS.items():
        page = await client.get(f"/problems/{code}", headers={"Authorization": ""})
        assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["content-type"])
        assert code in page.text
        assert str(kind.status) in page.text


class BrokenUsers(PostgresUsers):
    """Raises what it is told to."""

    error: Exception

    async def get(self, user_id: UUID) -> User | None:  # noqa: ARG002
        """Fail."""
        raise type(self).error


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(CANARY),
        KeyError(CANARY),
        ExceptionGroup(CANARY, [ValueError(CANARY)]),
        HTTPException(418, CANARY, {"X-Canary": CANARY}),
        asyncpg.DataError(CANARY),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_unexpected_error_stays_inside(
    clients: Clients, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    """500 `internal_error`; the log names the kind, the place and the request, and neither has what the error says."""
    BrokenUsers.error = error
    provider = Provider(scope=Scope.APP)
    provider.provide(BrokenUsers, provides=UserPersistence)
    caplog.set_level(logging.DEBUG)
    async with clients(provider) as broken:
        answer = await broken.get("/v1/users/0192f0c1-2e4b-7c3a-9d5e-6f708192a3b4")
    assert (500, "internal_error") == (answer.status_code, answer.json()["code"])
    assert "application/problem+json" == answer.headers["content-type"]
    assert CANARY not in answer.text + repr(answer.headers.raw)
    assert type(error).__name__ in caplog.text
    assert answer.json()["request_id"] in caplog.text
    assert CANARY not in caplog.text + repr([vars(record) for record in caplog.records])


class BrokenIntegrations(PostgresIntegrations):
    """Fails after it has been handed a token, and shows what a report of it would say."""

    error: Exception
    reports: dict[str, bytes]

    async def add(self, integration: Integration, token: Token) -> None:
        """Fail because of something that failed."""
        stack = traceback.StackSummary.extract(traceback.walk_stack(None), capture_locals=True)
        type(self).reports = {"on the way": "".join(stack.format()).encode()}
        plain = self._seal(integration.id, 1, None, token), token.reveal()
        try:
            "".index(plain[1])
        except ValueError as error:
            type(self).error = RuntimeError("broken")
            raise type(self).error from error


async def test_no_report_of_an_error_shows_a_token(clients: Clients) -> None:
    """Not in the local variables of any frame, those of its cause included, which a reporter may keep.

    While the request runs, the framework's frames hold its body: a report made then would be found.
    """
    secret = f"Cnry{secrets.token_hex(12)}"
    provider = Provider(scope=Scope.APP)
    provider.provide(BrokenIntegrations, provides=IntegrationPersistence)
    async with clients(provider) as broken:
        user = await post_user(broken)
        body = {"name": "HubSpot", "user_id": user["id"], "token": secret}
        assert 500 == (await broken.post("/v1/integrations", json=body)).status_code
    report = traceback.TracebackException.from_exception(BrokenIntegrations.error, capture_locals=True)
    reports = BrokenIntegrations.reports | {"afterwards": "".join(report.format()).encode()}
    assert b"ValueError" in reports["afterwards"]
    assert b"receive = " in reports["afterwards"]
    assert {"on the way"} == leaks(secret, reports)


class BrokenUpstream(Egress):
    """Fails after it has been handed a token."""

    error: Exception

    def __init__(self) -> None:
        super().__init__()

    @asynccontextmanager
    async def send(self, request: UpstreamRequest) -> AsyncIterator[UpstreamAnswer]:
        """Fail."""
        secret = dict(request.headers)[b"authorization"]
        type(self).error = KeyError(secret)
        raise type(self).error
        yield


async def test_no_report_of_a_failed_call_shows_its_token(clients: Clients, caplog: pytest.LogCaptureFixture) -> None:
    """An error of ours on the way out: 500, and no frame behind it holds the token, nor does the log."""
    secret = f"Cnry{secrets.token_hex(12)}"
    provider = Provider(scope=Scope.APP)
    provider.provide(BrokenUpstream, provides=Upstream)
    caplog.set_level(logging.DEBUG)
    async with clients(provider) as broken:
        path = await post_connected(broken, "https://api.example.com", token=secret)
        assert 500 == (await broken.get(f"{path}/proxy/x")).status_code
    error = BrokenUpstream.error
    assert error.args == (f"Bearer {secret}".encode(),)
    error.args = ()
    report = traceback.TracebackException.from_exception(error, capture_locals=True)
    held = {"afterwards": "".join(report.format()).encode(), "log": caplog.text.encode()}
    assert b"send" in held["afterwards"]
    assert set() == leaks(secret, held)
