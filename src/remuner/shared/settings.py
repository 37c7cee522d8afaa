"""Settings: environment variables `REMUNER_…`, also read from `.env`."""

import os
import re
import ssl
from collections.abc import Collection, Mapping
from ipaddress import ip_network
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias
from urllib.parse import parse_qsl, urlsplit

from dotenv import dotenv_values
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from remuner.shared.proxies import Network

_PREFIX = "REMUNER_"
_ENV_FILE = ".env"
_KEY_LENGTH = 32
_SSL_MODES = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


_ORIGIN = re.compile(r"(?P<scheme>https?)://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+])(?::(?P<port>[0-9]{1,5}))?")
_HOST_AND_PORT = re.compile(r"(?P<host>[a-z0-9._-]+|\[[0-9a-f:.]+\]):(?P<port>[0-9]{1,5})")
_DEFAULT_PORTS = {"http": "80", "https": "443"}


HostAndPort: TypeAlias = tuple[str, int]
"""A host in lower case, an IPv6 address without brackets, and a port."""


class SettingsError(Exception):
    """A setting is malformed; the message names it and never shows its value."""


def _url_of(*schemes: str, options: Mapping[str, Collection[str]] = MappingProxyType({})) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        begin = " or ".join(f"{each}://" for each in schemes)
        try:
            url = urlsplit(value.get_secret_value())
            url.port  # noqa: B018 - raises ValueError for what is no port
        except ValueError:
            raise ValueError(f"must be a URL, {begin}user:password@host:port/name") from None
        if url.scheme not in schemes or not url.hostname:
            raise ValueError(f"must be a URL that begins with {begin} and names a host")
        for name, value_ in parse_qsl(url.query, keep_blank_values=True):
            if value_ not in options.get(name, ()):
                known = "; ".join(f"{each}={'|'.join(values)}" for each, values in options.items()) or "none"
                raise ValueError(f"has an option behind '?' that means nothing here; known: {known}")
        return value

    return AfterValidator(check)


def _access_key(value: SecretStr) -> SecretStr:
    secret = value.get_secret_value()
    if len(secret) < _KEY_LENGTH or not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ValueError(f"must have at least {_KEY_LENGTH} printable ASCII characters and no spaces")
    return value


def _networks(value: object) -> object:
    if not isinstance(value, str):
        return value
    texts = [each.strip() for each in value.split(",")]
    try:
        networks = [ip_network(each) for each in texts if each != "*"]
    except ValueError:
        raise ValueError("must be IP addresses or networks, separated by commas: 10.0.0.7,192.168.0.0/16") from None
    if "*" in texts or any(network.prefixlen == 0 for network in networks):
        raise ValueError("must name the proxies: trusting everybody would let each client choose its own address")
    return networks


def _authorities(path: Path) -> Path:
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(path)
    except OSError:
        raise ValueError("must be a readable file with certificates (PEM)") from None
    return path


def _hosts_and_ports(value: object) -> object:
    if not isinstance(value, str):
        return value
    found = [_HOST_AND_PORT.fullmatch(each.strip().lower()) for each in value.split(",")]
    if not all(found):
        raise ValueError("must be hosts with their ports, separated by commas: crm.internal:8443,10.0.0.7:80")
    return [(match["host"].strip("[]"), int(match["port"])) for match in found if match]


def _origins(value: object) -> object:
    if not isinstance(value, str):
        return value
    origins = [each.strip() for each in value.split(",")]
    if "*" in origins:
        raise ValueError("must name the origins: '*' would let every page act with its visitor's session")
    for origin in origins:
        found = _ORIGIN.fullmatch(origin)
        if not found or _DEFAULT_PORTS[found["scheme"]] == found["port"]:
            raise ValueError(
                "must be origins as browsers send them, lower case, without path and default port, separated by "
                "commas: https://app.example.com,http://localhost:5173"
            )
    return origins


def _origin(value: str) -> str:
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - as above
    except ValueError:
        url = urlsplit("")
    bare = f"{url.scheme}://{url.netloc}"
    if url.scheme not in {"http", "https"} or not url.hostname or "@" in url.netloc or value.rstrip("/") != bare:
        raise ValueError("must be the address of the site, such as https://remuner.example.com")
    return bare


class Settings(BaseSettings):
    """What an operator can set; secrets hide from repr."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX,
        env_file=_ENV_FILE,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        frozen=True,
    )

    database_url: Annotated[SecretStr, _url_of("postgres", "postgresql", options={"sslmode": _SSL_MODES})] | None = (
        Field(None, description="postgres://…; unset: an embedded PostgreSQL under the data directory")
    )
    redis_url: Annotated[SecretStr, _url_of("redis", "rediss")] | None = Field(
        None, description="redis://…; unset: an embedded Valkey beside an embedded PostgreSQL, else none"
    )
    persistence: Literal["postgres", "cached"] | None = Field(
        None, description="which implementation serves the persistence; unset: cached where there is a Redis"
    )
    data_dir: Path = Field(Path(".remuner"), description="where the embedded servers and their keys are kept")
    keyset_file: Path | None = Field(
        None, description="the keyset that seals tokens; made on first start with an embedded PostgreSQL"
    )
    admin_key: Annotated[SecretStr, AfterValidator(_access_key)] | None = Field(
        None, description="an access key with every scope, valid while it is set"
    )
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, BeforeValidator(_networks)] = Field(
        (), description="addresses and networks whose X-Forwarded-For and X-Forwarded-Proto count, comma-separated"
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_origins)] = Field(
        (), description="origins of pages that may call from a browser, comma-separated"
    )
    public_url: Annotated[str, AfterValidator(_origin)] | None = Field(
        None, description="where browsers reach it, such as https://remuner.example.com"
    )
    egress_allow: Annotated[tuple[HostAndPort, ...], NoDecode, BeforeValidator(_hosts_and_ports)] = Field(
        (), description="private hosts that tokens may go to, also over http, comma-separated: crm.internal:8443"
    )
    egress_ca_file: Annotated[Path, AfterValidator(_authorities)] | None = Field(
        None, description="certificates (PEM) that destinations are trusted by besides the system's"
    )
    proxy_max_bytes: int = Field(
        10 * 1024 * 1024, ge=1, description="of a body to a destination, and of its answer; 10 MiB"
    )
    proxy_seconds: float = Field(30, gt=0, le=300, description="that a call of a destination may take in all")
    proxy_at_once: int = Field(20, ge=1, description="calls of one integration's destination, in each process")
    verify_every_hours: float = Field(24, gt=0, description="after which a token is verified again")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["json", "console"] | None = Field(None, description="unset: console on a terminal, else json")

    @property
    def embedded(self) -> bool:
        """Whether the service brings its own PostgreSQL."""
        return self.database_url is None

    @property
    def cached(self) -> bool:
        """Whether Redis stands in front of PostgreSQL; raises SettingsError where it should and is not set."""
        if self.persistence == "cached" and self.redis_url is None:
            raise SettingsError("REMUNER_PERSISTENCE is cached, so REMUNER_REDIS_URL is required: redis://…")
        return self.redis_url is not None and self.persistence != "postgres"

    @property
    def keyset_path(self) -> Path:
        """Where the keyset is; raises SettingsError where it must be set and is not."""
        if self.keyset_file is not None:
            return self.keyset_file
        if self.embedded:
            return self.data_dir / "keyset.json"
        raise SettingsError(
            "REMUNER_KEYSET_FILE is required with REMUNER_DATABASE_URL: the keyset that seals the tokens. "
            "Make one with `remuner tokens new-keyset FILE` and keep it safe: without it no token opens again."
        )

    def attached(self, database_url: str, redis_url: str) -> "Settings":
        """Return the settings with the addresses of embedded servers, and the keyset that belongs to them."""
        found = {
            "database_url": SecretStr(database_url),
            "redis_url": self.redis_url or SecretStr(redis_url),
            "keyset_file": self.keyset_path,
        }
        return Settings.model_construct(**dict(self) | found)


def load_settings() -> Settings:
    """Read the settings; raises SettingsError that names each malformed one."""
    try:
        return Settings()
    except ValidationError as error:
        findings = [
            f"{_PREFIX}{str(found['loc'][0]).upper()}: {found['msg'].removeprefix('Value error, ')}"
            for found in error.errors(include_input=False)
        ]
        raise SettingsError("; ".join(findings)) from None


def unknown_settings() -> list[str]:
    """Return the names `REMUNER_…` that are set and mean nothing here."""
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    names = {name.upper() for name in (*os.environ, *dotenv_values(_ENV_FILE))}
    return sorted(name for name in names if name.startswith(_PREFIX) and name not in known)
