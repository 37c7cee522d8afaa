"""What access keys refuse, and why."""

from remuner.shared.errors import NotFound


class AccessKeyNotFound(NotFound):
    """No access key has this id."""

    code = "access_key_not_found"
    detail = "There is no access key with this id."
