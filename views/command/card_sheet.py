"""The chemical card of an incident's substance: the don'ts first, each line with its source."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from models.basics import Name
from models.hazard.chemical_card import (
    CardLine,
    ChemicalCard,
    card_levels,
    card_properties,
    chemical_card,
    reactivity_warnings,
)
from models.hazard.substance_names import substance_name
from models.operation.situation import Incident
from models.registry.kinds import HazardSource
from views.kit import ViewKit
from views.libraries.details import Fact, Section
from views.libraries.section_block import SectionBlock
from views.theme import set_property
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named

_WIDTH_PX, _HEIGHT_PX = 760, 720
_AIR_G_MOL = 28.96
_ZERO_C_K = 273.15
_RECALLED, _ESTIMATED = " recalled, to be checked", "estimated: "


class ChemicalCardSheet(SheetDialog):
    """Reads only; Esc and Enter close it."""

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("card-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit = kit
        self._incident = incident
        self._title = wrapped_label()
        self._title.setProperty("role", "large")
        self._banner = wrapped_label()
        set_property(self._banner, "severity", "2")
        host = QWidget()
        self._sections = QVBoxLayout(host)
        self._sections.setContentsMargins(0, 0, kit.theme.px(8), 0)
        self._sections.setSpacing(kit.theme.px(8))
        self._sections.addStretch(1)
        self._blocks: list[SectionBlock] = []
        scroll = named(QScrollArea(), "card-lines")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(host)
        self._scroll = scroll
        self._back = named(KeyButton(kit.theme, primary=True), "card-close")
        self._back.clicked.connect(self.reject)
        for content in (self._title, self._banner, scroll):
            self.add_content(content)
        self.add_act(self._back, default=True)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        self.setWindowTitle(self.tr("Chemical card"))
        self._scroll.setAccessibleName(self.tr("Chemical card"))
        self._back.set_label(self.tr("Back") + "  Esc")
        incident = self._incident
        card = chemical_card(incident.substance, incident.cas)
        name = substance_name(incident.substance, incident.cas)
        self._title.setText(self._text(card.name if card else name) or self.tr("unknown"))
        self._banner.setText(self._banner_text(card, name))
        self._show(tuple(self._of_card(card)) if card is not None else ())

    def _banner_text(self, card: ChemicalCard | None, name: Name) -> str:
        if card is not None:
            return self.tr("RECALLED: check against the printed guide and the safety data sheet.")
        if not self._text(name):
            return self.tr("The substance is unknown: treat it as the worst until it is known.")
        text = self.tr("No card is on record for {name}: treat it as the worst until it is known.")
        return text.format(name=self._text(name))

    def _show(self, sections: tuple[Section, ...]) -> None:
        shown = [section for section in sections if section.facts]
        while len(self._blocks) < len(shown):
            block = SectionBlock(self.theme, first=not self._blocks)
            self._sections.insertWidget(len(self._blocks), block)
            self._blocks.append(block)
        for index, block in enumerate(self._blocks):
            block.show_section(shown[index] if index < len(shown) else None)

    def _of_card(self, card: ChemicalCard) -> Iterator[Section]:
        yield Section(self.tr("Don't"), tuple(self._lines(card.dont, "✗", "2")))
        yield Section(self.tr("First measures"), tuple(self._lines(card.measures, "·")))
        yield Section(self.tr("Dangers"), tuple(self._lines(card.hazards, "!")))
        yield Section(self.tr("Protective equipment"), tuple(self._lines(card.protection, "·")))
        yield Section(self.tr("Fire-fighting"), tuple(self._fire(card)))
        yield Section(self.tr("Reactivity"), tuple(self._lines(card.reactivity, "!")))
        yield Section(self.tr("With what stands beside it"), tuple(self._beside(card)))
        yield Section(self.tr("Levels of concern"), tuple(self._levels(card)))
        yield Section(self.tr("Numbers"), tuple(self._numbers(card)))

    def _lines(self, lines: Iterable[CardLine], mark: str, severity: str = "") -> Iterator[Fact]:
        for line in lines:
            yield Fact(mark, self._text(line.text), severity, note=self._source(line.source))

    def _fire(self, card: ChemicalCard) -> Iterator[Fact]:
        yield from self._lines(card.fire, "·")
        if card.water_l_min_m2:
            text = self.tr("Water: {rate} L/min per m² of shell or pool").format(
                rate=f"{card.water_l_min_m2:g}"
            )
            yield Fact("·", text, note=self._source(card.water_source))

    def _beside(self, card: ChemicalCard) -> Iterator[Fact]:
        """Name what the enterprise's other substances do with this one."""
        rows = self._kit.desk.reference.all("hazard-sources")
        own = rows.get(self._incident.hazard_source_key)
        if not isinstance(own, HazardSource):
            return
        told = {card.cas}
        for row in rows.values():
            if not isinstance(row, HazardSource) or row.enterprise_key != own.enterprise_key:
                continue
            other = chemical_card(row.substance, row.cas)
            if other is None or other.cas in told:
                continue
            told.add(other.cas)
            for line in reactivity_warnings(card.groups, other.groups):
                text = f"{self._text(other.name)}: {self._text(line.text)}"
                yield Fact(
                    "!", text, "3", note=f"{self._text(row.name)} · {self._source(line.source)}"
                )

    def _levels(self, card: ChemicalCard) -> Iterator[Fact]:
        for level in card_levels(card):
            unverified = "" if level.verified else " · " + self.tr("unverified")
            text = f"{self._text(level.label)}  {level.ppm:g} ppm{unverified}"
            yield Fact("·", text, note=self._source(level.source))

    def _numbers(self, card: ChemicalCard) -> Iterator[Fact]:
        names = " · ".join(self._text(name) for name in card.group_names)
        yield Fact(
            "·",
            f"UN {card.un} · CAS {card.cas} · ERG {card.guide}",
            note=self._source(card.un_source),
        )
        yield Fact("·", names)
        properties = card_properties(card)
        figures = properties.figures if properties is not None else {}
        if properties is not None and properties.stands_for:
            whose = self._text(substance_name("", properties.stands_for))
            yield Fact("!", self.tr("The numbers are those of {name}").format(name=whose), "3")
        texts: dict[str, Callable[[float], str]] = {
            "boiling_k": lambda v: self.tr("Boiling point {value} °C").format(
                value=f"{v - _ZERO_C_K:.0f}"
            ),
            "molar_mass_g_mol": lambda v: self.tr("Vapour {ratio} times as heavy as air").format(
                ratio=f"{v / _AIR_G_MOL:.1f}"
            ),
            "lel_vol": lambda v: self.tr("Lower explosive limit {value} vol %").format(
                value=f"{v * 100:g}"
            ),
            "uel_vol": lambda v: self.tr("Upper explosive limit {value} vol %").format(
                value=f"{v * 100:g}"
            ),
        }
        for key, text in texts.items():
            figure = figures.get(key)
            if figure is not None:
                unverified = "" if figure.verified else " · " + self.tr("unverified")
                yield Fact("·", text(figure.value) + unverified, note=self._source(figure.source))

    def _source(self, source: str) -> str:
        """Say in the screens' language that a source is recalled or estimated."""
        recalled = source.removesuffix(_RECALLED)
        if recalled != source:
            return f"{recalled.rstrip(',;')} · " + self.tr("recalled, to be checked")
        estimated = source.removeprefix(_ESTIMATED)
        return source if estimated == source else f"{estimated} · " + self.tr("estimated")

    def _text(self, name: Name) -> str:
        return name.text(self._kit.language)
