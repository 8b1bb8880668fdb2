"""Review 评估: any operation by time on the same screens: map, timeline, who knew what and when."""

from PySide6.QtCore import QObject, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from app.desk import ReplayApi
from models.operation.situation import Situation
from models.times import SECOND_US
from views.actions import ActionSpec
from views.kit import ViewKit
from views.review.alarm_figures_sheet import AlarmFiguresSheet
from views.review.figures import FiguresPane
from views.review.operations import OperationsPane
from views.review.timeline import TimelinePane
from views.widgets.badges import PlainLabel
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane

_SPEEDS = (1.0, 4.0, 16.0, 60.0)


class ReviewStation(QObject):
    """Operations on the left, figures on the right, the time slider and the timeline below.

    Signals: replayed(str operation id).
    """

    replayed = Signal(str)
    id = "review"

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._add_actions()
        self._operations = OperationsPane(kit)
        self._figures = FiguresPane(kit)
        self._timeline = TimelinePane(kit)
        self._scrubber = ScrubPane(kit, self._timeline)
        self._operations.opened.connect(self.replay)
        self._timeline.moment_wanted.connect(self._on_moment_wanted)

    def left(self) -> QWidget | None:
        """Return the operations."""
        return self._operations

    def right(self) -> QWidget | None:
        """Return the figures from timestamps."""
        return self._figures

    def bottom(self) -> QWidget | None:
        """Return the time slider over the timeline."""
        return self._scrubber

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def activated(self) -> None:
        """Read the list of operations again."""
        self._operations.refresh()
        self._timeline.refresh()

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active

    @Slot(str)
    def replay(self, operation_id: str = "") -> None:
        """Replay an operation; the live one goes on underneath."""
        self._kit.desk.enter_replay(operation_id)
        self.replayed.emit(operation_id)

    def toggle_play(self) -> None:
        """Play or pause."""
        replay = self._kit.desk.replay
        if replay is None:
            self.replay(self._operations.current_id)
        else:
            replay.set_speed(0.0 if replay.speed else 1.0)
            self._scrubber.show_speed()

    def faster(self) -> None:
        """Play at the next speed."""
        replay = self._kit.desk.replay
        if replay is not None:
            later = [speed for speed in _SPEEDS if speed > replay.speed]
            replay.set_speed(later[0] if later else _SPEEDS[0])
            self._scrubber.show_speed()

    def step(self, seconds: int) -> None:
        """Jump forward or back."""
        replay = self._kit.desk.replay
        if replay is not None:
            replay.seek(replay.now_us() + seconds * SECOND_US)

    def leave(self) -> None:
        """Return to what is now."""
        self._kit.desk.leave_replay()

    def show_alarm_figures(self) -> None:
        """Open the figures of ISA-18.2 of the operation that is chosen."""
        replay = self._kit.desk.replay
        operation_id = replay.operation_id if replay else self._operations.current_id
        AlarmFiguresSheet(self._kit, operation_id, self._operations.window()).open()

    def _is_active(self) -> bool:
        return self._active

    def _is_replaying(self) -> bool:
        return self._active and self._kit.desk.replay is not None

    def _can_leave(self) -> bool:
        """Return whether there is a replay: on any station the present is one key away."""
        return self._kit.desk.replay is not None

    def _add_actions(self) -> None:
        specs = (
            ("play", lambda: self.tr("Play / pause"), "Space", self.toggle_play, self._is_active),
            ("faster", lambda: self.tr("Faster"), ">", self.faster, self._is_replaying),
            ("back", lambda: self.tr("Back 10 s"), "Alt+Left", lambda: self.step(-10), None),
            ("forward", lambda: self.tr("On 10 s"), "Alt+Right", lambda: self.step(10), None),
            (
                "alarm_figures", lambda: self.tr("Alarm figures"), "Ctrl+Shift+A",
                self.show_alarm_figures, self._is_active,
            ),
            ("leave", lambda: self.tr("Back to now"), "Ctrl+Home", self.leave, self._can_leave),
        )  # fmt: skip
        for name, text, key, run, enabled in specs:
            self._kit.actions.add(
                ActionSpec(
                    id=f"review.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=enabled or self._is_replaying,
                    group="review",
                )
            )

    @Slot(object)
    def _on_moment_wanted(self, moment_us: int) -> None:
        replay = self._kit.desk.replay
        if replay is None:
            replay = self._kit.desk.enter_replay(self._operations.current_id)
            replay.span.connect(lambda _: replay.seek(moment_us))
        else:
            replay.seek(moment_us)


class ScrubPane(Pane):
    """The slider over an operation's span, and what surrounds it."""

    def __init__(self, kit: ViewKit, timeline: QWidget) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._replay: ReplayApi | None = None
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "replay-slider")
        self._slider.setRange(0, 1000)
        self._slider.setEnabled(False)
        self._slider.valueChanged.connect(self._on_slid)
        self._moment = PlainLabel(role="large")
        self._start, self._end = PlainLabel(role="secondary"), PlainLabel(role="secondary")
        for name in ("back", "play", "forward", "faster", "leave"):
            self.add_act(KeyButton(kit.theme, action=kit.actions.action(f"review.{name}")))
        row = QHBoxLayout()
        row.setSpacing(kit.theme.px(12))
        for widget, stretch in (
            (self._moment, 0),
            (self._start, 0),
            (self._slider, 1),
            (self._end, 0),
        ):
            row.addWidget(widget, stretch)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(*kit.theme.pxs(12, 6, 12, 0))
        column.setSpacing(kit.theme.px(4))
        column.addLayout(row)
        column.addWidget(timeline, 1)
        self.set_body(body)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._slider.setAccessibleName(self.tr("Time"))
        self.show_speed()

    def show_speed(self) -> None:
        """Say how fast it plays."""
        if self._replay is None:
            text = self.tr("not replaying: choose an operation and press Enter")
        elif self._replay.speed:
            text = self.tr("playing ×{speed}").format(speed=f"{self._replay.speed:g}")
        else:
            text = self.tr("paused")
        self.set_title(self.tr("Time"), text)

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        self._replay = replay
        self._slider.setEnabled(replay is not None)
        if replay is not None:
            replay.span.connect(self._on_span)
            replay.moment.connect(self._on_moment)
        else:
            for label in (self._moment, self._start, self._end):
                label.clear()
        self._kit.actions.refresh()
        self.show_speed()

    @Slot(object)
    def _on_span(self, span: tuple[int, int]) -> None:
        start_us, end_us = span
        seconds = max((end_us - start_us) // SECOND_US, 1)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, int(seconds))
            self._slider.setPageStep(max(int(seconds) // 20, 1))
        now_us = self._kit.desk.clock.now_us()
        self._start.setText(self._kit.wording.time(start_us, now_us))
        self._end.setText(self._kit.wording.time(end_us, now_us))
        self._show_moment()

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        if self._replay is not None:
            self._replay.seek(self._replay.start_us + value * SECOND_US)
            self._show_moment()

    @Slot(object)
    def _on_moment(self, _situation: Situation) -> None:
        self._show_moment()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self._replay is not None and self.isVisible():
            self._show_moment()

    def _show_moment(self) -> None:
        if self._replay is None:
            return
        moment_us = self._replay.now_us()
        self._moment.setText(self._kit.wording.clock(moment_us))
        with QSignalBlocker(self._slider):
            self._slider.setValue(int((moment_us - self._replay.start_us) // SECOND_US))
