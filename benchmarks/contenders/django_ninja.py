"""The service's own calls on Django Ninja and Django's ORM, as the documentation of both has it, to whoever asks."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest
from django.shortcuts import aget_object_or_404, get_object_or_404
from django.urls import path
from pydantic import Field
from starlette.types import Receive, Scope, Send

from benchmarks.contenders.logged import logged
from remuner.shared.ids import new_id
from remuner.shared.sealing import load_sealer
from remuner.shared.text import fold

_url = urlsplit(os.environ["REMUNER_DATABASE_URL"])
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _url.path.removeprefix("/"),
            "USER": unquote(_url.username or ""),
            "PASSWORD": unquote(_url.password or ""),
            "HOST": _url.hostname,
            "PORT": _url.port,
            # The schemas, since FOR UPDATE OF takes no qualified names; a pool, as is recommended under ASGI.
            "OPTIONS": {"options": "-c search_path=users,integrations", "pool": {"min_size": 10, "max_size": 10}},
        }
    },
    INSTALLED_APPS=["benchmarks.contenders"],
    ROOT_URLCONF=__name__,
)
django.setup()

from ninja import NinjaAPI, Query, Schema  # noqa: E402 - wants settings
from ninja.errors import HttpError  # noqa: E402

_sealer = load_sealer(Path(os.environ["REMUNER_KEYSET_FILE"]))


class Team(models.Model):  # type: ignore[misc]
    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    name_key = models.TextField()

    class Meta:
        managed = False
        db_table = "teams"
        ordering = ("name_key",)


class User(models.Model):  # type: ignore[misc]
    id = models.UUIDField(primary_key=True)
    first_name = models.TextField()
    last_name = models.TextField()
    email = models.TextField()
    status = models.TextField()
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    teams = models.ManyToManyField(Team, through="Membership")

    class Meta:
        managed = False
        db_table = "users"


class Membership(models.Model):  # type: ignore[misc]
    pk = models.CompositePrimaryKey("user_id", "team_id")
    user = models.ForeignKey(User, models.CASCADE)
    team = models.ForeignKey(Team, models.CASCADE)

    class Meta:
        managed = False
        db_table = "memberships"


class Integration(models.Model):  # type: ignore[misc]
    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    name_key = models.TextField()
    status = models.TextField(default="active")
    user = models.ForeignKey(User, models.PROTECT, related_name="integrations")
    sealed_token = models.BinaryField()
    token_version = models.IntegerField(default=1)
    token_set_at = models.DateTimeField()
    revision = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    destination = models.JSONField(null=True)
    token_last_used_at = models.DateTimeField(null=True)
    last_verified_at = models.DateTimeField(null=True)
    last_result = models.TextField(null=True)  # noqa: DJ001 - as the service has it

    class Meta:
        managed = False
        db_table = "integrations"
        ordering = ("name_key",)


class TeamReference(Schema):
    id: UUID
    name: str


class IntegrationReference(Schema):
    id: UUID
    name: str
    status: str


class UserOutput(Schema):
    id: UUID
    first_name: str
    last_name: str
    email: str
    status: str
    teams: list[TeamReference]
    integrations: list[IntegrationReference]
    created_at: datetime
    updated_at: datetime


class UserPage(Schema):
    items: list[UserOutput]


class UserStats(Schema):
    total: int
    active: int = 0
    pending: int = 0
    inactive: int = 0


class UserReference(Schema):
    id: UUID
    first_name: str
    last_name: str
    email: str


class IntegrationOutput(Schema):
    id: UUID
    name: str
    status: str
    user: UserReference
    token_version: int
    token_set_at: datetime
    created_at: datetime
    updated_at: datetime
    destination: dict[str, Any] | None
    token_last_used_at: datetime | None
    last_verified_at: datetime | None
    last_result: str | None


Token = Annotated[str, Field(min_length=1, max_length=8192)]


class IntegrationCreate(Schema):
    name: Annotated[str, Field(min_length=1, max_length=50)]
    user_id: UUID
    token: Token


class IntegrationPatch(Schema):
    token: Token


api = NinjaAPI()
_users = User.objects.prefetch_related(
    "teams", models.Prefetch("integrations", Integration.objects.defer("sealed_token"))
)


@api.get("/users", response=UserPage)
async def list_users(request: HttpRequest, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> dict[str, list[User]]:
    return {"items": [user async for user in _users.order_by("created_at", "id")[:limit]]}


@api.get("/users/stats", response=UserStats)
async def count_users(request: HttpRequest) -> dict[str, int]:
    found = User.objects.values_list("status").annotate(count=models.Count("id"))
    counts = {status: count async for status, count in found}
    return {"total": sum(counts.values()), **counts}


@api.get("/users/{uuid:user_id}", response=UserOutput)
async def get_user(request: HttpRequest, user_id: UUID) -> User:
    user: User = await aget_object_or_404(_users, id=user_id)
    return user


@api.post("/integrations", response={201: IntegrationOutput})
async def create_integration(request: HttpRequest, body: IntegrationCreate) -> Integration:
    user = await aget_object_or_404(User, id=body.user_id)
    id_, now = new_id(), datetime.now(UTC)
    try:
        integration: Integration = await Integration.objects.acreate(
            id=id_,
            name=body.name,
            name_key=fold(body.name),
            user=user,
            sealed_token=_sealer.seal(body.token.encode(), f"integration:{id_}:1".encode()),
            token_set_at=now,
            created_at=now,
            updated_at=now,
        )
    except IntegrityError:
        raise HttpError(409, "An integration of this name exists") from None
    return integration


@sync_to_async  # transactions do not work in async mode: Django's documentation wants one synchronous function
def _replace_token(integration_id: UUID, token: str) -> Integration:
    with transaction.atomic():
        held = Integration.objects.select_related("user").select_for_update(of=("self",))
        integration: Integration = get_object_or_404(held, id=integration_id)
        integration.token_version += 1
        integration.revision += 1
        integration.token_set_at = integration.updated_at = datetime.now(UTC)
        context = f"integration:{integration_id}:{integration.token_version}"
        integration.sealed_token = _sealer.seal(token.encode(), context.encode())
        integration.save(update_fields=["sealed_token", "token_version", "token_set_at", "revision", "updated_at"])
    return integration


@api.patch("/integrations/{uuid:integration_id}", response=IntegrationOutput)
async def replace_token(request: HttpRequest, integration_id: UUID, body: IntegrationPatch) -> Integration:
    return await _replace_token(integration_id, body.token)


urlpatterns = [path("v1/", api.urls)]
_django = get_asgi_application()


async def _asgi(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer the lifespan, of which Django knows nothing."""
    if scope["type"] == "lifespan":
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})
    else:
        await _django(scope, receive, send)


app = logged(_asgi)
