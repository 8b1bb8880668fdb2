"""What the doctor says."""

import argparse
import json
from pathlib import Path

import pytest

from app.cli import BadInputError
from app.headless import doctor
from models.store import open_store
from tests.servers.process import free_port


def examine(site: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, dict]]:
    parser = argparse.ArgumentParser()
    parser.add_argument("--site")
    doctor.add_arguments(parser)
    code = doctor.run(parser.parse_args(["--site", str(site), "--json"]))
    answer = json.loads(capsys.readouterr().out)
    assert answer["ok"] is (code == 0)
    return code, {check["name"]: check for check in answer["checks"]} | {
        "settings": {row["key"]: row for row in answer["settings"]}
    }


def test_that_looking_at_a_missing_site_makes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, found = examine(tmp_path / "new", capsys)
    assert code == 0
    assert "not made yet" in found["site"]["detail"]
    assert found["gateway"]["detail"] == "not running"
    assert list(tmp_path.iterdir()) == []


def test_that_store_and_origins_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(f"sqlite:///{tmp_path}/operations.db").close()
    monkeypatch.setenv("MUSTER_THEME", "light")
    _, found = examine(tmp_path, capsys)
    assert "schema" in found["store"]["detail"]
    assert found["settings"]["theme"]["origin"] == "environment"
    assert found["settings"]["theme"]["place"] == "MUSTER_THEME"


def test_that_a_silent_broker_and_a_strange_store_fail(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site.toml").write_text(f"[mqtt]\nenabled = true\nport = {free_port()}\n")
    (tmp_path / "operations.db").write_bytes(b"not a database at all, only text" * 64)
    code, found = examine(tmp_path, capsys)
    assert code == 1
    assert not found["broker"]["ok"]
    assert not found["store"]["ok"]


def test_that_a_misspelt_variable_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MUSTER_THEEM", "light")
    code, found = examine(tmp_path, capsys)
    assert code == 1
    assert found["MUSTER_THEEM"]["detail"] == "no such setting"


def test_that_a_bad_file_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "site.toml").write_text("theme = 3\n")
    with pytest.raises(BadInputError, match=r"site\.toml: theme"):
        examine(tmp_path, capsys)
