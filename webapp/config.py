"""Settings: frozen, typed, from the environment, refused when unsafe."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

APP_LOGIN = "anqima_app"


class UnsafeSettings(Exception):
    """The installation would be unsafe or cannot work with these settings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that differs from one installation to the next."""

    secret_key: str
    instance: Path
    database_url: str = ""
    """The owner's connection; empty means the embedded server in ``instance``."""
    database_app_url: str = ""
    """The restricted login's connection; empty means derived from ``database_url``."""
    redis_url: str = ""
    public_url: str = "http://127.0.0.1:8000"
    """The address printed in codes and papers."""
    development: bool = False
    totp_required: bool = False
    in_process_jobs: bool = True
    font_fangsong: Path | None = None
    trusted_proxies: int = 0

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies may travel over TLS only."""
        return urlsplit(self.public_url).scheme == "https"

    @property
    def app_password(self) -> str:
        """The restricted login's password, derived so that no second secret needs keeping."""
        digest = hmac.new(self.secret_key.encode(), b"database login", hashlib.sha256)
        return digest.hexdigest()

    def restricted_url(self, owner_url: str) -> str:
        """The restricted login's connection on the owner's server."""
        if self.database_app_url:
            return self.database_app_url
        url = make_url(owner_url).set(username=APP_LOGIN, password=self.app_password)
        return url.render_as_string(hide_password=False)


def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises UnsafeSettings when production lacks a secret of its own or a value makes no sense.
    """
    values = os.environ if environment is None else environment
    instance = Path(values.get("INSTANCE_PATH", "instance")).absolute()
    production = values.get("ENVIRONMENT", "") == "production"
    secret = values.get("SECRET_KEY", "")
    if production and len(secret) < 32:
        raise UnsafeSettings("生产环境必须设置不少于 32 个字符的 SECRET_KEY。")
    fangsong = values.get("FONT_FANGSONG", "")
    return Settings(
        secret_key=secret or _kept_secret(instance),
        instance=instance,
        database_url=_database_address(values, "DATABASE_URL"),
        database_app_url=_database_address(values, "DATABASE_APP_URL"),
        redis_url=values.get("REDIS_URL", ""),
        public_url=values.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        development=values.get("ENVIRONMENT", "") == "development",
        totp_required=values.get("TOTP_REQUIRED", "1" if production else "") not in ("", "0"),
        in_process_jobs=values.get("IN_PROCESS_JOBS", "1") != "0",
        font_fangsong=Path(fangsong) if fangsong else None,
        trusted_proxies=_hops(values.get("TRUSTED_PROXIES", "0")),
    )


def _hops(words: str) -> int:
    """How many proxies stand before us. Raises UnsafeSettings when it is no number."""
    if not words.isdecimal():
        raise UnsafeSettings(f"TRUSTED_PROXIES 要写代理的层数，如 0 或 1，现在是“{words}”。")
    return int(words)


def _database_address(values: Mapping[str, str], name: str) -> str:
    """The address with the driver named, whichever way the operator wrote it.

    Raises UnsafeSettings when it is none; the message leaves the value out, a password is in it.
    """
    url = values.get(name, "")
    for scheme in ("postgresql://", "postgres://"):
        if url.startswith(scheme):
            url = "postgresql+psycopg://" + url.removeprefix(scheme)
    try:
        if not url or make_url(url).drivername == "postgresql+psycopg":
            return url
    except (ArgumentError, ValueError):
        pass
    raise UnsafeSettings(
        f"{name} 不是 PostgreSQL 的地址，应写成 postgresql://用户:口令@主机:5432/数据库。"
    )


def _kept_secret(instance: Path) -> str:
    """The secret of this folder, made once; only its owner can read it.

    Raises UnsafeSettings when the folder does not let us read or write it.
    """
    path = instance / "secret_key"
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise UnsafeSettings(f"无法读取 {path}：{error.strerror}。") from error
    secret = secrets.token_hex(32)
    try:
        instance.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secret)
    except FileExistsError:
        return path.read_text().strip()
    except OSError as error:
        raise UnsafeSettings(f"无法写入数据文件夹 {instance}：{error.strerror}。") from error
    return secret
