"""The OPC UA source against a real asyncua server."""

import asyncio
import itertools
import math
import time
from datetime import timedelta

from asyncua import ua

from app.clock import SystemClock
from app.gateway.opcua.source import OpcUaSource
from app.source_settings import OpcUaSettings
from models.telemetry.ports import Quality
from models.telemetry.tags import TagTable
from models.times import from_us, to_us
from tests.integration.gateway.opcua_peer import NAMESPACE, Peer, Users, certificate
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.servers.process import free_port
from tests.unit.models.telemetry.build import tag

TAGS = TagTable([tag("L"), tag("P"), tag("T")])
READ_ONLY = {
    *("GetEndpoints", "CreateSession", "ActivateSession", "CloseSession", "Read", "Publish"),
    *("CreateSubscription", "CreateMonitoredItems", "CloseSecureChannel", "DeleteSubscriptions"),
}


def source(peer, nodes=None, **more):
    nodes = nodes or {"L": "ns=2;s=level", "P": f"nsu={NAMESPACE};s=pressure"}
    settings = OpcUaSettings(url=peer.url, nodes=nodes, period_s=0.1, **({"timeout_s": 2.0} | more))
    return OpcUaSource("dcs", settings, TAGS, SystemClock())


def last(pulled, tag_index):
    rows = [row for row in pulled.rows if row[0] == tag_index]
    return rows[-1][1:] if rows else None


def test_that_changes_are_reported_with_their_time_and_quality(monkeypatch):
    async def scenario():
        peer = Peer(free_port(), monkeypatch)
        await peer.start()
        at = from_us(SystemClock().now_us()).replace(microsecond=0) - timedelta(seconds=3)
        async with Pulled(source(peer)) as pulled:
            await wait_for(lambda: last(pulled, 0) == (1.5, 0) and last(pulled, 1) == (7.0, 0))
            await peer.set("level", 2.5, at=at)
            await wait_for(lambda: last(pulled, 0) == (2.5, 0))
            times = {
                t: s
                for b in pulled.batches
                for t, s in zip(b.value.tolist(), b.source_us.tolist(), strict=True)
            }
            assert times[2.5] >= to_us(at)
            first = next(b for b in pulled.batches if 2.5 in b.value)
            assert first.source_us[first.value == 2.5][0] == to_us(at)
            await peer.set("level", 3.0, ua.StatusCodes.UncertainSensorNotAccurate)
            await wait_for(lambda: last(pulled, 0) == (3.0, Quality.UNCERTAIN))
            await peer.set("level", 3.0, ua.StatusCodes.BadSensorFailure)
            await wait_for(lambda: (last(pulled, 0) or (0, 0))[1] == Quality.BAD)
        await peer.stop()
        assert "CreateMonitoredItems" in peer.asked
        assert peer.asked <= READ_ONLY

    asyncio.run(scenario())


def test_that_a_quiet_value_is_read_and_the_server_s_clock_compared(monkeypatch):
    async def scenario():
        peer = Peer(free_port(), monkeypatch)
        await peer.start()
        async with Pulled(source(peer, quiet_s=0.4)) as pulled:
            await wait_for(lambda: sum(row[0] == 0 for row in pulled.rows) >= 4)
            arrivals = [int(b.arrival_us[0]) for b in pulled.batches if 0 in b.tag]
            assert all(row[1:] == (1.5, 0) for row in pulled.rows if row[0] == 0)
            gaps_s = [(b - a) / 1e6 for a, b in itertools.pairwise(arrivals)]
            assert min(gaps_s[1:]) > 0.3
            (clock,) = pulled.source.state().clocks
            assert abs(clock.behind_s) < 1.5
            assert clock.device.startswith("127.0.0.1:")
        await peer.stop()

    asyncio.run(scenario())


def test_that_it_recovers_within_ten_seconds_of_the_server_s_restart(monkeypatch):
    async def scenario():
        peer = Peer(free_port(), monkeypatch)
        await peer.start()
        async with Pulled(source(peer, {"L": f"nsu={NAMESPACE};s=level"})) as pulled:
            for round_number in range(2):
                await wait_for(lambda: pulled.source.state().connected and pulled.rows)
                await peer.stop()
                await wait_for(lambda: not pulled.source.state().connected, 10)
                await asyncio.sleep(3)  # the pauses grow meanwhile
                before = len(pulled.rows)
                # the namespaces stand in another order than before
                await peer.start(("urn:other",) * round_number + (NAMESPACE,))
                began_s = time.monotonic()
                await wait_for(lambda: len(pulled.rows) > before, 10)  # noqa: B023
                assert time.monotonic() - began_s < 10
                value = 10.0 + round_number
                await peer.set("level", value)
                await wait_for(lambda: last(pulled, 0) == (value, 0))  # noqa: B023
        await peer.stop()

    asyncio.run(scenario())


def test_that_a_refused_node_is_bad_and_named_and_others_go_on(monkeypatch):
    async def scenario():
        peer = Peer(free_port(), monkeypatch)
        await peer.start()
        nodes = {"L": "ns=2;s=level", "P": "ns=2;s=gone", "T": "ns=2;s=text", "X": "ns=2;s=level"}
        async with Pulled(source(peer, nodes, quiet_s=0.4)) as pulled:
            await wait_for(lambda: all(last(pulled, i) for i in range(3)))
            state = pulled.source.state()
        await peer.stop()
        assert last(pulled, 0) == (1.5, 0)
        assert math.isnan(last(pulled, 1)[0])
        assert last(pulled, 1)[1] == last(pulled, 2)[1] == Quality.BAD
        assert "P (BadNodeIdUnknown)" in state.detail
        assert state.connected
        assert "no tag 'X'" in "".join(pulled.source._feed.faults)

    asyncio.run(scenario())


def test_that_the_pinned_server_and_the_user_are_what_is_talked_to(monkeypatch, tmp_path):
    server_cert, server_key = certificate(tmp_path, "dcs", "urn:plant.example:dcs")
    ours, our_key = certificate(tmp_path, "muster", "urn:park.example:muster")
    other, _ = certificate(tmp_path, "other", "urn:plant.example:dcs")
    secure = {
        "security_policy": "Basic256Sha256", "certificate": str(ours), "private_key": str(our_key),
        "username": "muster", "timeout_s": 4.0,
    }  # fmt: skip

    async def refused(peer, **more):
        async with Pulled(source(peer, **secure | more)) as pulled:
            told = [pulled.source.state().detail]
            await wait_for(lambda: pulled.source.state().detail != told[0])
            assert not pulled.source.state().connected
            assert not pulled.rows
            return pulled.source.state().detail

    async def scenario():
        peer = Peer(
            free_port(), monkeypatch, certificate=server_cert, key=server_key, users=Users()
        )
        await peer.start()
        good = {"server_certificate": str(server_cert), "password": "secret"}
        async with Pulled(source(peer, **secure | good)) as pulled:
            await wait_for(lambda: last(pulled, 0) == (1.5, 0))
        await refused(peer, server_certificate=str(other), password="secret")
        denied = await refused(peer, server_certificate=str(server_cert), password="wrong")
        assert "Bad" in denied
        missing = await refused(peer, server_certificate=str(tmp_path / "none"), password="secret")
        assert "none" in missing
        await peer.stop()
        assert peer.asked <= READ_ONLY

    asyncio.run(scenario())


def test_that_no_server_is_a_state_and_no_error():
    async def scenario():
        class Nobody:
            url = "opc.tcp://127.0.0.1:1/"

        async with Pulled(source(Nobody)) as pulled:
            await wait_for(lambda: "connecting" not in pulled.source.state().detail)
            assert not pulled.source.state().connected

    asyncio.run(scenario())
