"""A real PostgreSQL on a free port of the loopback; a template database cloned per test."""

import shutil
import signal
import subprocess
from itertools import count
from pathlib import Path

import psycopg

from models.store import open_store
from tests.servers.process import (
    ServerFailedError,
    ServerMissingError,
    account,
    free_port,
    identity,
    own_folder,
    start_server,
    stop_server,
)

INSTALL = "apt-get install postgresql"
_TEMPLATE = "muster_template"
# The server's data die with the run: durability is PostgreSQL's own affair, not under test.
_OPTIONS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=100")


class PostgreSql:
    """The server, owned by the superuser `muster` who needs no password on the loopback."""

    host = "127.0.0.1"
    user = "muster"

    def __init__(self) -> None:
        self._programs = _programs()
        self._account = account("postgres")
        self._folder = own_folder("postgresql", self._account)
        self.port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = count(1)
        self._has_template = False
        self._initialise()

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://{self.user}@{self.host}:{self.port}/{database}"

    @property
    def process_id(self) -> int:
        """The postmaster's process id."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start the server on the same port as before; nothing happens when it runs."""
        if self._process is not None and self._process.poll() is None:
            return
        options = [*_OPTIONS, f"listen_addresses={self.host}", f"port={self.port}"]
        options.append(f"unix_socket_directories={self._folder}")
        command = [str(self._programs / "postgres"), "-D", str(self._folder / "cluster")]
        for option in options:
            command += ["-c", option]
        self._process = start_server(
            command, folder=self._folder, user=self._account, is_ready=self._is_ready
        )

    def stop(self) -> None:
        """Stop the server at once, cutting its connections."""
        if self._process is not None:
            stop_server(self._process, signal.SIGINT)

    def clone_template(self) -> str:
        """Return the URL of a fresh database that holds our newest tables."""
        if not self._has_template:
            self._execute(f"CREATE DATABASE {_TEMPLATE}")
            open_store(self.url(_TEMPLATE)).close()
            self._has_template = True
        return self._create(f" TEMPLATE {_TEMPLATE}")

    def create_empty(self) -> str:
        """Return the URL of a fresh database without tables."""
        return self._create("")

    def drop(self, url: str) -> None:
        """Drop a database, cutting who is still connected."""
        self._execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def remove(self) -> None:
        """Stop the server and remove its folder."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _create(self, how: str) -> str:
        name = f"muster_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name}{how}")
        return self.url(name)

    def _initialise(self) -> None:
        command = [str(self._programs / "initdb"), "-D", str(self._folder / "cluster")]
        command += ["-U", self.user, "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        done = subprocess.run(
            command,
            cwd=self._folder,
            capture_output=True,
            text=True,
            check=False,
            **identity(self._account),  # type: ignore[call-overload]
        )
        if done.returncode:
            raise ServerFailedError(f"initdb: {done.stdout[-1000:]}{done.stderr[-1000:]}")

    def _is_ready(self) -> bool:
        try:
            self._execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=self.host, port=self.port, user=self.user, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


def _programs() -> Path:
    found = [
        path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()
    ]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    initdb = shutil.which("initdb")
    if initdb is None:
        raise ServerMissingError(f"PostgreSQL is not installed: {INSTALL}")
    return Path(initdb).resolve().parent
