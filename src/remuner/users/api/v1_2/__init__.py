"""Users and teams with pages, preconditions and counts by status; changes are PATCHes."""

from remuner.shared.releases import Release
from remuner.users.api.v1_2.controllers import TeamController, UserController

RELEASE = Release((UserController, TeamController), drops=("POST /v1/users/{user_id}", "POST /v1/teams/{team_id}"))
