"""Integrations as the first frontend knows them."""

from remuner.integrations.api.v1_1.controllers import IntegrationController
from remuner.shared.releases import Release

RELEASE = Release((IntegrationController,))
