"""The routes of users and teams in minor 1."""

from dataclasses import dataclass
from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from remuner.shared.http import PathId, answer, entity, expected_revisions, path_id
from remuner.shared.minor_1 import (
    ARRAY,
    EDIT,
    ERASE,
    FIRST,
    LIMIT,
    MAKE,
    Count,
    Nothing,
    Reference,
    fields_named,
)
from remuner.shared.problems import refusal
from remuner.shared.routes import READ, STATS, Routes
from remuner.shared.scopes import AccessScope
from remuner.users.api.idempotency import UsersIdempotency
from remuner.users.api.v1_1.serializers import (
    TeamCreate,
    TeamEdit,
    TeamOutput,
    UserCreate,
    UserEdit,
    UserOutput,
    show_team,
    show_user,
)
from remuner.users.domain.entities import TeamQuery, UserQuery
from remuner.users.domain.errors import TeamNotFound, UserHasActiveIntegrations, UserNotFound
from remuner.users.domain.team_use_cases import (
    CountTeams,
    CreateTeam,
    DeleteTeam,
    GetTeam,
    ListTeams,
    MembersOfTeams,
    UpdateTeam,
)
from remuner.users.domain.use_cases import CountUsers, CreateUser, DeleteUser, GetUser, ListUsers, UpdateUser

_NAMES = {"team_ids": "teams", "user_ids": "users"}


@dataclass(frozen=True, slots=True)
class UserController:
    """/v1/users."""

    create_user: CreateUser
    get_user: GetUser
    list_users: ListUsers
    update_user: UpdateUser
    delete_user: DeleteUser
    count_users: CountUsers
    idempotency: UsersIdempotency

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Users", AccessScope.USERS_READ, AccessScope.USERS_WRITE).add
        users, user = "/v1/users", "/v1/users/{user_id:id}"
        missing, no_team = "user_not_found", {422: ["team_not_found"]}
        add(STATS, "count_users", f"{users}/stats", self.stats, Count)
        add(READ, "get_user", user, self.get, UserOutput, missing)
        add(ARRAY, "list_users", users, self.list, list[UserOutput])
        add(MAKE, "create_user", users, self.create, Reference, "email_taken", elsewhere=no_team)
        add(EDIT, "update_user", user, self.update, Reference, missing, "email_taken", elsewhere=no_team)
        stays = {403: ["user_has_active_integrations"]}
        add(ERASE, "delete_user", user, self.delete, Nothing, missing, elsewhere=stays)

    async def stats(self) -> Response:
        """Count the users."""
        return answer({"count": sum((await self.count_users()).values())})

    async def get(self, request: Request, user_id: PathId) -> Response:
        """Show one user."""
        found = await self.get_user(path_id(user_id, UserNotFound))
        return entity(request, show_user(found), found.user.revision)

    async def list(self) -> Response:
        """List the first 1000 users."""
        page = await self.list_users(UserQuery(FIRST))
        return answer([show_user(each) for each in page.items])

    async def create(self, request: Request, body: UserCreate) -> Response:
        """Create a user."""
        return await self.idempotency(request, lambda: self._create(body))

    async def _create(self, body: UserCreate) -> Response:
        with fields_named(_NAMES):
            made = await self.create_user(body.to_domain())
        return answer({"id": made.user.id})

    async def update(self, request: Request, user_id: PathId, body: UserEdit) -> Response:
        """Change a user."""
        found = path_id(user_id, UserNotFound)
        with fields_named(_NAMES):
            await self.update_user(found, body.to_domain(), expected_revisions(request))
        return answer({"id": found})

    async def delete(self, request: Request, user_id: PathId) -> Response:
        """Erase a user without active integrations; the inactive ones go along."""
        try:
            await self.delete_user(path_id(user_id, UserNotFound), expected_revisions(request))
        except UserHasActiveIntegrations as error:
            raise refusal(error, HTTPStatus.FORBIDDEN) from None
        return answer({})


@dataclass(frozen=True, slots=True)
class TeamController:
    """/v1/teams."""

    create_team: CreateTeam
    get_team: GetTeam
    list_teams: ListTeams
    members_of_teams: MembersOfTeams
    update_team: UpdateTeam
    delete_team: DeleteTeam
    count_teams: CountTeams
    idempotency: UsersIdempotency

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Teams", AccessScope.USERS_READ, AccessScope.USERS_WRITE).add
        teams, team = "/v1/teams", "/v1/teams/{team_id:id}"
        missing, taken, no_user = "team_not_found", "team_name_taken", {422: ["user_not_found"]}
        add(STATS, "count_teams", f"{teams}/stats", self.stats, Count)
        add(READ, "get_team", team, self.get, TeamOutput, missing)
        add(ARRAY, "list_teams", teams, self.list, list[TeamOutput])
        add(MAKE, "create_team", teams, self.create, Reference, taken, elsewhere=no_user)
        add(EDIT, "update_team", team, self.update, Reference, missing, taken, elsewhere=no_user)
        add(ERASE, "delete_team", team, self.delete, Nothing, missing)

    async def stats(self) -> Response:
        """Count the teams."""
        return answer({"count": await self.count_teams()})

    async def get(self, request: Request, team_id: PathId) -> Response:
        """Show one team."""
        team = await self.get_team(path_id(team_id, TeamNotFound))
        members = await self.members_of_teams([team.id], LIMIT)
        return entity(request, show_team(team, members[team.id]), team.revision)

    async def list(self) -> Response:
        """List the first 1000 teams."""
        page = await self.list_teams(TeamQuery(FIRST))
        members = await self.members_of_teams([team.id for team in page.items], LIMIT)
        return answer([show_team(team, members[team.id]) for team in page.items])

    async def create(self, request: Request, body: TeamCreate) -> Response:
        """Create a team."""
        return await self.idempotency(request, lambda: self._create(body))

    async def _create(self, body: TeamCreate) -> Response:
        with fields_named(_NAMES):
            team = await self.create_team(body.to_domain())
        return answer({"id": team.id})

    async def update(self, request: Request, team_id: PathId, body: TeamEdit) -> Response:
        """Change a team."""
        found = path_id(team_id, TeamNotFound)
        with fields_named(_NAMES):
            await self.update_team(found, body.to_domain(), expected_revisions(request))
        return answer({"id": found})

    async def delete(self, request: Request, team_id: PathId) -> Response:
        """Remove a team; its users stay."""
        await self.delete_team(path_id(team_id, TeamNotFound), expected_revisions(request))
        return answer({})
