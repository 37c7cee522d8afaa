"""Integrations with pages, preconditions, counts by status and the use of their tokens; changes are PATCHes."""

from remuner.integrations.api.v1_2.controllers import IntegrationController
from remuner.integrations.api.v1_2.token_controllers import TokenController
from remuner.shared.releases import Release

RELEASE = Release((IntegrationController, TokenController), drops=("POST /v1/integrations/{integration_id}",))
