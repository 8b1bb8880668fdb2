import io
import json

import pytest

from app.cli import main

MINUTE = 60_000_000
AT = 1_800_000_000_000_000


@pytest.fixture
def site(tmp_path, monkeypatch, capsys):
    """Return a site with an operation of three raisings, one of which still stands."""
    started = {
        "mode": "drill", "name": "n", "site": "s", "software_version": "1",
        "reference_revision": 0,
    }  # fmt: skip
    raised = {
        "tag_key": "LI", "limit": "H", "priority": 2, "value": 1.0, "limit_value": 1.0, "unit": "m",
    }  # fmt: skip
    batch = [
        ("operation.started", "op", started, AT),
        ("alarm.raised", "LI/H", raised, AT + MINUTE),
        ("alarm.returned", "LI/H", {"value": 0.0}, AT + 2 * MINUTE),
        ("alarm.raised", "LI/H", raised, AT + 3 * MINUTE),
        ("alarm.raised", "PI/H", raised | {"tag_key": "PI", "priority": 1}, AT + 15 * MINUTE),
        ("alarm.returned", "PI/H", {"value": 0.0}, AT + 16 * MINUTE),
    ]
    lines = [
        {"kind": kind, "subject": subject, "payload": payload, "event_time_us": at}
        for kind, subject, payload, at in batch
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(lines) + "\n"))
    assert main(["append", "op", "--site", str(tmp_path)]) == 0
    capsys.readouterr()
    return str(tmp_path)


def _kpi(site, capsys, *more):
    code = main(["kpi", "op", "--site", site, *more])
    out, err = capsys.readouterr()
    return (json.loads(out) if code == 0 else None), err, code


def test_that_the_figures_of_a_span_are_printed(site, capsys):
    seen, _, _ = _kpi(site, capsys, "--from", str(AT), "--to", str(AT + 20 * MINUTE))
    assert (seen["raised"], seen["per_window"], seen["peak"]) == (3, 1.5, 2)
    assert seen["frequent"] == [["LI/H", 2], ["PI/H", 1]]
    assert seen["standing"] == ["LI/H"]
    assert seen["shares"]["1"] == pytest.approx(1 / 3)


def test_that_the_span_is_the_whole_operation_by_default(site, capsys):
    seen, _, _ = _kpi(site, capsys)
    assert seen["from_us"] == AT
    assert seen["raised"] == 3


def test_that_bad_input_is_named(site, capsys):
    _, err, code = _kpi(site, capsys, "--from", "5", "--to", "5")
    assert code == 2
    assert "the span is empty" in err
    assert main(["kpi", "none", "--site", site]) == 2
    assert "known are: op" in capsys.readouterr().err
