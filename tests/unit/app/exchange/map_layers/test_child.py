"""A map file is read in a process of its own, which may be stopped or die alone."""

import threading
from pathlib import Path

import pytest

from app.exchange.findings import FileRefusedError
from app.exchange.layers import child
from app.exchange.layers.child import stage_apart
from app.exchange.layers.flatgeobuf import read_flatgeobuf
from app.exchange.layers.staging import LayerCancelledError, LayerRequest
from tests.unit.app.exchange.map_layers.layer_files import BALTIMORE, NANJING, around, write


def request(path: Path, tmp_path: Path, **said: object) -> LayerRequest:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return LayerRequest(path=path, scratch=scratch, **said)  # type: ignore[arg-type]


def test_that_the_other_process_stages_what_this_one_would(tmp_path: Path) -> None:
    path = write(tmp_path / "gates.geojson", around(BALTIMORE))
    staging = stage_apart(request(path, tmp_path))
    assert (staging.accepted, staging.layers[0].title) == (3, "gates")
    assert len(read_flatgeobuf(tmp_path / "scratch" / staging.layers[0].file).shapes) == 3


def test_that_a_question_and_its_places_come_over(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", around(NANJING))
    staging = stage_apart(request(path, tmp_path))
    assert staging.question == "datum"
    assert [choice.datum for choice in staging.choices] == ["WGS84", "GCJ02", "BD09"]
    assert staging.choices[0].places
    assert staging.findings[0].text("zh")


def test_that_a_refusal_keeps_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.kml").write_text("<x/>")
    with pytest.raises(FileRefusedError, match="is no kml file"):
        stage_apart(request(tmp_path / "a.kml", tmp_path))


def test_that_a_reading_that_is_not_wanted_is_ended(tmp_path: Path) -> None:
    path = write(tmp_path / "a.geojson", around(BALTIMORE))
    stopped = threading.Event()
    stopped.set()
    with pytest.raises(LayerCancelledError):
        stage_apart(request(path, tmp_path, cancelled=stopped))
    assert not (tmp_path / "scratch" / "staging.json").exists()


def test_that_a_process_that_dies_is_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "__name__", "no.such.module")
    path = write(tmp_path / "a.geojson", around(BALTIMORE))
    with pytest.raises(FileRefusedError, match="nothing was taken"):
        stage_apart(request(path, tmp_path))
