"""The HJ 212-2017 server against a TCP client that reports as a station does."""

import asyncio

import pytest

from app.clock import SystemClock
from app.gateway.hj212.frame import decode, encode
from app.gateway.hj212.server import Hj212Source
from app.source_settings import Hj212Settings
from models.telemetry.ports import Quality
from models.telemetry.tags import TagTable
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.servers.process import free_port
from tests.unit.models.telemetry.build import tag

TAGS = TagTable(
    [
        tag("A", topic="hj212/M1/a1"),
        tag("H", topic="hj212/M1/a1/hour/Avg"),
        tag("M2.a1"),
    ]
)


class Station:
    """A client: sends frames, reads answers."""

    def __init__(self, port):
        self.port = port

    async def __aenter__(self):
        async with asyncio.timeout(10):
            while True:
                try:
                    streams = await asyncio.open_connection("127.0.0.1", self.port)
                    break
                except OSError:
                    await asyncio.sleep(0.02)
        self.reader, self.writer = streams
        return self

    async def __aexit__(self, *_):
        self.writer.close()

    async def report(self, content, *, cn="2011", mn="M1", pw="1", qn="20240102030405006", more=""):
        """Report and return the answer; None where the centre hangs up or stays silent."""
        head = f"QN={qn};ST=31;CN={cn};PW={pw};MN={mn};Flag=5;{more}"
        self.writer.write(encode(f"{head}CP=&&{content}&&"))
        try:
            async with asyncio.timeout(2):
                return decode(await self.reader.readuntil(b"\r\n"))
        except TimeoutError:
            return None


def source(port, **more):
    settings = Hj212Settings(port=port, **more)
    return Hj212Source("stations", settings, TAGS, SystemClock())


def test_that_an_upload_is_stored_and_answered():
    async def scenario():
        port = free_port()
        async with Pulled(source(port)) as pulled, Station(port) as station:
            answer = await station.report("DataTime=20240102030405;a1-Rtd=2.5,a1-Flag=T")
            assert (answer.cn, answer.st, answer.mn) == ("9014", "91", "M1")
            assert (answer.qn, answer.fields) == ("20240102030405006", {})
            answer = await station.report("DataTime=20240102030000;a1-Avg=7,a1-Flag=N", cn="2061")
            assert answer.cn == "9014"
            await wait_for(lambda: pulled.source.state().connected)
        assert pulled.rows == [(0, 2.5, Quality.UNCERTAIN), (1, 7.0, Quality.GOOD)]
        assert pulled.batches[0].source_us.tolist() == [1_704_135_845_000_000]
        state = pulled.source.state()
        assert [clock.device for clock in state.clocks] == ["M1"]
        assert state.clocks[0].behind_s > 0

    asyncio.run(scenario())


def test_that_a_notice_gets_a_notice_answer():
    async def scenario():
        port = free_port()
        async with Pulled(source(port)), Station(port) as station:
            answer = await station.report("PolId=a1", cn="1013")
            assert answer.cn == "9013"

    asyncio.run(scenario())


def test_that_parts_of_a_message_share_their_time_and_each_is_answered():
    async def scenario():
        port = free_port()
        async with Pulled(source(port)) as pulled, Station(port) as station:
            first = await station.report(
                "DataTime=20240102030405;a1-Rtd=1,a1-Flag=N", more="PNUM=2;PNO=1;"
            )
            second = await station.report("a1-Rtd=2", more="PNUM=2;PNO=2;")
            assert (first.packet, second.packet, second.packets) == (1, 2, 2)
        one, two = pulled.batches
        assert one.source_us.tolist() == two.source_us.tolist()
        # its flag may have been in another part
        assert [row[2] for row in pulled.rows] == [Quality.GOOD, Quality.UNCERTAIN]

    asyncio.run(scenario())


def test_that_a_broken_frame_is_counted_and_not_answered():
    async def scenario():
        port = free_port()
        async with Pulled(source(port)) as pulled, Station(port) as station:
            good = encode("CN=2011;MN=M1;Flag=5;CP=&&a1-Rtd=1&&")
            station.writer.write(good.replace(b"a1", b"a2"))
            await station.report("DataTime=20240102030405;a1-Rtd=2")
        assert [row[1] for row in pulled.rows] == [2.0]
        assert pulled.source.state().malformed == 1
        assert "CRC" in pulled.source.state().last_malformed

    asyncio.run(scenario())


def test_that_passwords_and_templates_decide_what_is_taken():
    async def scenario():
        port = free_port()
        chosen = source(port, tag_key="{mn}.{item}", passwords={"M2": "secret"})
        async with Pulled(chosen) as pulled, Station(port) as station:
            assert await station.report("a1-Rtd=1", mn="M2", pw="wrong") is None
            assert await station.report("a1-Rtd=1", mn="M1", pw="secret") is None
            assert (await station.report("a1-Rtd=3", mn="M2", pw="secret")).cn == "9014"
            await station.report("zz-Rtd=3", mn="M2", pw="secret")
        assert [(t, v) for t, v, _ in pulled.rows] == [(2, 3.0)]
        assert pulled.source.state().malformed == 3
        assert "no tag for hj212/M2/zz" in pulled.source.state().last_malformed

    asyncio.run(scenario())


def test_that_a_station_comes_back_and_the_port_is_waited_for():
    async def scenario():
        port = free_port()
        blocker = await asyncio.start_server(lambda _r, w: w.close(), "127.0.0.1", port)
        async with Pulled(source(port)) as pulled:
            await wait_for(lambda: str(port) in pulled.source.state().detail)
            assert not pulled.source.state().connected
            blocker.close()
            await blocker.wait_closed()
            await wait_for(lambda: "0 connected" in pulled.source.state().detail, 10)
            for value in (1, 2):
                async with Station(port) as station:
                    await station.report(f"a1-Rtd={value}")
            assert [row[1] for row in pulled.rows] == [1.0, 2.0]

    asyncio.run(scenario())


def test_that_too_many_connections_are_refused():
    async def scenario():
        port = free_port()
        async with (
            Pulled(source(port, most_connections=1)) as pulled,
            Station(port) as one,
            Station(port) as two,
        ):
            with pytest.raises((OSError, EOFError)):
                await two.report("a1-Rtd=1")
            assert (await one.report("a1-Rtd=1")).cn == "9014"
            assert "too many" in pulled.source.state().last_malformed

    asyncio.run(scenario())
