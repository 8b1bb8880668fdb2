"""The Modbus source against a pymodbus server; only reads are ever asked for."""

import asyncio
import math

from pymodbus.server import ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice

from app.clock import SystemClock
from app.gateway.modbus import ModbusSource
from app.source_settings import ModbusSettings, Register
from models.telemetry.ports import Quality
from models.telemetry.tags import TagTable
from tests.integration.gateway.pulling import Pulled, wait_for
from tests.servers.process import free_port
from tests.unit.models.telemetry.build import tag

TAGS = TagTable([tag("A"), tag("B"), tag("C"), tag("D")])
READS = {1, 2, 3, 4}


class Device:
    """A device on a port of its own; remembers the function codes it was asked for."""

    def __init__(self):
        self.port = free_port()
        self.asked = set()

    async def start(self):
        device = SimDevice(
            1,
            simdata=(
                [SimData(0, values=[True, False], datatype=DataType.BITS)],
                [SimData(0, values=[False, True], datatype=DataType.BITS)],
                [SimData(0, values=[25.5], datatype=DataType.FLOAT32)],
                [SimData(0, values=[200], datatype=DataType.REGISTERS)],
            ),
        )
        self._server = ModbusTcpServer(
            device, address=("127.0.0.1", self.port), trace_pdu=self._note
        )
        await self._server.serve_forever(background=True)

    async def stop(self):
        await self._server.shutdown()

    def _note(self, sending, pdu):
        if not sending:
            self.asked.add(pdu.function_code)
        return pdu


def source(port, **registers):
    settings = ModbusSettings(
        host="127.0.0.1", port=port, period_s=0.1, timeout_s=1.0, registers=registers
    )
    return ModbusSource("plc", settings, TAGS, SystemClock())


ALL = {
    "A": Register(address=0, type="float32"),
    "B": Register(address=0, table="input", type="int16", scale=0.1),
    "C": Register(address=0, table="coil"),
    "D": Register(address=1, table="discrete"),
}


def test_that_all_tables_are_read_and_nothing_is_written():
    async def scenario():
        device = Device()
        await device.start()
        async with Pulled(source(device.port, **ALL)) as pulled:
            await wait_for(lambda: len(pulled.rows) >= 8)
        await device.stop()
        assert sorted(pulled.rows[:4]) == [(0, 25.5, 0), (1, 20.0, 0), (2, 1.0, 0), (3, 1.0, 0)]
        assert device.asked == READS

    asyncio.run(scenario())


def test_that_it_recovers_from_the_devices_restart():
    async def scenario():
        device = Device()
        await device.start()
        async with Pulled(source(device.port, **ALL)) as pulled:
            await wait_for(lambda: pulled.rows)
            await device.stop()
            await wait_for(lambda: not pulled.source.state().connected)
            before = len(pulled.rows)
            await device.start()
            await wait_for(lambda: len(pulled.rows) > before, 10)
            assert pulled.source.state().connected
        await device.stop()

    asyncio.run(scenario())


def test_that_a_refused_register_is_bad_and_told_and_others_go_on():
    async def scenario():
        device = Device()
        await device.start()
        registers = {"A": ALL["A"], "B": Register(address=5000), "unknown": Register(address=1)}
        async with Pulled(source(device.port, **registers)) as pulled:
            await wait_for(lambda: len(pulled.rows) >= 2)
            state = pulled.source.state()
        await device.stop()
        values = {t: (v, q) for t, v, q in pulled.rows}
        assert values[0] == (25.5, Quality.GOOD)
        assert math.isnan(values[1][0])
        assert values[1][1] == Quality.BAD
        assert "holding 5000…5000 refused" in state.detail
        assert "no tag 'unknown'" in "".join(pulled.source._feed.faults)

    asyncio.run(scenario())
