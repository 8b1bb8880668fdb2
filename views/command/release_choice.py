"""What a hazard source may release: its stored scenarios, and typical ones of its inventory."""

import asyncio

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from app.typical_releases import typical_releases
from app.zones import RateInput, live_wind
from models.basics import Name
from models.hazard.ports import HazardInputError
from models.hazard.scenarios import ReleaseCase
from models.registry.kinds import HazardSource
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.naming import named

_HEIGHT_M = 1.0
_BY_HAND = 0


class ReleaseChoice(QWidget):
    """A list of releases and what is assumed of the chosen one. Signals: chosen(RateInput)."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit, source: HazardSource | None) -> None:
        super().__init__()
        self._kit = kit
        self._source = source
        self._rates: list[tuple[RateInput, str]] = []
        self._list = named(QComboBox(), "rate-stored")
        self._note = named(wrapped_label(role="secondary"), "rate-note")
        self._note.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(kit.theme.px(4))
        column.addWidget(self._list)
        column.addWidget(self._note)
        self.setFocusProxy(self._list)
        self._list.addItem(self.tr("by hand"))
        for scenario in source.scenarios if source else ():
            rate = RateInput(
                release_kg_s=scenario.release_kg_s,
                duration_s=scenario.duration_s,
                height_m=scenario.height_m,
                source=f"scenario {scenario.key}",
                assumed=scenario.assumed,
            )
            self._add(scenario.name, rate, "")
        self._list.setEnabled(bool(self._rates))
        self._list.currentIndexChanged.connect(self._on_index_changed)
        if source is not None:
            wind = live_wind(kit.desk.live_situation)
            future = kit.desk.in_worker(lambda: typical_releases(source, wind))
            future.add_done_callback(self._on_worked_out)

    def _add(self, name: Name, rate: RateInput, note: str) -> None:
        self._rates.append((rate, note))
        self._list.addItem(f"{name.text(self._kit.language)} · {rate.release_kg_s:.3g}\u00a0kg/s")

    def _on_worked_out(self, future: "asyncio.Future[tuple[ReleaseCase, ...]]") -> None:
        if future.cancelled() or not isValid(self):  # the sheet may be closed by now
            return
        error = future.exception()
        if isinstance(error, HazardInputError):
            self._say(self._lacking(error))
        elif error is not None:
            self._say(str(error))
        else:
            for case in future.result():
                rate = RateInput(
                    release_kg_s=case.release_kg_s,
                    duration_s=case.duration_s,
                    height_m=_HEIGHT_M,
                    source=f"typical release {case.key}",
                    assumed=True,
                )
                self._add(case.name, rate, self._basis(case))
            self._list.setEnabled(True)

    def _on_index_changed(self, index: int) -> None:
        if index == _BY_HAND:
            self._say("")
            return
        rate, note = self._rates[index - 1]
        self._say(note)
        self.chosen.emit(rate)

    def _say(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def _lacking(self, error: HazardInputError) -> str:
        if error.field == "inventory_t":
            return self.tr("No typical releases: the register holds no inventory of this source.")
        text = self.tr("No typical releases of this source: {reason}")
        return text.format(reason=f"{self._word(error.field)}: {error.reason}")

    def _basis(self, case: ReleaseCase) -> str:
        """Return what a typical release was worked out from."""
        tonnes = f"{self._source.inventory_t:g}" if self._source else ""
        text = self.tr("Worked out from {tonnes} t in the register, at its highest.")
        parts = [text.format(tonnes=tonnes)]
        if case.assumed:
            taken = self.tr("Taken for granted: {names}.")
            names = " · ".join(self._word(name) for name in case.assumed)
            parts.append(taken.format(names=names))
        if not case.verified:
            parts.append(self.tr("The hole sizes are not verified: {source}.").format(
                source=case.source
            ))  # fmt: skip
        return " ".join(parts)

    def _word(self, field: str) -> str:
        words = {
            "temperature_k": self.tr("25 °C in the vessel"),
            "pressure_pa": self.tr("its own vapour pressure"),
            "pipe_diameter_m": self.tr("a pipe of 100 mm"),
            "head_m": self.tr("2 m of liquid above the hole"),
            "air_k": self.tr("air of 25 °C"),
            "wind_m_s": self.tr("a wind of 3 m/s"),
            "bund_m2": self.tr("no bund"),
            "substance": self.tr("substance"),
            "phase": self.tr("state of the substance"),
        }
        return words.get(field, field)
