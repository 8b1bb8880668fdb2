import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.shell.late_station import LateStation
from views.warm_up import WarmUp, finish_import, import_in_steps, touch_classes


class _Station:
    id = "drill"

    def __init__(self) -> None:
        self.active = False
        self.activations = 0

    def left(self) -> QWidget | None:
        return None

    def right(self) -> QWidget | None:
        return None

    def bottom(self) -> QWidget | None:
        return None

    def center(self) -> QWidget | None:
        return None

    def activated(self) -> None:
        self.activations += 1

    def set_active(self, *, active: bool) -> None:
        self.active = active


def test_that_a_late_station_is_made_once_and_only_when_asked_for() -> None:
    made: list[_Station] = []

    def make() -> _Station:
        made.append(_Station())
        return made[-1]

    late = LateStation("drill", make)
    late.set_active(active=True)
    assert not made
    late.left()
    late.activated()
    assert len(made) == 1
    assert late.station.activations == 1
    late.set_active(active=True)
    assert late.station.active


def test_that_a_late_station_is_prepared_with_its_parts_first() -> None:
    made: list[str] = []

    def make() -> _Station:
        made.append("station")
        return _Station()

    late = LateStation("drill", make, parts=lambda: made.append("parts"))
    steps = late.prepare()
    next(steps)
    assert made == ["parts"]
    next(steps)
    assert made == ["parts", "station"]
    assert late.is_made
    list(late.prepare())
    assert made == ["parts", "station"]


def test_that_warming_up_takes_every_step_and_then_rests(qtbot: QtBot) -> None:
    steps: list[int] = []
    warm_up = WarmUp(steps.append(each) for each in range(3))
    warm_up.start()
    qtbot.waitUntil(lambda: not warm_up.is_running)
    assert steps == [0, 1, 2]


def test_that_a_stopped_warm_up_leaves_the_rest(qtbot: QtBot) -> None:
    steps: list[int] = []
    warm_up = WarmUp(steps.append(each) for each in range(100_000))
    warm_up.start()
    qtbot.waitUntil(lambda: bool(steps))
    warm_up.stop()
    assert not warm_up.is_running
    assert len(steps) < 100_000


def test_that_classes_are_touched_a_few_at_a_time() -> None:
    assert sum(1 for _ in touch_classes()) > 10


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package whose modules tell in which order they were imported."""
    folder = tmp_path / "stepwise"
    folder.mkdir()
    texts = {
        "__init__": "order = []\nfrom .late import late\nfrom .last import last\nwhole = True\n",
        "late": "from . import order\nfrom .slow import slow\norder.append('late')\nlate = 1\n",
        "slow": "from . import order\norder.append('slow')\nslow = 1\n",
        "last": "from . import order\norder.append('last')\nlast = 1\n",
    }
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield "stepwise"
    for name in [name for name in sys.modules if name.partition(".")[0] == "stepwise"]:
        del sys.modules[name]


def test_that_a_package_is_imported_in_steps_its_slow_parts_first(package: str) -> None:
    steps = import_in_steps(package, ("slow", "no_such_part"), "late")
    seen: list[list[str]] = []
    for _ in steps:
        module = sys.modules.get(package)
        seen.append(list(getattr(module, "order", [])))
    assert sys.modules[package].whole
    assert sys.modules[package].order == ["slow", "late", "last"]
    assert [*map(len, seen)] == sorted(map(len, seen))
    assert {0, 1, 2} <= {len(order) for order in seen}


def test_that_who_needs_the_package_has_it_whole(package: str) -> None:
    steps = import_in_steps(package, (), "late")
    next(steps)
    next(steps)
    finish_import(package)
    assert importlib.import_module(package).whole
    assert list(steps) == []


def test_that_a_package_that_fails_is_tried_anew(package: str, tmp_path: Path) -> None:
    (tmp_path / package / "last.py").write_text("raise OSError('torn')\n", "utf-8")
    with pytest.raises(OSError, match="torn"):
        list(import_in_steps(package))
    assert package not in sys.modules
    (tmp_path / package / "last.py").write_text("last = 1\n" + "#" * 20, "utf-8")
    importlib.invalidate_caches()
    assert importlib.import_module(package).whole


def test_that_a_package_that_is_there_takes_no_steps() -> None:
    assert list(import_in_steps("json")) == []
