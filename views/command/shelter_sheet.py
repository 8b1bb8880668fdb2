"""Shelter or leave, receptor by receptor: an advice with its inputs, journalled as it is shown."""

import asyncio

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.commands.zone import RecordAdvice
from app.shelter import advice_for
from models.hazard.advice import ReceptorAdvice, ZoneAdvice
from models.hazard.ports import HazardInputError
from models.operation.situation import Incident, Situation
from models.times import SECOND_US
from views.command.shelter_words import ShelterWords
from views.kit import ViewKit
from views.widgets.badges import wrapped_label
from views.widgets.dialog import SheetDialog
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView

_WIDTH_PX, _HEIGHT_PX = 1180, 640
_ORDER = {"leave": 0, "undecided": 1, "ventilate": 2, "shelter": 3}


class ShelterSheet(SheetDialog):
    """Computes on the model thread; in a replay it shows what was on record then."""

    def __init__(self, kit: ViewKit, incident: Incident, parent: QWidget | None = None) -> None:
        super().__init__(kit.theme, parent)
        self.setObjectName("shelter-sheet")
        self.resize(kit.theme.px(_WIDTH_PX), kit.theme.px(_HEIGHT_PX))
        self._kit = kit
        self._began_us = incident.opened_us
        self._words = ShelterWords(kit.wording, incident.opened_us, self)
        self._advice: ZoneAdvice | None = None
        self._fault = ""
        self._head = named(wrapped_label(role="strong"), "shelter-head")
        words = self._words
        columns: tuple[Column[ReceptorAdvice], ...] = (
            Column("verdict", lambda: self.tr("Advice"), lambda _row: "", word=words.verdict,
                   width=100),
            Column("who", lambda: self.tr("Who"), lambda row: row.name.text(kit.language),
                   width=190),
            Column("people", lambda: self.tr("People"), self._people, right=True, width=80),
            Column("doing", lambda: self.tr("What, until when"), words.doing, stretch=True),
            Column("why", lambda: self.tr("Why"), words.why, stretch=True),
            Column("loads", lambda: self.tr("Load in : out"), words.loads, right=True, width=110),
        )  # fmt: skip
        self._model: TableModel[ReceptorAdvice] = TableModel(
            columns, lambda row: row.receptor_key, self
        )
        self._view = named(TableView(kit.theme), "shelter-table")
        self._view.show_model(self._model)
        self._facts = named(wrapped_label(role="secondary"), "shelter-facts")
        for widget in (self._head, self._view, self._facts):
            self.add_content(widget)
        self._back = named(KeyButton(kit.theme, primary=True), "shelter-back")
        self._back.clicked.connect(self.reject)
        self.add_act(self._back, default=True)
        self._begin(incident)
        self.retranslate()
        self._view.setFocus()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.setWindowTitle(self.tr("Shelter or leave"))
        self._back.set_label(self.tr("Back") + "  Esc")
        self._view.setAccessibleName(self.tr("Shelter or leave"))
        self._model.retranslate()
        found = self._advice
        if found is None:
            self._head.setText(self._fault or self.tr("Computing…"))
            self._facts.setText("")
            return
        at_us = self._began_us + round(found.now_s) * SECOND_US
        head = self.tr("As of {clock}: an advice by a model, the commander decides.").format(
            clock=self._kit.wording.clock(at_us)
        )
        if not found.advices:
            head = self.tr("No receptor of the library lies in the zone: not the same as clear.")
        self._head.setText(head)
        doubts = [self._words.caution(each) for each in found.warnings]
        self._facts.setText("\n".join((self._words.facts(found), " ".join(doubts))))

    def _begin(self, incident: Incident) -> None:
        desk = self._kit.desk
        situation, reference, now_us = desk.situation, desk.reference, desk.clock.now_us()
        if desk.replay is not None:
            self._show(_recorded(situation, incident))
            return
        future = desk.in_worker(lambda: advice_for(situation, reference, incident, now_us))
        future.add_done_callback(self._on_computed)

    def _on_computed(self, future: "asyncio.Future[tuple[str, ZoneAdvice]]") -> None:
        if future.cancelled():
            return
        error = future.exception()
        zone_id, found = ("", None) if error is not None else future.result()
        if found is not None:
            self._kit.desk.execute(RecordAdvice(zone_id=zone_id, advice=found))
        if not isValid(self):  # closed by now; what was computed stands on record all the same
            return
        if isinstance(error, HazardInputError) and error.field == "zone":
            self._fault = self.tr("No model's zone stands for this incident: enter a rate first.")
        elif error is not None:
            self._fault = self.tr("It could not be computed: {reason}").format(reason=str(error))
        else:
            self._advice = found
            self._fill()
        self.retranslate()

    def _show(self, found: ZoneAdvice | None) -> None:
        self._advice = found
        self._fault = self.tr("No advice was on record at this moment.")
        self._fill()

    def _fill(self) -> None:
        rows = self._advice.advices if self._advice is not None else ()
        self._model.update(sorted(rows, key=lambda r: (_ORDER[r.verdict], r.distance_m)))

    def _people(self, row: ReceptorAdvice) -> str:
        return self.tr("to be verified") if row.people is None else f"{row.people:,}"


def _recorded(situation: Situation, incident: Incident) -> ZoneAdvice | None:
    """Return the newest advice of the incident's zones that stand."""
    advised = [
        zone
        for zone in situation.zones.values()
        if zone.incident_id == incident.id and zone.withdrawn_us is None and zone.advice is not None
    ]
    newest = max(advised, key=lambda zone: (zone.drawn_us, zone.id), default=None)
    return newest.advice if newest is not None else None
