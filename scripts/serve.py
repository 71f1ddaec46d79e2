"""Run everything a newcomer needs, from an empty folder to a served city, until Ctrl-C."""

import ctypes
import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from webapp import create_app
from webapp.config import Settings, UnsafeSettings, from_environment
from webapp.platform import cluster, database, schema
from webapp.platform.errors import Unavailable

ROOT = Path(__file__).resolve().parents[1]
PARENT_DEATH = 1
LARGEST_PORT = 65535


def say(words: str) -> None:
    """Tell the person at the terminal."""
    print(words, flush=True)  # noqa: T201 - this is the terminal's own program


def lock_folder(stack: ExitStack, instance: Path) -> None:
    """Keep a second server out of this folder; the lock goes when the process does."""
    try:
        instance.mkdir(parents=True, exist_ok=True)
        file = stack.enter_context((instance / "lock").open("w"))
    except OSError as error:
        raise SystemExit(f"无法写入数据文件夹 {instance}：{error.strerror}。") from error
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise SystemExit(
            f"数据文件夹 {instance} 正被另一个安企码使用。请先停止它，"
            "或用 INSTANCE_PATH=另一个文件夹 make run 另开一处。"
        ) from None


def check_port(address: str) -> None:
    """Refuse early and in words when someone else listens there."""
    host, _, port = address.rpartition(":")
    if not (port.isdecimal() and 0 < int(port) <= LARGEST_PORT):
        raise SystemExit(f"PORT 要写 1 到 {LARGEST_PORT} 之间的端口号，现在是“{port}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise SystemExit(f"端口 {address} 不能使用：{error.strerror}。") from None
            raise SystemExit(
                f"端口 {address} 已被占用。请停止占用它的程序，"
                "或用 PORT=另一个端口 make run 换一个端口。"
            ) from None


def prepare(settings: Settings, owner_url: str) -> None:
    """Migrate when the schema is older, seed when the city is empty, tell the accounts."""
    if schema.owner_revision(owner_url) != schema.newest_revision():
        say("正在建立数据库结构…")
        schema.upgrade(owner_url, settings.app_password)
    # A folder that owns its database also remembers the accounts: the second start is quick.
    known = settings.instance / "accounts.txt"
    if not settings.database_url and known.exists():
        say(known.read_text())
        return
    accounts = seeded(settings)
    remember(known, accounts)
    say(accounts)


def remember(known: Path, accounts: str) -> None:
    """Keep the accounts whole or not at all: half a list would be shown as the list for ever."""
    unfinished = known.with_suffix(".unfinished")
    with unfinished.open("w") as file:
        file.write(accounts)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(known)


def seeded(settings: Settings) -> str:
    """The city's accounts as the command tells them, the city made before when there is none."""
    app = create_app(from_environment())
    runner = app.test_cli_runner()
    with app.app_context():
        accounts = runner.invoke(args=["demo", "accounts"])
        if accounts.exit_code != 0:
            say("正在写入演示城市，约需一分钟…")
            made = runner.invoke(args=["demo", "seed"])
            if made.exit_code != 0:
                raise SystemExit(f"演示数据写入失败：{made.output}{made.exception or ''}")
            accounts = runner.invoke(args=["demo", "accounts"])
    database.dispose()
    return accounts.output


def die_with_parent() -> None:
    """Have the kernel end the web server when this process is killed outright."""
    ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)


def main() -> None:
    """Start in order, wait, stop in reverse order."""
    address = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
    os.environ.setdefault("PUBLIC_URL", f"http://{address}")
    os.environ.setdefault("BIND", address)
    os.environ.setdefault("WEB_WORKERS", "1")
    # From here on an interrupt means: stop what has been started.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    with ExitStack() as stack:
        settings = from_environment()
        lock_folder(stack, settings.instance)
        check_port(os.environ["BIND"])
        owner_url = settings.database_url
        if not owner_url:
            server = stack.enter_context(cluster.running(settings.instance / "postgresql"))
            owner_url = cluster.ensure_database(server, cluster.DATABASE)
            os.environ["DATABASE_URL"] = owner_url
        prepare(settings, owner_url)
        serve(address)


def serve(address: str) -> None:
    """Run the web server until it ends or we are told to end."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        str(ROOT / "deploy/gunicorn.conf.py"),
        "wsgi:app",
    ]
    web = subprocess.Popen(command, cwd=ROOT, preexec_fn=die_with_parent, start_new_session=True)  # noqa: S603
    try:
        say(f"安企码已启动：http://{address}　按 Ctrl-C 停止。")
        code = web.wait()
    finally:
        if web.poll() is None:
            web.terminate()
            try:
                web.wait(20)
            except subprocess.TimeoutExpired:
                web.kill()
                web.wait()
    if code:
        raise SystemExit(f"网页服务意外停止（{code}），请查看上面的日志。")


if __name__ == "__main__":
    try:
        main()
    except (cluster.ClusterUnavailable, UnsafeSettings, Unavailable) as error:
        raise SystemExit(str(error)) from error
    except KeyboardInterrupt:
        say("\n已停止。")
