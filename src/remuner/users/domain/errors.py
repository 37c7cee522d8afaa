"""What users and teams refuse, and why."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from remuner.shared.errors import Conflict, NotFound, UnknownReference


class UserNotFound(NotFound):
    """No user has this id."""

    code = "user_not_found"
    detail = "There is no user with this id."


class TeamNotFound(NotFound):
    """No team has this id."""

    code = "team_not_found"
    detail = "There is no team with this id."


class UnknownUser(UnknownReference):
    """The input refers to a user that does not exist."""

    code = "user_not_found"
    detail = "It names a user that does not exist."


class UnknownTeam(UnknownReference):
    """The input refers to a team that does not exist."""

    code = "team_not_found"
    detail = "It names a team that does not exist."


class EmailTaken(Conflict):
    """Another user has the email, without regard to case."""

    code = "email_taken"
    detail = "Another user has this email. Upper and lower case count as the same."


class TeamNameTaken(Conflict):
    """Another team has the name, without regard to case."""

    code = "team_name_taken"
    detail = "Another team has this name. Upper and lower case count as the same."


class UserHasActiveIntegrations(Conflict):
    """A user with active integrations cannot be erased."""

    code = "user_has_active_integrations"
    detail = "The user has active integrations. Deactivate or reassign them first."

    def __init__(self, integration_ids: Sequence[UUID]) -> None:
        """`integration_ids` are those that stand in the way."""
        super().__init__()
        self.integration_ids = tuple(integration_ids)

    @property
    def extensions(self) -> Mapping[str, object]:
        """Name the integrations that stand in the way."""
        return {"integration_ids": [str(integration_id) for integration_id in self.integration_ids]}
