"""How sure the zone is: reach by probability, receptors with theirs, and what that rests on."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from app.contour_follower import ContourFollower
from models.basics import Name
from models.hazard.ports import Input, ReceptorHit, ZoneLevel, ZoneResult
from models.operation.situation import Incident, Published
from views.kit import ViewKit
from views.map.words import MapWords
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _HEIGHT_PX = 760, 660
_LEVELS_PX = 140
_PROBABILITIES = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """How far a level reaches with 5, 50 and 95 %; None: nowhere that surely."""

    key: str
    label: Name
    severity: int
    reach_m: tuple[float | None, ...]


class ContoursSheet(SheetDialog):
    """Starts and stops the run, and shows the contours of the zone that stands."""

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        follower: ContourFollower | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("contours-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit = kit
        self._incident_id = incident.id
        self._follower = follower
        self._cautions = MapWords(self)
        self._fault = ""
        self._head = named(wrapped_label(role="strong"), "contours-head")
        self._bar = named(QProgressBar(), "contours-progress")
        levels: tuple[Column[LevelRow], ...] = (
            Column("level", lambda: self.tr("Level"), lambda row: row.label.text(kit.language),
                   severity=lambda row: 4 - row.severity, stretch=True),
            *(Column(f"p{i}", self._title(p), self._reach(i), right=True, width=130)
              for i, p in enumerate(_PROBABILITIES)),
        )  # fmt: skip
        hits: tuple[Column[ReceptorHit], ...] = (
            Column("who", lambda: self.tr("Who"), lambda row: row.name.text(kit.language),
                   stretch=True),
            Column("people", lambda: self.tr("People"), self._people, right=True, width=90),
            Column("level", lambda: self.tr("Level"), self._level, width=170),
            Column("p", lambda: self.tr("Probability"), lambda row: f"{row.probability or 0:.0%}",
                   right=True, width=110),
        )  # fmt: skip
        self._levels: TableModel[LevelRow] = TableModel(levels, lambda row: row.key, self)
        self._hits: TableModel[ReceptorHit] = TableModel(hits, lambda row: row.receptor_key, self)
        self._level_view = named(TableView(kit.theme), "contours-levels")
        self._hit_view = named(TableView(kit.theme), "contours-receptors")
        self._level_view.show_model(self._levels)
        self._hit_view.show_model(self._hits)
        self._level_view.setFixedHeight(kit.theme.px(_LEVELS_PX))
        self._note = named(wrapped_label(role="secondary"), "contours-note")
        for widget in (self._head, self._bar, self._level_view, self._hit_view, self._note):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "contours-back")
        self._cancel = named(KeyButton(kit.theme), "contours-cancel")
        self._run = named(KeyButton(kit.theme, primary=True), "contours-run")
        self._back.clicked.connect(self.reject)
        self.add_act(self._back)
        self.add_act(self._cancel)
        self.add_act(self._run, default=True)
        self._cancel.clicked.connect(self._on_cancel)
        self._run.clicked.connect(self._on_run)
        if follower is not None:
            follower.progressed.connect(self._on_progressed)
            follower.ended.connect(self._on_ended)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("How sure is the zone"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._cancel.set_label(self.tr("Stop computing"))
        self._run.set_label(self.tr("Compute contours") + "  Enter")
        self._level_view.setAccessibleName(self.tr("Reach by probability"))
        self._hit_view.setAccessibleName(self.tr("Receptors by probability"))
        self._levels.retranslate()
        self._hits.retranslate()
        self._refresh()

    def _refresh(self) -> None:
        found = self._contours()
        percent = self._follower.percent(self._incident_id) if self._follower is not None else None
        live = self._follower is not None and self._kit.desk.replay is None
        self._bar.setVisible(percent is not None)
        self._bar.setValue(percent or 0)
        self._cancel.setVisible(percent is not None)
        self._run.setVisible(live and percent is None)
        self._head.setText(self._head_text(found, running=percent is not None))
        self._levels.update(_rows(found))
        self._hits.update(found.receptors if found is not None else ())
        self._note.setText("" if found is None else self._note_text(found))

    def _head_text(self, found: ZoneResult | None, *, running: bool) -> str:
        if running:
            return self.tr("Computing…")
        if self._fault == "no_zone":
            return self.tr("No model's zone stands for this incident: enter a rate first.")
        if self._fault == "cancelled":
            return self.tr("Stopped: no contours were drawn.")
        if self._fault:
            return self.tr("It could not be computed: {reason}").format(reason=self._fault)
        if found is None:
            return self.tr("No contours stand: the zone is one run, its inputs taken as exact.")
        return self.tr(
            "Routes and staging keep out of the 5 % contour; the zone itself stays as it is drawn."
        )

    def _note_text(self, found: ZoneResult) -> str:
        inputs = {each.name: each for each in found.inputs}
        lines = [
            self.tr("{members} runs (seed {seed}) of {model}").format(
                members=_value(inputs.get("members")),
                seed=_value(inputs.get("seed")),
                model=self._kit.wording.model("model", found.model.partition(", ensemble")[0]),
            ),
            self._wind_text(inputs),
            self.tr("Assumed: rate within a factor {rate}, model within a factor {model}, "
                    "two times out of three.").format(
                rate=_factor(inputs.get("rate_log_sd")), model=_factor(inputs.get("model_log_sd"))
            ),
        ]  # fmt: skip
        lines += [self._cautions.caution(each) for each in found.warnings]
        return "\n".join(lines)

    def _wind_text(self, inputs: dict[str, Input]) -> str:
        turn, speed = inputs.get("direction_sd"), inputs.get("speed_log_sd")
        text = self.tr("Wind ± {turn}°, speed within a factor {speed}: {source}")
        count, _, rest = (turn.source if turn is not None else "").partition(" readings over ")
        if turn is None or turn.assumed:
            source = self.tr("ASSUMED from the table, too few readings of the mast")
        else:
            source = self.tr("{count} readings of the last {minutes} min").format(
                count=count, minutes=f"{float(rest.removesuffix(' s') or 0) / 60:.0f}"
            )
        return text.format(turn=_value(turn), speed=_factor(speed), source=source)

    def _contours(self) -> ZoneResult | None:
        """Return the contours of the newest zone that has some."""
        zones = [
            zone
            for zone in self._kit.desk.situation.zones.values()
            if zone.incident_id == self._incident_id
            and zone.result.kind == "model"
            and zone.withdrawn_us is None
            and zone.contours is not None
        ]
        newest = max(zones, key=lambda zone: (zone.drawn_us, zone.id), default=None)
        return newest.contours if newest is not None else None

    def _on_run(self) -> None:
        self._fault = ""
        if self._follower is not None:
            self._follower.begin(self._incident_id)
        self._refresh()

    def _on_cancel(self) -> None:
        if self._follower is not None:
            self._follower.cancel(self._incident_id)

    @Slot(str, int)
    def _on_progressed(self, incident_id: str, _percent: int) -> None:
        if incident_id == self._incident_id:
            self._refresh()

    @Slot(str, str)
    def _on_ended(self, incident_id: str, fault: str) -> None:
        if incident_id == self._incident_id:
            self._fault = fault
            self._refresh()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "zones" in published.changes.touched:
            self._refresh()

    def _title(self, probability: float) -> Callable[[], str]:
        return lambda: self.tr("{percent} likely").format(percent=f"{probability:.0%}")

    def _reach(self, index: int) -> Callable[[LevelRow], str]:
        def text(row: LevelRow) -> str:
            reach_m = row.reach_m[index]
            return self.tr("nowhere") if reach_m is None else self._kit.wording.distance(reach_m)

        return text

    def _people(self, row: ReceptorHit) -> str:
        return self.tr("to be verified") if row.people is None else f"{row.people:,}"

    def _level(self, row: ReceptorHit) -> str:
        found = self._contours()
        levels = found.levels if found is not None else ()
        name = next((level.label for level in levels if level.key == row.level_key), None)
        return row.level_key if name is None else name.text(self._kit.language)


def _rows(found: ZoneResult | None) -> list[LevelRow]:
    """Return one row a level, the worst first."""
    reach: dict[str, dict[float, float]] = {}
    known: dict[str, ZoneLevel] = {}
    for level in found.levels if found is not None else ():
        known.setdefault(level.key, level)
        of = reach.setdefault(level.key, {})
        p = level.probability or 0.0
        of[p] = max(of.get(p, 0.0), level.reach_m)
    rows = [
        LevelRow(key, level.label, level.severity,
                 tuple(reach[key].get(p) for p in _PROBABILITIES))
        for key, level in known.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row.severity, row.key))


def _value(given: Input | None) -> str:
    if given is None:
        return "?"
    return f"{given.value:g}" if isinstance(given.value, float | int) else str(given.value)


def _factor(given: Input | None) -> str:
    """Return what a standard deviation of a logarithm means as a factor."""
    if given is None:
        return "?"
    return f"{math.exp(float(given.value)):.2g}"
