"""What passes at a place: concentrations outdoors and in, doses, and when to come out."""

import asyncio

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.point_courses import course_at
from models.basics import LatLon
from models.hazard.point_course import Dose, PointCourse
from models.hazard.ports import HazardInputError
from models.operation.situation import Incident
from views.kit import ViewKit
from views.map.words import MapWords
from views.monitor.plots import need_plots
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX = 640
_S_PER_MIN = 60.0


class PointSheet(SheetDialog):
    """Computes on the model thread and shows what it found, or why there is nothing."""

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        place: LatLon,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("point-sheet")
        self.setMinimumWidth(kit.theme.px(_WIDTH_PX))
        self._kit = kit
        self._name = name
        self._words = MapWords(self)
        self._course: PointCourse | None = None
        self._fault = ""
        self._head = wrapped_label()
        self._head.setProperty("role", "strong")
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(kit.theme.px(12))
        self._rows.setVerticalSpacing(kit.theme.px(4))
        self._rows.setColumnStretch(1, 1)
        facts = QWidget()
        facts.setLayout(self._rows)
        self._room = QVBoxLayout()
        room = QWidget()
        room.setLayout(self._room)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._note = named(wrapped_label(role="secondary"), "point-note")
        for content in (self._head, facts, room, self._note):
            self.add_content(content)
        self._back = KeyButton(kit.theme, primary=True)
        self._back.clicked.connect(self.reject)
        self.add_act(self._back, default=True)
        self.retranslate()
        situation = kit.desk.situation
        future = kit.desk.in_worker(lambda: course_at(situation, incident, place))
        future.add_done_callback(self._on_computed)

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("What passes here"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._head.setText(self.tr("What passes at {place}").format(place=self._name))
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if self._course is None:
            self._note.setText(self._fault or self.tr("Computing…"))
            return
        for row, (label, value) in enumerate(self._facts(self._course)):
            title = PlainLabel(role="secondary")
            title.setText(label)
            shown = wrapped_label()
            shown.setText(value)
            self._rows.addWidget(title, row, 0)
            self._rows.addWidget(shown, row, 1)
        self._note.setText("\n".join(self._notes(self._course)))

    def _on_computed(self, future: "asyncio.Future[PointCourse]") -> None:
        if future.cancelled() or not isValid(self):  # the sheet may be closed by now
            return
        error = future.exception()
        if isinstance(error, HazardInputError) and error.field == "zone":
            self._fault = self.tr("No model's zone stands for this incident: enter a rate first.")
        elif error is not None:
            self._fault = self.tr("It could not be computed: {reason}").format(reason=str(error))
        else:
            self._course = future.result()
            self._draw(self._course)
        self.retranslate()

    def event(self, event: QEvent) -> bool:
        """Give the facts and curves their room once they are there: the sheet was made before."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._grow()
        return done

    def _grow(self) -> None:
        wanted_px = self._column.totalHeightForWidth(self.width())
        least_px = max(wanted_px, self._column.totalMinimumSize().height())
        if self.height() < least_px:
            self.resize(self.width(), least_px)

    def _draw(self, course: PointCourse) -> None:
        need_plots()
        from views.command.course_plot import CoursePlot  # brings pyqtgraph

        self._room.addWidget(
            CoursePlot(
                self._kit.theme,
                course,
                self.tr("minutes since the release began"),
                self.tr("outdoors"),
                self.tr("in a closed building"),
            )
        )

    def _facts(self, course: PointCourse) -> list[tuple[str, str]]:
        wording, series = self._kit.wording, course.outdoor
        away = self.tr("{distance} downwind, {side} to the side").format(
            distance=wording.distance(max(series.downwind_m, 0.0)),
            side=wording.distance(abs(series.crosswind_m)),
        )
        if series.peak_ppm < 0.01:
            return [
                (self.tr("Where"), away),
                (self.tr("Outdoors"), self.tr("nothing by this model: not the same as clear")),
            ]
        facts = [
            (self.tr("Where"), away),
            (self.tr("Outdoors"), self._peak(series.ppm, series.times_s)),
            (self.tr("In a closed building"), self._peak(course.indoor_ppm, series.times_s)),
            (self.tr("Shelter"), self._no_shelter())
            if course.flammable
            else (self.tr("Come out"), self._end(course)),
        ]
        facts += [(self._where(dose), self._dose(dose)) for dose in course.doses]
        if not course.doses:
            facts.append((self.tr("Dose"), self.tr("no toxic probit is on record")))
        return facts

    def _no_shelter(self) -> str:
        return self.tr(
            "NEVER HERE: 10 % of the explosive limit is reached, a building is no shelter"
        )

    def _peak(self, ppm: tuple[float, ...], times_s: tuple[float, ...]) -> str:
        most = max(ppm)
        text = self.tr("at most {ppm} ppm, {minutes} min after the release began")
        at_min = times_s[ppm.index(most)] / _S_PER_MIN
        return text.format(ppm=f"{most:.3g}", minutes=f"{at_min:.0f}")

    def _end(self, course: PointCourse) -> str:
        if course.come_out_s is None:
            hours = course.outdoor.times_s[-1] / 3600
            return self.tr("the cloud is still there after {hours} h").format(hours=f"{hours:g}")
        text = self.tr("{minutes} min after the release began: come out and ventilate")
        return text.format(minutes=f"{course.come_out_s / _S_PER_MIN:.0f}")

    def _where(self, dose: Dose) -> str:
        if dose.where == "indoor":
            return self.tr("Whole stay indoors")
        return self.tr("Whole stay outdoors")

    def _dose(self, dose: Dose) -> str:
        share = dose.fatality * 100
        shown = self.tr("below 0.1 %") if share < 0.1 else f"{share:.1f} %"
        text = self.tr("{share} by a probit that is uncertain by far more ({source})")
        return text.format(share=shown, source=dose.source)

    def _notes(self, course: PointCourse) -> list[str]:
        model = self._kit.wording.model("model", course.outdoor.model)
        notes = [
            self.tr("Model {model} {version}, no measurement.").format(
                model=model, version=course.outdoor.model_version
            ),
            self.tr(
                "Assumed: closed before the cloud came, {changes} air changes an hour, "
                "nothing absorbed."
            ).format(changes=f"{course.air_changes_h:g}"),
        ]
        notes.append(
            self.tr(
                "Walls keep poison out for a time, never fire or blast: this is no advice to stay."
            )
        )
        if not course.outdoor.valid:
            notes.insert(0, self.tr("OUTSIDE THE MODEL'S RANGE"))
        notes += [self._words.caution(each) for each in course.outdoor.warnings]
        return notes
