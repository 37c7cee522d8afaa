"""Users and teams for tests: kept through the ports, or asked for over HTTP, with values that nobody else has."""

import itertools
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from tests.conftest import Client

from remuner.shared.ids import new_id
from remuner.users.domain.entities import Team, User, UserStatus
from remuner.users.domain.ports import AuditTrail, TeamPersistence, UnitOfWork, UserPersistence

T = TypeVar("T")

_numbers = itertools.count(1)


def new_user(
    *,
    first_name: str = "Ada",
    last_name: str = "Lovelace",
    email: str | None = None,
    status: UserStatus = UserStatus.ACTIVE,
    created_at: datetime | None = None,
) -> User:
    """Return a user that is not kept yet."""
    now = created_at or datetime.now(UTC)
    address = email or f"user{next(_numbers)}@example.com"
    return User(new_id(), first_name, last_name, address, status, (), 1, now, now)


def new_team(*, name: str | None = None, created_at: datetime | None = None) -> Team:
    """Return a team that is not kept yet."""
    now = created_at or datetime.now(UTC)
    return Team(new_id(), name or f"Team {next(_numbers)}", 0, 1, now, now)


@dataclass(frozen=True, slots=True)
class People:
    """The users' ports in one implementation, and what it takes to write through them."""

    unit_of_work: UnitOfWork
    users: UserPersistence
    teams: TeamPersistence
    trail: AuditTrail

    async def user(self, *teams: Team, **fields: Any) -> User:  # noqa: ANN401
        """Keep a user, in these teams, and return it as it is read."""
        user = new_user(**fields)

        async def work() -> None:
            await self.users.add(user)
            await self.users.set_teams(user.id, [team.id for team in teams])

        await self.unit_of_work(work)
        return existing(await self.users.get(user.id))

    async def team(self, *members: User, **fields: Any) -> Team:  # noqa: ANN401
        """Keep a team of these members and return it as it is read."""
        team = new_team(**fields)

        async def work() -> None:
            await self.teams.add(team)
            await self.teams.set_members(team.id, [user.id for user in members])

        await self.unit_of_work(work)
        return existing(await self.teams.get(team.id))


def existing(thing: T | None) -> T:
    """Return what must be there."""
    assert thing is not None
    return thing


def user_body(**fields: object) -> dict[str, object]:
    """Return what creates a user over HTTP; `fields` add to it or replace."""
    return {"first_name": "Ada", "last_name": "Lovelace", "email": f"user{next(_numbers)}@example.com", **fields}


def team_body(**fields: object) -> dict[str, object]:
    """Return what creates a team over HTTP; `fields` add to it or replace."""
    return {"name": f"Team {next(_numbers)}", **fields}


async def post_user(client: Client, **fields: object) -> dict[str, Any]:
    """Create a user over HTTP and return it."""
    return await _post(client, "/v1/users", user_body(**fields))


async def post_team(client: Client, **fields: object) -> dict[str, Any]:
    """Create a team over HTTP and return it."""
    return await _post(client, "/v1/teams", team_body(**fields))


async def _post(client: Client, path: str, body: dict[str, object]) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert 201 == answer.status_code, answer.text
    made: dict[str, Any] = answer.json()
    return made
