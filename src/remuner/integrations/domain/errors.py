"""What integrations refuse, and why."""

from remuner.shared.errors import Conflict, InvalidInput, NotFound, RemunerError, UnknownReference


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


class TokenRequired(InvalidInput):
    """The destination changes, so the token that it had is erased and another one is needed."""

    code = "token_required"
    detail = "The old token never goes to a new address: send the one for the new destination with it."

    def __init__(self) -> None:
        """The field is always the same."""
        super().__init__("token")


class IntegrationInactive(Conflict):
    """The integration, or its user, is inactive, so that its token is not used."""

    code = "integration_inactive"
    detail = "The integration, or its user, is inactive."


class NoDestination(Conflict):
    """Nobody has said where the token may go."""

    code = "no_destination"
    detail = "The integration has no destination."


class KeyLimited(RemunerError):
    """The caller's access key is limited to other integrations, methods or paths."""

    code = "key_limited"
    detail = "The access key is limited to other integrations, methods or paths."


class KeyClosed(RemunerError):
    """The caller's access key has been stopped since the call began."""

    code = "unauthenticated"
    detail = "The access key does not open anything any more."


class IntegrationBusy(RemunerError):
    """Too many calls with this token are running."""

    code = "integration_busy"
    detail = "Too many calls of this integration are running at once."
