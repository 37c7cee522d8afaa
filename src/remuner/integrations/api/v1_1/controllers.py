"""The routes of integrations in minor 1."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from remuner.integrations.api.idempotency import IntegrationsIdempotency
from remuner.integrations.api.v1_1.serializers import (
    IntegrationCreate,
    IntegrationEdit,
    IntegrationOutput,
    show_integration,
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
from remuner.shared.http import PathId, answer, entity, expected_revisions, path_id
from remuner.shared.minor_1 import ARRAY, EDIT, ERASE, FIRST, MAKE, Count, Nothing, Reference
from remuner.shared.routes import READ, STATS, Routes
from remuner.shared.scopes import AccessScope


@dataclass(frozen=True, slots=True)
class IntegrationController:
    """/v1/integrations."""

    create_integration: CreateIntegration
    get_integration: GetIntegration
    list_integrations: ListIntegrations
    update_integration: UpdateIntegration
    delete_integration: DeleteIntegration
    count_integrations: CountIntegrations
    idempotency: IntegrationsIdempotency

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "Integrations", AccessScope.INTEGRATIONS_READ, AccessScope.INTEGRATIONS_WRITE).add
        integrations, integration = "/v1/integrations", "/v1/integrations/{integration_id:id}"
        missing, taken, no_user = "integration_not_found", "integration_name_taken", {422: ["user_not_found"]}
        add(STATS, "count_integrations", f"{integrations}/stats", self.stats, Count)
        add(READ, "get_integration", integration, self.get, IntegrationOutput, missing)
        add(ARRAY, "list_integrations", integrations, self.list, list[IntegrationOutput])
        add(MAKE, "create_integration", integrations, self.create, Reference, taken, elsewhere=no_user)
        add(EDIT, "update_integration", integration, self.update, Reference, missing, taken, elsewhere=no_user)
        add(ERASE, "delete_integration", integration, self.delete, Nothing, missing)

    async def stats(self) -> Response:
        """Count the integrations."""
        return answer({"count": sum((await self.count_integrations()).values())})

    async def get(self, request: Request, integration_id: PathId) -> Response:
        """Show one integration."""
        found = await self.get_integration(path_id(integration_id, IntegrationNotFound))
        return entity(request, show_integration(found), found.integration.revision)

    async def list(self) -> Response:
        """List the first 1000 integrations."""
        page = await self.list_integrations(IntegrationQuery(FIRST))
        return answer([show_integration(each) for each in page.items])

    async def create(self, request: Request, body: IntegrationCreate) -> Response:
        """Create an integration."""
        return await self.idempotency(request, lambda: self._create(body))

    async def _create(self, body: IntegrationCreate) -> Response:
        made = await self.create_integration(body.to_domain())
        return answer({"id": made.integration.id})

    async def update(self, request: Request, integration_id: PathId, body: IntegrationEdit) -> Response:
        """Change an integration; a token erases the one before it."""
        found = path_id(integration_id, IntegrationNotFound)
        await self.update_integration(found, body.to_domain(), expected_revisions(request))
        return answer({"id": found})

    async def delete(self, request: Request, integration_id: PathId) -> Response:
        """Remove an integration and erase its token."""
        await self.delete_integration(path_id(integration_id, IntegrationNotFound), expected_revisions(request))
        return answer({})
