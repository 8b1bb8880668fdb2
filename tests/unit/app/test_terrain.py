"""The officer's word goes before the site's setting, that before the buildings around."""

from app.terrain import TerrainChooser
from models.basics import Name
from models.hazard.terrain import Terrain
from models.registry.kinds import Building
from tests.unit.app.commands.conftest import SmallReference
from tests.unit.models.hazard.test_terrain import HERE, block

GRID = {
    f"B{x},{y}": Building(key=f"B{x},{y}", name=Name("楼"), ring=block(x, y, 110))
    for x in range(-900, 1000, 200)
    for y in range(-900, 1000, 200)
}
TOWN = SmallReference({"buildings": GRID})
FIELDS = SmallReference({"buildings": {}})


def test_that_terrain_is_chosen_by_who_knows_best() -> None:
    derived, rural = TerrainChooser(), TerrainChooser("rural")
    assert derived.choose(HERE, TOWN, "rural") == Terrain(name="rural", source="officer")
    assert rural.choose(HERE, TOWN, "urban") == Terrain(name="urban", source="officer")
    assert rural.choose(HERE, TOWN) == Terrain(name="rural", source="setting")
    assert TerrainChooser("urban").choose(HERE, FIELDS).name == "urban"


def test_that_buildings_decide_where_nobody_did_and_follow_the_reference_data() -> None:
    chooser = TerrainChooser("derived")
    town = chooser.choose(HERE, TOWN)
    assert town.name == "urban"
    assert town.source.startswith("buildings:")
    assert chooser.choose(HERE, TOWN) == town
    assert chooser.choose(HERE, FIELDS) == Terrain(
        name="rural", source="no_buildings", assumed=True
    )
