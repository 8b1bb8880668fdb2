"""The ground of every test: offscreen Qt, fresh settings, real servers, nothing left behind."""

import gc
import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from app.garbage import Collector
from tests.guards.leftovers import (
    expect_log,
    log_watch,
    no_leftover_tasks,
    no_leftover_threads,
    no_leftover_windows,
)
from tests.servers.fixtures import (
    SERVERS,
    empty_store_url,
    mosquitto,
    mosquitto_server,
    needs,
    postgresql,
    postgresql_server,
    store_backend,
    store_url,
    without,
)

__all__ = [
    "empty_store_url",
    "expect_log",
    "log_watch",
    "mosquitto",
    "mosquitto_server",
    "no_leftover_tasks",
    "no_leftover_threads",
    "no_leftover_windows",
    "postgresql",
    "postgresql_server",
    "store_backend",
    "store_url",
]

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu")
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ.setdefault("QTWEBENGINE_DISABLE_SANDBOX", "1")

# The speed of a shared machine is no property under test.
settings.register_profile(
    "muster", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("muster")

_COLLECTOR = pytest.StashKey[Collector]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--without`."""
    parser.addoption(
        "--without",
        metavar="SERVERS",
        default="",
        help=f"leave out the tests that need these servers: {','.join(SERVERS)}",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare our markers and check `--without`."""
    config.addinivalue_line("markers", "expect_log(*patterns): warnings that the test provokes")
    config.addinivalue_line("markers", "needs(*servers): servers used without their fixture")
    without(config)


def pytest_sessionstart(session: pytest.Session) -> None:
    """Collect cycles on the main thread alone, as the desk does: a thread must free no widget."""
    gc.disable()
    session.config.stash[_COLLECTOR] = Collector()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Collect what is due between two tests."""
    yield
    item.config.stash[_COLLECTOR].collect_due()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that need a server of `--without`."""
    left_out = set(without(config))
    if not left_out:
        return
    deselected = [item for item in items if needs(item) & left_out]
    if deselected:
        config.hook.pytest_deselected(items=deselected)
        items[:] = [item for item in items if not needs(item) & left_out]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say once more, on the last line, what was left out."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and without(config):
        reporter.write_line(f"--without {','.join(without(config))}")


@pytest.fixture(autouse=True)
def fresh_settings(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Give the test a home of its own and an environment without `MUSTER_*`; return the home."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("MUSTER_") and name != "MUSTER_NETGUARD":
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    return home


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Prepare what Qt wants to know before the application object is made."""
    from PySide6.QtCore import QCoreApplication, Qt

    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    if importlib.util.find_spec("views.map") and importlib.util.find_spec("views.map.scheme"):
        from views.map.scheme import register_scheme

        register_scheme()
    return ["muster-tests"]
