"""`muster grade`, `zone`, `route`, model verification: JSON in and out, bad input named."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from app.cli import main
from app.headless.verify_models import run_models

_LINE = [{"lat_deg": 30.0, "lon_deg": 120.0 + i * 0.01} for i in range(4)]
_ROUTE: dict[str, Any] = {
    "destination": _LINE[3],
    "roads": [{"key": "1", "name": {"en": "Main"}, "speed_km_h": 50.0, "line": _LINE}],
    "starts": [{"key": "a", "position": _LINE[0], "turnout_s": 60.0}],
}
_RELEASE = {
    "position": {"lat_deg": 31.0, "lon_deg": 121.0},
    "substance": "chlorine",
    "release_kg_s": 1.0,
}
_WIND = {"from_deg": 270.0, "speed_m_s": 3.0, "stability": "D"}
_CASE = {
    "name": "gb",
    "model": "S and R",
    "inputs": {"chlorine_t": 30, "ammonia_t": 40, "exposed_persons_within_500m": 60},
    "expected": {"S": 10.0, "R": 48.0, "grade": "三级"},
    "tolerance": {"abs": 1e-9},
}


def _file(tmp_path: Path, value: object) -> str:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(value), "utf-8")
    return str(path)


def _grade(quantity: float = 30.0, name: str = "氯") -> dict[str, Any]:
    substances = [{"name": name, "quantity_t": quantity}]
    return {"units": [{"name": "U", "exposed_persons": 60, "substances": substances}]}


def test_that_grade_prints_the_documented_shape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", _file(tmp_path, _grade())]) == 0
    [unit] = json.loads(capsys.readouterr().out)["units"]
    assert set(unit) == {"name", "S", "major", "alpha", "R", "grade", "working"}
    assert (unit["S"], unit["R"], unit["grade"], unit["major"]) == (6.0, 36.0, "三级", True)


def test_that_grade_is_null_below_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", _file(tmp_path, _grade(1.0))]) == 0
    assert json.loads(capsys.readouterr().out)["units"][0]["grade"] is None


def test_that_grade_names_the_place_of_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", _file(tmp_path, _grade(name="kryptonite"))]) == 2
    captured = capsys.readouterr()
    assert "units[0].substances[0].name" in captured.err
    assert captured.out == ""


def test_that_unreadable_or_misshapen_files_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["grade", str(tmp_path / "missing.json")]) == 2
    assert "missing.json" in capsys.readouterr().err
    assert main(["grade", _file(tmp_path, {"units": [{"name": 3}]})]) == 2
    assert "$.units[0].name" in capsys.readouterr().err
    (tmp_path / "case.json").write_bytes(b"\xff\xfe{")
    assert main(["grade", str(tmp_path / "case.json")]) == 2
    assert "case.json" in capsys.readouterr().err


def test_that_a_dash_reads_standard_input_and_a_byte_order_mark_is_let_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    content = b"\xef\xbb\xbf" + json.dumps(_grade()).encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["grade", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["units"][0]["name"] == "U"


def test_that_zone_prints_levels_receptors_and_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    school = {
        "key": "s",
        "name": {"en": "School"},
        "type": "school",
        "position": {"lat_deg": 31.0, "lon_deg": 121.005},
        "people": 300,
    }
    case = {"release": _RELEASE, "wind": _WIND, "receptors": [school]}
    assert main(["zone", _file(tmp_path, case)]) == 0
    zone = json.loads(capsys.readouterr().out)
    assert zone["kind"] == "model"
    assert [level["key"] for level in zone["levels"]] == ["aegl3", "aegl2", "aegl1"]
    assert zone["receptors"][0]["people"] == 300


def test_that_zone_gives_the_isolation_circle_without_a_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"isolation": {"position": _RELEASE["position"], "incident_kind": "fire"}}
    assert main(["zone", _file(tmp_path, case)]) == 0
    zone = json.loads(capsys.readouterr().out)
    assert (zone["kind"], zone["levels"][0]["reach_m"]) == ("rule_of_thumb", 800.0)


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ({}, "release"),
        ({"release": _RELEASE}, "wind"),
        ({"release": {**_RELEASE, "release_kg_s": -1.0}, "wind": _WIND}, "release_kg_s"),
        ({"release": _RELEASE, "wind": {**_WIND, "speed_m_s": 300.0}}, "wind.speed_m_s"),
    ],
)
def test_that_zone_names_the_bad_field(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], case: dict[str, Any], field: str
) -> None:
    assert main(["zone", _file(tmp_path, case)]) == 2
    assert f"{field}: " in capsys.readouterr().err


def test_that_route_prints_etas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", _file(tmp_path, _ROUTE)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"routes"}
    assert answer["routes"][0]["eta_s"] == pytest.approx(60 + 2895 / (50 / 3.6), rel=0.01)


def test_that_route_proposes_teams_materials_and_staging(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    team = {
        "key": "t1",
        "name": {"en": "Brigade"},
        "position": _LINE[0],
        "capabilities": ["leak"],
        "phones": [{"number": "1"}],
    }
    stock = {"material": "foam", "name": {"en": "Foam"}, "quantity": 2.0, "unit": "t"}
    case = {
        **_ROUTE,
        "teams": [team, {**team, "key": "t2"}],
        "statuses": {"t2": "on_site"},
        "needs": ["leak"],
        "tasks": [{"key": "plug", "capabilities": ["leak"]}],
        "depots": [{"key": "d", "name": {"en": "Depot"}, "position": _LINE[1], "stock": [stock]}],
        "materials": {"foam": 3.0},
        "staging": True,
        "wind": _WIND,
    }
    assert main(["route", _file(tmp_path, case)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [p["team_key"] for p in answer["teams"]["ranked"]] == ["t1"]
    assert answer["teams"]["excluded"][0]["reason"] == "committed"
    assert answer["assignments"][0]["proposal"]["team_key"] == "t1"
    assert answer["materials"]["short"][0]["missing"] == 1.0
    assert answer["staging"]["distance_m"] >= 200


def test_that_route_names_bad_values(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", _file(tmp_path, {**_ROUTE, "avoid": [_LINE[:2]]})]) == 2
    assert "three positions" in capsys.readouterr().err


def test_that_models_are_verified_as_json_and_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown = {**_CASE, "name": "odd", "model": "phlogiston"}
    file = _file(tmp_path, {"cases": [_CASE, unknown]})
    assert run_models(file, as_json=True) == 0
    results = json.loads(capsys.readouterr().out)
    assert [set(r) for r in results] == [
        {"name", "verdict", "expected", "computed", "tolerance"}
    ] * 2
    assert [r["verdict"] for r in results] == ["pass", "not recognised"]
    wrong = {**_CASE, "expected": {"S": 1.0, "R": 48.0, "grade": "三级"}}
    file = _file(tmp_path, {"cases": [_CASE, unknown, wrong]})
    assert run_models(file, as_json=False) == 1
    out = capsys.readouterr().out
    assert "1 pass, 1 fail, 1 not recognised" in out
    assert "S: expected 1.0, computed 10.0" in out


def test_that_zone_computes_an_ensemble(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"release": _RELEASE, "wind": _WIND, "ensemble": {"members": 200, "seed": 3}}
    assert main(["zone", _file(tmp_path, case)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {level["probability"] for level in answer["levels"]} >= {0.05, 0.5}
    assert answer["model"].endswith("ensemble of 200")


def test_that_zone_names_a_bad_spread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {"release": _RELEASE, "wind": _WIND, "ensemble": {"members": 1}}
    assert main(["zone", _file(tmp_path, case)]) == 2
    assert "members" in capsys.readouterr().err


def test_that_estimate_says_where_and_how_sure_and_names_a_bad_reading(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"lat_deg": 31.0, "lon_deg": 121.001}
    readings = [{"key": "GT-1", "position": place, "value_ppm": 20.0, "range_ppm": 100}]
    case = {"substance": "ammonia", "wind": _WIND, "readings": readings}
    assert main(["estimate", _file(tmp_path, case)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["verdict"] == "cannot_tell"
    assert "too_few_detectors" in [each["code"] for each in told["warnings"]]
    assert [region["probability"] for region in told["regions"]] == [0.5, 0.9]
    readings[0]["value_ppm"] = -1.0
    assert main(["estimate", _file(tmp_path, case)]) == 2
    assert "readings[GT-1].value_ppm" in capsys.readouterr().err


def test_that_a_point_is_told_outdoors_and_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = {"lat_deg": 31.0, "lon_deg": 121.0}
    release = {"position": place, "substance": "chlorine", "release_kg_s": 2.0}
    point = {"position": {"lat_deg": 31.0, "lon_deg": 121.01}, "step_s": 60}
    case = {"release": release, "wind": _WIND, "point": point}
    assert main(["zone", _file(tmp_path, case)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told["outdoor"]["ppm"]) == len(told["indoor_ppm"]) == 121
    assert [dose["where"] for dose in told["doses"]] == ["outdoor", "indoor"]
    assert main(["zone", _file(tmp_path, {"release": release, "point": point})]) == 2
    assert "point" in capsys.readouterr().err
