"""`muster import`, `export` and `undo` as they are typed, on both databases."""

import json
from pathlib import Path

import pytest

from app.cli import main

CITY = Path(__file__).parents[2] / "unit" / "app" / "exchange" / "small_city.osm"
CSV = (
    "编号,队伍名称,人数,纬度,经度\nA,一站,5,31.2,121.5\nB,二站,x,31.2,121.5\nC,三站,4,121.5,31.2\n"
)


@pytest.fixture
def site(tmp_path: Path, store_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MUSTER_STORE_URL", store_url)
    return tmp_path / "site"


@pytest.fixture
def teams(tmp_path: Path) -> Path:
    path = tmp_path / "teams.csv"
    path.write_bytes(CSV.encode("gb18030"))
    return path


def run(site: Path, *words: object) -> int:
    return main(["--site", str(site), *map(str, words)])


def exported(site: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    path = site.parent / f"{kind}.json"
    assert run(site, "export", kind, path) == 0
    capsys.readouterr()
    return {row["key"]: row for row in json.loads(path.read_text("utf-8"))["rows"]}


def test_that_import_prints_the_fixed_shape(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "import", "teams", teams, "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert list(report) == ["rows", "accepted", "rejected", "findings"]
    assert (report["rows"], report["accepted"], report["rejected"]) == (3, 1, 2)
    assert [(f["row"], f["column"], f["severity"], f["proposal"]) for f in report["findings"]] == [
        (1, "", "warning", None),
        (3, "人数", "error", None),
        (4, "纬度", "error", "31.2"),
        (4, "经度", "error", "121.5"),
    ]
    fields = ["row", "column", "severity", "reason", "value", "proposal"]
    assert all(list(found) == fields for found in report["findings"])
    assert list(exported(site, "teams", capsys)) == ["A"]


def test_that_a_dry_run_stores_nothing_and_makes_no_site(
    tmp_path: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "nowhere"
    assert run(site, "import", "teams", teams, "--dry-run") == 0
    assert "1 accepted" in capsys.readouterr().out
    assert not site.exists()


def test_that_refuse_takes_nothing_of_a_file_with_a_bad_row(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "import", "teams", teams, "--on-bad", "refuse") == 2
    message = capsys.readouterr().err
    assert "teams.csv: refused for 2 bad rows; the first: row 3, 人数: is not a number" in message
    assert exported(site, "teams", capsys) == {}


def test_that_accepted_proposals_are_stored_and_told(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "import", "teams", teams, "--accept-proposals") == 0
    stored = exported(site, "teams", capsys)
    assert list(stored) == ["A", "C"]
    assert stored["C"]["position"] == {"lat_deg": 31.2, "lon_deg": 121.5}  # type: ignore[index]
    assert "proposals accepted" in stored["C"]["remarks"]  # type: ignore[index]


def test_that_undo_takes_an_extract_back_in_one_step(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "import", "teams", teams) == 0
    assert run(site, "import", "osm", CITY) == 0
    assert len(exported(site, "teams", capsys)) == 2
    assert len(exported(site, "roads", capsys)) == 3
    assert run(site, "undo") == 0
    assert json.loads(capsys.readouterr().out) == {
        "undone": 2,
        "revision": 3,
        "kind": "osm",
        "removed": 8,
        "restored": 0,
    }
    assert list(exported(site, "teams", capsys)) == ["A"]
    assert exported(site, "roads", capsys) == {}
    assert run(site, "undo") == 0
    assert run(site, "undo") == 2
    assert "no change" in capsys.readouterr().err


def test_that_an_older_revision_can_be_exported(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(site, "import", "teams", teams) == 0
    assert run(site, "undo") == 0
    path = site.parent / "old.csv"
    assert run(site, "export", "teams", path, "--revision", 1) == 0
    assert "一站" in path.read_text("utf-8-sig")
    assert run(site, "export", "teams", path, "--revision", 7) == 2
    assert "newest is 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.csv", None, "no such file"),
        ("x.xlsx", b"PK not a workbook", "no workbook"),
        ("x.json", b"{]", "no JSON"),
        ("x.csv", b"people\n3\n", "the column key is missing"),
        ("x.csv", b"key,name\nA,\n", "no row can be taken; the first: row 2, name"),
        ("x.pdf", b"%PDF", "the format is told by the ending"),
        ("x.osm.pbf", b"no pbf", "no OpenStreetMap file"),
    ],
)
def test_that_a_bad_file_exits_2_with_reason_and_place(
    site: Path, name: str, content: bytes | None, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site.parent / name
    if content is not None:
        path.write_bytes(content)
    assert run(site, "import", "teams", path, "--json") == 2
    message = capsys.readouterr().err
    assert name in message
    assert reason in message


def test_that_the_table_for_people_cannot_steer_a_terminal(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = site.parent / "evil.csv"
    path.write_bytes(b"key,name\nA,\x1b[2J\nB,ok\n")
    assert run(site, "import", "teams", path) == 0
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\\u001b[2J" in out


def test_that_the_report_speaks_chinese_when_asked(
    site: Path, teams: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--language", "zh", "import", "teams", str(teams), "--site", str(site)]) == 0
    assert "不是数字" in capsys.readouterr().out
