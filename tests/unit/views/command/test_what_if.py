"""Sliders for rate, hole and wind: a preview that follows them, and an act that draws it."""

from collections.abc import Callable

import msgspec
import pytest
from immutables import Map
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSlider, QWidget

from app.commands.zone import DrawZone
from app.point_courses import newest_case
from app.typical_releases import typical_releases
from app.what_if import WhatIf, inputs_of, side_by_side, zone_if
from models.basics import BY_HAND, LatLon, Name, Wind
from models.hazard.model_choice import ChosenModel
from models.hazard.ports import Release, ZoneResult
from models.operation.situation import Incident, Zone
from models.registry.kinds import HazardSource, Receptor
from views.command.what_if_sheet import WhatIfSheet
from views.command.what_if_sliders import WhatIfSliders
from views.kit import ViewKit
from views.tools.preview_desk import FixedReference

HERE, NORTH = LatLon(32.3, 118.9), LatLon(32.309, 118.9)
WIND = Wind(from_deg=270.4, speed_m_s=3.06, stability="D", source="M1")


@pytest.fixture
def incident(kit: ViewKit) -> Incident:
    """An incident whose zone goes east; a school stands in the north."""
    found = next(iter(kit.desk.situation.incidents.values()))
    found = msgspec.structs.replace(found, substance="chlorine", cas="", position=HERE)
    row = Receptor(key="S", name=Name(en="School", zh="学校"), position=NORTH, type="school")
    kit.desk.reference = FixedReference({Receptor.KIND: {"S": row}})
    release = Release(
        position=HERE, substance="chlorine", release_kg_s=0.519, rate_source="scenario small"
    )
    result = ChosenModel().zone(release, WIND, (), "rural")
    zone = Zone(id="Z1", incident_id=found.id, result=result, drawn_us=1, event_id="e")
    kit.desk.situation = kit.desk.situation.with_(zones=Map({"Z1": zone}))
    return found


@pytest.fixture
def opened(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]:
    sheet = WhatIfSheet(kit, incident, backdrop)
    told: list[tuple[ZoneResult, ...]] = []
    sheet.previewed.connect(told.append)
    sheet.show()
    return sheet, told


def slide(sheet: QWidget, name: str, value: int) -> None:
    found = sheet.findChild(QSlider, name)
    assert found is not None
    found.setValue(value)


def press(sheet: QWidget, name: str) -> None:
    found = sheet.findChild(QPushButton, name)
    assert found is not None
    found.click()


def words(sheet: QWidget) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel))


def blows_from(result: ZoneResult) -> float:
    assert result.wind is not None
    return result.wind.from_deg


def drawn(kit: ViewKit) -> list[DrawZone]:
    return [each for each in kit.desk.executed if isinstance(each, DrawZone)]  # type: ignore[attr-defined]


def test_that_untouched_sliders_mean_the_zone_itself(
    kit: ViewKit, incident: Incident, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    case = newest_case(kit.desk.situation, incident)
    sliders = sheet.findChild(WhatIfSliders)
    assert sliders is not None
    assert sliders.asked() == inputs_of(case) == WhatIf(0.519, 270.4, 3.06, "D")
    assert not sheet.findChild(QSlider, "what-if-hole").isEnabled()  # no source is known
    assert told == []
    button = sheet.findChild(QPushButton, "what-if-draw")
    assert button is not None
    assert not button.isEnabled()


def test_that_the_preview_follows_and_nothing_is_on_record_before_the_act(
    kit: ViewKit, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    slide(sheet, "what-if-from", 180)
    [(result,)] = told
    assert isinstance(result, ZoneResult)
    assert result.wind is not None
    assert (result.wind.from_deg, result.wind.speed_m_s, result.wind.source) == (180, 3.06, BY_HAND)
    assert next(each for each in result.inputs if each.name == "release_rate").source == (
        "scenario small"
    )
    assert "Only in B: School" in words(sheet)
    assert drawn(kit) == []
    press(sheet, "what-if-draw")
    assert [each.result for each in drawn(kit)] == [result]
    assert told[-1] == ()


def test_that_leaving_draws_nothing_and_ends_the_preview(
    kit: ViewKit, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    slide(sheet, "what-if-rate", 400)
    assert told
    sheet.reject()
    assert told[-1] == ()
    assert drawn(kit) == []


def test_that_another_rate_is_the_officer_s_and_assumed(kit: ViewKit, incident: Incident) -> None:
    case = newest_case(kit.desk.situation, incident)
    asked = WhatIf(5.0, 270.4, 3.06, "D")
    result = zone_if(case, asked, kit.desk.reference, now_us=0, utc_offset_h=8.0)
    rate = next(each for each in result.inputs if each.name == "release_rate")
    assert (rate.value, rate.source, rate.assumed) == (5.0, "officer", True)
    assert result.wind == WIND
    pair = side_by_side(case.zone.result, result)
    assert all((p.one_m or 0) < (p.other_m or 0) for p in pair.levels)
    assert [p.severity for p in pair.levels] == [3, 2, 1]
    assert pair.only_one == ()


@pytest.fixture
def leaking(kit: ViewKit, incident: Incident, backdrop: QWidget) -> WhatIfSheet:
    """The sheet of an incident at 50 t of chlorine."""
    held = HazardSource(key="V", name=Name(en="V"), substance="chlorine", inventory_t=50.0)
    kit.desk.reference = FixedReference({HazardSource.KIND: {"V": held}})
    sheet = WhatIfSheet(kit, msgspec.structs.replace(incident, hazard_source_key="V"), backdrop)
    sheet.show()
    return sheet


def rate_of(result: ZoneResult) -> tuple[float, str, bool]:
    found = next(each for each in result.inputs if each.name == "release_rate")
    return float(found.value), found.source, found.assumed


def test_that_a_hole_gives_the_rate_until_somebody_sets_one(
    kit: ViewKit, leaking: WhatIfSheet
) -> None:
    told: list[tuple[ZoneResult, ...]] = []
    leaking.previewed.connect(told.append)
    hole = leaking.findChild(QSlider, "what-if-hole")
    assert hole is not None
    assert hole.isEnabled()
    rates = []
    for step in (60, 120):
        slide(leaking, "what-if-hole", step)
        rate, source, assumed = rate_of(told[-1][0])
        assert assumed
        assert source.startswith("hole ")
        diameter, _, granted = source.removeprefix("hole ").partition(";")
        assert diameter in words(leaking)
        assert "pressure_pa" in granted
        assert f"{rate:.3g} kg/s" in words(leaking)
        rates.append(rate)
    assert rates[0] < rates[1]
    slide(leaking, "what-if-rate", 250)
    assert hole.value() == 0
    assert rate_of(told[-1][0])[1] == "officer"


def test_that_a_hole_s_rate_is_that_of_the_typical_release_of_its_size(
    kit: ViewKit, incident: Incident
) -> None:
    held = HazardSource(key="V", name=Name(en="V"), substance="chlorine", inventory_t=50.0)
    medium = typical_releases(held, WIND)[1]
    case = newest_case(kit.desk.situation, incident)
    asked = WhatIf(0.519, 270.4, 3.06, "D", medium.hole_diameter_m)
    found = zone_if(case, asked, kit.desk.reference, held, now_us=0, utc_offset_h=8.0)
    inputs = {each.name: each.value for each in found.inputs}
    assert inputs["release_rate"] == medium.release_kg_s
    assert inputs["duration"] == medium.duration_s
    with pytest.raises(ValueError, match="hole_m"):
        zone_if(case, asked, kit.desk.reference, now_us=0, utc_offset_h=8.0)


def test_that_another_stability_class_reaches_elsewhere(
    opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]],
) -> None:
    sheet, told = opened
    classes = sheet.findChild(QComboBox, "what-if-stability")
    assert classes is not None
    assert classes.currentText() == "D"
    reaches = []
    for name in ("B", "F"):
        classes.setCurrentText(name)
        (result,) = told[-1]
        assert result.wind is not None
        assert (result.wind.stability, result.wind.source) == (name, BY_HAND)
        reaches.append(max(level.reach_m for level in result.levels))
    assert reaches[0] < reaches[1]


def test_that_two_scenarios_are_kept_side_by_side(
    kit: ViewKit, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    slide(sheet, "what-if-from", 180)
    press(sheet, "what-if-keep")
    slide(sheet, "what-if-from", 0)
    one, other = told[-1]
    assert [blows_from(one), blows_from(other)] == [180, 0]
    assert "Only in A: School" in words(sheet)


def test_that_the_last_place_of_a_slider_is_computed_when_it_moved_meanwhile(
    kit: ViewKit, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    held: list[tuple[Callable[[], ZoneResult], Callable[[object], None]]] = []

    class Later:
        def __init__(self, function: Callable[[], ZoneResult]) -> None:
            self.function = function

        def add_done_callback(self, callback: Callable[[object], None]) -> None:
            held.append((self.function, callback))

    at_once = kit.desk.in_worker
    kit.desk.in_worker = Later  # type: ignore[assignment,method-assign]
    for degrees in (10, 20, 30):
        slide(sheet, "what-if-from", degrees)
    assert len(held) == 1  # one at a time
    function, callback = held.pop()
    callback(at_once(function))
    assert len(held) == 1
    function, callback = held.pop()
    callback(at_once(function))
    assert held == []
    assert [blows_from(shown[0]) for shown in told] == [10, 30]


def test_that_without_a_model_s_zone_there_is_nothing_to_slide(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    kit.desk.situation = kit.desk.situation.with_(zones=Map())
    sheet = WhatIfSheet(kit, incident, backdrop)
    assert "enter a rate first" in words(sheet)
    assert not any(slider.isEnabled() for slider in sheet.findChildren(QSlider))
    assert not any(box.isEnabled() for box in sheet.findChildren(QComboBox))


def test_that_a_wind_that_makes_no_sense_is_said(
    kit: ViewKit, incident: Incident, backdrop: QWidget
) -> None:
    case = newest_case(kit.desk.situation, incident)
    with pytest.raises(ValueError, match="release_kg_s"):
        zone_if(case, WhatIf(-1.0, 0.0, 1.0, "D"), kit.desk.reference, now_us=0, utc_offset_h=0.0)
    sheet = WhatIfSheet(kit, incident, backdrop)
    kit.desk.in_worker = lambda _: _Failed()  # type: ignore[assignment,method-assign,return-value]
    slide(sheet, "what-if-speed", 10)
    assert "could not be computed: odd" in words(sheet)


class _Failed:
    def add_done_callback(self, callback: Callable[[object], None]) -> None:
        callback(self)

    def cancelled(self) -> bool:
        return False

    def exception(self) -> Exception:
        return ValueError("odd")


def test_that_a_newer_zone_and_a_replay_are_noticed(
    kit: ViewKit, opened: tuple[WhatIfSheet, list[tuple[ZoneResult, ...]]]
) -> None:
    sheet, told = opened
    zone = kit.desk.situation.zones["Z1"]
    newer = msgspec.structs.replace(zone, id="Z2", drawn_us=9)
    kit.desk.show(kit.desk.situation)  # type: ignore[attr-defined]
    assert "Another zone stands" not in words(sheet)
    both = kit.desk.situation.with_(zones=Map({"Z1": zone, "Z2": newer}))
    kit.desk.show(both)  # type: ignore[attr-defined]
    assert "Another zone stands by now" in words(sheet)
    kit.desk.replay_changed.emit(object())
    assert told[-1] == ()
    assert not sheet.isVisible()
