"""`remuner serve`, `migrate`, `check`, `openapi`: running the service."""

import asyncio
import json
import math
import multiprocessing
import signal
import socket
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import remuner
from remuner.access.domain.use_cases import MakeFirstKey
from remuner.cli.common import DataDir, fail, parts, servers, settings_for
from remuner.composition import APPS
from remuner.main import build, openapi_documents, opened
from remuner.shared.embedded import EmbeddedServers
from remuner.shared.health import Finding, Health
from remuner.shared.migrations import migrate as apply_migrations
from remuner.shared.sealing import load_sealer, new_keyset
from remuner.shared.settings import Settings, SettingsError

if TYPE_CHECKING:
    from granian.server import MPServer

_PORT_SECONDS = 3.0
_DRAIN_SECONDS = 5  # besides those that the longest request may take


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.", min=1)] = 1,
    data_dir: DataDir = None,
    reload: Annotated[bool, typer.Option("--reload", help="Start anew when a file changes.")] = False,  # noqa: FBT002
) -> None:
    """Apply pending migrations, then answer requests until SIGTERM; those in flight finish."""
    settings = settings_for(data_dir)
    host = _address(host)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until granian takes over: leave by the stack below
    with ExitStack() as stack:
        own_servers = settings.embedded
        if own_servers:
            addresses = stack.enter_context(EmbeddedServers(settings.data_dir)).addresses
            if not settings.keyset_path.exists():
                new_keyset(settings.keyset_path)
            settings = settings.attached(addresses.database_url, addresses.redis_url)
        _await_port(host, port)
        asyncio.run(_prepare(settings))
        print(f"Remuner runs on http://{host}:{port}", flush=True)
        if own_servers:
            asyncio.run(_make_first_key(settings))
        drain = math.ceil(settings.proxy_seconds + _DRAIN_SECONDS)
        _granian(host, port, workers, reload=reload, drain_seconds=drain).serve()


def _granian(host: str, port: int, workers: int, *, reload: bool, drain_seconds: int) -> "MPServer":
    from granian.constants import Interfaces  # noqa: PLC0415 - no other command needs granian
    from granian.log import LogLevels  # noqa: PLC0415
    from granian.server import MPServer  # noqa: PLC0415

    # A forked worker has its modules already; one that shall see changed files must not.
    multiprocessing.set_start_method("spawn" if reload or sys.platform == "darwin" else "fork", force=True)
    return MPServer(
        "remuner.main:application",
        host,
        port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        factory=True,
        log_level=LogLevels.warning,
        log_dictconfig={"formatters": {}, "handlers": {}, "loggers": {}},  # so that its lines go where ours go
        respawn_failed_workers=True,
        workers_kill_timeout=drain_seconds,
        reload=reload,
        reload_paths=[Path(remuner.__file__).parent] if reload else None,
    )


async def _prepare(settings: Settings) -> None:
    """Migrate, and find out now whether the keyset is the right one."""
    url = settings.database_url
    assert url is not None  # noqa: S101 - attached or set
    load_sealer(settings.keyset_path)  # without a keyset, not a table is made
    await apply_migrations(url.get_secret_value(), APPS)
    async with parts(settings):
        pass


async def _make_first_key(settings: Settings) -> None:
    async with parts(settings) as container:
        await container.get(MakeFirstKey)(
            lambda issued: print(f"Your access key, shown this once: {issued.secret}", flush=True)
        )


def migrate(data_dir: DataDir = None) -> None:
    """Apply pending migrations; several may run at once."""
    with servers(settings_for(data_dir)) as settings:
        assert settings.database_url is not None  # noqa: S101 - attached or set
        applied = asyncio.run(apply_migrations(settings.database_url.get_secret_value(), APPS))
    for name in applied:
        print(f"applied {name}")
    if not applied:
        print("nothing to apply")


def openapi(
    api_version: Annotated[str | None, typer.Option(help="The minor. [default: the newest]")] = None,
) -> None:
    """Print the OpenAPI document of a minor."""
    documents = openapi_documents()
    minor = api_version or list(documents)[-1]
    if minor not in documents:
        fail(f"--api-version: there are the minors {', '.join(documents)}")
    print(json.dumps(documents[minor], indent=2, ensure_ascii=False))


def check(data_dir: DataDir = None) -> None:
    """Check settings, database, cache, migrations and keyset: a line each, exit code 1 if one fails."""
    try:
        settings = settings_for(data_dir)
    except SettingsError as error:
        _report(Finding("settings", str(error), needed=True))
        raise typer.Exit(1) from None
    _report(Finding("settings", None, needed=True))
    with servers(settings) as running:
        findings = asyncio.run(_findings(running))
    for finding in findings:
        _report(finding)
    raise typer.Exit(any(finding.problem for finding in findings))


async def _findings(settings: Settings) -> list[Finding]:
    container = build(settings)
    async with opened(container):
        return await container.get(Health)()


def _address(host: str) -> str:
    try:
        return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError:
        fail(f"--host {host} is not an address of this machine")


def _await_port(host: str, port: int) -> None:
    """Fail unless the port is free, now or when the last worker of a killed service has gone."""
    deadline = time.monotonic() + _PORT_SECONDS
    while True:
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except OSError as error:
            if time.monotonic() > deadline:
                fail(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --host or --port")
            time.sleep(0.1)
        else:
            return


def _report(finding: Finding) -> None:
    print(f"{finding.part}: {finding.problem or 'ok'}")
