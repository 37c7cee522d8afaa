"""Signing out everywhere; the rest is as in minor 1."""

from remuner.access.api.v1_2.controllers import SessionsController
from remuner.shared.releases import Release

RELEASE = Release((SessionsController,))
