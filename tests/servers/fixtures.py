"""Fixtures of the real servers. A missing server fails unless `--without` names it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from tests.servers.mosquitto import Mosquitto
from tests.servers.postgresql import PostgreSql
from tests.servers.process import ServerMissingError

SERVERS = ("postgresql", "mosquitto")
S = TypeVar("S", Mosquitto, PostgreSql)


def without(config: pytest.Config) -> tuple[str, ...]:
    """Return the servers that this run goes without.

    Raises
    ------
    pytest.UsageError
        When a name is unknown.
    """
    given = str(config.getoption("--without") or "")
    names = tuple(name.strip() for name in given.split(",") if name.strip())
    for name in names:
        if name not in SERVERS:
            raise pytest.UsageError(f"--without {name}: choose from {', '.join(SERVERS)}")
    return names


def needs(item: pytest.Item) -> set[str]:
    """Return the servers that a test needs."""
    needed = set(SERVERS) & set(getattr(item, "fixturenames", ()))
    callspec = getattr(item, "callspec", None)
    if callspec is not None and callspec.params.get("store_backend") == "postgresql":
        needed.add("postgresql")
    needed |= {str(name) for mark in item.iter_markers("needs") for name in mark.args}
    return needed


def _running(make: Callable[[], S]) -> Iterator[S]:
    try:
        server = make()
    except ServerMissingError as error:
        pytest.fail(f"{error} (or leave it out: --without {','.join(SERVERS)})", pytrace=False)
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def mosquitto_server() -> Iterator[Mosquitto]:
    """Yield the run's broker; tests take `mosquitto`."""
    yield from _running(Mosquitto)


@pytest.fixture
def mosquitto(request: pytest.FixtureRequest) -> Iterator[Mosquitto]:
    """Yield a running broker (host, port, stop, start, kill, publish), running again afterwards."""
    server: Mosquitto = request.getfixturevalue("mosquitto_server")
    server.start()
    yield server
    server.start()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSql]:
    """Yield the run's PostgreSQL; tests take `postgresql` or `store_url`."""
    yield from _running(PostgreSql)


@pytest.fixture
def postgresql(request: pytest.FixtureRequest) -> Iterator[PostgreSql]:
    """Yield a running PostgreSQL (url, clone_template, create_empty, stop, start)."""
    server: PostgreSql = request.getfixturevalue("postgresql_server")
    server.start()
    yield server
    server.start()


@pytest.fixture(params=("sqlite", "postgresql"))
def store_backend(request: pytest.FixtureRequest) -> str:
    """Return the kind of database; every test that takes it runs on both."""
    return str(request.param)


@pytest.fixture
def store_url(request: pytest.FixtureRequest, store_backend: str, tmp_path: Path) -> Iterator[str]:
    """Yield the URL of this test's own store: a new SQLite file, or a clone with our tables."""
    if store_backend == "sqlite":
        yield f"sqlite:///{(tmp_path / 'operations.db').as_posix()}"
        return
    server: PostgreSql = request.getfixturevalue("postgresql")
    url = server.clone_template()
    yield url
    server.start()
    server.drop(url)


@pytest.fixture
def empty_store_url(
    request: pytest.FixtureRequest, store_backend: str, tmp_path: Path
) -> Iterator[str]:
    """Yield the URL of this test's own database that holds nothing, for tests of migrations."""
    if store_backend == "sqlite":
        yield f"sqlite:///{(tmp_path / 'empty.db').as_posix()}"
        return
    server: PostgreSql = request.getfixturevalue("postgresql")
    url = server.create_empty()
    yield url
    server.start()
    server.drop(url)
