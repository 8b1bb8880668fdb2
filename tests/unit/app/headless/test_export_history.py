import csv
import json

import pytest
from pyarrow import parquet

from app.cli import main
from app.gateway.history import History
from app.gateway.replay import read_recording
from app.headless.export_history import samples_of
from app.site import Site
from models.store import open_store
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable
from tests.unit.models.telemetry.build import SECOND, START, tag

TAGS = TagTable([tag("A"), tag("=B", wide=True)])  # sorted: =B, A
SPAN = ("--from", str(START), "--to", str(START + 9 * SECOND))


@pytest.fixture
def site(tmp_path):
    site = Site(tmp_path / "site")
    site.create()
    open_store(site.store_url()).close()
    return site


def _fill(site, *, closed):
    history = History(site.history, TAGS)
    history.recover()
    for second in range(20):
        at = START + second * SECOND
        history.append(make_batch([0, 1], at, at + 5, [0.1 + second, 1.5], [0, second % 2 * 2]))
    if closed:
        history.close()
    return history


def _export(site, path, *more):
    return main(["export", "history", str(path), "--site", str(site.path), *more])


@pytest.mark.parametrize("closed", [True, False])
def test_that_samples_of_a_span_are_written(site, tmp_path, capsys, closed):
    _fill(site, closed=closed)
    path = tmp_path / "out.csv"
    assert _export(site, path, "--tag", "=B", "--tag", "A", "--tag", "A", *SPAN) == 0
    assert json.loads(capsys.readouterr().out) == {"file": str(path), "rows": 20}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["tag"] for row in rows] == ["'=B"] * 10 + ["A"] * 10
    assert [float(row["value"]) for row in rows[:10]] == [0.1 + second for second in range(10)]
    assert [row["quality"] for row in rows[10:12]] == ["good", "bad"]
    assert rows[0]["time"] == "2027-01-15T08:00:00+00:00"
    assert rows[0]["arrival"] == "2027-01-15T08:00:00.000005+00:00"


@pytest.mark.parametrize("closed", [True, False])
def test_that_parquet_holds_the_same_samples_and_can_be_played(site, tmp_path, capsys, closed):
    _fill(site, closed=closed)
    for name in ("out.csv", "out.parquet"):
        assert _export(site, tmp_path / name, "--tag", "=B", "--tag", "A", *SPAN) == 0
        assert json.loads(capsys.readouterr().out)["rows"] == 20
    table = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert [row["tag"] for row in table] == ["=B"] * 10 + ["A"] * 10
    assert [row["value"] for row in table[:10]] == [0.1 + second for second in range(10)]
    assert [row["quality"] for row in table[10:12]] == ["good", "bad"]
    assert table[0]["time"].isoformat() == "2027-01-15T08:00:00+00:00"
    assert table[0]["arrival"].isoformat() == "2027-01-15T08:00:00.000005+00:00"
    from_csv, played = (read_recording(tmp_path / f"out.{kind}") for kind in ("csv", "parquet"))
    assert played.at_us.tolist() == from_csv.at_us.tolist()
    assert played.value.tolist() == from_csv.value.tolist()
    assert played.quality.tolist() == from_csv.quality.tolist()


def test_that_a_tag_nobody_knows_has_no_rows(site, tmp_path, capsys):
    _fill(site, closed=False)
    assert _export(site, tmp_path / "out.csv", "--tag", "Z", *SPAN) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == 0


def test_that_a_damaged_window_gives_what_is_whole(site):
    history = _fill(site, closed=False)
    [window] = site.history.glob("open-*.log")
    data = bytearray(window.read_bytes())
    data[-80] ^= 1
    data += b"\x00" * 9 + b"more"
    window.write_bytes(bytes(data))
    assert samples_of(site.history, history.files, "A", START, START + 60 * SECOND).value.size >= 18
    assert history.lost == 0


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((), "needs --tag, --from and --to"),
        (("--tag", "A", "--from", "x", "--to", "1"), "--from: x"),
        (("--tag", "A", "--from", "2", "--to", "9" * 30), "outside the calendar"),
        (("--tag", "A", "--from", "2", "--to", "1"), "before --from"),
    ],
)
def test_that_bad_input_is_named(site, tmp_path, capsys, more, what):
    assert _export(site, tmp_path / "out.csv", *more) == 2
    assert what in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("a.xlsx", "as .csv or .parquet"),
        ("no/a.csv", "can't be written"),
        ("no/a.parquet", "can't be written"),
    ],
)
def test_that_a_file_that_cannot_be_written_is_named(site, tmp_path, capsys, name, what):
    assert _export(site, tmp_path / name, "--tag", "A", *SPAN) == 2
    assert what in capsys.readouterr().err


def test_that_a_day_of_a_newer_program_is_named(site, tmp_path, capsys):
    import sqlite3

    history = _fill(site, closed=True)
    with sqlite3.connect(history.files.path(START)) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert _export(site, tmp_path / "a.csv", "--tag", "A", *SPAN) == 2
    assert "newer Muster" in capsys.readouterr().err
