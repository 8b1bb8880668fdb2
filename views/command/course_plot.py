"""Two curves over the minutes since a release began: outdoors and in a closed building."""

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.hazard.point_course import PointCourse
from views.theme import Theme

_S_PER_MIN = 60.0
_HEIGHT_PX = 260


class CoursePlot(QWidget):
    """Shows one course; the dashed line is when to come out."""

    def __init__(
        self, theme: Theme, course: PointCourse, minutes: str, outside: str, inside: str
    ) -> None:
        super().__init__()
        times = np.array(course.outdoor.times_s) / _S_PER_MIN
        plot = pg.PlotWidget(enableMenu=False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.setBackground(theme.color("pane"))
        self.setFixedHeight(theme.px(_HEIGHT_PX))  # the sheet fits on 1280×800
        legend = plot.addLegend(offset=(-8, 8), labelTextColor=theme.color("text1"))
        legend.setBrush(pg.mkBrush(theme.color("pane")))
        for ppm, token, name in (
            (course.outdoor.ppm, "plot.1", outside),
            (course.indoor_ppm, "plot.2", inside),
        ):
            style = Qt.PenStyle.SolidLine if name == outside else Qt.PenStyle.DashLine
            plot.plot(times, np.array(ppm), pen=_pen(theme.color(token), style), name=name)
        if course.come_out_s is not None:
            line = pg.InfiniteLine(course.come_out_s / _S_PER_MIN, angle=90)
            line.setPen(_pen(theme.color("text2"), Qt.PenStyle.DotLine))
            plot.addItem(line, ignoreBounds=True)
        for name, label in (("bottom", minutes), ("left", "ppm")):
            axis = plot.getAxis(name)
            axis.setPen(theme.color("line-strong"))
            axis.setTextPen(theme.color("text2"))
            axis.setTickFont(theme.font(11))
            axis.setLabel(label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(plot)


def _pen(color: QColor, style: Qt.PenStyle) -> object:
    return pg.mkPen(color, width=2, style=style)
