"""`muster decode json|sparkplug` on recorded messages."""

import base64
import json

import pytest

from app.cli import main
from app.gateway.binary_batch import packed
from tests.unit.app.gateway.sparkplug_build import metric, payload
from tests.unit.models.telemetry.build import START


def decoded(capsys, tmp_path, kind, messages, *, lines=False):
    file = tmp_path / "messages"
    text = "\n".join(map(json.dumps, messages)) if lines else json.dumps(messages)
    file.write_text(text)
    assert main(["decode", kind, str(file)]) == 0
    return json.loads(capsys.readouterr().out)


def raw(topic, body):
    return {"topic": topic, "base64": base64.b64encode(body).decode()}


@pytest.mark.parametrize("lines", [True, False])
def test_that_json_messages_are_told_and_bad_ones_refused(tmp_path, capsys, lines):
    at = "2027-01-15T08:00:00+00:00"
    told = decoded(
        capsys, tmp_path, "json",
        [
            {"topic": "plant/A", "payload": "1.5"},
            {"topic": "plant/A", "payload": {"v": None, "ts": START // 1000}},
            {"topic": "x", "payload": {"tags": ["A", "B"], "values": [1, 2], "ts0": START / 1000,
                                       "quality": [0, 1]}},
            raw("y", packed(["B"], [0], [START], [7.0])),
            {"topic": "plant/A", "payload": "{broken"},
            {"topic": "plant/A", "base64": "?"},
        ],
        lines=lines,
    )  # fmt: skip
    assert (told["decoded"], told["refused"]) == (4, 2)
    values = [entry.get("values") for entry in told["frames"]]
    assert values[0] == [{"tag": "A", "value": 1.5, "quality": "good"}]
    assert values[1] == [{"tag": "A", "time": at, "value": None, "quality": "bad"}]
    assert [v["quality"] for v in values[2]] == ["good", "uncertain"]
    assert values[3] == [{"tag": "B", "time": at, "value": 7.0, "quality": "good"}]
    assert "base64" in told["frames"][5]["reason"]


def test_that_sparkplug_messages_are_told_with_their_aliases(tmp_path, capsys):
    told = decoded(
        capsys, tmp_path, "sparkplug",
        [
            raw("spBv1.0/G/NBIRTH/N", payload(0, metric("level", 1, double_value=2.5))),
            raw("spBv1.0/G/NDATA/N", payload(1, metric(alias=1, double_value=3.5))),
            raw("spBv1.0/G/NDATA/M", payload(1, metric(alias=1, double_value=3.5))),
            raw("spBv1.0/G/NDATA/N", b"\xff"),
            {"topic": "spBv1.0/G/NDATA/N", "base64": "?"},
        ],
    )  # fmt: skip
    first, second, unknown, broken, undecoded = told["frames"]
    assert (first["kind"], first["seq"], first["node"]) == ("NBIRTH", 0, "N")
    assert second["values"] == [{"metric": "level", "device": "", "value": 3.5, "quality": "good"}]
    assert "birth isn't known" in unknown["reason"]
    assert "no payload" in broken["reason"]
    assert "base64" in undecoded["reason"]


@pytest.mark.parametrize("content", ["[1]", "[", "hello", "", '{"payload": 1}'])
@pytest.mark.parametrize("kind", ["json", "sparkplug"])
def test_that_another_file_is_refused(tmp_path, capsys, kind, content):
    file = tmp_path / "messages"
    file.write_text(content)
    assert main(["decode", kind, str(file)]) == 2
    assert capsys.readouterr().err.startswith(str(file))
