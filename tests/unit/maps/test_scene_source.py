"""Estimated sources on the map: on record, only looked at, and where nothing can be told."""

from immutables import Map
from msgspec.structs import replace

from maps.layers import layer_named
from maps.scene_source import INK, LAYER, source_items
from models.operation.situation import AdoptedEstimate, Situation
from tests.unit.app.commands.test_estimate_command import POINT, source_estimate
from tests.unit.app.test_zone_renewal import INCIDENT

WORDS = ("source {share}", "PREVIEW")


def on_record(**more) -> Situation:
    adopted = AdoptedEstimate(
        estimate=source_estimate(), release_kg_s=0.9, position=POINT, source_key="", at_us=1,
        by="x", event_id="e",
    )  # fmt: skip
    incident = replace(INCIDENT, source_estimate=adopted, **more)
    return Situation(operation_id="o", incidents=Map({"I1": incident}))


def labels(items):
    return [level["label"] for item in items.values() for level in item["levels"]]


def test_that_an_estimate_on_record_is_two_areas_the_surer_one_on_top():
    items = source_items(on_record(), {}, *WORDS)
    assert labels(items) == ["source 90%", "source 50%"]
    (item,) = items.values()
    assert item["origin"] == [POINT.lat_deg, POINT.lon_deg]
    assert {(level["layer"], level["ink"]) for level in item["levels"]} == {(LAYER, INK)}
    assert all(level["rings"] for level in item["levels"])
    assert layer_named(LAYER).ink == INK


def test_that_what_is_looked_at_stands_for_it_and_is_said_to_be_a_preview():
    items = source_items(on_record(), {"I1": source_estimate()}, *WORDS)
    assert labels(items) == ["PREVIEW source 90%", "PREVIEW source 50%"]
    assert len(items) == 1
    assert len(source_items(None, {"I1": source_estimate()}, *WORDS)) == 1


def test_that_where_nothing_can_be_told_no_area_is_drawn():
    assert source_items(None, {"I1": source_estimate("cannot_tell")}, *WORDS) == {}
    assert source_items(None, {"I1": source_estimate(position=None)}, *WORDS) == {}


def test_that_a_closed_incident_s_source_is_gone():
    assert source_items(on_record(closed_us=5), {}, *WORDS) == {}
