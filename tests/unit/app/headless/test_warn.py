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


@pytest.mark.parametrize(("rows", "trained"), [(540, 360), (600, 400), (900, 400)])
def test_that_400_rows_train_unless_said_and_two_thirds_at_most(capsys, monkeypatch, rows, trained):
    stdin = type("Stdin", (), {"buffer": io.BytesIO(_csv(rows))})
    monkeypatch.setattr("sys.stdin", stdin)
    assert main(["warn", "-"]) == 0
    why = json.loads(capsys.readouterr().out)["events"][0]["why"]
    assert f"rows 0–{trained - 1}" in why


@pytest.mark.parametrize(
    ("content", "train", "what"),
    [
        (b"", "400", "nothing in it"),
        (b"a\n1\n2\n", "2", "at least 40 rows"),
        (b"a\n1\n2\n", "9", "9 rows to train on"),
        (_csv(), "-5", "-5 rows to train on"),
        (_csv(59), None, "59 rows, the first 39 to train on"),
        (_csv(300).rsplit(b";", 2)[0], "200", "line 301: 2 cells where the first has 4"),
        (_csv(300).replace(b"TI;", b"TI;TI-2;"), "200", "line 2: 4 cells where the first has 5"),
        (None, "400", "No such file"),
    ],
)
def test_that_bad_input_is_named(tmp_path, capsys, content, train, what):
    file = tmp_path / "series.csv"
    if content is not None:
        file.write_bytes(content)
    words = [] if train is None else ["--train", train]
    assert main(["warn", str(file), *words]) == 2
    said = capsys.readouterr().err
    assert str(file) in said
    assert what in said


_NAMES = ("PI", "TI", "LI")
_ROWS = 700


def _wide():
    values = np.random.default_rng(3).normal(5.0, 0.1, (_ROWS, 3))
    values[550:, 1] += 3.0
    return values


def _text(values, names=_NAMES, separator=";", label="0.0"):
    head = ["datetime", *names] + (["anomaly"] if label else [])
    lines = [separator.join(head)]
    for row in values:
        cells = ["2026-01-01 00:00:00", *(str(each) for each in row)]
        lines.append(separator.join(cells + ([label] if label else [])))
    return "\n".join(lines)


def _holed():
    values = _wide()
    values[[100, 450, 500]] = np.nan
    return values


@pytest.mark.parametrize(
    "text",
    [
        _text(_wide()),
        _text(_wide(), separator=","),
        _text(_wide(), separator="\t"),
        _text(_wide(), label=""),
        _text(_wide()[:, 1:], names=_NAMES[1:]),
        _text(np.column_stack([_wide(), np.full(_ROWS, 7.0)]), names=(*_NAMES, "spare")),
        _text(_holed()),
        _text(_wide()).replace(".", ","),
        "\r\n".join(_text(_wide()).splitlines()),
    ],
    ids=["plain", "comma", "tab", "unlabelled", "fewer", "more", "holes", "decimal comma", "crlf"],
)
def test_that_a_series_is_judged_however_it_is_written(tmp_path, capsys, text):
    file = tmp_path / "series.csv"
    file.write_text(text, "utf-8", newline="")
    assert main(["warn", str(file)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert len(said["flags"]) == _ROWS
    assert said["flags"][:550] == [0] * 550
    assert said["flags"][555:] == [1] * 145
    [event] = said["events"]
    assert event["tags"] == ["TI"]
    assert 550 <= event["start_row"] <= 554
