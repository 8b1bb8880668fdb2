"""A park of two hazard sources and its desk."""

import pytest
from immutables import Map
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.basics import Name
from models.operation.situation import Situation
from models.registry.kinds import HazardSource, Limit, Tag
from tests.unit.views.station_desk import StationDesk, alarm
from views.actions import ActionRegistry
from views.i18n import Translator
from views.kit import ViewKit
from views.monitor.station import MonitorStation
from views.theme import Theme
from views.tools import sample
from views.wording import Wording


def tag(key: str, source: str, unit: str = "ppm", quantity: str = "gas") -> Tag:
    limits = (
        Limit(kind="H", value=3.0, priority=2, guidance=Name("核对", "Check"), source="SOP"),
        Limit(kind="HH", value=10.0, priority=1),
    )
    return Tag(
        key=key,
        name=Name(f"测点 {key}", f"Tag {key}"),
        hazard_source_key=source,
        unit=unit,
        quantity=quantity,
        limits=limits,
    )


TAGS = (
    tag("GT-1", "V-203"),
    tag("GT-2", "V-203"),
    tag("LT-3", "V-203", "%", "level"),
    tag("GT-9", "T-105"),
    tag("WD-1", ""),
)
SOURCES = (
    HazardSource(key="T-105", name=Name("苯储罐", "Benzene tank")),
    HazardSource(key="V-203", name=Name("液氯储罐", "Liquid chlorine tank")),
)


@pytest.fixture
def situation() -> Situation:
    alarms = (
        alarm("GT-2", "H", 2, "unacknowledged", 4.0),
        alarm("GT-9", "H", 3, "acknowledged", 3.5),
    )
    return Situation(
        operation_id="o",
        mode="live",
        recorded_us=sample.NOW_US,
        alarms=Map({each.id: each for each in alarms}),
        stale_tags=Map({"GT-1": sample.NOW_US - 60_000_000}),
    )


@pytest.fixture
def desk(qapp: QApplication, situation: Situation) -> StationDesk:
    return StationDesk(situation, {"tags": TAGS, "hazard-sources": SOURCES})


@pytest.fixture
def kit(desk: StationDesk, theme: Theme, translator: Translator, wording: Wording) -> ViewKit:
    return ViewKit(desk, theme, translator, wording, ActionRegistry())


@pytest.fixture
def station(kit: ViewKit, qtbot: QtBot) -> MonitorStation:
    made = MonitorStation(kit)
    made.set_active(active=True)
    made.held = [made.left(), made.center()]  # type: ignore[attr-defined]
    for widget in made.held:  # type: ignore[attr-defined]
        assert widget is not None
        widget.resize(1100, 800)
        widget.show()
        qtbot.addWidget(widget)
    made.activated()
    return made
