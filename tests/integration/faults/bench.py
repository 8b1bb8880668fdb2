"""A live site with a broker, its desk and its gateway, as processes that can be hurt."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import psutil

from app.clock import SystemClock
from app.journal import Journal
from app.queries.situations import SituationReader
from app.site import Site
from models.ids import RandomIds
from models.operation.events.base import Draft, Event, Payload
from models.operation.situation import Situation
from models.store import open_store
from models.store.reference import Origin, ReferenceStore
from tests.unit.models.telemetry.build import tag

ROOT = Path(__file__).parents[3]
WITHIN_S = 60.0
PATIENCE_S = 5.0  # three missing values of one a second, at least five seconds
TAGS = tuple(tag(f"T{i}", ("H", 50.0), period_s=1.0) for i in range(4))


class MissedError(AssertionError):
    """What was waited for didn't come."""


class DeskProcess:
    """A running desk and what is on its screen, line by line."""

    def __init__(self, site: Site, **environment: str) -> None:
        self._changed = threading.Condition()
        self._lines: list[dict[str, Any]] = []
        self.began_s = time.monotonic()
        self._errors = (site.path.parent / f"desk-{time.monotonic_ns()}.err").open("w+b")
        self.process = subprocess.Popen(
            [
                sys.executable, "-m", "tests.integration.faults.desk_process",
                "--site", str(site.path),
            ],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **environment},
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, name="desk-reader")
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith(b"{"):
                with self._changed:
                    self._lines.append(json.loads(line))
                    self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    @property
    def screen(self) -> dict[str, Any]:
        """What is on the screen now."""
        with self._changed:
            return self._lines[-1] if self._lines else {}

    @property
    def mark(self) -> int:
        """A place in what was seen so far, for `until(after=…)`."""
        return len(self._lines)

    def act(self, *words: str) -> int:
        """Let the hand do something; return the mark before."""
        assert self.process.stdin is not None
        mark = self.mark
        self.process.stdin.write(json.dumps(words).encode() + b"\n")
        self.process.stdin.flush()
        return mark

    def saw(self, name: str, after: int) -> None:
        """Wait until an act is noted as done."""
        self.until(lambda screen: name in screen["done"], after=after)

    def until(
        self, what: Callable[[dict[str, Any]], object], within_s: float = WITHIN_S, after: int = 0
    ) -> dict[str, Any]:
        """Return the first screen at or behind a mark that shows something."""
        ends_s = time.monotonic() + within_s
        place = max(0, after - 1)
        with self._changed:
            while True:
                for seen in self._lines[place:]:
                    if _sees(what, seen):
                        return seen
                place = len(self._lines)
                left_s = ends_s - time.monotonic()
                if left_s <= 0 or self.process.poll() is not None:
                    code = self.process.poll()
                    raise MissedError(
                        f"not seen (exit code {code}); last: {self._lines[-1:]}\n"
                        f"{self.errors()[-3000:]}"
                    )
                self._changed.wait(min(left_s, 0.5))

    def ready(self) -> "DeskProcess":
        """Wait until the desk is up."""
        self.until(bool)
        return self

    def errors(self) -> str:
        """What it said on stderr."""
        self._errors.seek(0)
        return self._errors.read().decode(errors="replace")

    def ends(self, within_s: float = 30.0) -> int:
        """Wait for the end and return the exit code."""
        code = self.process.wait(within_s)
        self._reader.join()
        return code

    def close(self) -> None:
        """End it in any case."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        for stream in (self.process.stdin, self.process.stdout, self._errors):
            assert stream is not None
            stream.close()


def _sees(what: Callable[[dict[str, Any]], object], screen: dict[str, Any]) -> bool:
    try:
        return bool(what(screen))
    except KeyError:  # what is asked for isn't on the screen yet
        return False


class LiveSite:
    """A live site; what stands in its record is read beside the desk."""

    def __init__(self, folder: Path, port: int = 0, store_url: str = "") -> None:
        self.site = Site(folder / "site")
        settings: dict[str, object] = {"mode": "live"}
        if port:
            settings |= {"mqtt.enabled": True, "mqtt.port": port}
            settings["mqtt.client_id"] = f"faults-{folder.name}-{os.getpid()}"
        if store_url:
            settings["store_url"] = store_url
        self.site.create(settings)
        self.store = open_store(self.site.store_url(store_url))
        ReferenceStore(self.store).commit(
            {"tags": TAGS}, Origin(kind="tags", at_us=1, actor="test")
        )
        self.journal = Journal(self.store, SystemClock(), RandomIds())
        self.desks: list[DeskProcess] = []

    def open_desk(self, **environment: str) -> DeskProcess:
        """Open a desk and wait until it is ready; one that still runs is killed."""
        for former in self.desks:
            former.close()
        self.desks.clear()
        desk = DeskProcess(self.site, **environment)
        self.desks.append(desk)
        return desk.ready()

    @property
    def gateway_id(self) -> int:
        """The gateway's process id."""
        return int(msgspec.json.decode(self.site.gateway_file.read_bytes())["process_id"])

    def kill_gateway(self) -> float:
        """Kill -9; return when [s]."""
        os.kill(self.gateway_id, signal.SIGKILL)
        return time.monotonic()

    def events(self) -> list[Event]:
        """The record of the one operation."""
        (operation,) = [o for o in self.journal.operations() if o.mode == "live"]
        return list(self.journal.read(operation.id, 0, 100_000))

    def append(self, payload: Payload) -> str:
        """Append to the record as another desk would; return the subject."""
        (operation,) = [o for o in self.journal.operations() if o.mode == "live"]
        draft = Draft(payload=payload, subject=f"beside-{operation.head.seq}", actor="test")
        return self.journal.append(operation.id, [draft])[0].subject

    def situation(self) -> Situation:
        """The folded record."""
        (operation,) = [o for o in self.journal.operations() if o.mode == "live"]
        return SituationReader(self.journal).latest(operation.id)

    def muster(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Run a headless command on the site."""
        return muster(*words, "--site", str(self.site.path))

    def close(self) -> None:
        """End everything that still runs."""
        for desk in self.desks:
            desk.close()
        self.store.close()
        if self.site.gateway_file.exists():
            try:
                gateway = psutil.Process(self.gateway_id)
                gateway.kill()
                gateway.wait(10)
            except (psutil.Error, OSError, ValueError, msgspec.MsgspecError):
                return


def muster(*words: str, **options: Any) -> "subprocess.CompletedProcess[str]":
    """Run `muster …` and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=WITHIN_S,
        check=False,
        **options,
    )
