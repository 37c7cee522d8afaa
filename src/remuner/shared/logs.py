"""Logs: one formatter for whatever is logged, by us or by a library, and one line for each request.

A library's message may hold anything that passed through it: an SQL value, a header, a reply of the cache. So of
libraries only warnings are taken, and of these the words that stand in their code, without the values; of exceptions
their kind and place, never their message.
"""

import logging
import sys
import traceback
import warnings
from typing import TextIO

from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor, WrappedLogger

from remuner.shared.context import current_caller, current_request_id
from remuner.shared.served import Served
from remuner.shared.settings import Settings

_OURS = "remuner"
_PROBES = frozenset({"/healthz", "/readyz"})
_SERVER_ERROR = 500
_requests = logging.getLogger(f"{_OURS}.requests")
_warnings = logging.getLogger(f"{_OURS}.warnings")


def configure_logging(settings: Settings) -> None:
    """Send all logs to stderr, in the format and from the level that are set."""
    terminal = sys.stderr.isatty()
    renderer: Processor = JSONRenderer(ensure_ascii=False)
    if (settings.log_format or ("console" if terminal else "json")) == "console":
        renderer = ConsoleRenderer(colors=terminal, exception_formatter=plain_traceback, repr_native_str=True)
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[_tell, add_log_level, add_logger_name, TimeStamper("iso")],
            processors=[ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    level = getattr(logging, settings.log_level.upper())
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(level)
    logging.raiseExceptions = False  # a line that cannot be formatted would be printed with its values
    warnings.showwarning = _note_warning


def log_request(request: Served, client: str | None) -> None:
    """Write the line of a request that has been answered."""
    level = logging.DEBUG if request.route in _PROBES else logging.INFO
    if request.status >= _SERVER_ERROR:
        level = logging.WARNING
    if not _requests.isEnabledFor(level):
        return
    caller = current_caller.get()
    fields = {
        "method": request.method,
        "route": request.route,
        "status": request.status,
        "code": request.code,
        "duration_ms": round(request.seconds * 1000, 2),
        "minor": request.minor,
        "key_id": caller.key_id and str(caller.key_id),
        "key_name": caller.name,
        "client": client,
    }
    _requests.log(level, "request", extra={"fields": fields})


def _tell(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take over what may be told: our own words and fields, a library's words, an exception's kind and place."""
    record: logging.LogRecord = event["_record"]
    if record.name.partition(".")[0] == _OURS:
        event.update(getattr(record, "fields", {}))
    else:
        event["event"] = str(record.msg).partition("\n")[0]
    if request_id := current_request_id.get():
        event["request_id"] = request_id
    kind, _error, trace = event.pop("exc_info", None) or (None, None, None)
    if kind:
        event["exception"] = kind.__name__
        event["place"] = "".join(traceback.format_tb(trace))
    return event


def _note_warning(  # noqa: PLR0913, PLR0917 - the shape of warnings.showwarning
    message: Warning | str,  # noqa: ARG001
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    """Note the kind and place of a warning: its message may show a value, as pydantic's do."""
    _warnings.warning("%s at %s:%d", category.__name__, filename, lineno)
