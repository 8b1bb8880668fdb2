"""Modbus TCP as a `Source`: a device is polled; functions 1 to 4 (reads) alone are used."""

import math
import struct
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ModbusException

from app.clock import Clock
from app.gateway.feed import Feed, Pause
from app.source_settings import ModbusSettings, Register
from models.telemetry.ports import Quality, SampleBatch, SourceState
from models.telemetry.samples import make_batch
from models.telemetry.tags import TagTable

_MOST = {"holding": 125, "input": 125, "coil": 2000, "discrete": 2000}  # Modbus V1.1b3, 6.1…6.4
_GAP = 8
_FORMATS = {
    "int16": ">h",
    "uint16": ">H",
    "int32": ">i",
    "uint32": ">I",
    "int64": ">q",
    "uint64": ">Q",
    "float32": ">f",
    "float64": ">d",
}


def width(register: Register) -> int:
    """Return how many registers (or bits of a coil table) a value takes."""
    if register.table in ("coil", "discrete") or register.type == "bool":
        return 1
    return struct.calcsize(_FORMATS[register.type]) // 2


def value_of(words: Sequence[int], register: Register) -> float:
    """Return the value that registers hold: raw × scale + offset, NaN where it is none.

    Parameters
    ----------
    words : sequence of int, shape (width(register),)
        16-bit registers as they came, or one bit.

    Examples
    --------
    >>> value_of([0x0000, 0x41C8], Register(address=0, type="float32", order="CDAB"))
    25.0
    """
    if register.table in ("coil", "discrete"):
        raw = float(bool(words[0]))
    elif register.bit is not None:
        raw = float(words[0] >> register.bit & 1)
    else:
        placed = words[::-1] if register.order in ("CDAB", "DCBA") else words
        end = "<" if register.order in ("BADC", "DCBA") else ">"
        data = struct.pack(f"{end}{len(placed)}H", *placed)
        raw = float(struct.unpack(_FORMATS[register.type], data)[0])
    value = raw * register.scale + register.offset
    return value if math.isfinite(value) else math.nan


@dataclass(frozen=True, slots=True)
class Block:
    """Neighbouring values that one request reads."""

    table: str
    address: int
    size: int
    members: tuple[tuple[str, Register], ...]


def blocks(registers: Mapping[str, Register]) -> tuple[Block, ...]:
    """Return the fewest requests that read all values without spanning wide gaps."""
    found: list[Block] = []
    order = sorted(registers.items(), key=lambda pair: (pair[1].table, pair[1].address, pair[0]))
    for key, register in order:
        end = register.address + width(register)
        last = found[-1] if found else None
        if (
            last is not None
            and last.table == register.table
            and register.address <= last.address + last.size + _GAP
            and end - last.address <= _MOST[register.table]
        ):
            size = max(last.size, end - last.address)
            members = (*last.members, (key, register))
            found[-1] = Block(last.table, last.address, size, members)
        else:
            found.append(
                Block(register.table, register.address, width(register), ((key, register),))
            )
    return tuple(found)


class ModbusSource:
    """Polls one device; what it refuses is bad, what doesn't come is missing."""

    def __init__(self, name: str, settings: ModbusSettings, tags: TagTable, clock: Clock) -> None:
        self.name = name
        self._settings = settings
        self._clock = clock
        self._feed = Feed(name, clock)
        self._where = f"{settings.host}:{settings.port} unit {settings.unit}"
        self._feed.say(f"{self._where}: connecting", connected=False)
        self.set_tags(tags)

    def set_tags(self, tags: TagTable) -> None:
        """Give the indices of another table from here on."""
        self._index = tags.index
        known = {k: r for k, r in self._settings.registers.items() if k in tags.index}
        for key in sorted(self._settings.registers.keys() - known.keys()):
            self._feed.fault(f"registers: no tag {key!r}")
        self._blocks = blocks(known)

    def state(self) -> SourceState:
        """Return state and counts."""
        return self._feed.state()

    async def batches(self) -> AsyncIterator[SampleBatch]:
        """Yield what is read, until cancelled; reconnects by itself."""
        pause = Pause()
        while True:
            # a fresh client each time: what a broken one still holds can't answer later requests
            client = AsyncModbusTcpClient(
                self._settings.host,
                port=self._settings.port,
                timeout=self._settings.timeout_s,
                retries=0,
                reconnect_delay=0,
            )
            try:
                if not await client.connect():
                    raise ConnectionError("no connection")
                async for batch in self._poll(client):
                    pause.reset()
                    yield batch
            except (ModbusException, OSError, TimeoutError) as error:
                self._feed.say(f"{self._where}: {error}", connected=False)
            finally:
                with suppress(ModbusException, OSError):
                    client.close()
            await pause.wait()

    async def _poll(self, client: AsyncModbusTcpClient) -> AsyncIterator[SampleBatch]:
        period_us = round(self._settings.period_s * 1e6)
        while True:
            began_us = self._clock.now_us()
            rows: list[tuple[int, float, int]] = []
            refused = ""
            for block in self._blocks:
                answered, why = await self._read(client, block)
                rows += answered
                refused = why or refused
            detail = f"{self._where}: {refused}" if refused else self._where
            self._feed.say(detail, connected=True)
            if rows:
                tag, value, quality = zip(*rows, strict=True)
                now_us = self._clock.now_us()
                batch = make_batch(tag, now_us, now_us, value, quality)
                self._feed.note(batch)
                yield batch
            await self._clock.sleep_until(began_us + period_us)

    async def _read(
        self, client: AsyncModbusTcpClient, block: Block
    ) -> tuple[list[tuple[int, float, int]], str]:
        """Return (tag, value, quality) of a block, and why the device refused it."""
        read = {
            "holding": client.read_holding_registers,
            "input": client.read_input_registers,
            "coil": client.read_coils,
            "discrete": client.read_discrete_inputs,
        }[block.table]
        answer = await read(block.address, count=block.size, device_id=self._settings.unit)
        self._feed.messages += 1
        words = answer.bits if block.table in ("coil", "discrete") else answer.registers
        members = [(self._index[key], register) for key, register in block.members]
        if answer.isError() or len(words) < block.size:
            code = getattr(answer, "exception_code", 0)
            why = f"{block.table} {block.address}…{block.address + block.size - 1} refused ({code})"
            self._feed.fault(why)
            return [(tag, math.nan, int(Quality.BAD)) for tag, _ in members], why
        rows = []
        for tag, register in members:
            start = register.address - block.address
            value = value_of(words[start : start + width(register)], register)
            quality = Quality.BAD if math.isnan(value) else Quality.GOOD
            rows.append((tag, value, int(quality)))
        return rows, ""
