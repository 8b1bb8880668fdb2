"""A quiet line over the situations: the region's warning colour, how many sources of each."""

from collections import Counter

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from models.operation.events.warning import Colour
from models.operation.situation import Published
from models.operation.warned import WarningColour
from models.telemetry.warning_colour import COLOURS
from models.telemetry.whole_colours import worst_first
from views.i18n import Retranslating
from views.kit import ViewKit
from views.warning_words import WarningWords, severity_of
from views.widgets.badges import ElidedLabel, PlainLabel, plain_tip
from views.widgets.chosen_row import ChosenRow
from views.widgets.naming import named
from views.widgets.severity import SeverityMark

_MOST_IN_TIP = 12


class ColourStrip(Retranslating, ChosenRow):
    """Counts by colour, the worst hazard source by name. Signals: chosen(str hazard source)."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._words = WarningWords(kit.wording)
        self._mark = SeverityMark(kit.theme, 4)
        self._region = named(PlainLabel(role="strong"), "colour-region")
        self._counts: dict[Colour, tuple[QWidget, PlainLabel]] = {}
        self._name = named(ElidedLabel(role="secondary"), "colour-worst")
        line = QHBoxLayout(self)
        line.setContentsMargins(*kit.theme.pxs(10, 5, 10, 5))
        line.setSpacing(kit.theme.px(6))
        line.addWidget(self._mark)
        line.addWidget(self._region)
        for colour in COLOURS:
            self._add_count(line, colour)
        line.addWidget(self._name, 1)
        kit.desk.published.connect(self._on_published)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._show()

    def _add_count(self, line: QHBoxLayout, colour: Colour) -> None:
        box = QWidget()
        inner = QHBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(self._kit.theme.px(3))
        label = PlainLabel(role="secondary")
        inner.addWidget(SeverityMark(self._kit.theme, severity_of(colour), 8))
        inner.addWidget(label)
        line.addWidget(box)
        self._counts[colour] = (box, label)

    def _show(self) -> None:
        desk, language = self._kit.desk, self._kit.language
        warned = worst_first(desk.situation.warning_colours.values())
        counts = Counter[Colour](each.colour for each in warned)
        sources = desk.reference.all("hazard-sources")
        counts["blue"] = len(sources.keys() - {each.hazard_source_key for each in warned})
        worst = warned[0] if warned else None
        colour = worst.colour if worst else "blue"
        source_key = worst.hazard_source_key if worst else ""
        self.stand_for(source_key or None)
        self._mark.set_severity(severity_of(colour))
        self._region.setText(self.tr("Region: {0}").format(self._words.colour(colour).text))
        for each, (box, label) in self._counts.items():
            label.setText(str(counts[each]))
            box.setVisible(bool(counts[each]) and bool(warned))
        row = sources.get(source_key)
        name = row.name.text(language) if row else source_key
        self._name.setText(name or self.tr("no hazard source above blue"))
        tip = "\n".join(self._line(each) for each in warned[:_MOST_IN_TIP])
        self.setToolTip(plain_tip(tip))
        self.setAccessibleName(f"{self._region.text()} · {self._name.text()}")
        self.setAccessibleDescription(tip)

    def _line(self, warned: WarningColour) -> str:
        row = self._kit.desk.reference.get("hazard-sources", warned.hazard_source_key)
        name = row.name.text(self._kit.language) if row else warned.hazard_source_key
        said = (self._words.colour_and_index(warned), name, self._words.why(warned))
        return " · ".join(part for part in said if part)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "warning_colours" in published.changes.touched:
            self._show()

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self._show()
