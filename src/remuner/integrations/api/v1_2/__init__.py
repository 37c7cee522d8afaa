"""Integrations with pages, preconditions and counts by status; changes are PATCHes."""

from remuner.integrations.api.v1_2.controllers import IntegrationController
from remuner.shared.releases import Release

RELEASE = Release((IntegrationController,), drops=("POST /v1/integrations/{integration_id}",))
