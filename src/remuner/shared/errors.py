"""What can be wrong, in words of the domain; `shared.problems` says how each is answered over HTTP.

RemunerError
├── InvalidInput          a value that the rules refuse
│   └── UnknownReference  an id inside the input that names nothing
├── NotFound              the thing that was asked for is not there
├── Conflict              the state of things refuses the change
├── PreconditionFailed    the thing has changed since the caller saw it
├── ConcurrentUpdate      somebody else was faster; worth trying again at once
└── Unavailable           a part that is needed is away for now
"""

from collections.abc import Mapping


class RemunerError(Exception):
    """A refusal with a stable `code` and a sentence for people, which never repeats what was sent."""

    code: str
    detail: str

    def __init__(self, detail: str | None = None) -> None:
        """`detail` replaces the sentence of the class."""
        self.detail = detail or self.detail
        super().__init__(self.detail)

    @property
    def extensions(self) -> Mapping[str, object]:
        """Further members of the answer, besides code and detail."""
        return {}


class InvalidInput(RemunerError):
    """A value that the rules refuse; `field` is its path in the input, such as `team_ids`."""

    code = "validation_error"
    detail = "The value is not accepted."

    def __init__(self, field: str, detail: str | None = None) -> None:
        """`field` is the path of the value in the input."""
        super().__init__(detail)
        self.field = field


class UnknownReference(InvalidInput):
    """An id inside the input that names nothing."""


class NotFound(RemunerError):
    """The thing that was asked for is not there."""


class Conflict(RemunerError):
    """The state of things refuses the change."""


class PreconditionFailed(RemunerError):
    """The thing has changed since the caller saw it."""

    code = "precondition_failed"
    detail = "It has changed since you read it. Read it again and repeat the change."


class ConcurrentUpdate(RemunerError):
    """Somebody else was faster; the unit of work runs again by itself."""

    code = "service_unavailable"
    detail = "Too many changes of the same thing at once. Try again."


class Unavailable(RemunerError):
    """A part that is needed is away for now; nothing is wrong with the request."""

    code = "service_unavailable"
    detail = "The service cannot reach its database for now. Try again."
