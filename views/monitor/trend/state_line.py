"""The line over a trend: live, paused or of a replay, and which span of time is shown."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.trend.overlay import Then
from views.monitor.trend_plot import TrendPlot
from views.widgets.badges import ElidedLabel, StateBadge
from views.widgets.naming import named
from views.wording import Toned


class StateLine(Retranslating, QWidget):
    """Says it plainly: a paused trend must never pass for the present."""

    def __init__(self, kit: ViewKit, plot: TrendPlot) -> None:
        super().__init__()
        self._kit, self._plot = kit, plot
        self._badge = named(StateBadge(), "stateBadge")
        self._text = named(ElidedLabel(role="secondary"), "trend-span")
        px = kit.theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(8), px(4), px(8), px(2))
        row.setSpacing(px(8))
        row.addWidget(self._badge)
        row.addWidget(self._text, 1)
        plot.span_changed.connect(self.retranslate)
        plot.drawn.connect(self.retranslate)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._badge.text()} {self._text.text()}"

    @Slot()
    def retranslate(self) -> None:
        """Set all texts again."""
        self._badge.set_word(self._word())
        from_s, to_s = self._plot.bounds
        now_s, wording = self._plot.now_s(), self._kit.wording
        now_us = int(now_s * SECOND_US)
        parts = [
            self.tr("{from_time} to {to_time}").format(
                from_time=wording.time(int(from_s * SECOND_US), now_us),
                to_time=wording.time(int(to_s * SECOND_US), now_us),
            ),
            wording.duration(int((to_s - from_s) * SECOND_US)),
        ]
        if not self._plot.span.is_live and self._kit.desk.replay is None:
            ago = wording.duration(int((now_s - to_s) * SECOND_US))
            parts.append(self.tr("ends {time} ago").format(time=ago))
        then = self._plot.then
        if then is not None:
            parts.append(self._words_of(then, from_s, now_us))
        self._text.setText(" · ".join(parts))
        self.setVisible(bool(self._plot.tags))

    def _words_of(self, then: Then, from_s: float, now_us: int) -> str:
        begins = self._kit.wording.time(int((from_s - then.shift_s) * SECOND_US), now_us)
        if then.incident is None:
            return self.tr("faint: the day before, from {time}").format(time=begins)
        return self.tr("faint: incident {number}, from {time}").format(
            number=then.incident.number, time=begins
        )

    def _word(self) -> Toned:
        if not self._plot.span.is_live:
            return Toned("■ " + self.tr("PAUSED"), "3")
        if self._kit.desk.replay is not None:
            return Toned(self.tr("REPLAY"), "4")
        return Toned("● " + self.tr("LIVE DATA"), "ok")

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self.retranslate()
