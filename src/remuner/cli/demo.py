"""`remuner demo`: sample people, teams and integrations."""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from uuid import UUID

from remuner.cli.common import DataDir, every, parts, progress_bar, servers, settings_for, team_ids
from remuner.cli.sample import TEAMS, sample
from remuner.integrations.domain.entities import NewIntegration, Token
from remuner.integrations.domain.use_cases import CreateIntegration
from remuner.shared.errors import Conflict
from remuner.shared.settings import Settings
from remuner.shared.text import fold
from remuner.users.domain.entities import NewTeam, UserQuery
from remuner.users.domain.errors import UserNotFound
from remuner.users.domain.team_use_cases import AddMember, CreateTeam
from remuner.users.domain.use_cases import CreateUser, ListUsers


def demo(data_dir: DataDir = None) -> None:
    """Add sample people, teams and integrations with made-up tokens; may be repeated, and adds what is missing."""
    with servers(settings_for(data_dir)) as settings:
        print(asyncio.run(_add_all(settings)))


async def _add_all(settings: Settings) -> "_Tally":
    people, connections = sample()
    total = len(TEAMS) + len(people) + len(connections)
    async with parts(settings) as container:
        create_team, create_user = container.get(CreateTeam), container.get(CreateUser)
        create_integration = container.get(CreateIntegration)
        add_member, list_users = container.get(AddMember), container.get(ListUsers)
        with progress_bar("adding", total) as progress:
            tally = _Tally(progress)
            for name in TEAMS:
                await tally.add("teams", create_team(NewTeam(name)))
            teams = await team_ids(container)
            for person in people:
                joined = [teams[fold(name)] for name in person.teams]
                if not await tally.add("users", create_user(replace(person.user, team_ids=joined))):
                    user_id = await _user_id(list_users, person.user.email)
                    for team_id in joined:  # it may be a new one
                        await add_member(team_id, user_id)
            for each in connections:
                owner = await _user_id(list_users, each.owner.user.email)
                token = Token(secrets.token_urlsafe(32))
                new = NewIntegration(each.name, owner, token, each.status)
                await tally.add("integrations", create_integration(new))
    return tally


class _Tally:
    """How many of each kind were added, and how many were there already."""

    def __init__(self, progress: Callable[[int], None]) -> None:
        self._progress = progress
        self._added = Counter[str]()
        self._there = 0

    async def add(self, kind: str, creation: Awaitable[object]) -> bool:
        """Await the creation; False if its name or email is taken."""
        try:
            await creation
        except Conflict:
            self._there += 1
            return False
        else:
            self._added[kind] += 1
            return True
        finally:
            self._progress(self._added.total() + self._there)

    def __str__(self) -> str:
        added = ", ".join(f"{self._added[kind]} {kind}" for kind in ("teams", "users", "integrations"))
        return f"added {added}; {self._there} were there already"


async def _user_id(list_users: ListUsers, email: str) -> UUID:
    async for found in every(lambda page: list_users(UserQuery(page, q=email))):
        if fold(found.user.email) == fold(email):
            return found.user.id
    raise UserNotFound
