"""`muster zone` with typical releases and domino effects."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main

_DOMINO: dict[str, Any] = {
    "position": {"lat_deg": 31.0, "lon_deg": 121.0},
    "event": {"kind": "fireball", "mass_kg": 20000, "heat_j_kg": 46e6},
    "targets": [
        {
            "key": "T2",
            "name": {"en": "Tank 2"},
            "type": "pressure_tank",
            "position": {"lat_deg": 31.0, "lon_deg": 121.001},
        }
    ],
}


def _file(tmp_path: Path, value: object) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(value), "utf-8")
    return str(path)


@pytest.mark.parametrize("who", [{"substance": "chlorine"}, {"cas": "7782-50-5"}])
def test_that_typical_releases_are_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], who: dict[str, str]
) -> None:
    case = {"scenarios": {**who, "storage": {"inventory_kg": 50000}}}
    assert main(["zone", _file(tmp_path, case)]) == 0
    found = json.loads(capsys.readouterr().out)["scenarios"]
    assert [each["key"] for each in found][-1] == "catastrophic"
    assert found[1]["leak_kg_s"] == pytest.approx(13.2, abs=0.1)
    assert "pressure_pa" in found[1]["assumed"]


def test_that_domino_hits_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["zone", _file(tmp_path, {"domino": _DOMINO})]) == 0
    [hit] = json.loads(capsys.readouterr().out)["hits"]
    assert (hit["key"], hit["vessel"], hit["effect"]) == ("T2", "pressurised", "heat")
    assert hit["distance_m"] == pytest.approx(95.5, abs=0.5)


@pytest.mark.parametrize(
    ("case", "named"),
    [
        ({"scenarios": {"substance": "moon dust", "storage": {"inventory_kg": 1}}}, "substance"),
        ({"scenarios": {"cas": "7782-50-5", "storage": {"inventory_kg": -1}}}, "inventory_kg"),
        ({"domino": _DOMINO, "isolation": {"position": {"lat_deg": 0, "lon_deg": 0}}}, "release"),
        ({"domino": {**_DOMINO, "moon": 1}}, "moon"),
    ],
)
def test_that_bad_input_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any], named: str
) -> None:
    assert main(["zone", _file(tmp_path, case)]) == 2
    captured = capsys.readouterr()
    assert named in captured.err
    assert captured.out == ""
