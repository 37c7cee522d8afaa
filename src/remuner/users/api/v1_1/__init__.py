"""Users and teams as the first frontend knows them."""

from remuner.shared.releases import Release
from remuner.users.api.v1_1.controllers import TeamController, UserController

RELEASE = Release((UserController, TeamController))
