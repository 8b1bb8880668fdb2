"""Processes that write to a site's journal until they are killed, and what they confirmed."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from app.clock import SystemClock
from app.journal import Journal
from app.site import Site
from models.basics import Name, Phone
from models.ids import OperationId, RandomIds
from models.operation.events import Draft, Payload
from models.operation.events.operation import NoteWritten
from models.operation.events.order import OrderIssued
from models.store import Store, open_store
from models.store.wake import open_waker

Confirmed = dict[tuple[str, int], str]
_START_S = 90.0
_ACTOR = "soak"


class VictimError(Exception):
    """The process ended by itself or wrote nothing; the text holds its last words."""


class Victim(Protocol):
    """Lets a process write and kills it; returns every event it had confirmed before."""

    name: str

    def round(self, site: Site, rng: random.Random) -> Confirmed:
        """Start, let it write for a random while, kill -9, return (operation, seq) → hash."""
        ...


class AppendVictim:
    """The headless command: a line `seq hash` on its output confirms a batch."""

    name = "append"
    operation = "soak"

    def round(self, site: Site, rng: random.Random) -> Confirmed:
        """Feed batches, kill in the middle of the stream."""
        command = [sys.executable, "-m", "app", "append", self.operation, "--site", str(site.path)]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stderr is not None
        feeder = threading.Thread(target=self._feed, args=(process, site, rng.random()))
        feeder.start()
        first = process.stdout.readline()
        threading.Event().wait(rng.uniform(0.0, 0.15))
        process.kill()
        rest, errors = process.stdout.read(), process.stderr.read()
        process.wait()
        feeder.join()
        process.stdout.close()
        process.stderr.close()
        if not first:
            raise VictimError(f"append confirmed nothing: {errors.decode()}")
        lines = (first + rest).split(b"\n")[:-1]  # a line cut by the kill confirms nothing
        found: Confirmed = {}
        for line in lines:
            seq, hash_ = line.decode().split()
            found[self.operation, int(seq)] = hash_
        return found

    def _feed(self, process: "subprocess.Popen[bytes]", site: Site, seed: float) -> None:
        rng = random.Random(seed)
        assert process.stdin is not None
        # the pipe breaks when the process is killed, and again when what is buffered is dropped
        with suppress(OSError), process.stdin:
            if not site.operations_db.exists():
                process.stdin.write(_line([_START]))
            for number in range(100_000):
                note = {"text": f"{number} " + "x" * rng.randint(0, 3000)}
                batch = [{"kind": "note.written", "subject": "soak", "payload": note}]
                process.stdin.write(_line(batch * rng.randint(1, 5)))
                process.stdin.flush()


_START = {
    "kind": "operation.started",
    "subject": "soak",
    "payload": {
        "mode": "drill", "name": "soak", "site": "soak", "software_version": "0",
        "reference_revision": 0,
    },
}  # fmt: skip


def _line(batch: list[dict[str, object]]) -> bytes:
    return json.dumps(batch).encode() + b"\n"


class ProgramVictim:
    """The gateway or the desk: what another program could read of the journal is confirmed.

    Beside it this process appends notes of its own to the same operation, as a desk does beside
    a gateway; a returned append is confirmed too.
    """

    def __init__(self, name: str, arguments: tuple[str, ...], lock_names: tuple[str, ...]) -> None:
        self.name = name
        self._arguments = arguments
        self._lock_names = lock_names

    def round(self, site: Site, rng: random.Random) -> Confirmed:
        """Let it run until it wrote something, then a random while longer."""
        command = [sys.executable, "-m", "app", *self._arguments, "--site", str(site.path)]
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        log = site.path / "victim.log"
        with log.open("wb") as output:
            process = subprocess.Popen(command, stdout=output, stderr=output, env=environment)
        try:
            store = _await_store(site, process, log)
            try:
                return self._watch(store, process, rng, log)
            finally:
                store.close()
        finally:
            process.kill()
            process.wait()
            self._kill_children(site, process.pid)

    def _watch(
        self, store: Store, process: "subprocess.Popen[bytes]", rng: random.Random, log: Path
    ) -> Confirmed:
        journal = Journal(store, SystemClock(), RandomIds())
        before = {operation.id: operation.head.seq for operation in journal.operations()}
        seen = dict(before)
        found: Confirmed = {}
        waker = open_waker(store)
        end_s = time.monotonic() + _START_S
        provoke_s = 0.0
        killed_at_s: float | None = None
        try:
            while killed_at_s is None or time.monotonic() < killed_at_s:
                if process.poll() is not None or time.monotonic() > end_s:
                    raise VictimError(f"{self.name} wrote nothing:\n{log.read_text()[-2000:]}")
                waker.wait(0.02)
                wrote = _read_new(journal, seen, found)
                if time.monotonic() > provoke_s:
                    provoke_s = time.monotonic() + 0.5
                    _write_beside(journal, found, _silent_order())
                if wrote and killed_at_s is None:
                    killed_at_s = time.monotonic() + rng.uniform(0.0, 0.4)
                    end_s += 1.0
                if killed_at_s is not None:
                    _write_beside(journal, found, NoteWritten(text="beside"))
        finally:
            waker.close()
        process.send_signal(signal.SIGKILL)
        return found

    def _kill_children(self, site: Site, own: int) -> None:
        """Kill what the program started by itself, by the process id in its lock file."""
        for name in self._lock_names:
            with suppress(OSError, ValueError):
                process_id = int((site.path / name).read_text().strip())
                if process_id != own:
                    os.kill(process_id, signal.SIGKILL)


def _await_store(site: Site, process: "subprocess.Popen[bytes]", log: Path) -> Store:
    end_s = time.monotonic() + _START_S
    while not site.operations_db.exists():
        if process.poll() is not None or time.monotonic() > end_s:
            raise VictimError(f"no store was made:\n{log.read_text()[-2000:]}")
        threading.Event().wait(0.02)
    return open_store(site.store_url())


def _read_new(journal: Journal, seen: dict[OperationId, int], found: Confirmed) -> bool:
    wrote = False
    for operation in journal.operations():
        for event in journal.read(operation.id, seen.get(operation.id, 0)):
            found[operation.id, event.seq] = event.hash.hex()
            seen[operation.id] = event.seq
            wrote |= event.actor != _ACTOR
    return wrote


def _silent_order() -> OrderIssued:
    """Return an order whose receipt is due at once: the gateway escalates it."""
    return OrderIssued(
        incident_id="",
        team_key="soak",
        team_name=Name(en="soak"),
        text="answer",
        phones=(Phone(number="1"), Phone(number="2")),
        receipt_due_us=0,
        feedback_due_us=0,
    )


def _write_beside(journal: Journal, found: Confirmed, payload: Payload) -> None:
    for operation in journal.operations():
        if operation.stopped_us is None and operation.id != "register":
            subject = f"soak-{operation.head.seq}"
            draft = Draft(payload=payload, subject=subject, actor=_ACTOR)
            for event in journal.append(operation.id, [draft]):
                found[operation.id, event.seq] = event.hash.hex()


def gateway() -> Victim:
    """Return the gateway as a victim."""
    return ProgramVictim("gateway", ("gateway",), ())


def desk() -> Victim:
    """Return the desk as a victim; the gateway it starts is killed with it."""
    return ProgramVictim("desk", (), ("gateway.lock",))
