"""What integrations refuse, and why."""

from remuner.shared.errors import Conflict, NotFound, UnknownReference


class IntegrationNotFound(NotFound):
    """No integration has this id."""

    code = "integration_not_found"
    detail = "There is no integration with this id."


class UserNotFound(NotFound):
    """No user has this id."""

    code = "user_not_found"
    detail = "There is no user with this id."


class UnknownUser(UnknownReference):
    """The input refers to a user that does not exist, or that is being erased."""

    code = "user_not_found"
    detail = "It names a user that does not exist."


class IntegrationNameTaken(Conflict):
    """Another integration has the name, without regard to case."""

    code = "integration_name_taken"
    detail = "Another integration has this name. Upper and lower case count as the same."
