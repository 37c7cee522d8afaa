"""The routes of integrations in minor 2."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from remuner.integrations.api.v1_2.serializers import (
    IntegrationCreate,
    IntegrationOutput,
    IntegrationParameters,
    IntegrationPatch,
    IntegrationStats,
)
from remuner.integrations.domain.entities import IntegrationQuery
from remuner.integrations.domain.errors import IntegrationNotFound
from remuner.integrations.domain.use_cases import (
    CountIntegrations,
    CreateIntegration,
    DeleteIntegration,
    GetIntegration,
    ListIntegrations,
    UpdateIntegration,
)
from remuner.shared.cursors import Cursors
from remuner.shared.http import PageOutput, entity, expected_revisions, path_id
from remuner.shared.problems import BODY_PROBLEMS, documented


@dataclass(frozen=True, slots=True)
class IntegrationController:
    """/v1/integrations."""

    create_integration: CreateIntegration
    get_integration: GetIntegration
    list_integrations: ListIntegrations
    update_integration: UpdateIntegration
    delete_integration: DeleteIntegration
    count_integrations: CountIntegrations
    cursors: Cursors

    def add_routes(self, router: APIRouter) -> None:
        """Add them: `stats` before the ids."""
        add = router.add_api_route
        integrations, integration = "/v1/integrations", "/v1/integrations/{integration_id}"
        add(f"{integrations}/stats", self.stats, methods=["GET"], response_model=IntegrationStats)
        add(
            integration,
            self.get,
            methods=["GET"],
            response_model=IntegrationOutput,
            responses=documented("integration_not_found"),
        )
        add(integrations, self.list, methods=["GET"], response_model=PageOutput[IntegrationOutput])
        add(
            integrations,
            self.create,
            methods=["POST"],
            status_code=HTTPStatus.CREATED,
            response_model=IntegrationOutput,
            responses=documented(*BODY_PROBLEMS, "integration_name_taken"),
        )
        add(
            integration,
            self.update,
            methods=["PATCH"],
            response_model=IntegrationOutput,
            responses=documented(
                *BODY_PROBLEMS, "integration_not_found", "integration_name_taken", "precondition_failed"
            ),
        )
        add(
            integration,
            self.delete,
            methods=["DELETE"],
            status_code=HTTPStatus.NO_CONTENT,
            responses=documented("integration_not_found", "precondition_failed"),
        )

    async def stats(self) -> Response:
        """Count the integrations, by status."""
        counts = await self.count_integrations()
        stats = IntegrationStats.model_validate({**counts, "total": sum(counts.values())})
        return Response(stats.model_dump_json(), media_type="application/json")

    async def get(self, request: Request, integration_id: str) -> Response:
        """Show one integration."""
        found = await self.get_integration(path_id(integration_id, IntegrationNotFound))
        return entity(request, IntegrationOutput.of(found), found.integration.revision)

    async def list(self, request: Request, parameters: Annotated[IntegrationParameters, Query()]) -> Response:
        """List integrations, a page at a time."""
        query = IntegrationQuery(
            parameters.page_request(self.cursors, request),
            parameters.q,
            parameters.status,
            parameters.user_id,
        )
        page = await self.list_integrations(query)
        return parameters.answer(request, page, IntegrationOutput.of, self.cursors)

    async def create(self, request: Request, body: IntegrationCreate) -> Response:
        """Create an integration."""
        made = await self.create_integration(body.to_domain())
        return entity(
            request,
            IntegrationOutput.of(made),
            made.integration.revision,
            status=HTTPStatus.CREATED,
            location=f"/v1/integrations/{made.integration.id}",
        )

    async def update(self, request: Request, integration_id: str, body: IntegrationPatch) -> Response:
        """Change an integration; a token erases the one before it."""
        found = path_id(integration_id, IntegrationNotFound)
        changed = await self.update_integration(found, body.to_domain(), expected_revisions(request))
        return entity(request, IntegrationOutput.of(changed), changed.integration.revision)

    async def delete(self, request: Request, integration_id: str) -> Response:
        """Remove an integration and erase its token."""
        await self.delete_integration(path_id(integration_id, IntegrationNotFound), expected_revisions(request))
        return Response(status_code=HTTPStatus.NO_CONTENT)
