"""How curves and their values look: the same in the plot, its legend and the tables of tags."""

import math

from PySide6.QtGui import QColor

CURVE_TOKENS = ("plot.1", "plot.2", "plot.3", "plot.4", "plot.5", "plot.6")


def curve_token(number: int) -> str:
    """Return the colour token of the curve at a place, 0 first."""
    return CURVE_TOKENS[number % len(CURVE_TOKENS)]


def blended(color: QColor, ground: QColor, share: float) -> QColor:
    """Return `share` (0 to 1) of a colour over its ground."""

    def mixed(front: int, back: int) -> int:
        return round(share * front + (1 - share) * back)

    return QColor(
        mixed(color.red(), ground.red()),
        mixed(color.green(), ground.green()),
        mixed(color.blue(), ground.blue()),
    )


def value_text(value: float, sign: str = "") -> str:
    """Return a value in four digits, '—' for one that isn't known; `sign` '+' for differences."""
    return "—" if math.isnan(value) else f"{value:{sign}.4g}"
