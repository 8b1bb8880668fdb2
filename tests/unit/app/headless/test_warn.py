import io
import json

import numpy as np
import pytest

from app.cli import main


def _csv(rows=600):
    rng = np.random.default_rng(0)
    values = rng.normal(5.0, 0.1, (rows, 2))
    values[500:, 1] += 3.0
    lines = ["datetime;PI;TI;anomaly"]
    lines += [f"2026-01-01 00:00:00;{a};{b};1" for a, b in values]
    return "\n".join(lines).encode()


def test_that_warn_prints_the_documented_shape(tmp_path, capsys):
    file = tmp_path / "series.csv"
    file.write_bytes(_csv())
    assert main(["warn", str(file), "--train", "400"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"flags", "events"}
    assert len(said["flags"]) == 600
    assert said["flags"][:500] == [0] * 500
    assert said["flags"][505:] == [1] * 95
    [event] = said["events"]
    assert set(event) == {"start_row", "end_row", "tags", "why"}
    assert event["tags"] == ["TI"]
    assert event["end_row"] == 599


def test_that_the_training_is_at_most_half_unless_said(capsys, monkeypatch):
    stdin = type("Stdin", (), {"buffer": io.BytesIO(_csv())})
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["warn", "-"]) == 0
    assert "rows 0–299" in json.loads(capsys.readouterr().out)["events"][0]["why"]


@pytest.mark.parametrize(
    ("content", "train", "what"),
    [
        (b"", "400", "nothing in it"),
        (b"a\n1\n2\n", "2", "at least 40 rows"),
        (b"a\n1\n2\n", "9", "9 rows to train on"),
        (None, "400", "No such file"),
    ],
)
def test_that_bad_input_is_named(tmp_path, capsys, content, train, what):
    file = tmp_path / "series.csv"
    if content is not None:
        file.write_bytes(content)
    assert main(["warn", str(file), "--train", train]) == 2
    said = capsys.readouterr().err
    assert str(file) in said
    assert what in said
