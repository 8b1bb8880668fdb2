"""The time under the map in a replay: a slider over the operation, and the moment on screen."""

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSlider, QWidget

from app.desk import ReplayApi
from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.badges import PlainLabel
from views.widgets.naming import named


class ReplayBar(Retranslating, QFrame):
    """Shown while something is replayed; drawings, trails and zones follow it."""

    def __init__(self, kit: ViewKit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayBar")
        self._kit = kit
        self._replay: ReplayApi | None = None
        self._wanted = False
        self._word = PlainLabel()
        self._moment = PlainLabel(role="large")
        self._slider = named(QSlider(Qt.Orientation.Horizontal), "map-time-slider")
        self._slider.valueChanged.connect(self._on_slid)
        row = QHBoxLayout(self)
        row.setContentsMargins(kit.theme.px(12), kit.theme.px(2), kit.theme.px(12), kit.theme.px(2))
        row.setSpacing(kit.theme.px(12))
        for widget in (self._word, self._moment):
            row.addWidget(widget)
        row.addWidget(self._slider, 1)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        kit.desk.ticked.connect(self._on_ticked)
        self._on_replay_changed(kit.desk.replay)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._word.setText(self.tr("REPLAY"))
        self._slider.setAccessibleName(self.tr("Time on the map"))

    def set_wanted(self, *, wanted: bool) -> None:
        """Stand under the map on this station, or leave it to the station's own slider."""
        self._wanted = wanted
        self.setVisible(wanted and self._replay is not None)

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        self._replay = replay
        if replay is not None:
            replay.span.connect(self._on_span)
            replay.moment.connect(self._on_moment)
            self._on_span((replay.start_us, replay.end_us))
        self.set_wanted(wanted=self._wanted)

    @Slot(object)
    def _on_span(self, span: tuple[int, int]) -> None:
        seconds = max((span[1] - span[0]) // SECOND_US, 1)
        with QSignalBlocker(self._slider):
            self._slider.setRange(0, int(seconds))
            self._slider.setPageStep(max(int(seconds) // 20, 1))
        self._show_moment()

    @Slot(int)
    def _on_slid(self, value: int) -> None:
        if self._replay is not None:
            self._replay.seek(self._replay.start_us + value * SECOND_US)
            self._show_moment()

    @Slot(object)
    def _on_moment(self, _situation: object) -> None:
        self._show_moment()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self._show_moment()

    def _show_moment(self) -> None:
        if self._replay is None:
            return
        moment_us = self._replay.now_us()
        now_us = self._kit.desk.clock.now_us()
        self._moment.setText(self._kit.wording.time(moment_us, now_us) if moment_us else "")
        with QSignalBlocker(self._slider):
            self._slider.setValue(int((moment_us - self._replay.start_us) // SECOND_US))
