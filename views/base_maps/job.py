"""Makes a base map in a process of its own: the desk only reads its progress."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

_GRACE_MS = 4000


class BaseMapJob(QObject):
    """Runs `muster import basemap` for one file at a time.

    Signals: progressed(step, share 0…1); ended(findings, code): code is '' when it is on the list,
    'cancelled', or why not ('damaged', 'unknown_format', 'empty', 'disk', …).
    """

    progressed = Signal(str, float)
    ended = Signal(object, str)

    def __init__(
        self, site: Path, parent: QObject | None = None, *, python: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self._site = site
        self._python = list(python or (sys.executable, "-m", "app"))
        self._process: QProcess | None = None
        self._cancelled = False
        self._refused = ""
        self._kill = QTimer(self, singleShot=True, interval=_GRACE_MS)
        self._kill.timeout.connect(self._on_kill_timeout)

    @property
    def is_running(self) -> bool:
        """Whether a base map is being made."""
        return self._process is not None

    def start(self, file: Path) -> None:
        """Begin; nothing happens while another one is being made."""
        if self._process is not None:
            return
        self._cancelled, self._refused = False, ""
        process = QProcess(self)
        process.setReadChannel(QProcess.ProcessChannel.StandardError)
        self._process = process
        process.readyReadStandardError.connect(self._on_process_ready_read_standard_error)
        process.finished.connect(self._on_process_finished)
        process.errorOccurred.connect(self._on_process_error_occurred)
        program, *words = self._python
        process.start(program, [
            *words, "import", "basemap", str(file), "--site", str(self._site), "--json",
            "--progress",
        ])  # fmt: skip

    def cancel(self) -> None:
        """Ask it to stop; one that doesn't is ended."""
        if self._process is not None:
            self._cancelled = True
            self._process.terminate()
            self._kill.start()

    def shut_down(self) -> None:
        """End it with the desk: what is half made is never shown."""
        process, self._process = self._process, None
        self._kill.stop()
        if process is not None:
            process.disconnect(self)
            process.kill()
            process.waitForFinished(_GRACE_MS)

    @Slot()
    def _on_kill_timeout(self) -> None:
        if self._process is not None:
            self._process.kill()

    @Slot()
    def _on_process_ready_read_standard_error(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine().data())
            self._hear(line)

    def _hear(self, line: bytes) -> None:
        try:
            said: dict[str, Any] = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError:
            return  # something for people
        if "share" in said:
            self.progressed.emit(str(said.get("step", "")), float(said["share"]))
        elif "refused" in said:
            self._refused = str(said["refused"])

    @Slot(QProcess.ProcessError)
    def _on_process_error_occurred(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end([], "not_started")

    @Slot(int, QProcess.ExitStatus)
    def _on_process_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        for line in bytes(process.readAllStandardError().data()).splitlines():
            self._hear(line)
        if self._cancelled and code != 0:
            self._end([], "cancelled")
        elif status is QProcess.ExitStatus.NormalExit and code == 0:
            self._end(_findings(bytes(process.readAllStandardOutput().data())), "")
        else:
            self._end([], self._refused or "broken")

    def _end(self, findings: list[str], code: str) -> None:
        process, self._process = self._process, None
        self._kill.stop()
        if process is not None:
            process.deleteLater()
            self.ended.emit(findings, code)


def _findings(body: bytes) -> list[str]:
    try:
        return [str(found["reason"]) for found in msgspec.json.decode(body)["findings"]]
    except (msgspec.DecodeError, KeyError, TypeError):
        return []
