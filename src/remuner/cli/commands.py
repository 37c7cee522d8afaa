"""All commands, and how they fail."""

import typer

from remuner.cli import audit, demo, keys, service, tokens, users
from remuner.cli.common import fail
from remuner.shared.errors import RemunerError
from remuner.shared.sealing import KeysetError
from remuner.shared.servers import EmbeddedError
from remuner.shared.settings import SettingsError

cli = typer.Typer(help="Remuner backend.", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (service.serve, service.migrate, service.check, service.openapi, demo.demo):
    cli.command()(command)
cli.add_typer(keys.commands, name="keys")
cli.add_typer(audit.commands, name="audit")
cli.add_typer(tokens.commands, name="tokens")
cli.add_typer(users.commands, name="users")


def run() -> None:
    """Run the command; what an operator can mend is one line and exit code 1, not a traceback."""
    try:
        cli()
    except (EmbeddedError, KeysetError, SettingsError, RemunerError) as error:
        fail(str(error))
