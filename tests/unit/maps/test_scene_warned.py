"""Hazard sources and enterprises wear the colour of their warning, as a ring with a sign."""

import pytest
from immutables import Map

from maps.layers import LayerSettings, layer_named
from maps.scene import SceneWords, build_scene
from models.basics import Name
from models.operation.events.warning import Colour
from models.operation.situation import Situation
from models.operation.warned import WarningColour
from models.registry.kinds import Enterprise, HazardSource
from tests.unit.maps.world import Rows, near, park, situation

WORDS = SceneWords(colours={"red": "red", "orange": "orange", "yellow": "yellow"})


def warned(key: str, colour: Colour, index: float = 60.0, owner: str = "E1") -> WarningColour:
    return WarningColour(
        hazard_source_key=key, enterprise_key=owner, colour=colour, index=index, parts=(),
        grade="一级", least="", since_us=0, event_id="e",
    )  # fmt: skip


def live(state: Situation, rows: Rows | None = None) -> dict[str, dict[str, object]]:
    return dict(build_scene(state, rows or park(), WORDS).live)


def uneasy(*colours: WarningColour) -> Situation:
    return situation(warning_colours=Map({each.hazard_source_key: each for each in colours}))


def test_that_a_hazard_source_that_is_not_blue_wears_its_colour() -> None:
    item = live(uneasy(warned("H1", "orange")))["hazard-sources/H1"]
    assert (item["style"], item["warned"], item["layer"]) == ("hazard.1", 2, "warnings")
    assert item["tip"] == "Chlorine tank · orange 60"
    assert "hazard-sources/H1" not in live(situation())


@pytest.mark.parametrize(("colour", "severity"), [("red", 1), ("orange", 2), ("yellow", 3)])
def test_that_an_enterprise_wears_the_colour_of_its_worst_source(
    colour: Colour, severity: int
) -> None:
    items = live(uneasy(warned("H1", "yellow", 30.0), warned("GONE", colour, 75.5)))
    item = items["enterprises/E1"]
    assert (item["style"], item["warned"], item["layer"]) == ("enterprise", severity, "warnings")
    assert item["tip"] == f"Sanjiang · {colour} 75.5"
    assert item["lat"] == near(-300, 0).lat_deg
    assert item["rank"] > items["hazard-sources/H1"]["rank"]  # type: ignore[operator]
    assert "enterprises/E1" not in live(situation())


def test_that_what_has_no_place_or_no_row_is_not_drawn() -> None:
    rows = park().add(
        Enterprise(key="E2", name=Name(en="No place")),
        HazardSource(key="H2", name=Name(en="Tank"), enterprise_key="E2"),
    )
    items = live(uneasy(warned("H2", "red"), warned("H9", "red", owner="E9")), rows)
    assert not {key for key in items if key.startswith(("hazard-sources/", "enterprises/"))}


def test_that_the_register_says_whose_a_source_is() -> None:
    moved = HazardSource(key="H1", name=Name(en="Tank"), enterprise_key="E2", position=near(0, 0))
    rows = park().add(moved, Enterprise(key="E2", name=Name(en="Huatai"), position=near(300, 0)))
    items = live(uneasy(warned("H1", "red")), rows)
    assert "enterprises/E2" in items
    assert "enterprises/E1" not in items


def test_that_nobody_hides_warnings_in_silence() -> None:
    layer = layer_named("warnings")
    assert layer.safety
    assert LayerSettings().is_shown(layer)
    assert layer.styles == ("warned.1", "warned.2", "warned.3")
