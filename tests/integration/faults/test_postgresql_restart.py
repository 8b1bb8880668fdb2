"""PostgreSQL goes away and comes back under a running desk and gateway."""

import time

import pytest

from tests.integration.faults.bench import LiveSite

pytestmark = [
    pytest.mark.expect_log("Client is not connected"),
    pytest.mark.needs("mosquitto", "postgresql"),
]


def test_that_restarted_server_is_told_and_nothing_confirmed_is_lost(
    tmp_path, mosquitto, postgresql
):
    live = LiveSite(tmp_path, mosquitto.port, postgresql.create_empty())
    try:
        desk = live.open_desk()
        desk.until(lambda s: s["sources"]["mqtt"][0])
        mark = desk.act("note", "before")
        desk.until(lambda s: "before: stored" in s["done"], after=mark)
        live.store.close()
        mark = desk.mark
        postgresql.stop()
        gone_s = time.monotonic()
        told = desk.until(
            lambda s: "journal" in s["failures"] and "store_unreadable" in s["notices"], after=mark
        )
        assert told["at_s"] - gone_s < 5
        assert "can not be written" in told["failures"]["journal"]
        mosquitto.publish("muster/T0", b"60")
        mark = desk.act("note", "while away")
        refused = desk.until(lambda s: "not_stored_failed" in s["notices"], after=mark)
        assert "NOT STORED. The store does not answer." in refused["notices"]["not_stored_failed"]
        assert "gateway" not in refused["failures"]
        mark = desk.mark
        postgresql.start()
        back_s = time.monotonic()
        back = desk.until(lambda s: s["alarms"].get("T0/H") == "unacknowledged", after=mark)
        assert back["at_s"] - back_s < 15
        desk.until(
            lambda s: not s["failures"] and "store_unreadable" not in s["notices"], after=mark
        )
        mark = desk.act("note", "after")
        desk.until(lambda s: "after: stored" in s["done"], after=mark)
        notes = [e.payload.text for e in live.events() if e.kind == "note.written"]
        assert notes == ["before", "after"]
        assert [e.kind for e in live.events()].count("alarm.raised") == 1
        (operation,) = [o for o in live.journal.operations() if o.mode == "live"]
        assert live.journal.verify(operation.id).ok
        live.kill_gateway()
        mark = desk.mark
        desk.until(lambda s: s["restarted"] == 1 and not s["failures"], after=mark)
    finally:
        live.close()
