"""The top bar: product, mode, operation time, shift, wind, alarm counts, sync. It never changes."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from app.desk import DeskApi, GatewayState
from models.basics import Wind
from models.operation.situation import Published, Situation
from views.actors import Actors
from views.i18n import Retranslating
from views.shell.wind_label import WindLabels
from views.theme import Theme, set_property
from views.widgets.badges import ElidedLabel, PlainLabel
from views.widgets.severity import SeverityMark
from views.wording import Wording

_COUNTED = frozenset(
    {
        "unacknowledged", "acknowledged", "returned_unacknowledged", "latched_unacknowledged",
        "latched_acknowledged",
    }
)  # fmt: skip
_HEIGHT_PX = 48
_ABOUT_PX = 84
_NARROW_PX = 1500


class AlarmCounts(Retranslating, QWidget):
    """Standing alarms by priority: shape, colour and number."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._counts = dict.fromkeys((1, 2, 3, 4), 0)
        self._numbers: dict[int, PlainLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        for priority in (1, 2, 3, 4):
            number = PlainLabel(role="strong")
            number.setObjectName(f"alarms-{priority}")
            set_property(number, "severity", str(priority))
            self._numbers[priority] = number
            row.addWidget(SeverityMark(theme, priority))
            row.addWidget(number)
            row.addSpacing(theme.px(8))
        self.retranslate()

    def show_situation(self, situation: Situation) -> None:
        """Count the standing alarms."""
        counts = dict.fromkeys((1, 2, 3, 4), 0)
        for alarm in situation.alarms.values():
            if alarm.state in _COUNTED:
                counts[alarm.priority] = counts.get(alarm.priority, 0) + 1
        self._counts = counts
        self.retranslate()

    def retranslate(self) -> None:
        """Set numbers and tips."""
        words = []
        for priority, number in self._numbers.items():
            number.setText(str(self._counts[priority]))
            words.append(f"{self._wording.priority(priority)} {self._counts[priority]}")
        self.setToolTip(" · ".join(words))
        self.setAccessibleName(self.tr("Alarms: {counts}").format(counts=", ".join(words)))


class TopBar(Retranslating, QFrame):
    """One row that stays the same in every station."""

    def __init__(self, desk: DeskApi, theme: Theme, wording: Wording, sound: QWidget) -> None:
        super().__init__()
        self.setObjectName("topBar")
        self._sound = sound
        self._theme = theme
        self._wording = wording
        self._situation = desk.situation
        self._actors = Actors(desk, wording)
        self._now_us = desk.clock.now_us()
        # Until the gateway's first word the desk is connecting, which is no failure yet.
        self._gateway = desk.gateway if desk.gateway.connected else None
        self._row = QHBoxLayout()
        self._product = PlainLabel("MUSTER")
        self._product.setObjectName("product")
        self._badge = PlainLabel()
        self._badge.setObjectName("modeBadge")
        self._clock = PlainLabel()
        self._clock.setObjectName("clock")
        self._date = PlainLabel(role="secondary")
        self._shift = ElidedLabel(role="secondary")
        self._about = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._wind = WindLabels(theme, wording)
        self._alarms = AlarmCounts(theme, wording)
        self._sync = PlainLabel()
        self._sync.setObjectName("sync")
        self.setFixedHeight(theme.px(_HEIGHT_PX))
        self._place(theme)
        desk.published.connect(self._on_published)
        desk.ticked.connect(self._on_ticked)
        desk.gateway_state.connect(self._on_gateway_state)
        self._alarms.show_situation(self._situation)
        self.retranslate()

    def _place(self, theme: Theme) -> None:
        row = self._row
        self.setLayout(row)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        for widget in (self._product, self._badge, self._clock):
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self._about.setContentsMargins(0, 0, 0, 0)
        self._about.addWidget(self._date)
        self._about.addWidget(self._shift, 1)
        about = QWidget()
        about.setLayout(self._about)
        about.setMinimumWidth(theme.px(_ABOUT_PX))
        row.addWidget(about, 1)
        row.addWidget(self._wind)
        row.addSpacing(theme.px(8))
        row.addWidget(self._sound)
        row.addWidget(self._alarms)
        row.addWidget(self._sync)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand date and shift under each other where there is little room."""
        narrow = self._is_narrow()
        self._row.setSpacing(self._theme.px(8 if narrow else 16))
        self._product.setVisible(not narrow)  # the window's title names it
        upper, lower = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
        self._date.setAlignment(upper if narrow else Qt.AlignmentFlag.AlignVCenter)
        self._shift.setAlignment(lower if narrow else Qt.AlignmentFlag.AlignVCenter)
        self._about.setStretch(0, int(narrow))
        self._about.setSpacing(0 if narrow else self._theme.px(12))
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._about.setDirection(down if narrow else across)
        self._show_about()
        super().resizeEvent(event)

    def _is_narrow(self) -> bool:
        return self.width() < self._theme.px(_NARROW_PX)

    def retranslate(self) -> None:
        """Set all text."""
        mode = self._situation.mode
        set_property(self._badge, "mode", mode)
        mark = "● " if mode == "live" else ""
        self._badge.setText(mark + self._wording.mode(mode))
        self._badge.setVisible(bool(mode))
        self._show_sync()
        self._tick()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        changes, situation = published.changes, published.situation
        stale = situation.stale_tags is not self._situation.stale_tags
        mode = situation.mode != self._situation.mode
        self._situation = situation
        if changes.full or "alarms" in changes.touched:
            self._alarms.show_situation(situation)
        if changes.full or mode:
            self.retranslate()
        elif stale:
            self._show_sync()
        self._show_wind()
        self._show_about()

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        self._now_us = now_us
        self._tick()

    @Slot(object)
    def _on_gateway_state(self, state: GatewayState) -> None:
        self._gateway = state
        self._show_sync()

    def _tick(self) -> None:
        self._clock.setText(self._wording.clock(self._now_us))
        self._show_about()
        self._show_wind()

    def _show_about(self) -> None:
        shift = self._situation.shift
        self._date.setText(self._wording.date(self._now_us))
        if shift is None:
            self._shift.setText(self.tr("nobody has the watch"))
        else:
            wanted = (shift.person,) if self._is_narrow() else (shift.shift, shift.person)
            names = (self._actors.person(each) for each in wanted)
            self._shift.setText(" ".join(each for each in names if each))

    def _show_wind(self) -> None:
        masts: tuple[Wind, ...] = self._situation.masts
        self._wind.show_masts(masts, disagree=self._situation.masts_disagree, now_us=self._now_us)

    def _show_sync(self) -> None:
        stale = len(self._situation.stale_tags)
        if self._situation.mode == "replay":
            text, severity = self.tr("from the record"), ""
        elif self._gateway is None:
            text, severity = self.tr("connecting"), "3"
        elif not self._gateway.connected:
            text, severity = self.tr("gateway away"), "1"
        elif stale:
            text, severity = self.tr("%n tag(s) stale", "", stale), "3"
        else:
            text, severity = self.tr("in sync"), ""
        glyph = {"1": "◆ ", "3": "● "}.get(severity, "")
        self._sync.setText(glyph + text)
        set_property(self._sync, "severity", severity)
        set_property(self._sync, "role", "" if severity else "ok")
        detail = self._gateway.detail if self._gateway else ""
        self._sync.setToolTip(detail)
