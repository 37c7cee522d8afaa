"""The `remuner` command."""

import asyncio
import json
import logging
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import MPServer

from remuner.main import APPS, MINORS, build, openapi_document
from remuner.shared.database import Database
from remuner.shared.embedded import EmbeddedServers, embedded
from remuner.shared.errors import Unavailable
from remuner.shared.first_key import keep_first_key, make_first_key
from remuner.shared.health import Finding, Health
from remuner.shared.migrations import migrate as apply_migrations
from remuner.shared.sealing import KeysetError, Sealer, new_keyset
from remuner.shared.servers import EmbeddedError
from remuner.shared.settings import Settings, SettingsError, load_settings, unknown_settings

cli = typer.Typer(help="Remuner backend.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
tokens = typer.Typer(help="The keyset that seals the tokens.", no_args_is_help=True)
cli.add_typer(tokens, name="tokens")

DataDir = Annotated[
    Path | None, typer.Option(help="Where the embedded servers keep their data. [env: REMUNER_DATA_DIR]")
]

_PORT_SECONDS = 3.0
_DRAIN_SECONDS = 15


def main() -> None:
    """Run the command; what an operator can mend is one line and exit code 1, not a traceback."""
    try:
        cli()
    except (EmbeddedError, KeysetError, SettingsError, Unavailable) as error:
        _fail(str(error))


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes that answer requests.", min=1)] = 1,
    data_dir: DataDir = None,
    reload: Annotated[bool, typer.Option("--reload", help="Start anew when a file changes.")] = False,  # noqa: FBT002
) -> None:
    """Apply pending migrations, then answer requests until SIGTERM; those in flight finish."""
    settings = _settings(data_dir)
    host = _address(host)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until granian takes over: leave by the stack below
    first_key = None
    with ExitStack() as stack:
        if settings.embedded:
            addresses = stack.enter_context(EmbeddedServers(settings.data_dir)).addresses
            if not settings.keyset_path.exists():
                new_keyset(settings.keyset_path)
            first_key = make_first_key(settings.data_dir)
            settings = settings.attached(addresses.database_url, addresses.redis_url)
        _await_port(host, port)
        asyncio.run(_prepare(settings))
        print(f"Remuner runs on http://{host}:{port}", flush=True)
        if first_key:
            print(f"Your access key, shown this once: {first_key}", flush=True)
            keep_first_key(settings.data_dir, first_key)
        _granian(host, port, workers, reload=reload, log_level=settings.log_level).serve()


def _granian(host: str, port: int, workers: int, *, reload: bool, log_level: str) -> MPServer:
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
        log_level=LogLevels.debug if log_level == "debug" else LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=_DRAIN_SECONDS,
        reload=reload,
        reload_paths=[Path(__file__).parent] if reload else None,
    )


async def _prepare(settings: Settings) -> None:
    """Migrate, and find out now whether the keyset is the right one."""
    url = settings.database_url
    assert url is not None  # noqa: S101 - attached or set
    container = build(settings)
    container.get(Sealer)  # without a keyset, not a table is made
    await apply_migrations(url.get_secret_value(), APPS)
    async with container.get(Database):
        _refuse([finding for finding in await container.get(Health)() if finding.fatal])


@cli.command()
def migrate(data_dir: DataDir = None) -> None:
    """Apply pending migrations; several may run at once."""
    with _servers(_settings(data_dir)) as settings:
        assert settings.database_url is not None  # noqa: S101 - attached or set
        applied = asyncio.run(apply_migrations(settings.database_url.get_secret_value(), APPS))
    for name in applied:
        print(f"applied {name}")
    if not applied:
        print("nothing to apply")


@cli.command()
def openapi(
    api_version: Annotated[str | None, typer.Option(help="The minor. [default: the newest]")] = None,
) -> None:
    """Print the OpenAPI document of a minor."""
    minor = api_version or max(MINORS, key=int)
    if minor not in MINORS:
        _fail(f"--api-version: there are the minors {', '.join(MINORS)}")
    print(json.dumps(openapi_document(minor), indent=2, ensure_ascii=False))


@cli.command()
def check(data_dir: DataDir = None) -> None:
    """Check settings, database, cache, migrations and keyset: a line each, exit code 1 if one fails."""
    try:
        settings = _settings(data_dir)
    except SettingsError as error:
        _report(Finding("settings", str(error), needed=True))
        raise typer.Exit(1) from None
    _report(Finding("settings", None, needed=True))
    with _servers(settings) as running:
        findings = asyncio.run(_findings(running))
    for finding in findings:
        _report(finding)
    raise typer.Exit(any(finding.problem for finding in findings))


async def _findings(settings: Settings) -> list[Finding]:
    container = build(settings)
    async with container.get(Database):
        return await container.get(Health)()


@tokens.command("new-keyset")
def tokens_new_keyset(
    file: Annotated[Path, typer.Argument(help="The file to make; it must not be there yet.")],
) -> None:
    """Make a keyset with one key, in a file that only you can read. Without it no token opens again: keep it safe."""
    try:
        new_keyset(file)
    except FileExistsError:
        _fail(f"{file} is there already, and tokens may be sealed with it: choose another name")
    except OSError as error:
        _fail(f"{file} cannot be written: {error.strerror}")
    print(f"made {file}")


def _settings(data_dir: Path | None) -> Settings:
    if data_dir is not None:
        os.environ["REMUNER_DATA_DIR"] = str(data_dir)  # for the workers, too
    settings = load_settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("tortoise").setLevel(logging.INFO)  # below, it logs every value that is written
    for name in unknown_settings():
        print(f"warning: {name} is set and means nothing here", file=sys.stderr)
    return settings


@contextmanager
def _servers(settings: Settings) -> Iterator[Settings]:
    """Use the database that is set, or that of the running service, or start the embedded servers meanwhile."""
    if settings.embedded:
        with embedded(settings.data_dir) as addresses:
            yield settings.attached(addresses.database_url, addresses.redis_url)
    else:
        yield settings


def _address(host: str) -> str:
    try:
        return str(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)[0][4][0])
    except OSError:
        _fail(f"--host {host} is not an address of this machine")


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
                _fail(f"cannot listen on {host}:{port} ({error.strerror}); choose another with --host or --port")
            time.sleep(0.1)
        else:
            return


def _report(finding: Finding) -> None:
    print(f"{finding.part}: {finding.problem or 'ok'}")


def _refuse(findings: list[Finding]) -> None:
    if findings:
        _fail("; ".join(f"{finding.part}: {finding.problem}" for finding in findings))


def _fail(message: str) -> NoReturn:
    print(f"remuner: {message}", file=sys.stderr)
    raise SystemExit(1)
