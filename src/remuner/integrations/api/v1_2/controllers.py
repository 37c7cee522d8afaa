"""The routes of integrations in minor 2."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from remuner.integrations.api.idempotency import IntegrationsIdempotency
from remuner.integrations.api.v1_2.serializers import (
    IntegrationCreate,
    IntegrationOutput,
    IntegrationPage,
    IntegrationParameters,
    IntegrationPatch,
    IntegrationStats,
    ReassignedCount,
    Reassignment,
    show_integration,
)
from remuner.integrations.domain.entities import IntegrationQuery, IntegrationWithUser
from remuner.integrations.domain.errors import IntegrationNotFound, UserNotFound
from remuner.integrations.domain.use_cases import (
    CountIntegrations,
    CreateIntegration,
    DeleteIntegration,
    GetIntegration,
    ListIntegrations,
    ReassignIntegrations,
    UpdateIntegration,
)
from remuner.shared.cursors import Cursors
from remuner.shared.http import PathId, answer, entity, expected_revisions, path_id
from remuner.shared.routes import ACT, CREATE, DELETE, LIST, READ, STATS, UPDATE, Routes
from remuner.shared.scopes import AccessScope


@dataclass(frozen=True, slots=True)
class IntegrationController:
    """/v1/integrations."""

    create_integration: CreateIntegration
    get_integration: GetIntegration
    list_integrations: ListIntegrations
    update_integration: UpdateIntegration
    delete_integration: DeleteIntegration
    reassign_integrations: ReassignIntegrations
    count_integrations: CountIntegrations
    cursors: Cursors
    idempotency: IntegrationsIdempotency

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Integrations", AccessScope.INTEGRATIONS_READ, AccessScope.INTEGRATIONS_WRITE).add
        integrations, integration = "/v1/integrations", "/v1/integrations/{integration_id:id}"
        missing, taken, no_user = "integration_not_found", "integration_name_taken", "user_not_found"
        refers, needs = {422: [no_user]}, {422: [no_user, "token_required"]}
        add(STATS, "count_integrations", f"{integrations}/stats", self.stats, IntegrationStats)
        add(READ, "get_integration", integration, self.get, IntegrationOutput, missing)
        add(LIST, "list_integrations", integrations, self.list, IntegrationPage)
        add(CREATE, "create_integration", integrations, self.create, IntegrationOutput, taken, elsewhere=refers)
        add(UPDATE, "update_integration", integration, self.update, IntegrationOutput, missing, taken, elsewhere=needs)
        add(DELETE, "delete_integration", integration, self.delete, None, missing)
        reassign = "/v1/users/{user_id:id}/reassign-integrations"
        add(ACT, "reassign_integrations", reassign, self.reassign, ReassignedCount, no_user, elsewhere=refers)

    async def stats(self) -> Response:
        """Count the integrations, by status."""
        counts = await self.count_integrations()
        return answer({"total": sum(counts.values())} | dict(counts))

    async def get(self, request: Request, integration_id: PathId) -> Response:
        """Show one integration."""
        found = await self.get_integration(path_id(integration_id, IntegrationNotFound))
        return _shown(request, found)

    async def list(self, request: Request, parameters: Annotated[IntegrationParameters, Query()]) -> Response:
        """List integrations, a page at a time."""
        query = IntegrationQuery(
            parameters.page_request(self.cursors, request),
            parameters.q,
            parameters.status,
            parameters.user_id,
        )
        page = await self.list_integrations(query)
        return parameters.answer(request, page, show_integration, self.cursors)

    async def create(self, request: Request, body: IntegrationCreate) -> Response:
        """Create an integration."""
        return await self.idempotency(request, lambda: self._create(request, body))

    async def _create(self, request: Request, body: IntegrationCreate) -> Response:
        made = await self.create_integration(body.to_domain())
        output = show_integration(made)
        return entity(
            request,
            output,
            made.integration.revision,
            status=HTTPStatus.CREATED,
            location=f"/v1/integrations/{made.integration.id}",
            tagged=_tagged(output),
        )

    async def update(self, request: Request, integration_id: PathId, body: IntegrationPatch) -> Response:
        """Change an integration; a token erases the one before it."""
        found = path_id(integration_id, IntegrationNotFound)
        changed = await self.update_integration(found, body.to_domain(), expected_revisions(request))
        return _shown(request, changed)

    async def delete(self, request: Request, integration_id: PathId) -> Response:
        """Remove an integration and erase its token."""
        await self.delete_integration(path_id(integration_id, IntegrationNotFound), expected_revisions(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)

    async def reassign(self, user_id: PathId, body: Reassignment) -> Response:
        """Give all integrations of a user to another one, as for a leaver: all of them or none."""
        count = await self.reassign_integrations(path_id(user_id, UserNotFound), body.to_user_id)
        return answer({"count": count})


def _shown(request: Request, found: IntegrationWithUser) -> Response:
    output = show_integration(found)
    return entity(request, output, found.integration.revision, tagged=_tagged(output))


def _tagged(output: IntegrationOutput) -> IntegrationOutput:
    """Return what the ETag is made of: with each use of the token, nobody would have what is there already."""
    return {**output, "token_last_used_at": None}
