"""Logs: one formatter for whatever is logged, by us or by a library, and one line for each request.

A library's message may hold anything that passed through it: an SQL value, a header, a reply of the cache. So of
libraries only warnings are taken, and of these the words that stand in their code, without the values; of exceptions
their kind and place, never their message.
"""

import logging
import sys
import traceback
import warnings
from collections.abc import Callable
from typing import TextIO

import structlog
from pydantic_core import to_json
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

from remuner.shared.context import current_caller, current_request_id
from remuner.shared.served import Served
from remuner.shared.settings import Settings

_OURS = "remuner"
_PROBES = frozenset({"/healthz", "/readyz"})
_SERVER_ERROR = 500
_warnings = logging.getLogger(f"{_OURS}.warnings")
structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # silent until configured
logging.getLogger("httpcore2").setLevel(logging.WARNING)  # its debug lines show headers, whoever asks for them


def configure_logging(settings: Settings) -> None:
    """Send all logs to stderr, in the format and from the level that are set."""
    terminal = sys.stderr.isatty()
    renderer: Processor = JSONRenderer(_json)
    if (settings.log_format or ("console" if terminal else "json")) == "console":
        renderer = ConsoleRenderer(colors=terminal, exception_formatter=plain_traceback)
    level = getattr(logging, settings.log_level.upper())
    stamps: list[Processor] = [add_log_level, TimeStamper("iso")]
    structlog.configure(
        processors=[*stamps, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=[_tell, add_logger_name, *stamps],
            processors=[ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler], force=True)
    logging.getLogger(_OURS).setLevel(level)
    logging.raiseExceptions = False  # a line that cannot be formatted would be printed with its values
    warnings.showwarning = _note_warning


class RequestLog:
    """Writes the line of a request; made after logging is configured, and silent where it is not.

    It goes past `logging`, which takes twice the time, with the same renderer.
    """

    def __init__(self) -> None:
        """Bind the logger once."""
        self._log: FilteringBoundLogger = structlog.get_logger().bind(logger=f"{_OURS}.requests")

    def write(self, request: Served, client: str | None) -> None:
        """Write that the request has been answered; probes at debug, failures of ours as warnings."""
        level = logging.DEBUG if request.route in _PROBES else logging.INFO
        if request.status >= _SERVER_ERROR:
            level = logging.WARNING
        caller = current_caller.get()
        self._log.log(
            level,
            "request",
            method=request.method,
            route=request.route,
            status=request.status,
            code=request.code,
            duration_ms=round(request.seconds * 1000, 2),
            minor=request.minor,
            key_id=caller.key_id and str(caller.key_id),
            key_name=caller.name,
            client=client,
            request_id=current_request_id.get(),
        )


def _json(event: EventDict, default: Callable[[object], object]) -> str:
    """Return a line; the standard library's encoder takes three times as long."""
    return to_json(event, fallback=default).decode()


def _tell(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Take over what may be told: our own words, a library's without the values, an exception's kind and place."""
    record: logging.LogRecord = event["_record"]
    if record.name.partition(".")[0] != _OURS:
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
