"""An incident's zone: the rate, the wind, who lies inside; drawn once and again when asked."""

from collections.abc import Callable
from typing import Any

import pytest
from immutables import Map
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from app.commands import CommandRefusedError
from app.commands.zone import DrawZone
from app.terrain import TerrainChooser
from app.zone_follower import ZoneFollower
from app.zones import RateInput, compute_zone, exposed_people, live_wind, recorded_rate, stored_rate
from models.basics import LatLon, Name
from models.hazard.ports import HazardInputError
from models.hazard.terrain import Terrain
from models.operation.situation import Changes, Incident, Published, Situation, Zone
from models.registry.kinds import HazardSource, Receptor
from tests.unit.app.gateway.test_replacements import silent_order, situation
from tests.unit.views.small_park import PLACE, WIND, rows
from tests.unit.views.station_desk import Ended
from views.tools.preview_desk import FixedReference

NIGHT_US = 1_800_000_000_000_000
RURAL = Terrain(name="rural", source="setting")
RATE = RateInput(
    release_kg_s=0.5, duration_s=1800, height_m=1.0, source="scenario small", assumed=True
)


def receptor(key: str, day: int | None, night: int | None) -> Receptor:
    position = LatLon(PLACE.lat_deg + 0.002, PLACE.lon_deg + 0.004)
    return Receptor(
        key=key,
        name=Name("村", "Village"),
        type="village",
        position=position,
        people_day=day,
        people_night=night,
    )


@pytest.fixture
def reference() -> FixedReference:
    kinds = {kind: {r.key: r for r in each} for kind, each in rows().items()}
    return FixedReference({**kinds, "receptors": {"R1": receptor("R1", 100, 400)}})


@pytest.fixture
def incident() -> Incident:
    from msgspec.structs import replace

    found = situation(silent_order(), PLACE).incidents["I1"]
    return replace(
        found, hazard_source_key="HS1", substance="chlorine", cas="7782-50-5", wind=(WIND,)
    )


def test_that_the_first_stored_scenario_gives_the_rate_and_an_inventory_none(
    reference: FixedReference,
) -> None:
    source = reference.get("hazard-sources", "HS1")
    assert isinstance(source, HazardSource)
    assert stored_rate(source) == RATE
    bare = HazardSource(key="X", name=Name("罐", "Tank"), inventory_t=50.0)
    assert stored_rate(bare) is None
    assert stored_rate(None) is None


@pytest.mark.parametrize(("hour", "people", "source"), [
    (12, 100, "day"),
    (20, 400, "night"),
    (5, 400, "night"),
    (6, 100, "day"),
    (None, 400, "larger of day and night"),
])  # fmt: skip
def test_that_people_are_counted_for_the_hour(
    reference: FixedReference, hour: int | None, people: int, source: str
) -> None:
    (exposed,) = exposed_people(reference, hour)
    assert (exposed.people, exposed.people_source) == (people, source)


def test_that_unknown_numbers_stay_unknown() -> None:
    found = exposed_people(FixedReference({"receptors": {"R": receptor("R", None, None)}}))
    assert [each.people for each in found] == [None]


def test_that_the_wanted_mast_is_used_and_never_an_average() -> None:
    from msgspec.structs import replace

    other = replace(WIND, source="M-2", from_deg=10.0)
    now = Situation(operation_id="op", masts=(WIND, other))
    assert live_wind(now, "M-2") == other
    assert live_wind(now, "gone") == WIND
    assert live_wind(Situation(operation_id="op")) is None


def test_that_a_zone_counts_who_lies_downwind(
    reference: FixedReference, incident: Incident
) -> None:
    zone = compute_zone(
        incident, RATE, WIND, reference, now_us=NIGHT_US, utc_offset_h=8.0, terrain=RURAL
    )
    assert zone.kind == "model"
    assert zone.levels
    assert [hit.receptor_key for hit in zone.receptors] == ["R1"]


def test_that_bad_input_is_named(reference: FixedReference, incident: Incident) -> None:
    from msgspec.structs import replace

    nothing = RateInput(0.0, 60, 1.0, "officer", assumed=True)
    with pytest.raises(HazardInputError):
        compute_zone(
            incident, nothing, WIND, reference, now_us=NIGHT_US, utc_offset_h=8.0, terrain=RURAL
        )
    lost = replace(incident, position=None)
    with pytest.raises(ValueError, match="no position"):
        compute_zone(lost, RATE, WIND, reference, now_us=NIGHT_US, utc_offset_h=8.0, terrain=RURAL)


class Desk(QObject):
    """What the follower asks of the runtime; everything happens at once."""

    live_published = Signal(object)
    utc_offset_h = 8.0

    def __init__(self, now: Situation, reference: FixedReference) -> None:
        super().__init__()
        from app.clock import ManualClock

        self.live_situation = now
        self.live_reference = reference
        self.clock = ManualClock(NIGHT_US)
        self.drawn: list[DrawZone] = []
        self.said: list[str] = []
        self.answer: BaseException | None = None

    def in_worker(self, function: Callable[[], Any]) -> Any:
        try:
            return Ended(function())
        except Exception as error:
            return Ended(error=error)

    def execute_as(self, actor: str, command: DrawZone) -> Any:
        assert actor == "model"
        self.drawn.append(command)
        return Ended((), self.answer)

    def say(self, severity: int, code: str, detail: str = "") -> None:
        del severity, detail
        self.said.append(code)

    def publish(self) -> None:
        published = Published(situation=self.live_situation, changes=Changes(full=True))
        self.live_published.emit(published)


@pytest.fixture
def desk(
    qapp: QApplication, reference: FixedReference, incident: Incident
) -> tuple[Desk, ZoneFollower]:
    del qapp
    now = Situation(operation_id="op", masts=(WIND,), incidents=Map({"I1": incident}))
    made = Desk(now, reference)
    follower = ZoneFollower(made, TerrainChooser())  # type: ignore[arg-type]
    return made, follower


def test_that_an_open_incident_gets_its_zone_from_the_stored_rate(
    desk: tuple[Desk, ZoneFollower],
) -> None:
    runtime, _ = desk
    runtime.publish()
    (command,) = runtime.drawn
    assert (command.incident_id, command.only_if_none) == ("I1", True)
    assert command.result.kind == "model"


def test_that_closed_merged_and_unfit_incidents_get_none(
    desk: tuple[Desk, ZoneFollower], incident: Incident
) -> None:
    from msgspec.structs import replace

    runtime, _ = desk
    for change in (
        {"closed_us": 1},
        {"merged_into": "I0"},
        {"incident_kind": "fire"},
        {"position": None},
        {"substance": ""},
    ):
        changed = replace(incident, **change)
        runtime.live_situation = runtime.live_situation.with_(incidents=Map({"I1": changed}))
        runtime.publish()
    assert runtime.drawn == []


def test_that_an_entered_rate_is_drawn_beside_what_stands(
    desk: tuple[Desk, ZoneFollower],
) -> None:
    runtime, follower = desk
    follower.set_rate("I1", RateInput(2.0, 600, 1.0, "officer", assumed=True))
    (command,) = runtime.drawn
    assert not command.only_if_none
    rate = next(i for i in command.result.inputs if "release" in i.name)
    assert rate.value == 2.0
    assert rate.assumed


def test_that_the_officers_terrain_is_on_record_and_holds_for_later_zones(
    desk: tuple[Desk, ZoneFollower],
) -> None:
    runtime, follower = desk
    follower.set_rate("I1", RateInput(2.0, 600, 1.0, "officer", assumed=True, terrain="urban"))
    (command,) = runtime.drawn
    terrain = next(i for i in command.result.inputs if i.name == "terrain")
    assert (terrain.value, terrain.source, terrain.assumed) == ("urban", "officer", False)
    zone = Zone(id="Z", incident_id="I1", result=command.result, drawn_us=1, event_id="e")
    kept = recorded_rate(Situation(operation_id="op", zones=Map({"Z": zone})), "I1")
    assert kept is not None
    assert kept.terrain == "urban"
    follower.set_rate("I1", RateInput(2.0, 600, 1.0, "officer", assumed=True, terrain="rural"))
    assert next(i for i in runtime.drawn[-1].result.inputs if i.name == "terrain").value == "rural"
    follower.set_rate("I1", RateInput(2.0, 600, 1.0, "officer", assumed=True))
    derived = next(i for i in runtime.drawn[-1].result.inputs if i.name == "terrain")
    assert (derived.value, derived.source, derived.assumed) == ("rural", "no_buildings", True)


@pytest.mark.expect_log("no zone for incident I1")
def test_that_a_rate_that_makes_no_sense_is_said_once(desk: tuple[Desk, ZoneFollower]) -> None:
    runtime, follower = desk
    follower.set_rate("I1", RateInput(0.0, 600, 1.0, "officer", assumed=True))
    runtime.publish()
    assert runtime.said == ["zone_not_computed"]
    assert runtime.drawn == []


def test_that_a_zone_another_desk_drew_first_is_no_fault(
    desk: tuple[Desk, ZoneFollower],
) -> None:
    runtime, _ = desk
    runtime.answer = CommandRefusedError("zone_drawn_already", "I-1")
    runtime.publish()
    runtime.publish()
    assert len(runtime.drawn) == 1
    assert runtime.said == []


def test_that_a_store_that_fails_is_said(desk: tuple[Desk, ZoneFollower]) -> None:
    runtime, _ = desk
    runtime.answer = OSError("disk full")
    runtime.publish()
    assert runtime.said == ["not_stored_failed"]
