"""POSTs that are carried out once, in every minor."""

from remuner.shared.http import Idempotency


class UsersIdempotency(Idempotency):
    """With its records beside the users."""
