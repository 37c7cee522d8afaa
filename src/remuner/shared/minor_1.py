"""What the apps have in common in minor 1: bare arrays and objects, changes by POST, 200 for all that went well."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus
from uuid import UUID

from pydantic import ConfigDict
from typing_extensions import TypedDict

from remuner.shared.errors import InvalidInput
from remuner.shared.fields import Input
from remuner.shared.pagination import PageRequest
from remuner.shared.routes import CREATE, DELETE, UPDATE, CallKind

ARRAY = CallKind("GET")
MAKE = replace(CREATE, status=HTTPStatus.OK, gives=("Idempotency-Replayed",))
EDIT = replace(UPDATE, method="POST", gives=())
ERASE = replace(DELETE, status=HTTPStatus.OK)

LIMIT = 1000
FIRST = PageRequest(LIMIT)
"""What a list shows."""


class TolerantInput(Input):
    """A body whose unknown fields are ignored: clients send back more than they may set."""

    model_config = ConfigDict(extra="ignore")


class Reference(TypedDict):
    """What was made or changed."""

    id: UUID


class Count(TypedDict):
    """How many there are."""

    count: int


class Nothing(TypedDict):
    """It is gone."""


@contextmanager
def fields_named(names: Mapping[str, str]) -> Iterator[None]:
    """Let a refusal name a field as this minor does; `names` are by the domain's."""
    try:
        yield
    except InvalidInput as error:
        error.field = names.get(error.field, error.field)
        raise
