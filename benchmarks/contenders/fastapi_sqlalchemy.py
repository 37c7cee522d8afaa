"""The service's own calls on FastAPI and SQLAlchemy, as the documentation of both has it, to whoever asks."""

import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Column, DateTime, ForeignKey, Table, func, make_url, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship, selectinload

from benchmarks.contenders.logged import logged
from remuner.shared.ids import new_id
from remuner.shared.sealing import load_sealer
from remuner.shared.text import fold

_url = make_url(os.environ["REMUNER_DATABASE_URL"]).set(drivername="postgresql+asyncpg")
_engine = create_async_engine(_url, pool_size=10, max_overflow=0)
_sessions = async_sessionmaker(_engine, expire_on_commit=False)
_sealer = load_sealer(Path(os.environ["REMUNER_KEYSET_FILE"]))


class Base(DeclarativeBase):
    type_annotation_map = {datetime: DateTime(timezone=True)}  # noqa: RUF012 - SQLAlchemy's own


memberships = Table(
    "memberships",
    Base.metadata,
    Column("user_id", ForeignKey("users.users.id"), primary_key=True),
    Column("team_id", ForeignKey("users.teams.id"), primary_key=True),
    schema="users",
)


class Team(Base):
    __tablename__ = "teams"
    __table_args__ = {"schema": "users"}  # noqa: RUF012

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]


class User(Base):
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


class Integration(Base):
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


class Output(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TeamReference(Output):
    id: UUID
    name: str


class IntegrationReference(Output):
    id: UUID
    name: str
    status: str


class UserOutput(Output):
    id: UUID
    first_name: str
    last_name: str
    email: str
    status: str
    teams: list[TeamReference]
    integrations: list[IntegrationReference]
    created_at: datetime
    updated_at: datetime


class UserPage(Output):
    items: list[UserOutput]


class UserStats(BaseModel):
    total: int
    active: int = 0
    pending: int = 0
    inactive: int = 0


class UserReference(Output):
    id: UUID
    first_name: str
    last_name: str
    email: str


class IntegrationOutput(Output):
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


class IntegrationCreate(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=50)]
    user_id: UUID
    token: Token


class IntegrationPatch(BaseModel):
    token: Token


async def _session() -> AsyncIterator[AsyncSession]:
    async with _sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(_session)]


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    yield
    await _engine.dispose()


api = FastAPI(lifespan=_lifespan)
_users = select(User).options(selectinload(User.teams), selectinload(User.integrations))


@api.get("/v1/users", response_model=UserPage)
async def list_users(session: Session, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> dict[str, Sequence[User]]:
    found = await session.scalars(_users.order_by(User.created_at, User.id).limit(limit))
    return {"items": found.all()}


@api.get("/v1/users/stats")
async def count_users(session: Session) -> UserStats:
    found = await session.execute(select(User.status, func.count()).group_by(User.status))
    counts = dict(found.tuples().all())
    return UserStats(total=sum(counts.values()), **counts)


@api.get("/v1/users/{user_id}", response_model=UserOutput)
async def get_user(session: Session, user_id: UUID) -> User:
    user = await session.scalar(_users.where(User.id == user_id))
    if user is None:
        raise HTTPException(404, "There is no such user")
    return user


@api.post("/v1/integrations", status_code=201, response_model=IntegrationOutput)
async def create_integration(session: Session, body: IntegrationCreate) -> Integration:
    user = await session.get(User, body.user_id)
    if user is None:
        raise HTTPException(422, "There is no such user")
    id_, now = new_id(), datetime.now(UTC)
    integration = Integration(
        id=id_,
        name=body.name,
        name_key=fold(body.name),
        user=user,
        sealed_token=_sealer.seal(body.token.encode(), f"integration:{id_}:1".encode()),
        token_set_at=now,
        created_at=now,
        updated_at=now,
    )
    session.add(integration)
    try:
        await session.commit()
    except IntegrityError:
        raise HTTPException(409, "An integration of this name exists") from None
    return integration


@api.patch("/v1/integrations/{integration_id}", response_model=IntegrationOutput)
async def replace_token(session: Session, integration_id: UUID, body: IntegrationPatch) -> Integration:
    integration = await session.scalar(
        select(Integration)
        .where(Integration.id == integration_id)
        .options(joinedload(Integration.user, innerjoin=True))
        .with_for_update(of=Integration)
    )
    if integration is None:
        raise HTTPException(404, "There is no such integration")
    integration.token_version += 1
    integration.revision += 1
    integration.token_set_at = integration.updated_at = datetime.now(UTC)
    context = f"integration:{integration_id}:{integration.token_version}"
    integration.sealed_token = _sealer.seal(body.token.encode(), context.encode())
    await session.commit()
    return integration


app = logged(api)
