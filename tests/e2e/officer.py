"""An officer at the real desk: presses keys, clicks widgets, and waits for facts."""

import asyncio
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QLineEdit, QWidget

from app.desk_runtime import DeskRuntime
from models.operation.situation import Situation

if TYPE_CHECKING:
    from app.main import DeskApp

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
_LOOK_S = 0.01
WITHIN_S = 30.0


class NotSeenError(AssertionError):
    """A fact that the officer waited for didn't come."""


class Officer:
    """Works the desk and notes what was done and when.

    Keys go to whatever has the focus, as on a real keyboard. They are pressed from the event
    loop and not from the coroutine, since some of them open a dialog that waits for an answer.
    """

    def __init__(self, desk: "DeskApp") -> None:
        self.desk = desk
        self.actions: list[str] = []
        self.steps: list[dict[str, object]] = []
        self._began_s = time.monotonic()

    @property
    def runtime(self) -> DeskRuntime:
        """The desk's services."""
        return self.desk.runtime

    @property
    def situation(self) -> Situation:
        """What is on screen."""
        return self.runtime.situation

    def note(self, what: str, **facts: object) -> None:
        """Write a step down."""
        at_s = round(time.monotonic() - self._began_s, 3)
        self.steps.append({"step": what, "at_s": at_s, **facts})

    async def at_the_desk(self) -> None:
        """Sit down: the window has the focus."""
        window = self.desk.screens.window
        window.resize(1920, 1080)
        window.activateWindow()
        await self.until(window.isActiveWindow, "the window is active")

    async def at_station(self, station_id: str) -> None:
        """Wait until a station is on screen: it knows an incident before it hears keys."""
        window = self.desk.screens.window
        await self.until(
            lambda: window.station == station_id and window.central.is_whole,
            f"the station {station_id} is on screen",
        )

    async def go_to(self, key: Qt.Key, station_id: str) -> None:
        """Press a station's key and wait until it is on screen."""
        await self.press(key)
        await self.at_station(station_id)

    async def press(
        self,
        key: Qt.Key,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        counts: bool = True,
    ) -> None:
        """Press one key; it counts as one action of the officer."""
        if counts:
            self.actions.append(f"{key.name}")
        await self.until(self._in_front, "the keyboard talks to a window")
        pressed = asyncio.Event()

        def press() -> None:
            pressed.set()
            QTest.keyClick(self.focus(), key, modifier)

        QTimer.singleShot(0, press)
        await pressed.wait()

    def _in_front(self) -> bool:
        """Give the focus back when a dialog has gone: no window manager does it offscreen."""
        if not self.focus().isVisible():
            return False
        if not self.focus().isActiveWindow():
            self.focus().window().activateWindow()
        return self.focus().isActiveWindow()

    def focus(self) -> QWidget:
        """Return what the keyboard talks to."""
        return (
            QApplication.activeModalWidget()
            or QApplication.focusWidget()
            or self.desk.screens.window
        )

    async def click(self, widget: QWidget) -> None:
        """Click the middle of a widget, without waiting for what it opens."""
        clicked = asyncio.Event()

        def click() -> None:
            clicked.set()
            QTest.mouseClick(widget, Qt.MouseButton.LeftButton)

        QTimer.singleShot(0, click)
        await clicked.wait()

    async def type_into(self, edit: QLineEdit, text: str) -> None:
        """Type text where it belongs, as an input method gives Chinese."""
        await self.until(edit.isEnabled, f"{edit.objectName()} can be typed into")
        edit.setFocus()
        for part in text:
            event = QInputMethodEvent()
            event.setCommitString(part)
            QApplication.sendEvent(edit, event)
        await asyncio.sleep(0)

    async def answer(self, text: str) -> None:
        """Answer the question that the last key brought up."""
        dialog = await self.until(self._question, "a question is asked")
        edit = dialog.findChild(QLineEdit)
        assert edit is not None
        edit.setText(text)
        QTimer.singleShot(0, dialog.accept)
        await self.until(lambda: self._question() is not dialog, "the question is gone")

    @staticmethod
    def _question() -> QDialog | None:
        asked = QApplication.activeModalWidget()
        return asked if isinstance(asked, QInputDialog) and asked.isVisible() else None

    async def sheet(self, name: str, within_s: float = WITHIN_S) -> QDialog:
        """Wait for a sheet of the window."""

        def shown() -> QDialog | None:
            found = self.desk.screens.window.findChildren(QDialog, name)
            return next((each for each in found if each.isVisible()), None)

        return await self.until(shown, f"the sheet {name} shows", within_s)

    def child(self, kind: type[W], name: str, parent: QWidget | None = None) -> W:
        """Return the visible widget of this name."""
        found = (parent or self.desk.screens.window).findChildren(kind, name)
        visible = [each for each in found if each.isVisible()]
        if not visible:
            raise NotSeenError(f"no visible {kind.__name__} {name!r} among {len(found)}")
        return visible[0]

    async def until(self, fact: Callable[[], T | None], what: str, within_s: float = WITHIN_S) -> T:
        """Wait until a fact holds and return it.

        Raises
        ------
        NotSeenError
            When it doesn't hold in time.
        """
        ends_s = time.monotonic() + within_s
        while not (seen := fact()):
            if time.monotonic() > ends_s:
                raise NotSeenError(f"not within {within_s:g} s: {what}")
            await asyncio.sleep(_LOOK_S)
        return seen
