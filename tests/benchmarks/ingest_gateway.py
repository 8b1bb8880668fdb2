"""A gateway on a site of its own that takes known samples from a broker, and a flood of them."""

import asyncio
import socket
import struct
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.clock import SystemClock
from app.gateway.books import Books
from app.gateway.engine import Engine, Parts, preloaded
from app.gateway.history import History
from app.gateway.judging import Judging
from app.gateway.latest import Latest
from app.gateway.mqtt import MqttSource, topic_templates
from app.gateway.operation import Wanted, ensure_operation
from app.gateway.payloads import PayloadDecoder
from app.gateway.server import GatewayServer
from app.journal import Journal
from app.queries.situations import SituationReader
from app.settings import MqttSettings
from models.ids import RandomIds
from models.registry.kinds import Tag
from models.store import open_store
from models.store.reference import Origin, ReferenceStore
from tests.servers.mosquitto import Mosquitto

_GRID_US = 250_000


def gateway_seconds(broker: Mosquitto, tags: list[Tag], flood: bytes, samples: int) -> float:
    """Return the time from the first byte sent until all is judged and stored as chunks."""
    with tempfile.TemporaryDirectory(prefix="muster-ingest-") as folder:
        return asyncio.run(_run(Path(folder), broker, tags, flood, samples))


async def _run(
    folder: Path, broker: Mosquitto, tags: list[Tag], flood: bytes, samples: int
) -> float:
    clock = SystemClock()
    store = open_store(f"sqlite:///{(folder / 'operations.db').as_posix()}")
    executor = ThreadPoolExecutor(2)
    try:
        reference_store = ReferenceStore(store)
        origin = Origin(kind="tags", at_us=clock.now_us(), actor="bench")
        revision = reference_store.commit({"tags": tags}, origin)
        journal = Journal(store, clock, RandomIds())
        wanted = Wanted(mode="live", site="bench", revision=getattr(revision, "revision", 1))
        operation = ensure_operation(journal, clock, RandomIds(), wanted)
        situation = SituationReader(journal).latest(operation)
        reference = preloaded(reference_store, situation.reference_revision)
        judging = Judging(reference, situation, clock.now_us(), _GRID_US)
        history = History(folder / "history", judging.tags)
        history.recover()
        latest = Latest(judging.tags.keys)
        settings = MqttSettings(enabled=True, host=broker.host, port=broker.port)
        decoder = PayloadDecoder(judging.tags, topic_templates(settings.topics))
        source = MqttSource(settings, decoder, clock, client_id="bench", queue=65_535)
        parts = Parts(
            clock=clock,
            books=Books(journal, situation, executor),
            reference_store=reference_store,
            history=history,
            latest=latest,
            server=GatewayServer(folder / "gateway.json", latest, history.curve, executor, print),
            executor=executor,
            sources=[source],
            grid_us=_GRID_US,
        )
        engine = Engine(parts, reference, judging)
        running = asyncio.ensure_future(engine.run())
        while not source.state().connected:
            await asyncio.sleep(0.02)
        began_s = time.perf_counter()
        sender = send(broker, flood)
        while (state := source.state()).samples < samples:
            if state.dropped or state.malformed or running.done():
                raise RuntimeError(f"{state}")
            await asyncio.sleep(0.05)
        engine.stop()
        await running
        took_s = time.perf_counter() - began_s
        sender.join()
        return took_s
    finally:
        executor.shutdown()
        store.close()


def publishes(messages: list[tuple[str, bytes]]) -> bytes:
    """Return PUBLISH packets of QoS 0 (MQTT 3.1.1, 3.3)."""
    packets = []
    for topic, payload in messages:
        name = topic.encode()
        body = struct.pack(">H", len(name)) + name + payload
        packets.append(b"\x30" + _length(len(body)) + body)
    return b"".join(packets)


def send(broker: Mosquitto, packets: bytes) -> threading.Thread:
    """Send packets as fast as the broker takes them, by a thread that only waits in the kernel."""

    def work() -> None:
        with socket.create_connection((broker.host, broker.port)) as connection:
            hello = b"\x00\x04MQTT\x04\x02\x00\x00\x00\x05flood"
            connection.sendall(b"\x10" + _length(len(hello)) + hello)
            connection.recv(4)
            connection.sendall(packets + b"\xe0\x00")
            connection.recv(1)

    thread = threading.Thread(target=work, name="flood")
    thread.start()
    return thread


def _length(size: int) -> bytes:
    out = bytearray()
    while True:
        size, byte = divmod(size, 128)
        out.append(byte | (0x80 if size else 0))
        if not size:
            return bytes(out)
