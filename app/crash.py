"""The last net: what nobody caught is logged and shown as a notice, and the desk goes on."""

import asyncio
import faulthandler
import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

if TYPE_CHECKING:
    from sys import UnraisableHookArgs
    from threading import ExceptHookArgs

_LOG = logging.getLogger("muster.crash")
_QT_LOG = logging.getLogger("muster.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.INFO,  # for the file: most are about drivers that are missing
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
# what the offscreen platform says of every window
_NOISE = ("propagateSizeHints",)


class CrashGuard(QObject):
    """Hooks everything that Python, threads, asyncio and Qt report as uncaught.

    Signals: failed(str): a short technical text, on the UI thread whatever thread it came from.
    Make it on the UI thread; `install` before the loop runs, `remove` after.
    """

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._lock = threading.Lock()
        self._voice: TextIO | None = None
        self._before: tuple[Callable[..., Any], ...] | None = None

    def install(self, loop: asyncio.AbstractEventLoop, logs: Path) -> None:
        """Put all hooks in place; a crash of the interpreter itself is written to `logs`."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable
        loop.set_exception_handler(self._on_loop_exception)
        qInstallMessageHandler(_log_qt_message)
        if faulthandler.is_enabled():
            return  # whoever started us with it (a developer, pytest) wants the stacks there
        try:
            self._voice = (logs / "desk.fault").open("a", encoding="utf-8")
        except OSError as error:
            _LOG.warning("no place for the fault log: %s", error)
        else:
            faulthandler.enable(self._voice)

    def remove(self) -> None:
        """Take the hooks away again."""
        if self._before is None:
            return
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
        self._before = None
        qInstallMessageHandler(None)
        if self._voice is not None:
            faulthandler.disable()
            self._voice.close()
            self._voice = None

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        self._tell("on the UI thread", error.with_traceback(trace))

    def _on_thread_exception(self, args: "ExceptHookArgs") -> None:
        if args.exc_value is not None:
            name = args.thread.name if args.thread is not None else "?"
            self._tell(f"in thread {name}", args.exc_value)

    def _on_unraisable(self, args: "UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self._tell(f"in {args.object!r}", args.exc_value)

    def _on_loop_exception(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        message = str(context.get("message", "")) or "in the event loop"
        if isinstance(error, asyncio.CancelledError):
            return
        if isinstance(error, BaseException):
            self._tell(message, error)
        else:
            _LOG.error("event loop: %s", message)

    def _tell(self, where: str, error: BaseException) -> None:
        """Log in full the first time, then at every doubling: a painter fails 60 times a second."""
        text = _short(error)
        with self._lock:
            times = self._counts[text] = self._counts.get(text, 0) + 1
        if times == 1:
            _LOG.error("uncaught %s", where, exc_info=error)
        elif times & (times - 1) == 0:
            _LOG.error("uncaught %s, %d times: %s", where, times, text)
        if times & (times - 1) == 0:
            self.failed.emit(text)


def _short(error: BaseException) -> str:
    """Return type, text and place of an error in one line."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    text = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {text}{place}" if text else f"{type(error).__name__}{place}"


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    level = logging.DEBUG if any(n in message for n in _NOISE) else _LEVELS.get(kind, logging.ERROR)
    _QT_LOG.log(level, "%s: %s", context.category or "qt", message)
