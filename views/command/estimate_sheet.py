"""Where does it come from: suspects, rate, readings and doubts, anew every ten seconds.

It is no modal sheet: the map stays in sight and in use while it is open. Nothing is on record
before somebody takes the estimate.
"""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QProgressBar, QWidget

from app.estimate_follower import EstimateFollower
from app.zones import recorded_rate
from models.hazard.estimation.ports import SourceEstimate, Suspect, Taken
from models.operation.situation import AdoptedEstimate, Incident, Published
from views.command.estimate_words import EstimateWords, kg_s
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _HEIGHT_PX, _SUSPECTS_PX = 640, 840, 150
_UPPER, _MIDDLE = 2, 1
_UNBOUNDED = "rate_unbounded"


class EstimateSheet(SheetDialog):
    """Signals: looked_at(dict of incident id to SourceEstimate) for the map; empty ends it."""

    looked_at = Signal(object)

    def __init__(
        self,
        kit: ViewKit,
        incident: Incident,
        follower: EstimateFollower | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("estimate-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit = kit
        self._incident_id = incident.id
        self._follower = follower
        self._words = words = EstimateWords(kit.wording, self)
        self._live: SourceEstimate | None = None
        self._fault = ""
        self._head = named(wrapped_label(role="strong"), "estimate-head")
        self._bar = named(QProgressBar(), "estimate-progress")
        self._bar.setFixedHeight(kit.theme.px(6))
        self._bar.setTextVisible(False)
        suspects: tuple[Column[Suspect], ...] = (
            Column("who", lambda: self.tr("Possible source"), words.suspect, stretch=True),
            Column("p", lambda: self.tr("Probability"),
                   lambda row: kit.wording.probability(row.probability),
                   right=True, width=110),
        )  # fmt: skip
        taken: tuple[Column[Taken], ...] = (
            Column("tag", lambda: self.tr("Detector"), lambda row: row.key, width=100,
                   tip=lambda row: row.name.text(kit.language)),
            Column("reads", lambda: self.tr("Reads"), words.reads, right=True, width=100),
            Column("taken", lambda: self.tr("Taken as"), lambda _row: "", word=words.taken,
                   width=130),
            Column("why", lambda: self.tr("Why"), words.why, stretch=True),
        )  # fmt: skip
        self._suspects: TableModel[Suspect] = TableModel(suspects, lambda row: row.key, self)
        self._taken: TableModel[Taken] = TableModel(taken, lambda row: row.key, self)
        self._suspect_view = named(TableView(kit.theme), "estimate-suspects")
        self._taken_view = named(TableView(kit.theme), "estimate-readings")
        self._suspect_view.show_model(self._suspects)
        self._taken_view.show_model(self._taken)
        self._suspect_view.setFixedHeight(kit.theme.px(_SUSPECTS_PX))
        self._rate = named(wrapped_label(), "estimate-rate")
        self._choice = named(QComboBox(), "estimate-rate-choice")
        self._smaller = named(wrapped_label(role="strong"), "estimate-smaller")
        set_property(self._smaller, "severity", "2")
        self._facts = named(wrapped_label(role="secondary"), "estimate-facts")
        self._doubts = named(wrapped_label(role="secondary"), "estimate-doubts")
        for widget in (self._head, self._bar, self._suspect_view, self._rate, self._choice,
                       self._smaller, self._taken_view, self._doubts, self._facts):  # fmt: skip
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme), "estimate-back")
        self._stop = named(KeyButton(kit.theme), "estimate-stop")
        self._again = named(KeyButton(kit.theme), "estimate-again")
        self._take = named(KeyButton(kit.theme, primary=True), "estimate-take")
        acts = (self.reject, self._on_stop, self.begin, self._on_take)
        for button, act in zip(
            (self._back, self._stop, self._again, self._take), acts, strict=True
        ):
            button.clicked.connect(act)
            self.add_act(button)
        self._suspect_view.chosen.connect(self._on_chosen)
        self._choice.currentIndexChanged.connect(self._on_chosen)
        if follower is not None:
            follower.progressed.connect(self._on_progressed)
            follower.estimated.connect(self._on_estimated)
            follower.ended.connect(self._on_ended)
        self.finished.connect(self._on_finished)
        kit.desk.published.connect(self._on_published)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        self.retranslate()
        self._suspect_view.setFocus()

    @property
    def incident_id(self) -> str:
        """Whose source is asked for."""
        return self._incident_id

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Where does it come from?"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._stop.set_label(self.tr("Stop"))
        self._again.set_label(self.tr("Ask again"))
        self._suspect_view.setAccessibleName(self.tr("Possible sources by probability"))
        self._taken_view.setAccessibleName(self.tr("How each reading was taken"))
        self._choice.setAccessibleName(self.tr("Rate to take"))
        self._suspects.retranslate()
        self._taken.retranslate()
        self._refresh()

    @property
    def _is_live(self) -> bool:
        return self._follower is not None and self._kit.desk.replay is None

    def _adopted(self) -> AdoptedEstimate | None:
        incident = self._kit.desk.situation.incidents.get(self._incident_id)
        return incident.source_estimate if incident is not None else None

    def _shown(self) -> SourceEstimate | None:
        """Return the newest estimate; in a replay, or before the first one, what is on record."""
        adopted = self._adopted()
        if self._is_live and self._live is not None:
            return self._live
        return adopted.estimate if adopted is not None else None

    def _refresh(self) -> None:
        made = self._shown()
        percent = self._follower.percent(self._incident_id) if self._follower is not None else None
        self._bar.setVisible(self._is_live)
        self._bar.setValue(percent or 0)
        self._stop.setVisible(self._is_live and percent is not None)
        self._again.setVisible(self._is_live and percent is None)
        self._head.setText(self._head_text(made))
        can_tell = made is not None and made.estimate.verdict != "cannot_tell"
        self._suspects.update(made.estimate.candidates if made is not None and can_tell else ())
        self._taken.update(made.taken if made is not None else ())
        self._rate.setText("" if made is None else self._words.rate(made))
        self._facts.setText("" if made is None else self._words.facts(made))
        self._doubts.setText("" if made is None else self._words.doubts(made))
        if self._suspects.rowCount() and not self._suspect_view.currentIndex().isValid():
            self._suspect_view.selectRow(0)
        self._fill_rates(made if can_tell else None)
        self._refresh_take()

    def _head_text(self, made: SourceEstimate | None) -> str:
        adopted, clock = self._adopted(), self._kit.wording.clock
        lines = []
        if self._is_live and self._fault:
            lines.append(self._words.fault(self._fault))
        if made is not None:
            at = self.tr("As of {clock}: ").format(clock=clock(made.made_us))
            lines.append(at + self._words.verdict(made))
        elif self._is_live and not self._fault:
            lines.append(self.tr("Computing…"))
        elif not self._is_live:
            lines.append(self.tr("No estimate was on record at this moment."))
        if adopted is not None:
            taken = self.tr("On record since {clock}: taken for the source at {rate} kg/s.")
            lines.append(taken.format(clock=clock(adopted.at_us), rate=kg_s(adopted.release_kg_s)))
        return "\n".join(lines)

    def _fill_rates(self, made: SourceEstimate | None) -> None:
        """Offer the upper end, which is the safe side, unless the readings give none."""
        rates = made.release_kg_s if made is not None else None
        self._choice.setVisible(rates is not None and self._is_live)
        if made is None or rates is None:
            self._choice.clear()
            return
        texts = (
            (_UPPER, self.tr("take the upper end, {rate} kg/s: the safe side")),
            (_MIDDLE, self.tr("take the middle, {rate} kg/s")),
        )
        first = self._choice.count() == 0
        self._choice.blockSignals(True)
        for place, (end, text) in enumerate(texts):
            words = text.format(rate=kg_s(rates[end]))
            if first:
                self._choice.addItem(words, end)
            self._choice.setItemText(place, words)
        if first and any(each.code == _UNBOUNDED for each in made.warnings):
            self._choice.setCurrentIndex(1)
        self._choice.blockSignals(False)

    def _chosen_rate(self) -> float | None:
        end = self._choice.currentData()
        rates = self._live.release_kg_s if self._live is not None else None
        return float(f"{rates[end]:.3g}") if rates is not None and end is not None else None

    def _refresh_take(self) -> None:
        row, rate = self._suspect_view.current_row(), self._chosen_rate()
        told = self._live is not None and self._live.estimate.verdict != "cannot_tell"
        live = self._is_live and told and rate is not None and self._fault != "closed"
        self._take.setVisible(self._is_live)
        text = self.tr("Take as the source")
        if live and rate is not None:
            place = row.key if row is not None and row.key else self.tr("the area")
            text = self.tr("Take {place} at {rate} kg/s").format(place=place, rate=kg_s(rate))
        self._take.set_label(text, "Ctrl+Return")
        self._take.setEnabled(live)
        self._smaller.setText(self._smaller_text(rate) if live and rate is not None else "")
        self._smaller.setVisible(bool(self._smaller.text()))

    def _smaller_text(self, rate_kg_s: float) -> str:
        """Say it when what is chosen would make the zone smaller than the one that stands."""
        known = recorded_rate(self._kit.desk.situation, self._incident_id)
        if known is None or rate_kg_s >= known.release_kg_s:
            return ""
        text = self.tr("Less than the {rate} kg/s on record: the new zone would be smaller.")
        return text.format(rate=kg_s(known.release_kg_s))

    def _on_take(self) -> None:
        """Take what is chosen: the incident goes there, and its zone follows."""
        rate, row = self._chosen_rate(), self._suspect_view.current_row()
        if self._follower is None or self._live is None or rate is None:
            return
        key = row.key if row is not None else ""
        place = self.tr("Estimated source (by detectors)")
        self._follower.adopt(self._incident_id, self._live, rate, key, place)
        self.accept()

    def begin(self) -> None:
        """Ask for an estimate now and every ten seconds, when it is about the present."""
        self._fault = ""
        if self._is_live and self._follower is not None:
            self._follower.follow(self._incident_id)
        self._refresh()

    def _on_stop(self) -> None:
        if self._follower is not None:
            self._follower.cancel()

    def _on_chosen(self, _what: object = None) -> None:
        self._refresh_take()

    def _on_finished(self, _result: int) -> None:
        if self._follower is not None:
            self._follower.leave()
        self.looked_at.emit({})

    @Slot(str, int)
    def _on_progressed(self, incident_id: str, percent: int) -> None:
        if incident_id == self._incident_id:
            self._bar.setValue(percent)
            self._stop.setVisible(self._is_live)
            self._again.setVisible(False)

    @Slot(str, object)
    def _on_estimated(self, incident_id: str, made: SourceEstimate) -> None:
        if incident_id == self._incident_id:
            self._live, self._fault = made, ""
            if self._is_live:
                self.looked_at.emit({incident_id: made})

    @Slot(str, str)
    def _on_ended(self, incident_id: str, fault: str) -> None:
        if incident_id == self._incident_id:
            self._fault = fault
            if fault not in {"", "cancelled"}:
                self._live = None  # what was found doesn't hold any more
                self.looked_at.emit({})
            self._refresh()

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "incidents" in published.changes.touched:
            self._refresh()

    @Slot(object)
    def _on_replay_changed(self, replay: object) -> None:
        """Show what was on record then; back in the present, ask anew."""
        if replay is not None:
            self.looked_at.emit({})
        else:
            self.begin()
        self._refresh()
