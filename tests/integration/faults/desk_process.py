"""The real desk, watched from inside: `python -m tests.integration.faults.desk_process --site DIR`.

What is on the screen is written to stdout as one JSON line whenever it changes; each line of
stdin is an act: `["note", "text"]`. The desk knows nothing of it.
"""

import argparse
import asyncio
import json
import sys
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from app.commands.alarm import AcknowledgeAlarms
from app.commands.operation import WriteNote
from app.main import run_desk
from views.leaving import LeaveBox
from views.shell.top_bar import TopBar
from views.watch.alarm_table import AlarmTable

if TYPE_CHECKING:
    from app.main import DeskApp

_LOOK_MS = 50


class Eye:
    """Looks at the screen and says what changed."""

    def __init__(self, desk: "DeskApp") -> None:
        self.desk = desk
        self.done: list[str] = []
        self._seen: dict[str, Any] = {}
        self._timer = QTimer(interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Write what is on the screen, if it is another than before."""
        if self.desk._done is None or self.desk._done.done():
            self._timer.stop()  # the desk is leaving: there is no screen any more
            return
        seen = self._screen()
        if seen != self._seen:
            self._seen = seen
            print(json.dumps({"at_s": time.monotonic(), **seen}), flush=True)

    def _screen(self) -> dict[str, Any]:
        screens, runtime = self.desk.screens, self.desk.runtime
        window = screens.window
        sync = window.top_bar.findChild(QLabel, "sync")
        edits = window.findChildren(QLineEdit)
        return {
            "failures": {
                line.objectName().removeprefix("failure-"): line.text()
                for line in window.failures._lines
                if not window.failures.isHidden()
            },
            "notices": {
                row.notice.code: window.notices._sentence(row.notice)
                for row in window.notices._rows
                if not window.notices.isHidden()
            },
            "sync": sync.text() if isinstance(sync, QLabel) else "",
            "clock": window.findChild(TopBar).findChild(QLabel, "clock").text(),
            "banner": "" if screens.map._banner.isHidden() else screens.map._banner.text(),
            "map_ready": screens.map.is_ready,
            "renderer": screens.map.backend.page.renderProcessPid(),
            "alarms": {a.id: a.state for a in runtime.situation.alarms.values()},
            "alarm_rows": sum(t.view.model().rowCount() for t in window.findChildren(AlarmTable)),
            "cards": sorted(runtime.situation.cards),
            "stale": sorted(runtime.situation.stale_tags),
            "sources": {
                s.name: [s.connected, s.malformed, s.samples, s.last_malformed]
                for s in runtime.gateway.sources
            },
            "feed": _text(window, "monitor-feed-detail"),
            "gateway": _text(window, "monitor-gateway"),
            "restarted": runtime.gateway.restarted,
            "typed": {e.objectName(): e.text() for e in edits if e.objectName()[:5] == "call-"},
            "call_open": any(e.isEnabled() for e in edits if e.objectName() == "call-caller"),
            "box": [b.isVisible() for b in window.findChildren(LeaveBox)],
            "done": list(self.done),
        }


def _text(parent: QWidget, name: str) -> str:
    label = parent.findChild(QLabel, name)
    return label.text() if label is not None else ""


class Hand:
    """Does what it is told."""

    def __init__(self, desk: "DeskApp", eye: Eye) -> None:
        self._desk = desk
        self._eye = eye
        self._kept: list[Any] = []

    def act(self, name: str, *words: str) -> None:
        """Do one thing; what becomes of a command is noted."""
        getattr(self, f"_{name}")(*words)

    def _note(self, text: str) -> None:
        self._run(text, WriteNote(text=text))

    def _acknowledge(self, alarm_id: str) -> None:
        self._run(alarm_id, AcknowledgeAlarms(alarm_ids=(alarm_id,)))

    def _run(self, name: str, command: object) -> None:
        future = self._desk.runtime.execute(command)

        def note(done: "asyncio.Future[Any]") -> None:
            error = done.exception()
            self._eye.done.append(f"{name}: {type(error).__name__ if error else 'stored'}")

        future.add_done_callback(note)

    def _call(self) -> None:
        self._desk.screens.watch.call.start_call()

    def _type(self, name: str, text: str) -> None:
        edit = self._desk.screens.window.findChild(QLineEdit, name)
        edit.setText(text)
        edit.textEdited.emit(text)

    def _click(self, name: str) -> None:
        self._desk.screens.window.findChild(QPushButton, name).click()

    def _close(self) -> None:
        self._desk.screens.window.close()

    def _station(self, name: str) -> None:
        self._desk.screens.window.open_station(name)

    def _fail(self, where: str) -> None:
        """Let something nobody foresaw happen."""
        getattr(self, f"_fail_in_{where}")()

    def _fail_in_slot(self) -> None:
        button = QPushButton()
        button.clicked.connect(_Failing("slot"))
        button.click()

    def _fail_in_virtual(self) -> None:
        widget = _Broken(self._desk.screens.window)
        widget.show()
        widget.grab()
        widget.deleteLater()

    def _fail_in_thread(self) -> None:
        threading.Thread(target=_Failing("thread")).start()

    def _fail_in_loop(self) -> None:
        asyncio.get_running_loop().call_soon(_Failing("loop"))

    def _fail_in_timer(self) -> None:
        QTimer.singleShot(0, _Failing("timer"))


class _Broken(QWidget):
    """A widget that can't be painted, sized or resized."""

    def paintEvent(self, _event: object) -> None:
        raise RuntimeError("virtual")

    def resizeEvent(self, _event: object) -> None:
        raise RuntimeError("virtual")

    def sizeHint(self) -> Any:
        raise RuntimeError("virtual")


class _Failing:
    def __init__(self, where: str) -> None:
        self._where = where

    def __call__(self, *_: object) -> None:
        raise RuntimeError(self._where)


def _listen(loop: asyncio.AbstractEventLoop, act: Callable[..., None]) -> None:
    for line in sys.stdin:
        loop.call_soon_threadsafe(act, *json.loads(line))


def main() -> int:
    """Run the desk; return its exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--site", required=True)
    args = parser.parse_args()
    kept: list[object] = []

    def start(desk: "DeskApp") -> None:
        eye = Eye(desk)
        kept.append(eye)
        loop = asyncio.get_running_loop()
        threading.Thread(target=_listen, args=(loop, Hand(desk, eye).act), daemon=True).start()

    desk_args = argparse.Namespace(
        site=args.site, exit_when_ready=False, language="en", theme="dark"
    )
    return run_desk(desk_args, start)


if __name__ == "__main__":
    sys.exit(main())
