"""Monitor's alarm list with 5,000 alarms and the wall with 1,000 tags: the longest turn of Qt.

A turn is one call into the screens, or one pass of events after it (painting too). Each row is the
best of three: what else the machine does is no work of the screens.
"""

import gc
import time
from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from app.demo.park import build_park
from app.desk import LiveValue
from models.operation.situation import Alarm
from models.registry.kinds import Record, Tag
from tests.benchmarks.ratio import ROUNDS, Row
from tests.unit.views.monitor.alarm_stage import many, situation
from tests.unit.views.station_desk import StationDesk
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.monitor.pages import ALARMS, PLATES, TREND, WALL
from views.monitor.station import MonitorStation
from views.theme import Theme
from views.wording import Wording

_ALARMS, _TAGS = 5_000, 1_000
_BAR_MS = 50.0
_SIZE = (1830, 930)
_PASSES = 40
_LOOK, _PAGE = "alarm list: first look at 5,000", "wall: a page of 1,000 tags"


def rows() -> list[Row]:
    """Measure."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    stage = _Stage()
    alarms = many(_ALARMS)
    stage.alarms = alarms
    found = [stage.row(_LOOK, lambda n: stage.turn_to(ALARMS))]
    for count in (1, 50, 500):
        name = f"alarm list: {count} of 5,000 differ"
        found.append(stage.row(name, lambda n, c=count: stage.change(alarms, c, n)))  # type: ignore[misc]
    stage.desk.show(situation(*alarms[:200]))
    found.append(stage.row(_PAGE, lambda n: stage.turn_to(WALL)))
    found.append(stage.row("wall: a second of 1,000 tags", stage.second))
    stage.station.show_page(PLATES)
    found.append(stage.row("faceplates: a second of 1,000 tags", stage.second))
    stage.center.close()
    return found


class _Stage:
    """Monitor's pages on a desk in memory, with the demonstration park and its double."""

    def __init__(self) -> None:
        rows: dict[str, list[Record]] = {kind: list(own) for kind, own in build_park().items()}
        self.tags = [row for row in rows["tags"] if isinstance(row, Tag)]
        twins = self.tags[: _TAGS - len(self.tags)]
        self.tags += [
            msgspec.structs.replace(tag, key=f"{tag.key}-2", hazard_source_key=_twin(tag))
            for tag in twins
        ]
        rows["tags"] = list(self.tags)
        rows["hazard-sources"] += [
            msgspec.structs.replace(row, key=f"{row.key}-2") for row in rows["hazard-sources"]
        ]
        self.desk = StationDesk(situation(), rows)
        self.desk.hold = True
        self.alarms: tuple[Alarm, ...] = ()
        translator = Translator("zh")
        wording = Wording(translator, ZoneInfo("Asia/Shanghai"))
        kit = ViewKit(self.desk, Theme("dark", 1.0), translator, wording, ActionRegistry())
        self.station = MonitorStation(kit)
        center = self.station.center()
        assert center is not None
        self.center = center
        self.center.resize(*_SIZE)
        self.center.show()
        self.station.set_active(active=True)
        self.second(9)
        for _ in self.station.prepare():
            _events()
        self.station.sources.choose("*")

    def row(self, name: str, act: Callable[[int], object]) -> Row:
        """Return the longest turn of the best of three rounds."""
        best = float("inf")
        for number in range(ROUNDS):
            self.before(name)
            gc.collect()
            best = min(best, _longest_s(lambda n=number: act(n)))  # type: ignore[misc]
        return Row(name, 1000 * best, _BAR_MS, "ms")

    def before(self, name: str) -> None:
        """Leave the page that is measured when it is turned to; the list as it was when empty."""
        if name == _LOOK:
            self.turn_to(ALARMS)
            self.desk.show(situation())
        if name in {_LOOK, _PAGE}:
            self.turn_to(TREND)
            _longest_s(lambda: None)
        if name == _LOOK:
            self.desk.show(situation(*self.alarms))

    def turn_to(self, page: str) -> None:
        """Show a page."""
        self.station.show_page(page)

    def change(self, alarms: tuple[Alarm, ...], count: int, number: int) -> None:
        """Publish alarms of which some have another state."""
        state = ("unacknowledged", "acknowledged")[number % 2]
        changed = {
            alarm.id: msgspec.structs.replace(alarm, state=state)
            for alarm in alarms[:: _ALARMS // count]
        }
        now = self.desk.situation
        self.desk.show(now.with_(alarms=now.alarms.update(changed)), alarms=frozenset(changed))

    def second(self, number: int) -> None:
        """Let every tag say something else, and a second pass."""
        now_us = self.desk.clock.now_us()
        told = tuple(
            LiveValue(
                tag.key, tag.low + (0.3 + 0.05 * number) * (tag.high - tag.low), 0, now_us, now_us
            )
            for tag in self.tags
        )
        self.desk.latest |= {value.tag_key: value for value in told}
        self.desk.live_values.emit(told)
        self.desk.tick()


def _twin(tag: Tag) -> str:
    return f"{tag.hazard_source_key}-2" if tag.hazard_source_key else ""


def _events() -> None:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)


def _longest_s(act: Callable[[], object]) -> float:
    """Return the longest turn of an act and of what follows it [s]."""
    began_s = time.perf_counter()
    act()
    longest = time.perf_counter() - began_s
    for _ in range(_PASSES):
        began_s = time.perf_counter()
        _events()
        longest = max(longest, time.perf_counter() - began_s)
        time.sleep(0.005)
    return longest
