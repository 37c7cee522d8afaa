"""Where a token could come out, and how to recognise it there in whatever spelling."""

import base64
import os
import subprocess
from pathlib import Path

import httpx2
import psutil
import redis
from tests.e2e.service import Service

from remuner.shared.embedded import addresses_of
from remuner.shared.servers import binaries


def spellings(secret: str) -> dict[str, bytes]:
    """Return how `secret`, letters and digits, looks in places that encode what they hold."""
    raw = secret.encode()
    found = {
        "raw": raw,
        "hex": raw.hex().encode(),
        "percent": "".join(f"%{byte:02x}" for byte in raw).encode(),
        "unicode escapes": "".join(f"\\u{byte:04x}" for byte in raw).encode(),
        "UTF-16": secret.encode("utf-16-le"),
        "reversed": raw[::-1],
    }
    for shift in range(3):  # of its first byte in the text that is encoded; the bits that it shares are cut off
        encoded = base64.b64encode(b"\0" * shift + raw)
        found[f"base64, {shift}"] = encoded[-(-shift * 8 // 6) : len(encoded) // 4 * 4 - 4]
    return found


def leaks(secret: str, where: dict[str, bytes]) -> set[str]:
    """Return the places that hold the secret, in any case of its letters."""
    wanted = {each.lower() for each in spellings(secret).values()}
    return {place for place, held in where.items() if any(each in held.lower() for each in wanted)}


def places(service: Service, answers: list[httpx2.Response]) -> dict[str, bytes]:
    """Return all that the service has said and kept, by place."""
    addresses = addresses_of(service.data_dir)
    with service.client() as client:
        metrics = client.get("/metrics")
        documents = [client.get(path).content for path in ("/v1/openapi.json", "/docs", "/v1/audit-events?limit=200")]
    return {
        "answers": b"\n".join(_said(answer) for answer in answers),
        "documents and audit events": b"\n".join(documents),
        "metrics": metrics.content,
        "log": service.output.encode(),
        "PostgreSQL's log": (service.data_dir / "postgres.log").read_bytes(),
        "Valkey's log": (service.data_dir / "valkey.log").read_bytes(),
        "dump": _dump(addresses.database_url),
        "cache": _cached(addresses.redis_url),
        "command lines and environments": b"\n".join(_started(process) for process in _processes(service)),
        "files of the service": b"\n".join(
            path.read_bytes() for path in Path(service.data_dir).iterdir() if path.is_file()
        ),
    }


def _said(answer: httpx2.Response) -> bytes:
    return b"\n".join([*(name + b": " + value for name, value in answer.headers.raw), answer.content])


def _dump(database_url: str) -> bytes:
    pg_dump = binaries()[0].with_name("pg_dump")
    return subprocess.run([pg_dump, "--no-owner", database_url], capture_output=True, check=True).stdout


def _cached(redis_url: str) -> bytes:
    with redis.Redis.from_url(redis_url) as cache:
        keys = list(cache.scan_iter())
        return b"\n".join(part for key in keys for part in (key, cache.dump(key) or b""))


def _processes(service: Service) -> list[psutil.Process]:
    assert service.process is not None
    return [psutil.Process(service.process.pid), *service.family()]


def _started(process: psutil.Process) -> bytes:
    try:
        return b"\n".join(Path(f"/proc/{process.pid}/{name}").read_bytes() for name in ("cmdline", "environ"))
    except (FileNotFoundError, ProcessLookupError):  # it has ended, as PostgreSQL's workers do
        return b""


def log_everything(service: Service) -> None:
    """Let PostgreSQL log every statement with its values, also of those that fail."""
    psql = binaries()[0].with_name("psql")
    settings = {"log_statement": "all", "log_min_error_statement": "error", "log_parameter_max_length_on_error": "-1"}
    statements = [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in settings.items()]
    for statement in (*statements, "SELECT pg_reload_conf()"):
        url = addresses_of(service.data_dir).database_url
        subprocess.run([psql, url, "-qc", statement], capture_output=True, check=True, env=os.environ)
