"""What warns of a hazard source: its colour with all that adds to it, its early warnings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.warning import AskTraining
from app.desk import Reference
from models.operation.situation import Published
from models.operation.warned import EarlyWarning, WarningCourse
from models.rules import load_rules
from models.telemetry.colour_watch import ColourInputs
from models.telemetry.warning_colour import Warned
from views.early_warning_words import EarlyWarningWords
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.tag_states import ALL
from views.monitor.warning_row import WarningRow
from views.warning_words import WarningWords, severity_of
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.naming import named
from views.widgets.severity import SeverityMark
from views.widgets.spares import Spares

_READ = frozenset(
    {"alarms", "stale_tags", "warning_colours", "early_warnings", "warning_courses"}
)  # fmt: skip
_MOST = 40


class SourceFacts(Retranslating, QWidget):
    """Of all sources together only the early warnings.

    Signals: counted(int early warnings that go on), trend_wanted(tuple of tag keys).
    """

    counted = Signal(int)
    trend_wanted = Signal(tuple)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._colours = WarningWords(kit.wording)
        self._words = EarlyWarningWords(kit.wording)
        self._inputs: tuple[Reference, ColourInputs] | None = None
        self._key = ""
        self._current = ""
        self._stale = True
        self._rows: dict[str, WarningRow] = {}
        self._mark = SeverityMark(kit.theme, 4)
        self._colour = named(PlainLabel(role="strong"), "source-colour")
        self._parts = named(wrapped_label(role="secondary"), "source-parts")
        self._course = named(wrapped_label(role="faint"), "source-course")
        head = QHBoxLayout()
        head.setSpacing(kit.theme.px(8))
        head.addWidget(self._mark)
        head.addWidget(self._colour, 1)
        box = QWidget()
        self._list = QVBoxLayout(box)
        self._list.setContentsMargins(*kit.theme.pxs(10, 8, 10, 8))
        self._list.setSpacing(kit.theme.px(6))
        self._list.addLayout(head)
        for label in (self._parts, self._course):
            self._list.addWidget(label)
        self._above = self._list.count()
        self._list.addStretch(1)
        self._spares = Spares(self._list, self._make_row)
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)
        kit.desk.published.connect(self._on_published)
        kit.desk.reference_changed.connect(self._on_reference_changed)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed while it was hidden."""
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def show_source(self, key: str) -> None:
        """Show a hazard source by key; `ALL` and '' have no colour of their own."""
        self._key, self._current = key, ""
        self._refresh()

    @property
    def source_key(self) -> str:
        """The hazard source on show; '' when it is none."""
        key = "" if self._key == ALL else self._key
        return key if self._kit.desk.reference.get("hazard-sources", key) is not None else ""

    def warnings(self) -> Sequence[EarlyWarning]:
        """Return the early warnings that go on, the newest first: of the source, or all."""
        found = [
            warning
            for warning in self._kit.desk.situation.early_warnings.values()
            if warning.cleared_us is None
            and (self._key == ALL or warning.what.hazard_source_key == self._key)
        ]
        return sorted(found, key=lambda warning: (-warning.raised_us, warning.id))[:_MOST]

    @Slot()
    def next_trend(self) -> None:
        """Plot the tags of the next warning."""
        ids = [warning.id for warning in self.warnings()]
        if ids:
            index = ids.index(self._current) if self._current in ids else -1
            self._on_chosen(ids[(index + 1) % len(ids)])

    @Slot()
    def train(self) -> None:
        """Have the source's normal course trained anew."""
        if self.source_key:
            self._kit.desk.execute(AskTraining(self.source_key))

    @Slot(str)
    def _on_chosen(self, warning_id: str) -> None:
        warning = self._kit.desk.situation.early_warnings.get(warning_id)
        if warning is not None:
            self._current = warning_id
            self._refresh()
            self.trend_wanted.emit(tuple(cause.tag_key for cause in warning.what.tags))

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or not _READ.isdisjoint(published.changes.touched):
            self._refresh()

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self._refresh()

    def _now_us(self) -> int:
        desk = self._kit.desk
        return desk.clock.now_us() if desk.replay is None else int(desk.replay.now_us())

    def _refresh(self) -> None:
        warnings = self.warnings()
        self.counted.emit(len(warnings))
        self._stale = not self.isVisible()
        if self._stale:
            return
        now_us, key = self._now_us(), self.source_key
        for part in (self._mark, self._colour, self._parts, self._course):
            part.setVisible(bool(key))
        if key:
            self._show_colour(key, now_us)
            self._course.setText(
                self._course_text(self._kit.desk.situation.warning_courses.get(key), now_us)
            )
        self._show_warnings(warnings, now_us)

    def _show_colour(self, key: str, now_us: int) -> None:
        """Show the colour on record, and the index as it is now."""
        situation = self._kit.desk.situation
        held = situation.warning_colours.get(key)
        colour = held.colour if held else "blue"
        now = self._warned(key, now_us)
        self._mark.set_severity(severity_of(colour))
        word = self._colours.colour(colour).text
        text = self.tr("{colour} · index {index}").format(colour=word, index=f"{now.score:.0f}")
        if held is not None:
            text += " · " + self.tr("since {time}").format(
                time=self._kit.wording.time(held.since_us, now_us)
            )
        self._colour.setText(text)
        grade = getattr(self._kit.desk.reference.get("hazard-sources", key), "grade", "")
        factor = float(load_rules("warning_colours")["grade"].get(grade, 1.0))
        parts = ((each.what, each.items, each.points) for each in now.reasons)
        lines = [self._colours.sum(parts, grade, factor) or self.tr("nothing adds to the index")]
        if now.least:
            lines.append(self._colours.least(now.least))
        if now.colour != colour:
            lines.append(
                self.tr("by its index {colour}; told when that has lasted").format(
                    colour=self._colours.colour(now.colour).text
                )
            )
        self._parts.setText("\n".join(lines))

    def _warned(self, key: str, now_us: int) -> Warned:
        reference = self._kit.desk.reference
        if self._inputs is None or self._inputs[0] is not reference:
            self._inputs = reference, ColourInputs(lambda kind: reference.all(kind).values())
        return self._inputs[1].warnings(self._kit.desk.situation, now_us, [key])[key]

    def _course_text(self, course: WarningCourse | None, now_us: int) -> str:
        if course is None or (course.trained is None and course.asked_us is None):
            text = self.tr("no normal course yet: it is trained after an hour of values")
        elif course.trained is None:
            text = ""
        else:
            text = self.tr("normal course {version}: {rows} rows, trained {time}").format(
                version=course.trained.version,
                rows=f"{course.trained.rows:,}",
                time=self._kit.wording.time(course.trained_us or 0, now_us),
            )
        parts = [text]
        if course is not None and course.asked_us is not None:
            parts.append(self.tr("training asked for"))
        elif course is not None and course.failed is not None:
            why = self._words.why_not(course.failed)
            parts.append(self.tr("not trained: {why}").format(why=why))
        return " · ".join(part for part in parts if part)

    def _show_warnings(self, warnings: Sequence[EarlyWarning], now_us: int) -> None:
        for gone in set(self._rows) - {warning.id for warning in warnings}:
            self._spares.give(self._rows.pop(gone))
        for index, warning in enumerate(warnings, self._above):
            row = self._rows.get(warning.id)
            if row is None:
                row = self._rows[warning.id] = self._spares.take()
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            row.show_warning(warning, now_us, current=warning.id == self._current)

    def _make_row(self) -> WarningRow:
        row = WarningRow(self._kit)
        row.chosen.connect(self._on_chosen)
        return row
