"""The routes of users and teams in minor 2."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from remuner.shared.cursors import Cursors
from remuner.shared.http import PageOutput, entity, expected_revisions, path_id
from remuner.shared.problems import BODY_PROBLEMS, documented
from remuner.users.api.v1_2.serializers import (
    MemberParameters,
    TeamCreate,
    TeamOutput,
    TeamParameters,
    TeamPatch,
    TeamStats,
    UserCreate,
    UserOutput,
    UserParameters,
    UserPatch,
    UserStats,
)
from remuner.users.domain.entities import TeamQuery, UserQuery
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

    def add_routes(self, router: APIRouter) -> None:
        """Add them: `stats` before the ids."""
        add = router.add_api_route
        users, user = "/v1/users", "/v1/users/{user_id}"
        add(f"{users}/stats", self.stats, methods=["GET"], response_model=UserStats)
        add(user, self.get, methods=["GET"], response_model=UserOutput, responses=documented("user_not_found"))
        add(users, self.list, methods=["GET"], response_model=PageOutput[UserOutput])
        add(
            users,
            self.create,
            methods=["POST"],
            status_code=HTTPStatus.CREATED,
            response_model=UserOutput,
            responses=documented(*BODY_PROBLEMS, "email_taken"),
        )
        add(
            user,
            self.update,
            methods=["PATCH"],
            response_model=UserOutput,
            responses=documented(*BODY_PROBLEMS, "user_not_found", "email_taken", "precondition_failed"),
        )
        add(
            user,
            self.delete,
            methods=["DELETE"],
            status_code=HTTPStatus.NO_CONTENT,
            responses=documented("user_not_found", "user_has_active_integrations", "precondition_failed"),
        )

    async def stats(self) -> Response:
        """Count the users, by status."""
        counts = await self.count_users()
        stats = UserStats.model_validate({**counts, "total": sum(counts.values())})
        return Response(stats.model_dump_json(), media_type="application/json")

    async def get(self, request: Request, user_id: str) -> Response:
        """Show one user."""
        found = await self.get_user(path_id(user_id, UserNotFound))
        return entity(request, UserOutput.of(found), found.user.revision)

    async def list(self, request: Request, parameters: Annotated[UserParameters, Query()]) -> Response:
        """List users, a page at a time."""
        query = UserQuery(
            parameters.page_request(self.cursors, request),
            parameters.q,
            parameters.status,
            parameters.team_id,
            parameters.updated_since,
        )
        return parameters.answer(request, await self.list_users(query), UserOutput.of, self.cursors)

    async def create(self, request: Request, body: UserCreate) -> Response:
        """Create a user."""
        made = await self.create_user(body.to_domain())
        location = f"/v1/users/{made.user.id}"
        return entity(request, UserOutput.of(made), made.user.revision, status=HTTPStatus.CREATED, location=location)

    async def update(self, request: Request, user_id: str, body: UserPatch) -> Response:
        """Change a user."""
        found = path_id(user_id, UserNotFound)
        changed = await self.update_user(found, body.to_domain(), expected_revisions(request))
        return entity(request, UserOutput.of(changed), changed.user.revision)

    async def delete(self, request: Request, user_id: str) -> Response:
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

    def add_routes(self, router: APIRouter) -> None:
        """Add them: `stats` before the ids."""
        add = router.add_api_route
        teams, team = "/v1/teams", "/v1/teams/{team_id}"
        member = f"{team}/members/{{user_id}}"
        no_member = documented("team_not_found", "user_not_found")
        add(f"{teams}/stats", self.stats, methods=["GET"], response_model=TeamStats)
        add(team, self.get, methods=["GET"], response_model=TeamOutput, responses=documented("team_not_found"))
        add(teams, self.list, methods=["GET"], response_model=PageOutput[TeamOutput])
        add(
            teams,
            self.create,
            methods=["POST"],
            status_code=HTTPStatus.CREATED,
            response_model=TeamOutput,
            responses=documented(*BODY_PROBLEMS, "team_name_taken"),
        )
        add(
            team,
            self.update,
            methods=["PATCH"],
            response_model=TeamOutput,
            responses=documented(*BODY_PROBLEMS, "team_not_found", "team_name_taken", "precondition_failed"),
        )
        add(
            team,
            self.delete,
            methods=["DELETE"],
            status_code=HTTPStatus.NO_CONTENT,
            responses=documented("team_not_found", "precondition_failed"),
        )
        add(
            f"{team}/members",
            self.members,
            methods=["GET"],
            response_model=PageOutput[UserOutput],
            responses=documented("team_not_found"),
        )
        add(member, self.put_member, methods=["PUT"], status_code=HTTPStatus.NO_CONTENT, responses=no_member)
        add(
            member,
            self.delete_member,
            methods=["DELETE"],
            status_code=HTTPStatus.NO_CONTENT,
            responses=no_member,
        )

    async def stats(self) -> Response:
        """Count the teams."""
        stats = TeamStats(total=await self.count_teams())
        return Response(stats.model_dump_json(), media_type="application/json")

    async def get(self, request: Request, team_id: str) -> Response:
        """Show one team."""
        team = await self.get_team(path_id(team_id, TeamNotFound))
        return entity(request, TeamOutput.of(team), team.revision)

    async def list(self, request: Request, parameters: Annotated[TeamParameters, Query()]) -> Response:
        """List teams, a page at a time."""
        query = TeamQuery(parameters.page_request(self.cursors, request), parameters.q)
        return parameters.answer(request, await self.list_teams(query), TeamOutput.of, self.cursors)

    async def create(self, request: Request, body: TeamCreate) -> Response:
        """Create a team."""
        team = await self.create_team(body.to_domain())
        location = f"/v1/teams/{team.id}"
        return entity(request, TeamOutput.of(team), team.revision, status=HTTPStatus.CREATED, location=location)

    async def update(self, request: Request, team_id: str, body: TeamPatch) -> Response:
        """Change a team."""
        found = path_id(team_id, TeamNotFound)
        team = await self.update_team(found, body.to_domain(), expected_revisions(request))
        return entity(request, TeamOutput.of(team), team.revision)

    async def delete(self, request: Request, team_id: str) -> Response:
        """Remove a team; its users stay."""
        await self.delete_team(path_id(team_id, TeamNotFound), expected_revisions(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def members(
        self, request: Request, team_id: str, parameters: Annotated[MemberParameters, Query()]
    ) -> Response:
        """List a team's users, a page at a time."""
        page = parameters.page_request(self.cursors, request)
        members = await self.list_members(path_id(team_id, TeamNotFound), page)
        return parameters.answer(request, members, UserOutput.of, self.cursors)

    async def put_member(self, team_id: str, user_id: str) -> Response:
        """Put a user in the team; may be repeated."""
        await self.add_member(path_id(team_id, TeamNotFound), path_id(user_id, UserNotFound))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def delete_member(self, team_id: str, user_id: str) -> Response:
        """Take a user out of the team; may be repeated."""
        await self.remove_member(path_id(team_id, TeamNotFound), path_id(user_id, UserNotFound))
        return Response(status_code=HTTPStatus.NO_CONTENT)
