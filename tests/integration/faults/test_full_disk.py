"""A disk that fills up under a running desk and gateway, and is freed again."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.integration.faults.bench import DeskProcess, LiveSite, muster

pytestmark = [
    pytest.mark.expect_log("Client is not connected"),
    pytest.mark.needs("mosquitto"),
]
_DISK_MB = 24


class _SmallDisk:
    """A disk of 24 MB that is filled to the last block."""

    told = ("not_stored_full", "NOT STORED. The disk is full. Write it down and try again.")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, _live: LiveSite, _desk: DeskProcess) -> None:
        with (self.folder / "filler").open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(b"\0" * size)
                except OSError:
                    continue
        assert shutil.disk_usage(self.folder).free == 0
        refused = muster("--exit-when-ready", "--site", str(self.folder / "new"))
        assert refused.returncode == 2
        assert "the disk is full; free some space" in refused.stderr

    def free(self) -> None:
        (self.folder / "filler").unlink()


class _ShortFiles:
    """Where nobody may mount: no file of desk and gateway can grow any more."""

    told = ("not_stored_failed", "NOT STORED. The store does not answer.")

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._processes: list[psutil.Process] = []

    def fill(self, live: LiveSite, desk: DeskProcess) -> None:
        self._processes = [psutil.Process(pid) for pid in (desk.process.pid, live.gateway_id)]
        self._limit(4096)

    def free(self) -> None:
        self._limit(psutil.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        for process in self._processes:
            process.rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[_SmallDisk | _ShortFiles]:
    """A small disk, or what comes nearest where mounting is forbidden."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m", "tmpfs", str(folder)]
    if shutil.which("mount") and subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0:
        yield _SmallDisk(folder)
        subprocess.run(["umount", "-l", str(folder)], check=True)
    else:
        yield _ShortFiles(folder)


def test_that_full_disk_is_told_and_nothing_confirmed_is_lost(disk, mosquitto):
    live = LiveSite(disk.folder, mosquitto.port)
    try:
        desk = live.open_desk()
        desk.until(lambda s: s["sources"]["mqtt"][0])
        mark = desk.act("note", "before")
        desk.until(lambda s: "before: stored" in s["done"], after=mark)
        disk.fill(live, desk)
        full_s = time.monotonic()
        mark = desk.act("note", "x" * 30_000)
        code, text = disk.told
        told = desk.until(lambda s: code in s["notices"], after=mark)
        assert told["notices"][code].startswith(text)
        for key in ("T0", "T1", "T2"):
            mosquitto.publish(f"muster/{key}", b"60")
        for number in range(40):  # until the room that was left within the files is used up
            desk.act("note", f"{number}" + "x" * 30_000)
            mosquitto.publish("muster/T3", b'{"v": 60}')
        shown = desk.until(lambda s: {"journal", "history"} & set(s["failures"]), after=mark)
        assert "Free disk space" in " ".join(shown["failures"].values())
        assert shown["at_s"] - full_s < 30
        assert desk.process.poll() is None
        disk.free()
        mark = desk.mark
        desk.until(lambda s: not s["failures"] and len(s["alarms"]) == 4, after=mark)
        mark = desk.act("note", "after")
        desk.until(lambda s: "after: stored" in s["done"], after=mark)
        notes = [getattr(e.payload, "text", "") for e in live.events()]
        stored = [d.partition(": ")[0] for d in desk.screen["done"] if d.endswith(": stored")]
        assert [note for note in notes if note] == stored
        (operation,) = [o for o in live.journal.operations() if o.mode == "live"]
        assert live.journal.verify(operation.id).ok
        assert "Traceback" not in desk.errors()
    finally:
        live.close()
