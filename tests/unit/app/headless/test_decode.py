"""`muster decode`: what it prints of good and bad messages."""

import json
from pathlib import Path

import pytest

from app.cli import main
from app.gateway.hj212.frame import encode

GOOD = encode(
    "QN=20240102030405006;ST=31;CN=2061;PW=1;MN=M1;Flag=5;PNUM=2;PNO=1;CP=&&"
    "DataTime=20240102030000;a1-Avg=1.5,a1-Flag=D;a2-Avg=x&&"
).decode()
RECORDED = Path(__file__).parents[5] / "shared" / "data" / "telemetry" / "hj212" / "frames.json"


def _decoded(capsys, tmp_path, content, *more):
    file = tmp_path / "frames"
    file.write_text(content)
    assert main(["decode", "hj212", str(file), *more]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("as_json", [True, False])
def test_that_good_frames_are_told_and_bad_ones_refused(tmp_path, capsys, as_json):
    bad = GOOD.replace("1.5", "1.6")
    content = json.dumps([{"frame": GOOD, "src": "x"}, bad]) if as_json else f"{GOOD}\n{bad}"
    told = _decoded(capsys, tmp_path, content)
    assert (told["decoded"], told["refused"]) == (1, 1)
    first, second = told["frames"]
    assert (first["index"], first["mn"], first["period"], first["packets"]) == (1, "M1", "hour", 2)
    assert first["time"] == "2024-01-02T03:00:00+08:00"
    assert first["values"] == [
        {"code": "a1", "field": "Avg", "value": 1.5, "quality": "bad"},
        {"code": "a2", "field": "Avg", "value": None, "quality": "bad"},
    ]
    assert second["ok"] is False
    assert "CRC" in second["reason"]


def test_that_the_speed_is_told_when_asked(tmp_path, capsys):
    file = tmp_path / "frames"
    file.write_text(json.dumps([GOOD]))
    assert main(["decode", "hj212", str(file), "--time"]) == 0
    assert "1 decoded in" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["[1]", "[", "hello", ""])
def test_that_another_file_is_refused(tmp_path, capsys, content):
    file = tmp_path / "frames"
    file.write_text(content)
    assert main(["decode", "hj212", str(file)]) == 2
    assert capsys.readouterr().err.startswith(str(file))


def test_that_a_missing_file_is_named(capsys):
    assert main(["decode", "hj212", "/no/such/file"]) == 2
    assert "/no/such/file" in capsys.readouterr().err


def _own(tmp_path):
    """Return a recording of our own making: good frames, and ones whose text was changed."""
    other = encode("QN=2;CN=2011;MN=M2;Flag=4;CP=&&DataTime=20240102030405;a1-Rtd=7&&").decode()
    frames = [(GOOD, True), (GOOD.replace("1.5", "1.6"), False), (other, True)]
    file = tmp_path / "own.json"
    file.write_text(json.dumps([{"frame": frame, "crc_ok": ok} for frame, ok in frames]))
    return file


@pytest.mark.parametrize("recording", [_own, *([lambda _: RECORDED] if RECORDED.exists() else [])])
def test_that_every_recorded_frame_is_judged_as_its_sum_says(tmp_path, capsys, recording):
    file = recording(tmp_path)
    assert main(["decode", "hj212", str(file)]) == 0
    told = json.loads(capsys.readouterr().out)["frames"]
    wanted = [entry["crc_ok"] for entry in json.loads(file.read_text())]
    assert [entry["ok"] for entry in told] == wanted
    assert len(set(wanted)) == 2
    assert all("CRC" in entry["reason"] for entry in told if not entry["ok"])
