"""Faults of a running live desk: bad payloads, broker, gateway, map, store, the unforeseen.

One desk goes through all of them, in this order, as it would through a bad night.
"""

import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from app.clock import SystemClock, as_datetime
from app.restoring import restore
from app.site import Site
from models.basics import Name, Phone
from models.operation.events.order import OrderIssued
from tests.integration.faults.bench import PATIENCE_S, TAGS, LiveSite, muster

pytestmark = pytest.mark.expect_log("Client is not connected")
MALFORMED = (
    b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b'{"v": "high"}', b'{"v": 1e999}', b"null",
    b'{"v": ' + b"[" * 50_000, b'{"tags": ["T0"], "values": []}', b'{"tags": "T0", "values": 1}',
    b'{"tags": ["T0", "T1"], "values": [1]}', b'{"v": 1, "ts": {"a": 1}}', b"<xml/>",
)  # fmt: skip


@pytest.fixture(scope="module")
def live(tmp_path_factory, mosquitto_server) -> Iterator[LiveSite]:
    mosquitto_server.start()
    made = LiveSite(tmp_path_factory.mktemp("live"), mosquitto_server.port)
    made.broker = mosquitto_server
    made.open_desk().act("station", "monitor")
    yield made
    made.close()


@pytest.fixture
def desk(live):
    assert live.desks[0].process.poll() is None, live.desks[0].errors()[-3000:]
    return live.desks[0]


@contextmanager
def feeding(broker, value: float = 20.0) -> Iterator[None]:
    """Publish a value of every tag again and again."""
    stop = threading.Event()

    def feed() -> None:
        while not stop.wait(0.3):
            for tag in TAGS:
                broker.publish(f"muster/{tag.key}", str(value).encode())

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_that_malformed_payloads_are_counted_and_shown(live, desk):
    desk.until(lambda s: s["sources"].get("mqtt", [False])[0])
    for payload in MALFORMED:
        live.broker.publish("muster/T0", payload)
    live.broker.publish("muster/nobody", b"1")
    seen = desk.until(lambda s: s["sources"]["mqtt"][1] == len(MALFORMED) + 1)
    assert "muster/nobody" in seen["sources"]["mqtt"][3]
    desk.until(lambda s: "last malformed: muster/nobody" in s["feed"])
    live.broker.publish("muster/T0", b"20")
    desk.until(lambda s: s["sources"]["mqtt"][2] >= 1)
    assert seen["restarted"] == 0


def test_that_values_go_stale_visibly_when_the_broker_is_gone(live, desk):
    with feeding(live.broker):
        desk.until(lambda s: not s["stale"] and s["sources"]["mqtt"][2] > 2 * len(TAGS))
        mark = desk.mark
    live.broker.stop()
    gone_s = time.monotonic()
    told = desk.until(lambda s: "source:mqtt" in s["failures"], after=mark)
    stale = desk.until(lambda s: len(s["stale"]) == len(TAGS), after=mark)
    assert stale["at_s"] - gone_s < PATIENCE_S + 2.0
    assert told["at_s"] - gone_s < PATIENCE_S + 2.0
    desk.until(lambda s: "stale" in s["sync"] and str(len(TAGS)) in s["sync"], after=mark)
    mark = desk.mark
    live.broker.start()
    live.broker.publish("muster/T1", b"60")
    desk.until(lambda s: s["alarms"].get("T1/H") == "unacknowledged", after=mark)
    desk.until(lambda s: s["sources"]["mqtt"][0], after=mark)
    desk.until(lambda s: "source:mqtt" not in s["failures"], after=mark)
    assert [e.kind for e in live.events()].count("alarm.raised") == 1


def test_that_dead_gateway_is_told_at_once_recorded_and_restarted(live, desk):
    before, mark = live.gateway_id, desk.mark
    killed_s = live.kill_gateway()
    told = desk.until(lambda s: "gateway" in s["failures"], after=mark)
    assert told["at_s"] - killed_s < 2.0
    assert "restarts it by itself" in told["failures"]["gateway"]
    assert "gateway away" in told["sync"]
    live.broker.publish("muster/T2", b"60")
    back = desk.until(
        lambda s: "gateway_back" in s["notices"] and "gateway" not in s["failures"], after=mark
    )
    assert back["at_s"] - killed_s < 20.0
    assert "works again" in back["notices"]["gateway_back"]
    desk.until(lambda s: s["restarted"] == 1 and "1 restart" in s["gateway"], after=mark)
    desk.until(lambda s: s["alarms"].get("T2/H") == "unacknowledged", after=mark)
    assert live.gateway_id != before
    told_kinds = [
        (e.kind, e.actor) for e in live.events() if e.subject == "gateway" and "safety" in e.kind
    ]
    assert told_kinds == [
        ("safety_function.failed", "desk"), ("safety_function.restored", "desk")
    ]  # fmt: skip


def test_that_gateway_that_hangs_is_told_and_taken_up_again(live, desk):
    before, mark = live.gateway_id, desk.mark
    os.kill(before, signal.SIGSTOP)
    hung_s = time.monotonic()
    try:
        told = desk.until(lambda s: "gateway" in s["failures"], after=mark)
    finally:
        os.kill(before, signal.SIGCONT)
    assert told["at_s"] - hung_s < 13
    mark = desk.mark
    desk.until(lambda s: not s["failures"], after=mark)
    assert live.gateway_id == before


def test_that_second_desk_and_second_gateway_are_refused(live, desk):
    before = sorted(str(path) for path in live.site.path.rglob("*") if "logs" not in path.parts)
    second = live.muster()
    assert (second.returncode, second.stdout) == (2, "")
    assert "another desk has this site open" in second.stderr
    assert "Traceback" not in second.stderr
    gateway = live.muster("gateway")
    assert gateway.returncode == 2
    assert "a gateway runs already" in gateway.stderr
    after = sorted(str(path) for path in live.site.path.rglob("*") if "logs" not in path.parts)
    assert [p for p in after if "open-" not in p] == [p for p in before if "open-" not in p]
    assert [e.kind for e in live.events()].count("operation.started") == 1


@pytest.mark.parametrize("where", ["slot", "virtual", "thread", "loop", "timer"])
def test_that_desk_goes_on_after_an_exception_nobody_foresaw(live, desk, where):
    mark = desk.act("fail", where)
    text = {"timer": "timer", "loop": "loop"}.get(where, where)
    seen = desk.until(lambda s: text in s["notices"].get("unexpected", ""), after=mark)
    assert "the desk goes on" in seen["notices"]["unexpected"]
    mark = desk.act("note", f"after {where}")
    desk.until(lambda s: f"after {where}: stored" in s["done"], after=mark)
    log = (live.site.logs / "desk.log").read_text("utf-8")
    assert f"RuntimeError: {where}" in log


def test_that_map_comes_back_after_its_renderer_was_killed(live, desk):
    before, mark = desk.screen["renderer"], desk.mark
    os.kill(before, signal.SIGKILL)
    seen = desk.until(lambda s: s["banner"], after=mark)
    assert "being rebuilt" in seen["banner"]
    back = desk.until(
        lambda s: s["map_ready"] and not s["banner"] and s["renderer"] not in (0, before),
        after=mark,
    )
    assert back["at_s"] - seen["at_s"] < 10


def test_that_damaged_gateway_file_is_written_again(live, desk):
    process = live.gateway_id
    live.site.gateway_file.write_bytes(b"\x00garbage")
    ends_s = time.monotonic() + 10
    while time.monotonic() < ends_s and b"garbage" in live.site.gateway_file.read_bytes():
        threading.Event().wait(0.05)
    assert live.gateway_id == process


def test_that_store_locked_for_ten_seconds_is_told_and_nothing_is_lost(live, desk):
    with sqlite3.connect(live.site.operations_db, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        mark = desk.act("note", "while locked")
        live.broker.publish("muster/T3", b"60")
        clock = desk.screen["clock"]
        told = desk.until(lambda s: "journal" in s["failures"], after=mark)
        assert "can not be written" in told["failures"]["journal"]
        refused = desk.until(lambda s: "not_stored_busy" in s["notices"], after=mark)
        assert refused["notices"]["not_stored_busy"].startswith("NOT STORED.")
        assert refused["clock"] != clock  # the screen went on
        assert "gateway" not in refused["failures"]
        other.execute("ROLLBACK")
    other.close()
    desk.until(lambda s: s["alarms"].get("T3/H") == "unacknowledged", after=mark)
    desk.until(lambda s: "journal" not in s["failures"], after=desk.mark)
    notes = [getattr(e.payload, "text", "") for e in live.events()]
    assert "while locked" not in notes
    mark = desk.act("note", "after the lock")
    desk.until(lambda s: "after the lock: stored" in s["done"], after=mark)


def test_that_running_site_is_verified_backed_up_and_restored(live, desk, tmp_path):
    doctor = json.loads(live.muster("doctor", "--json").stdout)
    states = {check["name"]: check for check in doctor["checks"] if check["area"] == "reachable"}
    assert all(check["ok"] for check in states.values())
    assert "answers" in states["gateway"]["detail"]
    verified = json.loads(live.muster("verify", "--json").stdout)
    assert verified["ok"]
    target = tmp_path / "backup.zip"
    made = live.muster("backup", str(target))
    assert made.returncode == 0, made.stderr
    refused = live.muster("restore", str(target), "--force")
    assert refused.returncode == 2
    assert "stop it first" in refused.stderr
    other = Site(tmp_path / "other")
    restore(other, target, as_datetime(SystemClock()))
    shown = muster("verify", "--json", "--site", str(other.path))
    assert json.loads(shown.stdout)["ok"]
    opened = muster("--exit-when-ready", "--site", str(other.path))
    assert opened.returncode == 0, opened.stderr


def test_that_dead_desk_leaves_the_gateway_and_comes_back_as_it_was(live, desk):
    desk.act("station", "watch")
    mark = desk.act("call")
    desk.until(lambda s: s["call_open"], after=mark)
    desk.act("type", "call-caller", "Li Na")
    desk.act("type", "call-place", "by the sphe")
    ends_s = time.monotonic() + 10
    while time.monotonic() < ends_s and not any(
        "by the sphe" in c.fields.values() for c in live.situation().calls.values()
    ):
        threading.Event().wait(0.05)
    gateway = live.gateway_id
    desk.process.kill()
    desk.process.wait()
    order = live.append(_silent_order())
    with feeding(live.broker, 60.0):
        ends_s = time.monotonic() + 15
        while time.monotonic() < ends_s and len(live.situation().alarms) < len(TAGS):
            threading.Event().wait(0.05)
        again = live.open_desk()
        seen = again.until(lambda s: len(s["alarms"]) == len(TAGS))
        assert live.gateway_id == gateway
        again.until(lambda s: s["typed"].get("call-place") == "by the sphe")
        assert again.screen["typed"]["call-caller"] == "Li Na"
        assert seen["cards"]
    again.close()
    assert live.situation().orders[order].step >= 1  # escalated while no desk was there


def _silent_order() -> OrderIssued:
    return OrderIssued(
        incident_id="",
        team_key="team",
        team_name=Name(en="team"),
        text="answer",
        phones=(Phone(number="1"), Phone(number="2")),
        receipt_due_us=0,
        feedback_due_us=0,
    )


def test_that_quitting_asks_without_stopping_the_desk(live):
    desk = live.open_desk()
    gateway = psutil.Process(live.gateway_id)
    mark = desk.act("close")
    asked = desk.until(lambda s: s["box"] == [True], after=mark)
    desk.until(lambda s: s["clock"] != asked["clock"], after=mark)
    mark = desk.act("note", "while asked")
    desk.until(lambda s: "while asked: stored" in s["done"], after=mark)
    desk.act("close")
    mark = desk.act("click", "leave-stay")
    desk.until(lambda s: not any(s["box"]), after=mark)
    desk.act("close")
    mark = desk.act("click", "leave-stop")
    assert desk.ends() == 0
    gateway.wait(15)
    assert not live.site.gateway_file.exists()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_that_signals_close_the_desk_in_order_and_leave_a_live_gateway(live, sign):
    desk = live.open_desk()
    gateway = live.gateway_id
    os.kill(desk.process.pid, sign)
    assert desk.ends() == 0
    assert "Traceback" not in desk.errors()
    assert psutil.pid_exists(gateway)
    assert "told to leave by a signal" in (live.site.logs / "desk.log").read_text("utf-8")
