"""Stations for the pictures of the shell: the shared widgets with sample rows."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from models.operation.situation import Alarm, Order
from views.kit import ViewKit
from views.shell.station import PLACES
from views.widgets.badges import PlainLabel
from views.widgets.cards import Card, CardList
from views.widgets.form import Field, Form
from views.widgets.key_button import KeyButton
from views.widgets.pane import Pane
from views.widgets.severity import SeverityMark
from views.widgets.states import BrokenState, EmptyState, StaleState
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView


class _AlarmCard(Card):
    """An alarm as a card."""

    def __init__(self, kit: ViewKit) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._mark = SeverityMark(kit.theme)
        self._title = PlainLabel(role="strong")
        self._detail = PlainLabel(role="secondary")
        column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.addWidget(self._mark)
        head.addWidget(self._title, 1)
        column.addLayout(head)
        column.addWidget(self._detail)

    def show_row(self, row: Alarm) -> None:
        """Show an alarm."""
        self.set_severity(row.priority)
        self._mark.set_severity(row.priority)
        self._title.setText(f"{row.id} · {self._kit.wording.priority(row.priority)}")
        ago = self._kit.wording.ago(row.raised_us, self._kit.desk.clock.now_us())
        self._detail.setText(f"{self._kit.wording.alarm_state(row.state).text} · {ago}")


class PreviewStation:
    """One station: alarms on the left, orders and states on the right, a form below."""

    def __init__(self, kit: ViewKit, station_id: str) -> None:
        self._kit = kit
        self.id = station_id

    def left(self) -> QWidget | None:
        """Return cards over a table of alarms."""
        kit = self._kit
        rows = sorted(kit.desk.situation.alarms.values(), key=lambda each: each.priority)
        cards: CardList[Alarm] = CardList(kit.theme, lambda: _AlarmCard(kit), lambda row: row.id)
        cards.update_rows(rows[:3])
        table = TableView(kit.theme)
        table.show_model(self._alarm_model(rows, table))
        table.selectRow(0)
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(cards, 2)
        column.addWidget(table, 3)
        pane = self._pane("alarm", str(len(rows)), host)
        pane.add_act(KeyButton(kit.theme, kit.wording.alarm_state("acknowledged").text, "A"))
        return pane

    def right(self) -> QWidget | None:
        """Return orders over the designed states."""
        kit = self._kit
        host = QWidget()
        column = QVBoxLayout(host)
        column.setContentsMargins(0, 0, 0, 0)
        table = TableView(kit.theme)
        table.show_model(self._order_model(table))
        column.addWidget(table, 2)
        for state in (EmptyState(kit.theme), StaleState(kit.theme), BrokenState(kit.theme)):
            state.say(kit.wording.task_state("waiting").text, kit.wording.card_state("open").text)
            column.addWidget(state, 1)
        pane = self._pane("order", "2", host)
        pane.add_act(KeyButton(kit.theme, "下达 Issue", "Ctrl+Return", primary=True))
        return pane

    def bottom(self) -> QWidget | None:
        """Return a form."""
        fields = [
            Field("place", lambda: "地点 &Place", QLineEdit, lambda: "3#"),
            Field("who", lambda: "来电人 &Caller"),
        ]
        return self._pane("form", "", Form(self._kit.theme, fields))

    def center(self) -> QWidget | None:
        """Leave the map."""
        return None

    def activated(self) -> None:
        """Nothing to wake."""

    def _pane(self, title: str, count: str, body: QWidget) -> Pane:
        pane = Pane(self._kit.theme)
        pane.set_title(title, count)
        pane.set_body(body, padded=isinstance(body, Form))
        return pane

    def _alarm_model(self, rows: list[Alarm], parent: TableView) -> TableModel[Alarm]:
        words = self._kit.wording
        columns: list[Column[Alarm]] = [
            Column("time", lambda: "Time", lambda row: words.clock(row.raised_us), width=84),
            Column(
                "point", lambda: "Point", lambda row: row.id, stretch=True,
                severity=lambda row: row.priority,
            ),
            Column(
                "state", lambda: "State", lambda row: row.state, width=110,
                word=lambda row: words.alarm_state(row.state),
            ),
            Column(
                "value", lambda: "Value", lambda row: words.number(row.value, row.unit),
                right=True, width=84,
            ),
        ]  # fmt: skip
        model: TableModel[Alarm] = TableModel(columns, lambda row: row.id, parent)
        model.update(rows)
        return model

    def _order_model(self, parent: TableView) -> TableModel[Order]:
        kit = self._kit
        now_us = kit.desk.clock.now_us()
        columns: list[Column[Order]] = [
            Column("team", lambda: "Team", lambda row: row.team_name.text(kit.language),
                   stretch=True),
            Column("due", lambda: "Due",
                   lambda row: kit.wording.countdown(row.receipt_due_us, now_us), right=True,
                   width=120, token=lambda _row: "text2", ticks=True),
            Column("state", lambda: "State", lambda row: row.state, width=100,
                   word=lambda row: kit.wording.order_state(row.state)),
        ]  # fmt: skip
        model: TableModel[Order] = TableModel(columns, lambda row: row.id, parent)
        model.update(list(kit.desk.situation.orders.values()))
        return model


def stations(kit: ViewKit) -> list[PreviewStation]:
    """Return seven stations."""
    return [PreviewStation(kit, place.id) for place in PLACES]
