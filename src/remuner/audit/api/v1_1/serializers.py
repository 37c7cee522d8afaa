"""What audit events look like, the same in every minor."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints, with_config
from typing_extensions import TypedDict

from remuner.audit.domain.entities import Event
from remuner.shared.fields import Id, Moment
from remuner.shared.http import PageOutput, PageParameters

_WORD = r"[a-z_]{1,50}"
ResourceType = Annotated[str, StringConstraints(pattern=rf"^{_WORD}$"), Field(examples=["integration"])]
Action = Annotated[
    str, StringConstraints(pattern=rf"^{_WORD}\.{_WORD}$"), Field(examples=["integration.token_replaced"])
]


class ActorOutput(TypedDict):
    """Who did it; without a key it was the administrator's key or the service itself."""

    key_id: UUID | None
    name: str


class ResourceReference(TypedDict):
    """What it was done to; it may be gone."""

    type: str
    id: UUID


@with_config(
    ConfigDict(
        json_schema_extra={
            "example": {
                "id": "0192f0c3-1f5e-7d2b-8a6c-9fa0b1c2d3e4",
                "at": "2026-01-02T03:04:05.678901Z",
                "actor": {"key_id": "0192f0c0-90e2-7f3c-8b1d-5e6f708192a3", "name": "payroll sync"},
                "action": "integration.token_replaced",
                "resource": {"type": "integration", "id": "0192f0c2-77aa-7b1c-9e4d-8f90a1b2c3d4"},
                "changes": {"status": ["inactive", "active"], "token": {"version": [3, 4]}},
                "request_id": "0192f0c3-1f5e-7d2b-8a6c-000000000000",
            }
        }
    )
)
class EventOutput(TypedDict):
    """Something that was done. It never changes, but for names and emails: they go when their user is erased."""

    id: UUID
    at: datetime
    actor: ActorOutput
    action: str
    resource: ResourceReference
    changes: Annotated[
        dict[str, list[Any] | dict[str, list[Any]]],
        Field(
            description="Field → [old, new], only what changed; null where there was or is no value, and for both "
            "where a name or email has been erased with its user. Of a token only the versions."
        ),
    ]
    request_id: Annotated[
        str | None, Field(description="Null where it was no request, but a command or the service itself.")
    ]


def show_event(event: Event) -> EventOutput:
    """Show an event; every value comes from the domain, so nothing is validated again."""
    changes: dict[str, Any] = {**event.changes, **event.personal}
    return {
        "id": event.id,
        "at": event.at,
        "actor": {"key_id": event.actor.key_id, "name": event.actor.name},
        "action": event.action,
        "resource": {"type": event.resource_type, "id": event.resource_id},
        "changes": changes,
        "request_id": event.request_id,
    }


class EventPage(PageOutput[EventOutput]):
    """A page of events."""


class EventParameters(PageParameters):
    """The query of the list of events."""

    resource_type: ResourceType | None = None
    resource_id: Id | None = None
    action: Action | None = None
    key_id: Id | None = Field(None, description="The access key that did it.")
    since: Moment | None = Field(None, description="At this moment or later.")
    until: Moment | None = Field(None, description="Before this moment.")
    sort: Literal["-at"] = Field("-at", description="Always the newest first.")
