"""Facts of the desk into messages, facts of the page into objects."""

from collections.abc import Mapping

from immutables import Map

from maps.content import MapContent
from maps.drawing import MapObject, draw_reference
from maps.layers import CATALOGUE, LayerSettings, MapLayer
from maps.page import Page
from maps.protocol import Fact
from maps.scene import SceneWords
from maps.serving import PageFiles
from models.basics import LatLon, Name
from models.dispatch.ports import Route
from models.operation.situation import Changes
from models.operation.warned import WarningColour
from models.registry.kinds import Record
from tests.unit.maps.world import ORIGIN, Rows, near, park, situation


def content() -> MapContent:
    made = MapContent(PageFiles(Page({})))
    made.set_words(SceneWords(), {"language": "en"}, {"zones": "Threat zones"})
    made.set_rows(park())
    made.set_drawing(draw_reference(park(), "en"), "sources")
    made.set_situation(situation())
    return made


def topics(messages: list[object]) -> list[str]:
    return [message.topic for message in messages]  # type: ignore[attr-defined]


def test_that_untouched_fields_cost_nothing() -> None:
    made = content()
    changes = Changes(touched=Map({"tasks": frozenset({"x"})}))
    assert made.set_situation(situation(zones=Map()), changes) == []


def test_that_a_touched_zone_is_sent_alone() -> None:
    made = content()
    changes = Changes(touched=Map({"zones": frozenset({"Z0"})}))
    sent = made.set_situation(situation(zones=situation().zones.delete("Z0")), changes)
    assert topics(sent) == ["zones"]


def test_that_a_colour_that_changed_is_drawn_at_once() -> None:
    made = content()
    warned = WarningColour(
        hazard_source_key="H1", enterprise_key="E1", colour="red", index=90.0, parts=(), grade="",
        least="", since_us=0, event_id="e",
    )  # fmt: skip
    changes = Changes(touched=Map({"warning_colours": frozenset({"H1"})}))
    sent = made.set_situation(situation(warning_colours=Map({"H1": warned})), changes)
    assert topics(sent) == ["live"]


def test_that_arrays_are_served_and_old_ones_let_go() -> None:
    made = content()
    for _ in range(5):
        made.set_points(draw_reference(park(), "en").points)
    names = [n for n in made.files.array_names() if n.startswith("points-")]
    assert len(names) == 2
    url = made.outbox.held_value("points")
    assert url is not None
    assert made.files.get("/" + url["url"]) is not None


def test_that_pointed_things_are_found_by_index_and_id() -> None:
    made = content()
    assert made.object_of(Fact("select", {"type": "point", "index": 2})) == MapObject(
        "hazard-sources", "H1"
    )
    assert made.object_of(Fact("select", {"type": "live", "id": "tags/A/B"})) == MapObject(
        "tags", "A/B"
    )
    assert made.object_of(Fact("select", {"type": "zone", "id": "Z1"})) == MapObject("zones", "Z1")


def test_that_nonsense_from_the_page_is_no_object() -> None:
    made = content()
    for payload in (
        {}, {"type": "point", "index": 99}, {"type": "point", "index": "x"},
        {"type": "live", "id": "x"}, {"type": "point", "index": -1},
    ):  # fmt: skip
        assert made.object_of(Fact("select", payload)) is None


def test_that_a_selection_follows_live_positions_before_bases() -> None:
    made = content()
    assert made.position_of(MapObject("teams", "T1")) == near(-600, -450)
    assert made.position_of(MapObject("zones", "Z1")) == ORIGIN
    assert made.position_of(MapObject("receptors", "nobody")) is None
    sent = made.select(MapObject("hazard-sources", "H1"), reveal=True)
    assert sent[0].payload["label"] == "Chlorine tank"
    assert made.select(None, reveal=False)[0].payload == {}


def test_that_a_view_from_before_the_last_order_is_not_kept() -> None:
    made = content()
    made.view(LatLon(1.0, 2.0), 9.0)
    made.hear(Fact("view", {"lat": 5.0, "lon": 5.0, "zoom": 3.0, "n": 0}))
    kept = made.outbox.held_value("view")
    assert kept is not None
    assert kept["lat"] == 1.0
    made.hear(Fact("view", {"lat": 5.0, "lon": 5.0, "zoom": 3.0, "n": 1}))
    kept = made.outbox.held_value("view")
    assert kept is not None
    assert kept["lat"] == 5.0


def test_that_proposals_join_the_ordered_routes_and_go_again() -> None:
    made = content()
    line = (ORIGIN, near(10, 10))
    made.set_proposals([Route(team_key="T9", eta_s=None, distance_m=1.0, line=line)])
    assert set(made.outbox.held("routes")) == {"O1", "proposal/T9"}
    made.set_proposals([])
    assert set(made.outbox.held("routes")) == {"O1"}


def test_that_the_legend_names_every_layer_with_its_count() -> None:
    legend = content().outbox.held_value("legend")
    assert legend is not None
    rows = {row["layer"]: row for row in legend["rows"]}
    assert list(rows) == [layer.id for layer in CATALOGUE]
    assert (rows["zones"]["title"], rows["tags"]["count"]) == ("Threat zones", 1)


def test_that_layers_hidden_on_the_page_are_kept() -> None:
    made = content()
    made.hear(Fact("layers", {"hidden": ["tags"]}))
    held = made.outbox.held_value("layers")
    assert held is not None
    assert held["hidden"] == ["tags"]
    assert made.set_hidden(["tags"]) == []


def test_that_an_imported_layer_joins_the_legend_and_leaves_it() -> None:
    made = content()
    made.register_layer(MapLayer("import/1", "imported", drawn="line", title=Name(en="Sewers")))
    legend = made.outbox.held_value("legend")
    assert legend is not None
    assert [r["title"] for r in legend["rows"] if r["group"] == "imported"] == ["Sewers"]
    made.drop_layer("import/1")
    legend = made.outbox.held_value("legend")
    assert legend is not None
    assert not [r for r in legend["rows"] if r["group"] == "imported"]


def test_that_settings_cross_to_the_page_once() -> None:
    made = content()
    sent = made.set_layers(LayerSettings(opacity={"zones": 0.5}))
    assert topics(sent)[0] == "layers"
    assert sent[0].payload["opacity"] == {"zones": 0.5}
    assert made.set_layers(LayerSettings(opacity={"zones": 0.5})) == []


def test_that_acknowledgements_reach_the_outbox() -> None:
    made = content()
    made.hear(Fact("ack", {"seq": made.outbox.sent}))
    assert made.outbox.acknowledged == made.outbox.sent


class StrictRows(Rows):
    """Reference data that refuse to be asked for what is no kind of theirs, as the store does."""

    def all(self, kind: str) -> Mapping[str, Record]:
        if kind not in {layer.kind for layer in CATALOGUE} | {"buildings"}:
            raise ValueError(kind)
        return super().all(kind)


def test_that_things_that_are_no_reference_rows_can_be_selected() -> None:
    made = content()
    made.set_rows(StrictRows(park().kinds))
    for kind, key in (("incidents", "I1"), ("orders", "O1"), ("zones", "Z1"), ("tags", "GT-1")):
        sent = made.select(MapObject(kind, key), reveal=False)
        assert sent[0].payload["lat"] is not None
    assert made.position_of(MapObject("incidents", "gone")) is None


def test_that_previews_stand_beside_the_zones_and_are_said() -> None:
    made = content()
    zones = set(made.outbox.held("zones"))
    result = next(iter(situation().zones.values())).result
    assert topics(made.set_previews([result])) == ["zones", "notes"]  # type: ignore[arg-type]
    assert set(made.outbox.held("zones")) == zones | {"preview/0"}
    said = made.outbox.held_value("notes")
    assert said is not None
    assert said["lines"][0]["text"] == SceneWords().preview_note
    made.set_situation(situation())
    assert "preview/0" in made.outbox.held("zones")
    assert topics(made.set_previews([])) == ["zones", "notes"]  # type: ignore[arg-type]
    assert set(made.outbox.held("zones")) == zones
