"""The routes of the audit trail, the same in every minor."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from remuner.audit.api.v1_1.serializers import EventPage, EventParameters, show_event
from remuner.audit.domain.entities import EventQuery
from remuner.audit.domain.use_cases import ListEvents
from remuner.shared.cursors import Cursors
from remuner.shared.routes import LIST, Routes
from remuner.shared.scopes import AccessScope


@dataclass(frozen=True, slots=True)
class AuditController:
    """/v1/audit-events."""

    list_events: ListEvents
    cursors: Cursors

    def add_routes(self, router: APIRouter) -> None:
        """Add them: there is nothing to write."""
        add = Routes(router, "Audit", AccessScope.AUDIT_READ, AccessScope.AUDIT_READ).add
        add(LIST, "list_audit_events", "/v1/audit-events", self.list, EventPage)

    async def list(self, request: Request, parameters: Annotated[EventParameters, Query()]) -> Response:
        """List what was done, the newest first, a page at a time."""
        query = EventQuery(
            parameters.page_request(self.cursors, request),
            parameters.resource_type,
            parameters.resource_id,
            parameters.action,
            parameters.key_id,
            parameters.since,
            parameters.until,
        )
        return parameters.answer(request, await self.list_events(query), show_event, self.cursors)
