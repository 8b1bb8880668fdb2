"""The wind in the top bar: each mast by itself; masts that disagree are both shown."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.basics import Wind
from models.operation.zone_watch import turn_deg
from models.times import SECOND_US
from views.i18n import Retranslating
from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel
from views.wording import Wording

_OLD_US = 120 * SECOND_US
_ROWS = 2


class WindLabels(Retranslating, QWidget):
    """One line when the masts agree, one per mast when they don't."""

    def __init__(self, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self._wording = wording
        self._masts: tuple[Wind, ...] = ()
        self._disagree = False
        self._now_us = 0
        self._warning = PlainLabel(role="strong")
        set_property(self._warning, "severity", "2")
        self._lines = [PlainLabel() for _ in range(_ROWS)]
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addStretch(1)
        for row, line in enumerate(self._lines):
            line.setObjectName(f"wind-{row}")
            lines.addWidget(line)
        lines.addStretch(1)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.px(8))
        both.addWidget(self._warning)
        both.addLayout(lines)
        self.retranslate()

    def show_masts(self, masts: tuple[Wind, ...], *, disagree: bool, now_us: int) -> None:
        """Show the newest observation of each mast."""
        self._masts, self._disagree, self._now_us = masts, disagree, now_us
        self.retranslate()

    def retranslate(self) -> None:
        """Set all text."""
        shown = _apart(self._masts) if self._disagree else self._masts[:1]
        self._warning.setVisible(self._disagree and len(shown) > 1)
        self._warning.setText("▲ " + self.tr("masts disagree"))
        for row, line in enumerate(self._lines):
            line.setVisible(row < max(1, len(shown)))
            set_property(line, "role", "secondary" if len(shown) > 1 else "")
        if not shown:
            self._lines[0].setText(self.tr("no wind observed"))
            set_property(self._lines[0], "severity", "3")
            return
        for line, wind in zip(self._lines, shown, strict=False):
            line.setText(self._sentence(wind))
            old = self._now_us - wind.observed_us > _OLD_US
            set_property(line, "severity", "2" if old else "")
        self.setToolTip("\n".join(self._sentence(wind) for wind in self._masts))

    def _sentence(self, wind: Wind) -> str:
        parts = [self._wording.wind(wind)]
        if wind.source:
            parts.append(wind.source)
        parts.append(self._wording.ago(wind.observed_us, self._now_us))
        return " · ".join(parts)


def _apart(masts: tuple[Wind, ...]) -> tuple[Wind, ...]:
    """Return the first mast and the one that differs most from it."""
    if len(masts) < _ROWS:
        return masts
    first = masts[0]

    def difference(other: Wind) -> float:
        slow, fast = sorted((max(first.speed_m_s, 0.1), max(other.speed_m_s, 0.1)))
        return turn_deg(first.from_deg, other.from_deg) / 40.0 + fast / slow

    return (first, max(masts[1:], key=difference))
