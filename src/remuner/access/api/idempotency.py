"""POSTs that are carried out once, in every minor."""

from remuner.shared.http import Idempotency


class AccessIdempotency(Idempotency):
    """With its records beside the access keys."""
