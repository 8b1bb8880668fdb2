"""The list of base maps: changed under a lock, swept after a crash."""

import pytest

from app.basemaps.adding import add_base_map
from app.basemaps.catalogue import BaseMap, BaseMapCatalogue, BaseMapError
from maps.tiles.errors import TileFileError
from tests.unit.maps.tiles.test_sources import PNG, mbtiles
from tests.unit.maps.tiles.town import town


def listed(catalogue: BaseMapCatalogue) -> list[str]:
    return [base_map.name for base_map in catalogue.all()]


def test_that_an_extract_comes_onto_the_list_under_its_own_name(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path / "tiles")
    catalogue.folder.mkdir()
    added = add_base_map(catalogue, town().write(tmp_path / "riverside.osm.gz"))
    assert listed(catalogue) == ["riverside"]
    assert added.features > 15
    assert catalogue.path_of(catalogue.all()[0]).stat().st_size > 500


def test_that_tiles_are_copied_and_keep_the_name_they_bring(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path / "tiles")
    catalogue.folder.mkdir()
    source = mbtiles(tmp_path / "x.mbtiles", {(3, 2, 1): PNG}, name="Harbour")
    add_base_map(catalogue, source)
    source.unlink()
    assert listed(catalogue) == ["Harbour"]


def test_that_a_refused_file_leaves_no_trace(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path / "tiles")
    catalogue.folder.mkdir()
    (tmp_path / "x.mbtiles").write_bytes(b"nothing")
    with pytest.raises(TileFileError):
        add_base_map(catalogue, tmp_path / "x.mbtiles")
    assert [path.suffix for path in catalogue.folder.iterdir()] == [".lock"]


def test_that_order_visibility_and_removal_are_kept(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path)
    for name in "abc":
        (tmp_path / f"{name}.pmtiles").write_bytes(b"x")
        catalogue.add(BaseMap(id=name, name=name, file=f"{name}.pmtiles"))
    catalogue.arrange(["c", "a", "b"])
    catalogue.change(BaseMap(id="a", name="A", file="a.pmtiles", visible=False, opacity=0.5))
    catalogue.remove("b")
    again = BaseMapCatalogue(tmp_path).all()
    assert [(m.id, m.visible, m.opacity) for m in again] == [("c", True, 1.0), ("a", False, 0.5)]
    assert not (tmp_path / "b.pmtiles").exists()


def test_that_a_base_map_whose_file_is_gone_is_not_shown(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path)
    catalogue.add(BaseMap(id="a", name="a", file="a.pmtiles"))
    assert catalogue.all() == ()


def test_that_what_a_crash_left_is_swept_and_all_else_stays(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path)
    for name in ("basemap-1.pmtiles", "basemap-2.pmtiles", "basemap-3.pmtiles.part", "own.mbtiles"):
        (tmp_path / name).write_bytes(b"x")
    catalogue.add(BaseMap(id="1", name="1", file="basemap-1.pmtiles"))
    catalogue.sweep()
    left = {path.name for path in tmp_path.iterdir()} - {
        "basemaps.json",
        "basemaps.lock",
        "basemaps-making.lock",
    }
    assert left == {"basemap-1.pmtiles", "own.mbtiles"}


def test_that_nothing_is_swept_while_a_base_map_is_made(tmp_path):
    catalogue = BaseMapCatalogue(tmp_path)
    half = tmp_path / "basemap-3.pmtiles.part"
    half.write_bytes(b"x")
    with catalogue.making():
        catalogue.sweep()
        with pytest.raises(BaseMapError, match="another base map"):
            add_base_map(catalogue, town().write(tmp_path / "town.osm"))
    assert half.exists()


def test_that_a_damaged_list_is_said_and_not_overwritten(tmp_path):
    (tmp_path / "basemaps.json").write_bytes(b"{half")
    catalogue = BaseMapCatalogue(tmp_path)
    with pytest.raises(BaseMapError, match=r"basemaps\.json"):
        catalogue.add(BaseMap(id="a", name="a"))
    assert (tmp_path / "basemaps.json").read_bytes() == b"{half"
