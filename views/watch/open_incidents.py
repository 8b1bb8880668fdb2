"""Open incidents over the situations: number, what, T+; one click leads to their command."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from models.operation.situation import Incident, Published, Situation
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.chosen_row import ChosenRow
from views.widgets.severity import SeverityMark
from views.widgets.spares import Spares


class IncidentRow(ChosenRow):
    """One open incident. Signals: chosen(str incident id)."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self.setObjectName("card")
        set_property(self, "severity", "1")
        self._kit = kit
        self._incident: Incident | None = None
        self._title = wrapped_label(role="strong")
        self._clock = PlainLabel(role="strong")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*kit.theme.pxs(10, 6, 10, 6))
        layout.setSpacing(kit.theme.px(8))
        layout.addWidget(SeverityMark(kit.theme, 1), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._title, 1)
        layout.addWidget(self._clock, 0, Qt.AlignmentFlag.AlignTop)

    def show_incident(self, incident: Incident) -> None:
        """Show this state of the incident."""
        self._incident = incident
        self.stand_for(incident.id)
        title = incident.title.text(self._kit.language)
        self._title.setText(f"{incident.number} · {title}")
        self.setAccessibleName(self._title.text())
        self.tick(self._kit.desk.clock.now_us())

    def tick(self, now_us: int) -> None:
        """Count the time since it was opened."""
        if self._incident is not None:
            self._clock.setText(self._kit.wording.since(self._incident.opened_us, now_us))


class OpenIncidents(QWidget):
    """All open incidents, the newest first; nothing when there is none.

    Signals: chosen(str incident id).
    """

    chosen = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._rows: dict[str, IncidentRow] = {}
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(*kit.theme.pxs(8, 8, 8, 0))
        self._list.setSpacing(kit.theme.px(6))
        self._spares = Spares(self._list, self._make_row)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        kit.translator.language_changed.connect(self._on_language_changed)
        self._show(kit.desk.situation)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "incidents" in published.changes.touched:
            self._show(published.situation)

    @Slot(object)
    def _on_language_changed(self, _language: str) -> None:
        self._show(self._kit.desk.situation)

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        for row in self._rows.values():
            row.tick(now_us)

    def rows(self) -> list[IncidentRow]:
        """Return the rows on show."""
        return list(self._rows.values())

    def _make_row(self) -> IncidentRow:
        row = IncidentRow(self._kit)
        row.chosen.connect(self.chosen)
        return row

    def _show(self, situation: Situation) -> None:
        found = [
            incident
            for incident in situation.incidents.values()
            if incident.closed_us is None and not incident.merged_into
        ]
        found.sort(key=lambda incident: (-incident.opened_us, incident.id))
        for gone in set(self._rows) - {incident.id for incident in found}:
            self._spares.give(self._rows.pop(gone))
        for index, incident in enumerate(found):
            row = self._rows.get(incident.id)
            if row is None:
                row = self._rows[incident.id] = self._spares.take()
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            row.show_incident(incident)
        self.setVisible(bool(found))
