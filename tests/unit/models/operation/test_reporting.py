from zoneinfo import ZoneInfo

import msgspec
import pytest

from models.basics import LatLon, Name, Phone, Wind
from models.hazard.ports import Caution, Input, ZoneLevel, ZoneResult
from models.operation.events.alarm import AlarmRaised
from models.operation.events.base import Event
from models.operation.events.incident import (
    CasualtiesReported,
    IncidentClosed,
    IncidentOpened,
    IncidentReopened,
    SourceEstimated,
)
from models.operation.events.order import (
    OrderCancelled,
    OrderEscalated,
    OrderIssued,
    OrderReceived,
)
from models.operation.events.plan import PlanStarted
from models.operation.events.zone import ZoneDrawn
from models.operation.reporting import ReportWriter, report_title
from tests.unit.app.commands.test_estimate_command import POINT, source_estimate

LEVEL = ZoneLevel(
    key="AEGL-2", label=Name("AEGL-2", "AEGL-2"), severity=2, threshold=2.0, unit="ppm", rings=(),
    reach_m=2400.4,
)  # fmt: skip


def _zone(kind):
    result = ZoneResult(
        kind=kind, model="plume", model_version="1", origin=LatLon(0, 0), levels=(LEVEL,),
        warnings=(Caution(code="low_wind", text="low wind"),),
    )  # fmt: skip
    return ZoneDrawn(incident_id="I", result=result)


def _events(*payloads):
    return [
        Event(
            operation_id="op", seq=n, id=f"e{n}", event_time_us=1_700_000_000_000_000,
            recorded_time_us=1_700_000_000_000_000, actor="a", subject="O", payload=payload,
            caused_by=None, previous_hash=b"", hash=b"",
        )
        for n, payload in enumerate(payloads, 1)
    ]  # fmt: skip


OPENED = IncidentOpened(
    number="I-2026-0007", title=Name("氯气泄漏", "Chlorine leak"), incident_kind="toxic_leak",
    place=Name("液氯罐区", "chlorine tanks"), substance="chlorine", cas="7782-50-5",
    wind=(Wind(from_deg=247, speed_m_s=3.2, stability="F", source="M2"),),
)  # fmt: skip
THREAD = (
    AlarmRaised(tag_key="GT-1", limit="HH", priority=1, value=4.71, limit_value=3, unit="ppm"),
    OPENED,
    _zone("rule_of_thumb"),
    _zone("model"),
    PlanStarted(
        incident_id="I",
        plan_key="P",
        plan_name=Name("预案", "Plan"),
        plan_version="3",
        warnings=("expired",),
    ),
    OrderIssued(
        incident_id="I",
        team_key="T",
        team_name=Name("消防二站", "Brigade 2"),
        text="水幕稀释",
        phones=(),
        receipt_due_us=0,
        feedback_due_us=0,
    ),
    OrderEscalated(step=1, to=Phone(number="2", person="赵", role="站长"), receipt_due_us=0),
    OrderReceived(by="赵"),
)


def _write(language, *payloads):
    writer = ReportWriter(language, ZoneInfo("Asia/Shanghai"), lambda *_: Name("氯气", "Cl2"))
    return writer.write(_events(*payloads))


@pytest.mark.parametrize(("language", "start"), [("zh", "模型推算"), ("en", "Model estimate")])
def test_that_a_model_figure_stands_only_in_a_sentence_that_says_so(language, start):
    sentences = _write(language, *THREAD)
    assert [s.text.startswith(start) for s in sentences if s.estimate] == [True]
    assert all("2400" not in s.text or s.estimate or "非模型" in s.text or "not a model" in s.text
               for s in sentences)  # fmt: skip


@pytest.mark.parametrize(("language", "start"), [("zh", "模型推算"), ("en", "Model estimate")])
def test_that_an_imported_zone_is_an_estimate_of_another_program_and_names_its_file(
    language, start
):
    drawn = _zone("imported")
    inputs = (Input(name="file", value="run 7.kml"),)
    result = msgspec.structs.replace(drawn.result, model="ALOHA", inputs=inputs)
    sentences = _write(language, ZoneDrawn(incident_id="I", result=result))
    (sentence,) = [each for each in sentences if each.estimate]
    assert sentence.text.startswith(start)
    assert "ALOHA" in sentence.text
    assert "run 7.kml" in sentence.text
    assert "2400 m" in sentence.text


def test_that_every_sentence_names_an_entry_of_the_record():
    events = {event.id for event in _events(*THREAD)}
    sentences = _write("zh", *THREAD)
    assert sentences
    assert all(s.sources and set(s.sources) <= events for s in sentences)


def test_that_unknown_casualties_are_to_be_verified_and_never_zero():
    assert "待核实" in _write("zh", OPENED)[-1].text
    counted = CasualtiesReported(source="现场电话", minor_injuries=2)
    text = _write("zh", OPENED, counted)[-1].text
    assert "轻伤2" in text
    assert "死亡待核实" in text


def test_that_an_escalation_names_the_team_and_whom_it_went_to():
    texts = [s.text for s in _write("zh", *THREAD)]
    assert any("消防二站未签收" in text and "站长 赵" in text for text in texts)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh",
            ("撤销对消防二站的指令：风向转变", "应急响应结束：已控制", "重新启动应急响应：复燃"),
        ),
        ("en", ("Order to Brigade 2 cancelled", "Closed at", "Opened again at")),
    ],
)
def test_that_what_was_taken_back_is_told(language, words):
    told = (
        *THREAD, OrderCancelled(reason="风向转变"), IncidentClosed(reason="已控制"),
        IncidentReopened(reason="复燃"),
    )  # fmt: skip
    texts = [sentence.text for sentence in _write(language, *told)]
    assert all(any(word in text for text in texts) for word in words)
    assert words[2] in texts[-2]  # the last one says that casualties are to be verified


def test_that_an_expired_plan_is_named_as_such():
    assert any("past its validity" in s.text for s in _write("en", *THREAD))


def test_that_times_are_the_sites():
    assert "2023-11-15 06:13:20" in _write("zh", OPENED)[0].text


def test_that_follow_ups_are_numbered():
    assert report_title("follow_up", 2, "zh") == "续报2"


@pytest.mark.parametrize(("key", "zh", "en"), [
    ("HS1", "判断泄漏源为氯气，取用源强 0.9 kg/s（90% 区间 0.1～0.9 kg/s）",
     "was taken for the source at 0.9 kg/s"),
    ("", "不在已登记的危险源处，取用源强 0.9 kg/s", "no hazard source is on record"),
])  # fmt: skip
def test_that_an_estimated_source_is_said_to_be_an_estimate(key, zh, en):
    taken = SourceEstimated(
        estimate=source_estimate(), release_kg_s=0.9, position=POINT, source_key=key
    )
    for language, words in (("zh", zh), ("en", en)):
        (found,) = [s for s in _write(language, OPENED, taken) if s.estimate]
        assert words in found.text
        assert found.text.startswith(("模型推算", "Model estimate"))
