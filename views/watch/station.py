"""Watch 值守: situations and alarms, the map, the call, the trend of what is chosen."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QSplitter, QWidget

from models.basics import LatLon
from models.operation.situation import Alarm
from models.registry.kinds import Enterprise, Tag
from models.telemetry.whole_colours import EnterpriseColour
from views.actions import ActionSpec
from views.kit import ViewKit
from views.monitor.late_plot import LatePlot
from views.watch.alarm_table import AlarmTable
from views.watch.call_form import CallForm
from views.watch.cards_body import CardsBody
from views.watch.handover import HandoverList
from views.watch.panes import AlarmsPane, CallPane, CardsPane, HandoverPane, TrendPane
from views.widgets.naming import named

_ANSWER_KEYS = 6


class WatchStation(QObject):
    """Signals: incident_opened(str incident id), place_wanted(LatLon), selected(kind, key).

    And plan_wanted(str plan), record_wanted(kind, key): a row that has no place.
    """

    incident_opened = Signal(str)
    place_wanted = Signal(object)
    selected = Signal(str, str)
    plan_wanted = Signal(str)
    record_wanted = Signal(str, str)
    id = "watch"

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._active = False
        self._add_actions()
        self.cards = CardsBody(kit)
        self.alarms = AlarmTable(kit)
        self.call = CallForm(kit)
        self._plot = LatePlot(kit)
        self._trend_pane = TrendPane(kit.theme)
        self._trend_pane.set_body(self._plot)
        self.cards.incident_opened.connect(self.incident_opened)
        self.call.incident_opened.connect(self.incident_opened)
        self.cards.map_wanted.connect(self._on_map_wanted)
        self.cards.plan_wanted.connect(self.plan_wanted)
        self.cards.source_wanted.connect(self._on_source_wanted)
        self.cards.enterprise_wanted.connect(self._on_enterprise_wanted)
        self.cards.trend_wanted.connect(self._show_card_trend)
        self.cards.current_changed.connect(self._show_card_trend)
        self.alarms.chosen.connect(self._on_alarm_chosen)

    def left(self) -> QWidget | None:
        """Return situations over alarms."""
        cards_pane = CardsPane(self._kit.theme, self.cards)
        alarms_pane = AlarmsPane(self._kit.theme, self.alarms)
        splitter = named(QSplitter(Qt.Orientation.Vertical), "watch-left")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(cards_pane)
        splitter.addWidget(alarms_pane)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        splitter.setSizes(self._kit.theme.pxs(700, 300))
        return splitter

    def right(self) -> QWidget | None:
        """Return the call over the handover list."""
        splitter = named(QSplitter(Qt.Orientation.Vertical), "watch-right")
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(CallPane(self._kit, self.call))
        splitter.addWidget(HandoverPane(self._kit.theme, HandoverList(self._kit)))
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 2)
        return splitter

    def bottom(self) -> QWidget | None:
        """Return the live trend of the chosen situation."""
        return self._trend_pane

    def center(self) -> QWidget | None:
        """Leave the map in the middle."""
        return None

    def prepare(self) -> Iterator[None]:
        """Make the plot and cards in idle moments."""
        self._plot.prepare()
        yield
        yield from self.cards.prepare()

    def activated(self) -> None:
        """Show the current card's trend."""
        card = self.cards.current_card
        self._show_card_trend(card.id if card else "")

    def set_active(self, *, active: bool) -> None:
        """Let this station's keys act or not."""
        self._active = active

    def _is_active(self) -> bool:
        return self._active

    def _add_actions(self) -> None:
        add = self._kit.actions.add
        specs = (
            ("verify", lambda: self.tr("Verify"), "", self._run("verify")),
            ("open", lambda: self.tr("Open incident"), "Return", self._run("open_incident")),
            ("trend", lambda: self.tr("Trend"), "T", self._run("show_trend")),
            ("map", lambda: self.tr("On the map"), "M", self._run("show_on_map")),
            ("acknowledge", lambda: self.tr("Acknowledge"), "A", self._run("acknowledge")),
            ("plan", lambda: self.tr("Plan"), "P", self._run("show_plan")),
            ("next", lambda: self.tr("Next situation"), "Tab", self._run("choose_next")),
            ("dead", lambda: self.tr("Number dead"), "X", self._run("mark_dead")),
            (
                "enterprise",
                lambda: self.tr("Next enterprise above blue"),
                "E",
                self._next_enterprise,
            ),
            ("shelve", lambda: self.tr("Shelve / unshelve the alarm"), "H", self._alarm("shelve")),
            ("reset", lambda: self.tr("Reset the latched alarm"), "R", self._alarm("reset")),
            ("service", lambda: self.tr("Out of / into service"), "O", self._alarm("service")),
            ("unit", lambda: self.tr("State of the unit"), "U", self._alarm("set_unit_state")),
        )
        for name, text, key, run in specs:
            add(
                ActionSpec(
                    id=f"watch.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=self._is_active,
                    group="watch",
                )
            )
        for number in range(1, _ANSWER_KEYS + 1):
            add(
                ActionSpec(
                    id=f"watch.key{number}",
                    text=partial(self._key_text, number),
                    run=partial(self._digit, number),
                    shortcut=str(number),
                    enabled=self._is_active,
                    group="watch",
                )
            )
        add(
            ActionSpec(
                id="watch.new_call",
                text=lambda: self.tr("New call"),
                run=lambda: self.call.start_call(),
                shortcut="N",
                enabled=self._is_active,
                group="watch",
            )
        )
        add(
            ActionSpec(
                id="watch.open_from_call",
                text=lambda: self.tr("Open incident from the call"),
                run=lambda: self.call.open_incident(),
                shortcut="Ctrl+Return",
                enabled=self._is_active,
                group="watch",
            )
        )

    def _next_enterprise(self) -> None:
        self.cards.enterprises.next()

    def _run(self, method: str) -> Callable[[], None]:
        def run() -> None:
            getattr(self.cards, method)()

        return run

    def _alarm(self, method: str) -> Callable[[], None]:
        def run() -> None:
            getattr(self.alarms.acts, method)()

        return run

    def _key_text(self, number: int) -> str:
        return self.tr("Verification key {number}").format(number=number)

    def _digit(self, number: int) -> None:
        self.cards.digit(number)

    @Slot(str)
    def _on_map_wanted(self, card_id: str) -> None:
        card = self._kit.desk.situation.cards.get(card_id)
        if card is not None:
            self._on_source_wanted(card.hazard_source_key)

    @Slot(str)
    def _on_source_wanted(self, key: str) -> None:
        source = self._kit.desk.reference.get("hazard-sources", key)
        if source is not None and source.position is not None:
            self.place_wanted.emit(source.position)
            self.selected.emit("hazard-sources", source.key)

    @Slot(object)
    def _on_enterprise_wanted(self, warned: EnterpriseColour) -> None:
        """Lead to an enterprise: on the map, else in the register, else to its worst source."""
        row = self._kit.desk.reference.get(Enterprise.KIND, warned.enterprise_key)
        if row is None:
            self._on_source_wanted(warned.worst.hazard_source_key)
        elif row.position is None:
            self.record_wanted.emit(Enterprise.KIND, row.key)
        else:
            self.place_wanted.emit(row.position)
            self.selected.emit(Enterprise.KIND, row.key)

    @Slot(str)
    def _show_card_trend(self, card_id: str) -> None:
        card = self._kit.desk.situation.cards.get(card_id)
        keys = [a.rpartition("/")[0] for a in card.alarm_ids] if card else []
        self._show_tags(keys)

    def _show_tags(self, keys: list[str]) -> None:
        rows = [self._kit.desk.reference.get("tags", key) for key in dict.fromkeys(keys)]
        tags = [row for row in rows if isinstance(row, Tag)][:6]
        self._plot.show_tags(tags)
        self._trend_pane.show_tags(tags)

    @Slot(object)
    def _on_alarm_chosen(self, alarm: Alarm | None) -> None:
        if alarm is None:
            return
        self._show_tags([alarm.tag_key])
        tag = self._kit.desk.reference.get("tags", alarm.tag_key)
        position: LatLon | None = tag.position if tag else None
        if position is not None:
            self.selected.emit("tags", alarm.tag_key)
