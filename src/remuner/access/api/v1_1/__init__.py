"""Access keys and sessions."""

from remuner.access.api.v1_1.controllers import AccessKeyController, SessionController
from remuner.shared.releases import Release

RELEASE = Release((AccessKeyController, SessionController))
