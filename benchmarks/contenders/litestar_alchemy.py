"""The service's own calls on Litestar and Advanced Alchemy, as the documentation of both has it, to whoever asks."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from advanced_alchemy.extensions.litestar import (
    AsyncSessionConfig,
    EngineConfig,
    SQLAlchemyAsyncConfig,
    SQLAlchemyPlugin,
    base,
    filters,
    providers,
    repository,
    service,
)
from litestar import Controller, Litestar, get, patch, post
from litestar.params import Parameter
from msgspec import Meta, Struct
from sqlalchemy import Column, ForeignKey, Table, func, make_url, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from benchmarks.contenders.logged import logged
from remuner.shared.ids import new_id
from remuner.shared.sealing import load_sealer
from remuner.shared.text import fold

_sealer = load_sealer(Path(os.environ["REMUNER_KEYSET_FILE"]))


memberships = Table(
    "memberships",
    base.orm_registry.metadata,
    Column("user_id", ForeignKey("users.users.id"), primary_key=True),
    Column("team_id", ForeignKey("users.teams.id"), primary_key=True),
    schema="users",
)


class Team(base.DefaultBase):
    __tablename__ = "teams"
    __table_args__ = {"schema": "users"}  # noqa: RUF012 - SQLAlchemy's own

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]


class User(base.DefaultBase):
    __tablename__ = "users"
    __table_args__ = {"schema": "users"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_name: Mapped[str]
    last_name: Mapped[str]
    email: Mapped[str]
    status: Mapped[str]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    teams: Mapped[list[Team]] = relationship(secondary=memberships, order_by=Team.name_key)
    integrations: Mapped[list["Integration"]] = relationship(
        back_populates="user", order_by=lambda: Integration.name_key
    )


class Integration(base.DefaultBase):
    __tablename__ = "integrations"
    __table_args__ = {"schema": "integrations"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    status: Mapped[str] = mapped_column(default="active")
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.users.id"))
    sealed_token: Mapped[bytes] = mapped_column(deferred=True)
    token_version: Mapped[int] = mapped_column(default=1)
    token_set_at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    destination: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    token_last_used_at: Mapped[datetime | None]
    last_verified_at: Mapped[datetime | None]
    last_result: Mapped[str | None]
    user: Mapped[User] = relationship(back_populates="integrations")


class TeamReference(Struct):
    id: UUID
    name: str


class IntegrationReference(Struct):
    id: UUID
    name: str
    status: str


class UserOutput(Struct):
    id: UUID
    first_name: str
    last_name: str
    email: str
    status: str
    teams: list[TeamReference]
    integrations: list[IntegrationReference]
    created_at: datetime
    updated_at: datetime


class UserPage(Struct):
    items: Sequence[UserOutput]


class UserStats(Struct):
    total: int
    active: int = 0
    pending: int = 0
    inactive: int = 0


class UserReference(Struct):
    id: UUID
    first_name: str
    last_name: str
    email: str


class IntegrationOutput(Struct):
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


Token = Annotated[str, Meta(min_length=1, max_length=8192)]


class IntegrationCreate(Struct):
    name: Annotated[str, Meta(min_length=1, max_length=50)]
    user_id: UUID
    token: Token


class IntegrationPatch(Struct):
    token: Token


class UserService(service.SQLAlchemyAsyncRepositoryService[User]):
    class Repository(repository.SQLAlchemyAsyncRepository[User]):
        model_type = User

    repository_type = Repository

    async def stats(self) -> UserStats:
        found = await self.repository.session.execute(select(User.status, func.count()).group_by(User.status))
        counts = dict(found.tuples().all())
        return UserStats(total=sum(counts.values()), **counts)


class IntegrationService(service.SQLAlchemyAsyncRepositoryService[Integration]):
    class Repository(repository.SQLAlchemyAsyncRepository[Integration]):
        model_type = Integration

    repository_type = Repository

    async def connect(self, user: User, data: IntegrationCreate) -> Integration:
        id_, now = new_id(), datetime.now(UTC)
        integration = Integration(
            id=id_,
            name=data.name,
            name_key=fold(data.name),
            user=user,
            sealed_token=_sealer.seal(data.token.encode(), f"integration:{id_}:1".encode()),
            token_set_at=now,
            created_at=now,
            updated_at=now,
        )
        return await self.create(integration, auto_refresh=False)

    async def replace_token(self, integration_id: UUID, token: str) -> Integration:
        integration = await self.repository.get(integration_id, with_for_update={"of": Integration})
        integration.token_version += 1
        integration.revision += 1
        integration.token_set_at = integration.updated_at = datetime.now(UTC)
        context = f"integration:{integration_id}:{integration.token_version}"
        integration.sealed_token = _sealer.seal(token.encode(), context.encode())
        return await self.update(integration, auto_refresh=False)


class UserController(Controller):
    path = "/v1/users"
    dependencies = providers.create_service_dependencies(
        UserService, "users_service", load=[User.teams, User.integrations]
    )

    @get()
    async def list_users(
        self, users_service: UserService, limit: Annotated[int, Parameter(ge=1, le=200)] = 50
    ) -> UserPage:
        found = await users_service.get_many(
            filters.LimitOffset(limit, 0), order_by=[(User.created_at, False), (User.id, False)]
        )
        return UserPage(users_service.to_schema(found, schema_type=UserOutput).items)

    @get("/stats")
    async def count_users(self, users_service: UserService) -> UserStats:
        return await users_service.stats()

    @get("/{user_id:uuid}")
    async def get_user(self, users_service: UserService, user_id: UUID) -> UserOutput:
        return users_service.to_schema(await users_service.get(user_id), schema_type=UserOutput)


class IntegrationController(Controller):
    path = "/v1/integrations"
    dependencies = {  # noqa: RUF012 - Litestar's own
        **providers.create_service_dependencies(UserService, "users_service"),
        **providers.create_service_dependencies(IntegrationService, "integrations_service", load=[Integration.user]),
    }

    @post()
    async def create_integration(
        self, users_service: UserService, integrations_service: IntegrationService, data: IntegrationCreate
    ) -> IntegrationOutput:
        integration = await integrations_service.connect(await users_service.get(data.user_id), data)
        return integrations_service.to_schema(integration, schema_type=IntegrationOutput)

    @patch("/{integration_id:uuid}")
    async def replace_token(
        self, integrations_service: IntegrationService, integration_id: UUID, data: IntegrationPatch
    ) -> IntegrationOutput:
        integration = await integrations_service.replace_token(integration_id, data.token)
        return integrations_service.to_schema(integration, schema_type=IntegrationOutput)


_url = make_url(os.environ["REMUNER_DATABASE_URL"]).set(drivername="postgresql+asyncpg")
_alchemy = SQLAlchemyAsyncConfig(
    connection_string=_url.render_as_string(hide_password=False),
    before_send_handler="autocommit",
    session_config=AsyncSessionConfig(expire_on_commit=False),
    engine_config=EngineConfig(pool_size=10, max_overflow=0),
)

api = Litestar(route_handlers=[UserController, IntegrationController], plugins=[SQLAlchemyPlugin(config=_alchemy)])
app = logged(api)  # type: ignore[arg-type] # Litestar has types of its own for ASGI
