"""A real PostgreSQL server for the tests: on a Unix socket in a temporary folder, as an unprivileged user.

Fixtures (conftest gives them to every test): `postgres_url`, a fresh database; `database_url` and `database`, which
run a test twice: with a fresh SQLite file, and with a fresh database of PostgreSQL.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from wallograph.database import Database

_OPTIONS = {
    "listen_addresses": "",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "max_wal_size": "128MB",
    "autovacuum": "off",
    "jit": "off",
}


@contextmanager
def postgres_server() -> Iterator[str]:
    """Start a server, and end it after; gives the URL of its first database."""
    folder = Path(tempfile.mkdtemp(prefix="wg-pg-"))
    # initdb refuses root: Debian's user of the server, or nobody
    user = _unprivileged() if os.geteuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    data = folder / "data"
    made = subprocess.run(
        [_program("initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        capture_output=True, text=True, timeout=120, cwd=folder, **who,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    options = [word for name, value in _OPTIONS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [_program("postgres"), "-D", str(data), "-k", str(folder), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **who,
    )  # fmt: skip
    url = f"postgresql://tests@/postgres?host={folder}"
    try:
        _wait(server, url, time.monotonic() + 60)
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # "fast": it does not wait for its clients
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """Make an empty database, and drop it after; gives its URL."""
    name = f"t{uuid4().hex}"
    _tell(server, f"CREATE DATABASE {name} TEMPLATE template0")
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        _tell(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    with postgres_server() as url:
        yield url


@pytest.fixture
def postgres_url(_postgres: str) -> Iterator[str]:
    """The URL of a fresh database of a real PostgreSQL server."""
    with fresh_database(_postgres) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, of each kind in turn."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'database' / 'journal.sqlite'}"
    return str(request.getfixturevalue("postgres_url"))


def _tell(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement)


def _unprivileged() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _program(name: str) -> str:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    program = str(found[-1]) if found else shutil.which(name)
    if program is None:
        raise RuntimeError(f"there is no {name}: run scripts/ensure-postgres")
    return program


def _wait(server: subprocess.Popen[bytes], url: str, until: float) -> None:
    while time.monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            psycopg.connect(url).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError("the server does not answer")
