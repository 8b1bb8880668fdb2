"""Orders of an incident, those nobody has answered first."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.commands.order import CancelOrder, ConfirmReceipt, ReportOrder, StartOrder
from app.commands.resource import MarkNumberDead
from models.operation.merged import family_ids
from models.operation.situation import Order, Published, Situation
from views.command.ask_text import ask_text
from views.command.order_row import OrderRow
from views.i18n import Retranslating
from views.kit import ViewKit
from views.widgets.row_column import empty_label, row_column
from views.widgets.spares import Spares
from views.widgets.twice import Twice

_READY = 8
_RANK = {"issued": 0, "received": 1, "started": 2, "reported": 3, "cancelled": 4}
_READ = frozenset({"orders", "incidents"})


class OrderList(Retranslating, QWidget):
    """Signals: counted(int open, int all)."""

    counted = Signal(int, int)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._incident_id = ""
        self._rows: dict[str, OrderRow] = {}
        self._current = ""
        self._twice = Twice(self)
        self._twice.changed.connect(self._on_armed_changed)
        self._empty = empty_label()
        self._list = row_column(self, self._empty)
        self._spares = Spares(self._list, self._make_row)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._empty.setText(self.tr("No order issued yet"))
        self._refresh(self._kit.desk.situation)

    @property
    def current_order(self) -> Order | None:
        """The chosen order."""
        return self._kit.desk.situation.orders.get(self._current)

    def row(self, order_id: str) -> OrderRow:
        """Return the row of an order; KeyError when it isn't shown."""
        return self._rows[order_id]

    def show_incident(self, incident_id: str) -> None:
        """Show another incident's orders."""
        if incident_id != self._incident_id:
            self._incident_id, self._current = incident_id, ""
            self._refresh(self._kit.desk.situation)

    def act(self, act: str) -> None:
        """Do something with the chosen order."""
        if self._current:
            self._on_acted(self._current, act)

    @Slot(str)
    def choose(self, order_id: str) -> None:
        """Make an order the current one."""
        self._current = order_id
        self._refresh(self._kit.desk.situation)

    @Slot(str, str)
    def _on_acted(self, order_id: str, act: str) -> None:
        order = self._kit.desk.situation.orders.get(order_id)
        if order is None:
            return
        execute = self._kit.desk.execute
        by = order.received_by or order.called.person or order.called.role
        by = by or order.team_name.text("zh")
        match act:
            case "receive":
                execute(ConfirmReceipt(order_id=order_id, by=by))
            case "start":
                execute(StartOrder(order_id=order_id, by=by))
            case "dead" if self._twice.press(f"{order_id}:{order.called.number}"):
                number = order.called.number
                execute(MarkNumberDead(kind="teams", key=order.team_key, number=number))
            case "report":
                question = self.tr("What came of the order?")
                report = partial(self._report, order_id, by)
                ask_text(self, self.tr("Report back"), question, report)
            case "cancel":
                cancel = partial(self._cancel, order_id)
                ask_text(self, self.tr("Cancel the order"), self.tr("Reason"), cancel)

    def _report(self, order_id: str, by: str, text: str) -> None:
        self._kit.desk.execute(ReportOrder(order_id=order_id, by=by, text=text))

    def _cancel(self, order_id: str, reason: str) -> None:
        self._kit.desk.execute(CancelOrder(order_id=order_id, reason=reason))

    @Slot()
    def _on_armed_changed(self) -> None:
        armed = self._twice.armed.partition(":")[0]
        for order_id, row in self._rows.items():
            row.show_armed(armed=order_id == armed)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or not _READ.isdisjoint(published.changes.touched):
            self._refresh(published.situation)

    def prepare(self) -> Iterator[None]:
        """Have rows ready."""
        return self._spares.fill(_READY)

    def _make_row(self) -> OrderRow:
        row = OrderRow(self._kit)
        row.chosen.connect(self.choose)
        row.acted.connect(self._on_acted)
        return row

    def _refresh(self, situation: Situation) -> None:
        together = family_ids(situation, self._incident_id)
        orders = sorted(
            (o for o in situation.orders.values() if o.incident_id in together),
            key=lambda o: (_RANK[o.state], -o.issued_us, o.id),
        )
        known = [order.id for order in orders]
        for gone in set(self._rows) - set(known):
            self._spares.give(self._rows.pop(gone))
        if self._current not in known:
            self._current = known[0] if known else ""
        for index, order in enumerate(orders):
            row = self._rows.get(order.id)
            if row is None:
                row = self._rows[order.id] = self._spares.take()
                row.stand_for(order.id)
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            row.show_order(order, current=order.id == self._current)
        self._empty.setVisible(not orders)
        self.counted.emit(sum(_RANK[order.state] < 3 for order in orders), len(orders))

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        if self.isVisible():
            for row in self._rows.values():
                row.tick(now_us)
