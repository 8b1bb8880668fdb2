"""What a second start may not pay for: libraries that a usable desk doesn't need yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_DRIVER = """
import argparse, sys
from app import main
from views import assembly

def tell(screens):
    print("\\n".join(sorted(sys.modules)))

assembly.Screens.warm_up = tell
desk = argparse.Namespace(site=sys.argv[1], exit_when_ready=True, language=None, theme=None)
sys.exit(main.run_desk(desk))
"""
_LATER = {
    "alembic", "docx", "folium", "geopandas", "jinja2", "lxml", "openpyxl", "pandas", "pyarrow",
    "pypinyin", "pyproj", "pyqtgraph", "scipy", "thermo",
}  # fmt: skip


def _modules_when_usable(site: Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", _DRIVER, str(site)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {name.partition(".")[0] for name in done.stdout.split()}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    first = _modules_when_usable(folder)
    assert "folium" in first  # the first start composes the page: the list below can fail
    return folder


def test_that_a_usable_desk_has_not_imported_what_is_needed_later(site: Path) -> None:
    loaded = _modules_when_usable(site)
    assert {"PySide6", "sqlalchemy", "views"} <= loaded
    assert not loaded & _LATER
