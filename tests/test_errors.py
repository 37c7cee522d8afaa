"""Errors of the service's own: the one list of codes, and what becomes of exceptions that nobody expected."""

import logging
from uuid import UUID

import asyncpg
import pytest
from dishka import Provider, Scope
from starlette.exceptions import HTTPException
from tests.conftest import Client, Clients

from remuner.shared.errors import RemunerError
from remuner.shared.problems import KINDS
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
