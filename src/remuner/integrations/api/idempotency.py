"""POSTs that are carried out once, in every minor."""

from remuner.shared.http import Idempotency


class IntegrationsIdempotency(Idempotency):
    """With its records beside the integrations."""
