"""`substances.toml` of a site: read at the start, refused by name."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli import main
from app.own_substances import load_own_substances
from app.site import Site, SiteError
from models.hazard.substances import find_substance, use_own

FILE_NAME = "substances.toml"
_GOOD = """[[substance]]
cas = "107-05-1"
name = { en = "Allyl chloride" }
molar_mass_g_mol = 76.5
boiling_k = 318.0
pac_ppm = ["NR", 54, 140]
source = "data sheet"
"""


@pytest.fixture(autouse=True)
def _table_as_it_was() -> Iterator[None]:
    yield
    use_own(())


def test_that_a_file_counts_and_its_going_is_seen(tmp_path: Path) -> None:
    assert load_own_substances(Site(tmp_path)) == 0
    (tmp_path / FILE_NAME).write_text(_GOOD, "utf-8")
    assert load_own_substances(Site(tmp_path)) == 1
    assert find_substance("allyl chloride") is not None
    (tmp_path / FILE_NAME).unlink()
    assert load_own_substances(Site(tmp_path)) == 0
    assert find_substance("allyl chloride") is None


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[[substance]]\ncas = 3\n", b"x"])
def test_that_a_bad_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    with pytest.raises(SiteError, match=FILE_NAME):
        load_own_substances(Site(tmp_path))


def test_that_muster_zone_knows_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILE_NAME).write_text(_GOOD, "utf-8")
    case = tmp_path / "case.json"
    release = {
        "position": {"lat_deg": 31.0, "lon_deg": 121.0},
        "substance": "Allyl chloride",
        "release_kg_s": 1.0,
    }
    wind = {"from_deg": 270.0, "speed_m_s": 3.0, "stability": "D"}
    case.write_text(json.dumps({"release": release, "wind": wind}), "utf-8")
    assert main(["zone", "--site", str(tmp_path), str(case)]) == 0
    keys = [level["key"] for level in json.loads(capsys.readouterr().out)["levels"]]
    assert "pac3" in keys
    (tmp_path / FILE_NAME).write_text(_GOOD.replace("54", "-54"), "utf-8")
    assert main(["zone", "--site", str(tmp_path), str(case)]) == 2
    assert "substance[0].pac_ppm" in capsys.readouterr().err


def test_that_muster_estimate_knows_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"lat_deg": 31.0, "lon_deg": 121.001}
    seen = {
        "substance": "Allyl chloride",
        "wind": {"from_deg": 270.0, "speed_m_s": 3.0, "stability": "D"},
        "readings": [{"key": "GT-1", "position": place, "value_ppm": 20.0, "range_ppm": 100}],
    }
    file = tmp_path / "seen.json"
    file.write_text(json.dumps(seen), "utf-8")
    assert main(["estimate", "--site", str(tmp_path), str(file)]) == 2
    assert "is not on record" in capsys.readouterr().err
    (tmp_path / FILE_NAME).write_text(_GOOD, "utf-8")
    assert main(["estimate", "--site", str(tmp_path), str(file)]) == 0
