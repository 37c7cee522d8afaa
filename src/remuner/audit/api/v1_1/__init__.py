"""The audit trail."""

from remuner.audit.api.v1_1.controllers import AuditController
from remuner.shared.releases import Release

RELEASE = Release((AuditController,))
