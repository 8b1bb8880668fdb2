"""The selected thing in words, beside the map."""

import math

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFormLayout, QScrollArea, QWidget

from maps.content import WITHOUT_ROWS
from maps.drawing import MapObject
from models.libraries.kinds import Team
from models.operation.situation import Published
from models.registry.kinds import Enterprise, HazardSource, Layer, Receptor, Record, Tag
from views.colour_facts import READ, ColourFact, ColourFacts
from views.kit import ViewKit
from views.map.imported import ImportedLayers
from views.map.widget import MapWidget
from views.map.words import MapWords
from views.watch.card_text import is_sound
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.pane import Pane
from views.widgets.severity import GLYPHS
from views.widgets.states import EmptyState

_MOST_FACTS = 60


class ObjectPane(Pane):
    """What is known of the thing selected on the map."""

    def __init__(self, kit: ViewKit, map_widget: MapWidget) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._shown: MapObject | None = None
        self._told: list[tuple[str, str]] = []
        self._colours = ColourFacts(kit)
        self._words = MapWords()
        self._empty = EmptyState(kit.theme)
        self.set_body(self._empty)
        self._imported = map_widget.findChild(ImportedLayers)
        map_widget.selected.connect(self._on_selected)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        if self._shown is None:
            self._empty.say(
                self.tr("Nothing selected"), self.tr("Click a symbol, or press Ctrl+K to find one.")
            )
            self.set_title(self.tr("Selected"), "")
            return
        record = self._kit.desk.reference.get(self._shown.kind, self._shown.key)
        if record is not None:
            self._show(self._shown.kind, record)

    @Slot(object)
    def _on_selected(self, thing: MapObject) -> None:
        if thing.kind in WITHOUT_ROWS:
            return
        record = self._kit.desk.reference.get(thing.kind, thing.key)
        if record is not None:
            self._shown = thing
            self._show(thing.kind, record)
        elif thing.kind == Layer.KIND and self._imported is not None:
            found = self._imported.attributes(thing)
            layer = None if found is None else self._kit.desk.reference.get(Layer.KIND, found[0])
            if found is not None and layer is not None:
                self._shown = None
                self.set_title(layer.name.text(self._kit.language), layer.source)
                self._show_facts(found[1][:_MOST_FACTS])

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        """Follow the colour of what is shown."""
        if self._shown is None or not (
            published.changes.full or not READ.isdisjoint(published.changes.touched)
        ):
            return
        record = self._kit.desk.reference.get(self._shown.kind, self._shown.key)
        if record is not None and self._facts(self._shown.kind, record) != self._told:
            self._show(self._shown.kind, record)

    def _show(self, kind: str, record: Record) -> None:
        language = self._kit.language
        self.set_title(record.name.text(language), record.key)
        self._told = self._facts(kind, record)
        self._show_facts(self._told)

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        body = QWidget()
        form = QFormLayout(body)
        form.setContentsMargins(*self._kit.theme.pxs(12, 8, 12, 8))
        form.setSpacing(self._kit.theme.px(6))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for name, text in facts:
            label = PlainLabel(name, "secondary")
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            form.addRow(label, wrapped_label(text))
        scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setAccessibleName(self.tr("Selected"))
        scroll.setWidget(body)
        self.set_body(scroll)

    def _facts(self, kind: str, record: Record) -> list[tuple[str, str]]:
        unknown = self.tr("unknown")
        facts = [(self.tr("Kind"), self._words.kinds().get(kind, kind))]
        colours = [_line_of(each) for each in self._colours.of(record)]
        if colours:
            facts.append((self.tr("Warning colour"), "\n".join(colours)))
        if record.position is not None:
            facts.append((self.tr("Position"), self._kit.wording.place(record.position)))
        match record:
            case HazardSource():
                tonnes = record.inventory_t
                facts += [
                    (self.tr("Substance"), f"{record.substance} {record.cas}".strip() or unknown),
                    (self.tr("Inventory"), f"{tonnes:g} t" if tonnes is not None else unknown),
                    (self.tr("Grade"), record.grade or unknown),
                ]
            case Receptor():
                day, night = (
                    unknown if count is None else f"{count:,}"
                    for count in (record.people_day, record.people_night)
                )
                facts.append((self.tr("People by day"), day))
                facts.append((self.tr("People by night"), night))
            case Enterprise():
                facts.append((self.tr("Address"), record.address or unknown))
                facts.append((self.tr("Chemicals"), " · ".join(record.chemicals) or unknown))
            case Team():
                phones = " · ".join(phone.number for phone in record.phones)
                facts.append((self.tr("Phones"), phones or unknown))
            case Tag():
                desk = self._kit.desk
                live = None if desk.replay else desk.latest.get(record.key)
                value = unknown
                if live is not None and math.isfinite(live.value):
                    value = self._kit.wording.number(live.value, record.unit)
                    if not is_sound(live, desk.situation, self._kit):
                        value = self.tr("{value} [stale]").format(value=value)
                facts.append((self.tr("Value"), value))
        if record.source:
            facts.append((self.tr("Source"), record.source))
        if record.fictitious:
            facts.append((self.tr("Remark"), self.tr("fictitious")))
        return facts


def _line_of(fact: ColourFact) -> str:
    """Return a colour with its sign: `▲ Chlorine tank · orange 62.5 since 14:02:11 · …`."""
    sign = GLYPHS.get(int(fact.severity or 0), "")
    said = " · ".join(part for part in (fact.source, fact.text, fact.why) if part)
    return f"{sign} {said}".strip()
