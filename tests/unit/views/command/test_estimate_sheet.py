"""Where does it come from, on the desk: looked at, taken by a key, replayed."""

from collections.abc import Iterator
from typing import Any

import pytest
from immutables import Map
from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.commands.estimate import AdoptEstimate
from app.estimate_follower import EstimateFollower
from app.terrain import TerrainChooser
from models.basics import Name, Wind
from models.hazard.estimation.ports import SourceEstimate, Suspect
from models.hazard.estimation.readings import Evidence
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Caution, Release
from models.operation.events.alarm import AlarmRaised
from models.operation.events.incident import IncidentLocated, IncidentOpened, SourceEstimated
from models.operation.events.operation import WindObserved
from models.operation.fold import empty_situation, fold_all
from models.operation.situation import AdoptedEstimate, Incident, Zone
from models.registry.kinds import HazardSource
from models.times import SECOND_US
from tests.unit.app.commands.test_estimate_command import POINT, SUSPECTS, source_estimate
from tests.unit.app.gas_park import LEAK_S, MAST, SOURCE, START_US, heard, park
from tests.unit.app.test_contours import at_once
from tests.unit.app.test_zone_renewal import _Done
from tests.unit.views.command.parts import button
from tests.unit.views.station_window import NoZones, TwoTeams, closes_and_frees
from tests.unit.views.told_desk import OPERATION, ToldDesk
from views.actions import ActionRegistry
from views.command.estimate_sheet import EstimateSheet
from views.command.estimate_words import kg_s
from views.command.station import CommandStation
from views.event_lines import EventLines
from views.i18n import Translator
from views.kit import ViewKit
from views.theme import Theme
from views.widgets.table_view import TableView
from views.wording import Wording


class Follower(QObject):
    """A follower that is told what to find."""

    progressed = Signal(str, int)
    estimated = Signal(str, object)
    ended = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.left = 0
        self.stopped = 0
        self.at: int | None = None
        self.adopted: list[tuple[object, ...]] = []

    def percent(self, _incident_id: str) -> int | None:
        return self.at

    def follow(self, incident_id: str) -> None:
        self.asked.append(incident_id)
        self.at = 0

    def leave(self) -> None:
        self.left += 1

    def cancel(self) -> None:
        self.stopped += 1

    def adopt(self, *what: object) -> None:
        self.adopted.append(what)

    def find(self, incident_id: str, made: SourceEstimate) -> None:
        self.at = None
        self.estimated.emit(incident_id, made)
        self.ended.emit(incident_id, "")


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    return next(iter(kit.desk.situation.incidents.values()))


@pytest.fixture
def opened(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> tuple[EstimateSheet, Follower, list[dict[str, SourceEstimate]]]:
    follower = Follower()
    sheet = EstimateSheet(kit, incident, follower, backdrop)  # type: ignore[arg-type]
    shown: list[dict[str, SourceEstimate]] = []
    sheet.looked_at.connect(shown.append)
    sheet.begin()
    sheet.show()
    return sheet, follower, shown


def words(sheet: QWidget) -> str:
    texts = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    for table in sheet.findChildren(TableView):
        model = table.model()
        texts += [
            str(model.index(r, c).data())
            for r in range(model.rowCount())
            for c in range(model.columnCount())
        ]
    return "\n".join(texts)


def choice(sheet: QWidget) -> QComboBox:
    found = sheet.findChild(QComboBox, "estimate-rate-choice")
    assert found is not None
    return found


def press(sheet: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    target = sheet.focusWidget()
    QTest.keyClick(target if target is not None else sheet, key, modifier)


Opened = tuple[EstimateSheet, Follower, list[dict[str, SourceEstimate]]]


def test_that_it_asks_when_it_opens_and_shows_what_was_found(
    incident: Incident, opened: Opened
) -> None:
    sheet, follower, shown = opened
    assert follower.asked == [incident.id]
    assert "Computing…" in words(sheet)
    assert not button(sheet, "estimate-take").isEnabled()
    made = source_estimate()
    follower.find(incident.id, made)
    follower.find("another", source_estimate("cannot_tell"))
    text = words(sheet)
    assert "Most likely Chlorine vaporiser (90%): an estimate" in text
    assert "Rate about 0.3 kg/s, nine in ten between 0.1 and 0.9" in text
    assert "GT-1" in text
    assert "3 ppm" in text
    assert "a value" in text
    assert "1 detectors at one moment" in text
    assert shown == [{incident.id: made}]
    assert button(sheet, "estimate-take").text() == "Take HS1 at 0.9 kg/s"


def test_that_the_chosen_row_and_rate_are_taken_by_one_key(
    incident: Incident, opened: Opened, qtbot: QtBot
) -> None:
    sheet, follower, shown = opened
    made = source_estimate()
    follower.find(incident.id, made)
    view = sheet.findChild(TableView, "estimate-suspects")
    assert view is not None
    view.selectRow(1)
    choice(sheet).setCurrentIndex(1)
    assert button(sheet, "estimate-take").text() == "Take the area at 0.3 kg/s"
    view.selectRow(0)
    qtbot.waitUntil(lambda: button(sheet, "estimate-take").isEnabled())
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(follower.adopted))
    [(incident_id, taken, rate, key, place)] = follower.adopted
    assert (incident_id, taken, rate, key) == (incident.id, made, 0.3, "HS1")
    assert "detectors" in str(place)
    assert shown[-1] == {}
    assert follower.left == 1


def test_that_leaving_takes_nothing_and_frees_the_sheet(
    incident: Incident, opened: Opened, qtbot: QtBot
) -> None:
    sheet, follower, shown = opened
    follower.find(incident.id, source_estimate())
    closes_and_frees(qtbot, sheet)
    assert (follower.adopted, follower.left, shown[-1]) == ([], 1, {})


def test_that_where_the_data_cannot_tell_it_is_said_and_nothing_can_be_taken(
    incident: Incident, opened: Opened
) -> None:
    sheet, follower, _ = opened
    made = source_estimate("cannot_tell")
    told = Caution(code="nothing_read", text="")
    made = replace(made, estimate=replace(made.estimate, warnings=(told,)))
    follower.find(incident.id, made)
    text = words(sheet)
    assert "THE DATA CAN'T TELL" in text
    assert "That isn't clean air" in text
    assert "Rate: not known." in text
    assert "Chlorine vaporiser" not in text
    assert not button(sheet, "estimate-take").isEnabled()
    button(sheet, "estimate-take").click()
    assert follower.adopted == []


@pytest.mark.parametrize(("suspects", "words_"), [
    ((replace(SUSPECTS[1], probability=0.8), replace(SUSPECTS[0], probability=0.2)),
     "No hazard source on record fits"),
    ((replace(SUSPECTS[0], probability=0.4),), "no source stands out"),
    ((), "no source stands out"),
    ((replace(SUSPECTS[0], probability=0.9999),), "(> 99%)"),
])  # fmt: skip
def test_that_the_verdict_names_no_source_that_does_not_stand_out(
    incident: Incident, opened: Opened, suspects: tuple[Suspect, ...], words_: str
) -> None:
    sheet, follower, _ = opened
    made = source_estimate()
    follower.find(incident.id, replace(made, estimate=replace(made.estimate, candidates=suspects)))
    assert words_ in words(sheet)


@pytest.mark.parametrize(("kind", "why", "known", "said"), [
    ("at_least", "over_range", "", "over its range"),
    ("below", "", "", "under 0.1 ppm, or silent"),
    ("nothing", "stale", "", "no data comes"),
    ("nothing", "fault", "", "faulted"),
    ("nothing", "poisoned", "", "its bead may be damaged"),
    ("nothing", "calibrating", "permit:PW-1", "permit PW-1: somebody works on it"),
    ("nothing", "fault", "out_of_service", "its alarm is out of service"),
    ("nothing", "calibrating", "verified:calibration", "verified as calibration"),
])  # fmt: skip
def test_that_each_reading_says_how_it_was_taken_and_why(
    incident: Incident, opened: Opened, kind: Any, why: str, known: str, said: str
) -> None:
    sheet, follower, _ = opened
    made = source_estimate()
    evidence = Evidence(key="GT-1", kind=kind, ppm=0.1, why=why)
    row = replace(made.taken[0], evidence=evidence, why=known, value=None)
    follower.find(incident.id, replace(made, taken=(row,), left_out=3))
    text = words(sheet)
    assert said in text
    assert "—" in text
    assert "3 farther ones left out" in text
    assert "clear" in text or kind != "below"


def test_that_a_rate_without_an_upper_end_offers_its_middle_first(
    incident: Incident, opened: Opened
) -> None:
    sheet, follower, _ = opened
    unbounded = Caution(code="rate_unbounded", text="")
    follower.find(incident.id, replace(source_estimate(), warnings=(unbounded,)))
    assert button(sheet, "estimate-take").text() == "Take HS1 at 0.3 kg/s"
    assert "how large the rate may be at most" in words(sheet)
    choice(sheet).setCurrentIndex(0)
    follower.find(incident.id, replace(source_estimate(), release_kg_s=(0.1, 0.4, 2.0)))
    assert button(sheet, "estimate-take").text() == "Take HS1 at 2 kg/s"


@pytest.mark.parametrize(("code", "said"), [
    ("no_place", "set the place first"), ("no_substance", "substance isn't known"),
    ("no_detectors", "No detector of this gas"), ("no_wind", "enter the wind first"),
    ("calm", "Calm"), ("closed", "The incident is closed"), ("odd", "not be computed: odd"),
])  # fmt: skip
def test_that_a_fault_is_said_and_takes_back_what_was_found(
    incident: Incident, opened: Opened, code: str, said: str
) -> None:
    sheet, follower, shown = opened
    follower.find(incident.id, source_estimate())
    follower.ended.emit("another", code)
    follower.ended.emit(incident.id, code)
    assert said in words(sheet)
    assert shown[-1] == {}
    assert not button(sheet, "estimate-take").isEnabled()


def test_that_a_run_can_be_stopped_and_asked_again(incident: Incident, opened: Opened) -> None:
    sheet, follower, _ = opened
    follower.progressed.emit(incident.id, 40)
    assert button(sheet, "estimate-stop").isVisible()
    button(sheet, "estimate-stop").click()
    assert follower.stopped == 1
    follower.at = None
    follower.ended.emit(incident.id, "cancelled")
    assert "Stopped." in words(sheet)
    button(sheet, "estimate-again").click()
    assert follower.asked == [incident.id, incident.id]


def test_that_a_replay_shows_what_was_on_record_and_lets_nothing_be_taken(
    kit: ViewKit, incident: Incident, opened: Opened, translator: Translator
) -> None:
    sheet, follower, shown = opened
    follower.find(incident.id, source_estimate())
    kit.desk.replay = object()  # type: ignore[assignment]
    kit.desk.replay_changed.emit(kit.desk.replay)
    assert "No estimate was on record at this moment." in words(sheet)
    assert shown[-1] == {}
    assert not button(sheet, "estimate-take").isVisible()
    adopted = AdoptedEstimate(
        estimate=source_estimate(), release_kg_s=0.9, position=POINT, source_key="HS1",
        at_us=kit.desk.clock.now_us(), by="x", event_id="e",
    )  # fmt: skip
    on_record = replace(incident, source_estimate=adopted)
    kit.desk.show(kit.desk.situation.with_(incidents=Map({incident.id: on_record})))  # type: ignore[attr-defined]
    text = words(sheet)
    assert "taken for the source at 0.9 kg/s" in text
    assert "Most likely Chlorine vaporiser" in text
    translator.choose("zh")
    sheet.retranslate()
    assert "最可能是液氯汽化器（90%）" in words(sheet)
    kit.desk.replay = None
    kit.desk.replay_changed.emit(None)
    assert follower.asked == [incident.id, incident.id]


class GasDesk(ToldDesk):
    """The demonstration park while its leak runs, on a desk that really folds."""

    def __init__(self) -> None:
        super().__init__({kind: list(rows) for kind, rows in park().items()})
        now_us = START_US + 440 * SECOND_US
        self.tick(now_us - self.clock.now_us())
        self.latest = heard().latest(now_us)
        wind = Wind(from_deg=228.0, speed_m_s=2.6, stability="E", source=MAST, observed_us=now_us)
        self.say_event(WindObserved(masts=(wind,)), "wind")
        raised = AlarmRaised(
            tag_key="GT-2031", limit="H", priority=2, value=0.4, limit_value=0.34, unit="ppm",
            safety="toxic",
        )  # fmt: skip
        self.say_event(raised, "GT-2031/H")
        far = self.reference.get(HazardSource.KIND, "L-209")
        assert far is not None
        opening = IncidentOpened(
            number="I-1", title=Name("泄漏", "Leak"), incident_kind="toxic_leak", place=far.name,
            position=far.position, hazard_source_key="L-209", substance="chlorine",
            cas="7782-50-5", happened_us=START_US + (LEAK_S + 60) * SECOND_US,
        )  # fmt: skip
        self.say_event(opening, "I1")

    def trend(self, tag_keys: Any, from_us: int, to_us: int, points: int) -> Any:
        del points
        return _Done(heard().trend(tag_keys, from_us, to_us))


@pytest.fixture
def station(
    theme: Theme, translator: Translator, wording: Wording, qtbot: QtBot
) -> Iterator[tuple[GasDesk, CommandStation, NoZones]]:
    desk, zones = GasDesk(), NoZones()
    kit = ViewKit(desk, theme, translator, wording, ActionRegistry())
    follower = EstimateFollower(desk, zones, TerrainChooser(), at_once)  # type: ignore[arg-type]
    made = CommandStation(kit, TwoTeams(), zones, None, follower)  # type: ignore[arg-type]
    qtbot.addWidget(made.facts)
    made.facts.show()
    made.set_active(active=True)
    kit.actions.refresh()
    made.show_incident("I1")
    yield desk, made, zones
    for sheet in made.facts.findChildren(QDialog):
        sheet.close()
    follower.stop()


def test_that_a_leak_whose_place_was_wrong_is_found_taken_and_replayed(
    station: tuple[GasDesk, CommandStation, NoZones], wording: Wording, qtbot: QtBot
) -> None:
    desk, command, _ = station
    looked_at: list[dict[str, SourceEstimate]] = []
    command.origin.looked_at.connect(looked_at.append)
    command.origin.ask()
    sheet = command.facts.window().findChild(EstimateSheet)
    assert sheet is not None
    command.origin.ask()  # it comes to the front
    assert len(command.facts.window().findChildren(EstimateSheet)) == 1
    source = desk.reference.get(HazardSource.KIND, SOURCE)
    assert source is not None
    assert f"Most likely {source.name.en}" in words(sheet)
    assert button(sheet, "estimate-take").text().startswith(f"Take {SOURCE} at")
    assert [e.payload for e in desk.told if isinstance(e.payload, SourceEstimated)] == []
    sheet.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is sheet)
    press(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(isinstance(each, AdoptEstimate) for each in desk.executed))
    (command_,) = [each for each in desk.executed if isinstance(each, AdoptEstimate)]
    assert command_.estimate is looked_at[0]["I1"]
    (event,) = [each for each in desk.told if isinstance(each.payload, SourceEstimated)]
    (placed,) = [e.payload for e in desk.told if isinstance(e.payload, IncidentLocated)]
    assert (placed.hazard_source_key, placed.position) == (SOURCE, source.position)
    found = desk.live_situation.incidents["I1"]
    assert found.source_estimate is not None
    assert found.source_estimate.release_kg_s == command_.release_kg_s
    line = EventLines(desk, wording).line(event)
    assert line.startswith(f"Source taken from the detectors: {source.name.en} (")
    assert line.endswith("kg/s, ESTIMATED")
    again, _ = fold_all(empty_situation(str(OPERATION)), desk.told)
    assert again.incidents["I1"] == found
    assert looked_at[-1] == {}


def test_that_another_incident_on_the_station_ends_the_question(
    station: tuple[GasDesk, CommandStation, NoZones], qtbot: QtBot
) -> None:
    _, command, _ = station
    command.origin.ask()
    sheet = command.facts.window().findChild(EstimateSheet)
    assert sheet is not None
    command.show_incident("I1")
    assert sheet.isVisible()
    gone: list[bool] = []
    sheet.destroyed.connect(lambda *_: gone.append(True))
    command.show_incident("I2")
    qtbot.waitUntil(lambda: bool(gone))


def test_that_without_an_incident_the_key_says_so(
    station: tuple[GasDesk, CommandStation, NoZones],
) -> None:
    desk, command, _ = station
    command.show_incident("I9")
    command.origin.ask()
    assert desk.codes == ["incident_needed"]


def test_that_a_place_on_no_source_is_said_in_the_log(kit: ViewKit) -> None:
    desk = ToldDesk({})
    taken = SourceEstimated(estimate=source_estimate(), release_kg_s=0.9, position=POINT)
    event = desk.say_event(taken, "I1")
    line = EventLines(kit.desk, kit.wording).line(event)
    assert "a place that no hazard source stands at, 0.9 kg/s, ESTIMATED" in line


def test_that_a_rate_below_the_one_on_record_is_said_to_shrink_the_zone(
    kit: ViewKit, incident: Incident, opened: Opened
) -> None:
    sheet, follower, _ = opened
    made = source_estimate()
    assert made.release_kg_s is not None
    release = Release(position=POINT, substance="chlorine", release_kg_s=1.1 * made.release_kg_s[2])
    wind = Wind(from_deg=270.0, speed_m_s=3.0, stability="D")
    zone = Zone(
        id="Z1", incident_id=incident.id, result=ChosenModel().zone(release, wind, (), "rural"),
        drawn_us=1, event_id="e",
    )  # fmt: skip
    follower.find(incident.id, made)
    assert "would be smaller" not in words(sheet)  # nothing is on record
    kit.desk.situation = kit.desk.situation.with_(zones=Map({"Z1": zone}))
    follower.find(incident.id, made)
    assert f"Less than the {kg_s(release.release_kg_s)} kg/s on record" in words(sheet)
    release = replace(release, release_kg_s=0.9 * made.release_kg_s[2])
    result = ChosenModel().zone(release, wind, (), "rural")
    kit.desk.situation = kit.desk.situation.with_(zones=Map({"Z1": replace(zone, result=result)}))
    follower.find(incident.id, made)
    assert "would be smaller" not in words(sheet)
    choice(sheet).setCurrentIndex(1)
    assert "would be smaller" in words(sheet)
