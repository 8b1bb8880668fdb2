"""The list of situation cards and their keys."""

import asyncio
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.commands.alarm import AcknowledgeAlarms
from app.commands.card import RecordVerification, StartVerification
from app.commands.incident import OpenIncidentFromCard
from app.commands.resource import MarkNumberDead
from models.operation.events.base import Event
from models.operation.situation import Card, Published, Situation
from views.i18n import Retranslating
from views.kit import ViewKit
from views.watch.card_text import plan_of_card
from views.watch.card_widget import RESULTS, CardWidget
from views.watch.colour_strip import ColourStrip
from views.watch.enterprise_colours import EnterpriseColours
from views.watch.open_incidents import OpenIncidents
from views.widgets.badges import PlainLabel
from views.widgets.naming import named
from views.widgets.spares import Spares
from views.widgets.twice import Twice

_READY = 4
_AT_ONCE = 20  # the rest is counted below them: hundreds of widgets would stop the UI thread
_READ = frozenset({"cards", "alarms", "answers", "stale_tags", "failures"})


class CardsBody(Retranslating, QWidget):
    """Open cards, the gravest first.

    Signals: counted(int open, int collapsed alarms), trend_wanted(str card id),
    map_wanted(str card id), incident_opened(str incident id), current_changed(str card id),
    source_wanted(str hazard source), enterprise_wanted(EnterpriseColour), plan_wanted(str plan).
    """

    counted = Signal(int, int)
    trend_wanted = Signal(str)
    map_wanted = Signal(str)
    incident_opened = Signal(str)
    current_changed = Signal(str)
    source_wanted = Signal(str)
    enterprise_wanted = Signal(object)
    plan_wanted = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._situation = kit.desk.situation
        self._widgets: dict[str, CardWidget] = {}
        self._seen: dict[str, tuple[object, ...]] = {}  # what each widget shows
        self._order: list[str] = []
        self._most = _AT_ONCE
        self._current = ""
        self._twice = Twice(self)
        self._twice.changed.connect(self._on_armed_changed)
        self._empty = PlainLabel()
        self._empty.setObjectName("emptyTitle")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._box = QWidget()
        self._list = QVBoxLayout(self._box)
        self._list.setContentsMargins(*kit.theme.pxs(8, 8, 8, 8))
        self._list.setSpacing(kit.theme.px(8))
        self._spares = Spares(self._list, self._make_card)
        self.incidents = OpenIncidents(kit)
        self.incidents.chosen.connect(self.incident_opened)
        self._more = named(QPushButton(flat=True), "cards-more")
        self._more.clicked.connect(self._on_more)
        self._list.addWidget(self._empty)
        self._list.addWidget(self._more)
        self._list.addStretch(1)
        self._scroll = scroll = QScrollArea(widgetResizable=True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(self._box)
        self._reveal = QTimer(self, singleShot=True, interval=0)  # when its size is known
        self._reveal.timeout.connect(self._on_reveal)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        colours = ColourStrip(kit)
        colours.chosen.connect(self.source_wanted)
        self.enterprises = EnterpriseColours(kit)
        self.enterprises.chosen.connect(self.enterprise_wanted)
        layout.addWidget(colours)
        layout.addWidget(self.enterprises)
        layout.addWidget(self.incidents)
        layout.addWidget(scroll, 1)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        kit.desk.live_values.connect(self._on_live_values)
        self.retranslate()
        self._refresh()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._empty.setText(self.tr("No open situation"))
        self._show_more()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the situations their room: their acts come before explanations of colours."""
        super().resizeEvent(event)
        self.enterprises.set_room(self.height())
        self._reveal.start()

    @Slot()
    def _on_reveal(self) -> None:
        """Bring the current card into sight, of one that is too high its upper part."""
        widget = self._widgets.get(self._current)
        if widget is None:
            return
        bar, margin = self._scroll.verticalScrollBar(), self._list.spacing()
        top, height = widget.y() - margin, widget.height() + 2 * margin
        lowest = top if height > bar.pageStep() else top + height - bar.pageStep()
        bar.setValue(min(max(bar.value(), lowest), top))

    @property
    def current_card(self) -> Card | None:
        """The chosen card."""
        return self._situation.cards.get(self._current)

    def widget(self, card_id: str) -> CardWidget:
        """Return the widget of an open card; KeyError when it isn't shown."""
        return self._widgets[card_id]

    def choose(self, card_id: str) -> None:
        """Make a card the current one."""
        if card_id in self._order and card_id != self._current:
            self._current = card_id
            self._refresh()
            self._reveal.start()
            self.current_changed.emit(card_id)

    @Slot()
    def choose_next(self) -> None:
        """Make the next card the current one."""
        if self._order:
            index = self._order.index(self._current) if self._current in self._order else -1
            self.choose(self._order[(index + 1) % len(self._order)])

    @Slot()
    def verify(self) -> None:
        """Show the control room's number and start the clock; key 1 first."""
        self._on_acted(self._current, "verify")

    @Slot()
    def open_incident(self) -> None:
        """Turn the current card into an incident."""
        self._on_acted(self._current, "open")

    @Slot()
    def acknowledge(self) -> None:
        """Acknowledge the current card's alarms."""
        self._on_acted(self._current, "acknowledge")

    @Slot()
    def show_trend(self) -> None:
        """Ask for the current card's trend."""
        self._on_acted(self._current, "trend")

    @Slot()
    def show_on_map(self) -> None:
        """Ask for the current card's place."""
        self._on_acted(self._current, "map")

    @Slot()
    def show_plan(self) -> None:
        """Ask for the plan that would run for the current card."""
        card = self.current_card
        match = plan_of_card(self._kit, card, self._situation) if card is not None else None
        if match is not None:
            self.plan_wanted.emit(match.plan.key)

    @Slot()
    def mark_dead(self) -> None:
        """Mark the number that is being called dead, on the second press; the next one shows."""
        card = self.current_card
        if card is None or card.state != "verifying" or not card.verification_phone:
            return
        number = card.verification_phone
        if self._twice.press(number):
            command = MarkNumberDead(kind="enterprises", key=card.enterprise_key, number=number)
            self._kit.desk.execute(command)

    @Slot()
    def _on_armed_changed(self) -> None:
        for card_id, widget in self._widgets.items():
            card = self._situation.cards.get(card_id)
            armed = card is not None and card.verification_phone == self._twice.armed
            widget.show_armed(armed=armed and bool(self._twice.armed))

    def digit(self, number: int) -> None:
        """Key 1 starts the verification; while its clock runs 1…6 are the answers."""
        card = self.current_card
        if card is None:
            return
        if card.state == "open" and number == 1:
            self.verify()
        elif card.state == "verifying" and 1 <= number <= len(RESULTS):
            self._widgets[card.id].answer(number - 1)

    def _on_acted(self, card_id: str, act: str) -> None:
        card = self._situation.cards.get(card_id)
        if card is None:
            return
        match act:
            case "verify" if card.state == "open":
                self._kit.desk.execute(StartVerification(card_id=card_id))
            case "open":
                future = self._kit.desk.execute(OpenIncidentFromCard(card_id=card_id))
                future.add_done_callback(self._on_opened)
            case "acknowledge":
                waiting = tuple(
                    alarm_id
                    for alarm_id in card.alarm_ids
                    if alarm_id in self._situation.alarms
                    and "unacknowledged" in self._situation.alarms[alarm_id].state
                )
                if waiting:
                    seen = tuple(self._situation.alarms[key].event_id for key in waiting)
                    self._kit.desk.execute(AcknowledgeAlarms(alarm_ids=waiting, seen=seen))
            case "trend":
                self.trend_wanted.emit(card_id)
            case "map":
                self.map_wanted.emit(card_id)

    def _on_answered(self, card_id: str, result: str, said_by: str) -> None:
        chosen = next(each for each in RESULTS if each == result)
        self._kit.desk.execute(RecordVerification(card_id=card_id, result=chosen, said_by=said_by))

    def _on_opened(self, future: "asyncio.Future[tuple[Event, ...]]") -> None:
        if not future.cancelled() and future.exception() is None:
            self.incident_opened.emit(future.result()[0].subject)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        self._situation = published.situation
        if published.changes.full or not _READ.isdisjoint(touched):
            self._refresh(all_anew=published.changes.full)

    def _refresh(self, *, all_anew: bool = False) -> None:
        cards = _open_cards(self._situation)
        self._order = [card.id for card in cards]
        if self._current not in self._order:
            self._current = self._order[0] if self._order else ""
            self._reveal.start()
            self.current_changed.emit(self._current)
        if len(cards) <= _AT_ONCE:
            self._most = _AT_ONCE
        shown = [c for i, c in enumerate(cards) if i < self._most or c.id == self._current]
        for gone in self._widgets.keys() - {card.id for card in shown}:
            self._seen.pop(gone, None)
            self._spares.give(self._widgets.pop(gone))
        for index, card in enumerate(shown):
            widget = self._widgets.get(card.id) or self._add(card.id)
            if self._list.indexOf(widget) != index:
                self._list.insertWidget(index, widget)
            self._show_card(widget, card, anew=all_anew)
        self._empty.setVisible(not cards)
        self._show_more()
        self.counted.emit(len(cards), sum(len(card.alarm_ids) for card in cards))

    def _show_card(self, widget: CardWidget, card: Card, *, anew: bool) -> None:
        """Show a card where anything that stands on it changed."""
        now, current = self._situation, card.id == self._current
        seen = (
            card,
            current,
            *(now.alarms.get(alarm_id) for alarm_id in card.alarm_ids),
            now.answers.get(card.id),
            now.stale_tags,
            now.failures,
        )
        if anew or self._seen.get(card.id) != seen:
            self._seen[card.id] = seen
            widget.show_card(card, now, current=current)

    def _show_more(self) -> None:
        """Say how many cards stand below those that are shown; none is left out in silence."""
        left = len(self._order) - len(self._widgets)
        self._more.setVisible(left > 0)
        self._more.setText(self.tr("{count} more situations below").format(count=left))

    @Slot()
    def _on_more(self) -> None:
        self._most += _AT_ONCE
        self._refresh()

    def prepare(self) -> Iterator[None]:
        """Have cards ready, and rows of enterprises."""
        yield from self._spares.fill(_READY)
        yield from self.enterprises.prepare()

    def _add(self, card_id: str) -> CardWidget:
        widget = self._widgets[card_id] = self._spares.take()
        widget.stand_for(card_id)
        return widget

    def _make_card(self) -> CardWidget:
        widget = CardWidget(self._kit)
        widget.chosen.connect(self.choose)
        widget.answered.connect(self._on_answered)
        widget.dead_wanted.connect(self.mark_dead)
        return widget

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        for widget in self._widgets.values():
            widget.tick(now_us)

    @Slot(object)
    def _on_live_values(self, values: tuple[object, ...]) -> None:
        keys = {value.tag_key for value in values}  # type: ignore[attr-defined]
        for card_id, widget in self._widgets.items():
            card = self._situation.cards[card_id]
            if any(alarm_id.rpartition("/")[0] in keys for alarm_id in card.alarm_ids):
                widget.show_card(card, self._situation, current=card_id == self._current)


def _open_cards(situation: Situation) -> list[Card]:
    """Return cards that aren't closed: gravest first, then the newest."""
    cards = [card for card in situation.cards.values() if card.state != "closed"]
    return sorted(cards, key=lambda card: (card.priority, -card.opened_us, card.id))
