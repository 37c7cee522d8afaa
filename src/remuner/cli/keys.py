"""`remuner keys`: access keys from the command line, for whoever may use the database."""

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

import typer
from pydantic import ValidationError

from remuner.access.api.v1_1.serializers import AccessKeyCreate
from remuner.access.domain.entities import AccessKey, AccessKeyChanges, AccessKeyQuery, AccessKeyStatus, NewAccessKey
from remuner.access.domain.use_cases import CreateAccessKey, ListAccessKeys, UpdateAccessKey
from remuner.cli.common import DataDir, every, fail, parts, servers, settings_for
from remuner.shared.context import NO_LIMITS, Caller
from remuner.shared.errors import InvalidInput
from remuner.shared.scopes import AccessScope
from remuner.shared.settings import Settings

_OPERATOR = Caller(None, "remuner", frozenset(AccessScope))

commands = typer.Typer(help="Access keys.", no_args_is_help=True)


@commands.command("create")
def create_key(
    name: Annotated[str, typer.Option(help="What it is for.")],
    scope: Annotated[list[AccessScope] | None, typer.Option(help="May be repeated. [default: every scope]")] = None,
    expires_at: Annotated[str | None, typer.Option(help="Such as 2027-01-02T03:04:05Z. [default: never]")] = None,
    data_dir: DataDir = None,
) -> None:
    """Make an access key and print it, this once."""
    try:
        new = AccessKeyCreate.model_validate(
            {"name": name, "scopes": scope or list(AccessScope), "expires_at": expires_at}
        ).to_domain()
    except ValidationError as error:
        found = error.errors(include_input=False)[0]
        fail(f"{_option(found['loc'][0])}: {found['msg'].removeprefix('Value error, ')}")
    with servers(settings_for(data_dir)) as settings:
        print(asyncio.run(_create(settings, new)))


async def _create(settings: Settings, new: NewAccessKey) -> str:
    async with parts(settings) as container:
        try:
            return (await container.get(CreateAccessKey)(new, _OPERATOR)).secret
        except InvalidInput as error:
            fail(f"{_option(error.field)}: {error.detail}")


@commands.command("list")
def list_keys(data_dir: DataDir = None) -> None:
    """List the access keys, the oldest first, without their secrets."""
    with servers(settings_for(data_dir)) as settings:
        asyncio.run(_list(settings))


async def _list(settings: Settings) -> None:
    async with parts(settings) as container:
        list_access_keys = container.get(ListAccessKeys)
        async for key in every(lambda page: list_access_keys(AccessKeyQuery(page))):
            print(_line(key))


@commands.command("revoke")
def revoke_key(
    key_id: Annotated[UUID, typer.Argument(metavar="ID", help="The id, as `remuner keys list` shows it.")],
    data_dir: DataDir = None,
) -> None:
    """Make an access key inactive: it opens nothing any more, within a second wherever the service runs."""
    with servers(settings_for(data_dir)) as settings:
        revoked = asyncio.run(_revoke(settings, key_id))
    print(f"revoked {revoked.id} {revoked.name}")


async def _revoke(settings: Settings, key_id: UUID) -> AccessKey:
    async with parts(settings) as container:
        inactive = AccessKeyChanges(status=AccessKeyStatus.INACTIVE)
        return await container.get(UpdateAccessKey)(key_id, inactive, _OPERATOR)


def _line(key: AccessKey) -> str:
    expiry, use = _text(key.expires_at), _text(key.last_used_at)
    limited = "" if key.use_limits == NO_LIMITS else " (limited)"
    return f"{key.id}  {key.status:8}  expires {expiry}  last used {use}  {key.name}  {','.join(key.scopes)}{limited}"


def _text(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "never"


def _option(field: object) -> str:
    return f"--{str(field).replace('_', '-')}"
