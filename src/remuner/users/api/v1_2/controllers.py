"""The routes of users and teams in minor 2."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, ClassVar

from fastapi import APIRouter, Query, Request, Response

from remuner.shared.cursors import Cursors
from remuner.shared.http import PathId, answer, entity, expected_revisions, path_id
from remuner.shared.routes import CREATE, DELETE, LIST, PUT_IN, READ, STATS, TAKE_OUT, UPDATE, Routes
from remuner.shared.scopes import AccessScope
from remuner.users.api.idempotency import UsersIdempotency
from remuner.users.api.v1_2.serializers import (
    MemberParameters,
    TeamCreate,
    TeamOutput,
    TeamPage,
    TeamParameters,
    TeamPatch,
    TeamStats,
    UserCreate,
    UserOutput,
    UserPage,
    UserParameters,
    UserPatch,
    UserStats,
    show_team,
    show_user,
)
from remuner.users.domain.entities import TeamQuery, UserQuery, UserWithIntegrations
from remuner.users.domain.errors import TeamNotFound, UserNotFound
from remuner.users.domain.team_use_cases import (
    AddMember,
    CountTeams,
    CreateTeam,
    DeleteTeam,
    GetTeam,
    ListMembers,
    ListTeams,
    RemoveMember,
    UpdateTeam,
)
from remuner.users.domain.use_cases import CountUsers, CreateUser, DeleteUser, GetUser, ListUsers, UpdateUser


@dataclass(frozen=True, slots=True)
class UserController:
    """/v1/users."""

    create_user: CreateUser
    get_user: GetUser
    list_users: ListUsers
    update_user: UpdateUser
    delete_user: DeleteUser
    count_users: CountUsers
    cursors: Cursors
    idempotency: UsersIdempotency

    output: ClassVar[object] = UserOutput
    page: ClassVar[object] = UserPage

    def show(self, user: UserWithIntegrations) -> object:
        """Return what `output` is the model of."""
        return show_user(user)

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Users", AccessScope.USERS_READ, AccessScope.USERS_WRITE).add
        users, user = "/v1/users", "/v1/users/{user_id:id}"
        missing, no_team = "user_not_found", {422: ["team_not_found"]}
        add(STATS, "count_users", f"{users}/stats", self.stats, UserStats)
        add(READ, "get_user", user, self.get, self.output, missing)
        add(LIST, "list_users", users, self.list, self.page)
        add(CREATE, "create_user", users, self.create, self.output, "email_taken", elsewhere=no_team)
        add(UPDATE, "update_user", user, self.update, self.output, missing, "email_taken", elsewhere=no_team)
        add(DELETE, "delete_user", user, self.delete, None, missing, "user_has_active_integrations")

    async def stats(self) -> Response:
        """Count the users, by status."""
        counts = await self.count_users()
        return answer({"total": sum(counts.values())} | dict(counts))

    async def get(self, request: Request, user_id: PathId) -> Response:
        """Show one user."""
        found = await self.get_user(path_id(user_id, UserNotFound))
        return entity(request, self.show(found), found.user.revision)

    async def list(self, request: Request, parameters: Annotated[UserParameters, Query()]) -> Response:
        """List users, a page at a time."""
        query = UserQuery(
            parameters.page_request(self.cursors, request),
            parameters.q,
            parameters.status,
            parameters.team_id,
            parameters.updated_since,
        )
        return parameters.answer(request, await self.list_users(query), self.show, self.cursors)

    async def create(self, request: Request, body: UserCreate) -> Response:
        """Create a user."""
        return await self.idempotency(request, lambda: self._create(request, body))

    async def _create(self, request: Request, body: UserCreate) -> Response:
        made = await self.create_user(body.to_domain())
        location = f"/v1/users/{made.user.id}"
        return entity(request, self.show(made), made.user.revision, status=HTTPStatus.CREATED, location=location)

    async def update(self, request: Request, user_id: PathId, body: UserPatch) -> Response:
        """Change a user."""
        found = path_id(user_id, UserNotFound)
        changed = await self.update_user(found, body.to_domain(), expected_revisions(request))
        return entity(request, self.show(changed), changed.user.revision)

    async def delete(self, request: Request, user_id: PathId) -> Response:
        """Erase a user without active integrations; the inactive ones go along."""
        await self.delete_user(path_id(user_id, UserNotFound), expected_revisions(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)


@dataclass(frozen=True, slots=True)
class TeamController:
    """/v1/teams and their members."""

    create_team: CreateTeam
    get_team: GetTeam
    list_teams: ListTeams
    update_team: UpdateTeam
    delete_team: DeleteTeam
    count_teams: CountTeams
    list_members: ListMembers
    add_member: AddMember
    remove_member: RemoveMember
    cursors: Cursors
    idempotency: UsersIdempotency

    members_page: ClassVar[object] = UserPage

    def show_member(self, user: UserWithIntegrations) -> object:
        """Return what a `members_page` has of each."""
        return show_user(user)

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Teams", AccessScope.USERS_READ, AccessScope.USERS_WRITE).add
        teams, team = "/v1/teams", "/v1/teams/{team_id:id}"
        members, member = f"{team}/members", f"{team}/members/{{user_id:id}}"
        missing, taken, no_user = "team_not_found", "team_name_taken", "user_not_found"
        refers = {422: [no_user]}
        add(STATS, "count_teams", f"{teams}/stats", self.stats, TeamStats)
        add(READ, "get_team", team, self.get, TeamOutput, missing)
        add(LIST, "list_teams", teams, self.list, TeamPage)
        add(CREATE, "create_team", teams, self.create, TeamOutput, taken, elsewhere=refers)
        add(UPDATE, "update_team", team, self.update, TeamOutput, missing, taken, elsewhere=refers)
        add(DELETE, "delete_team", team, self.delete, None, missing)
        add(LIST, "list_team_members", members, self.members, self.members_page, missing)
        add(PUT_IN, "add_team_member", member, self.put_member, None, missing, no_user)
        add(TAKE_OUT, "remove_team_member", member, self.delete_member, None, missing, no_user)

    async def stats(self) -> Response:
        """Count the teams."""
        return answer({"total": await self.count_teams()})

    async def get(self, request: Request, team_id: PathId) -> Response:
        """Show one team."""
        team = await self.get_team(path_id(team_id, TeamNotFound))
        return entity(request, show_team(team), team.revision)

    async def list(self, request: Request, parameters: Annotated[TeamParameters, Query()]) -> Response:
        """List teams, a page at a time."""
        query = TeamQuery(parameters.page_request(self.cursors, request), parameters.q)
        return parameters.answer(request, await self.list_teams(query), show_team, self.cursors)

    async def create(self, request: Request, body: TeamCreate) -> Response:
        """Create a team."""
        return await self.idempotency(request, lambda: self._create(request, body))

    async def _create(self, request: Request, body: TeamCreate) -> Response:
        team = await self.create_team(body.to_domain())
        location = f"/v1/teams/{team.id}"
        return entity(request, show_team(team), team.revision, status=HTTPStatus.CREATED, location=location)

    async def update(self, request: Request, team_id: PathId, body: TeamPatch) -> Response:
        """Change a team."""
        found = path_id(team_id, TeamNotFound)
        team = await self.update_team(found, body.to_domain(), expected_revisions(request))
        return entity(request, show_team(team), team.revision)

    async def delete(self, request: Request, team_id: PathId) -> Response:
        """Remove a team; its users stay."""
        await self.delete_team(path_id(team_id, TeamNotFound), expected_revisions(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def members(
        self, request: Request, team_id: PathId, parameters: Annotated[MemberParameters, Query()]
    ) -> Response:
        """List a team's users, a page at a time."""
        page = parameters.page_request(self.cursors, request)
        members = await self.list_members(path_id(team_id, TeamNotFound), page)
        return parameters.answer(request, members, self.show_member, self.cursors)

    async def put_member(self, team_id: PathId, user_id: PathId) -> Response:
        """Put a user in the team; may be repeated."""
        await self.add_member(path_id(team_id, TeamNotFound), path_id(user_id, UserNotFound))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def delete_member(self, team_id: PathId, user_id: PathId) -> Response:
        """Take a user out of the team; may be repeated."""
        await self.remove_member(path_id(team_id, TeamNotFound), path_id(user_id, UserNotFound))
        return Response(status_code=HTTPStatus.NO_CONTENT)
