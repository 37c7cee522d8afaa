"""Minor 1 of /v2: the people of the second core."""

from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Request, Response
from tests.versions.second_core.core import Meet, PersonNotFound, Welcome
from typing_extensions import TypedDict

from remuner.shared.fields import Input, Name
from remuner.shared.http import PathId, entity, path_id
from remuner.shared.releases import Release
from remuner.shared.routes import CREATE, READ, Routes
from remuner.shared.scopes import AccessScope


class PersonCreate(Input):
    """A new person."""

    name: Name


class PersonOutput(TypedDict):
    """A person."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PersonController:
    """/v2/people."""

    welcome: Welcome
    meet: Meet

    def add_routes(self, router: APIRouter) -> None:
        """Add them."""
        add = Routes(router, "People", AccessScope.USERS_READ, AccessScope.USERS_WRITE).add
        add(READ, "get_person", "/v2/people/{person_id}", self.get, PersonOutput)
        add(CREATE, "create_person", "/v2/people", self.create, PersonOutput)

    async def get(self, request: Request, person_id: PathId) -> Response:
        """Show a person."""
        person = await self.meet(path_id(person_id, PersonNotFound))
        return entity(request, PersonOutput(id=person.id, name=person.name), 1)

    async def create(self, request: Request, body: PersonCreate) -> Response:
        """Create a person."""
        person = await self.welcome(body.name)
        made = PersonOutput(id=person.id, name=person.name)
        return entity(request, made, 1, status=HTTPStatus.CREATED, location=f"/v2/people/{person.id}")


RELEASE = Release((PersonController,))
