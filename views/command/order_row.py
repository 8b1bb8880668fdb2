"""One order: whom, what, where it stands in 下达 → 签收 → 执行 → 反馈, and its clock."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from models.operation.situation import Order
from models.times import SECOND_US
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, StateBadge, wrapped_label
from views.widgets.chosen_row import ChosenRow
from views.widgets.flow import FlowLayout
from views.widgets.naming import named
from views.wording import Toned

OPEN_STATES = {"issued", "received", "started"}
ACTS = ("receive", "start", "report", "dead", "cancel")


class OrderRow(Retranslating, ChosenRow):
    """Signals: chosen(str order id), acted(str order id, str act)."""

    acted = Signal(str, str)

    def __init__(self, kit: ViewKit, order_id: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        super().stand_for(order_id)
        self._order: Order | None = None
        self._time = PlainLabel()
        self._time.setProperty("role", "secondary")
        self._team = wrapped_label()
        self._team.setProperty("role", "strong")
        self._text = wrapped_label()
        self._called = wrapped_label()
        self._called.setProperty("role", "secondary")
        self._state = StateBadge()
        self._acts = QWidget()
        self._buttons = {act: named(QPushButton(), f"order-{act}") for act in ACTS}
        layout = QGridLayout(self)
        layout.setContentsMargins(*kit.theme.pxs(8, 5, 8, 5))
        layout.setHorizontalSpacing(kit.theme.px(8))
        layout.setVerticalSpacing(kit.theme.px(2))
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._time, 0, 0, top)
        layout.addWidget(self._team, 0, 1)
        layout.addWidget(self._state, 0, 2, Qt.AlignmentFlag.AlignRight | top)
        layout.addWidget(self._text, 1, 0, 1, 3)
        layout.addWidget(self._called, 2, 0, 1, 3)
        layout.addWidget(self._acts, 3, 0, 1, 3)
        layout.setColumnStretch(1, 1)
        row = FlowLayout(kit.theme.px(6), kit.theme.px(4), self._acts)
        for act, button in self._buttons.items():
            button.clicked.connect(partial(self._on_act, act))
            row.addWidget(button)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        texts = {
            "receive": self.tr("Signed  S"),
            "start": self.tr("Under way  W"),
            "report": self.tr("Done  D"),
            "dead": self.tr("Number dead  X"),
            "cancel": self.tr("Cancel…"),
        }
        for act, text in texts.items():
            self._buttons[act].setText(text)
        if self._order is not None:
            self.show_order(self._order, current=bool(self.property("current")))

    def stand_for(self, key: str | None) -> None:
        """Be the row of another order from now on."""
        super().stand_for(key)
        self._order = None
        self.show_armed(armed=False)

    def show_order(self, order: Order, *, current: bool) -> None:
        """Show this state of the order."""
        self._order = order
        wording = self._kit.wording
        set_property(self, "current", current)
        self._time.setText(wording.clock(order.issued_us))
        self._team.setText(order.team_name.text(self._kit.language))
        self._text.setText(order.text)
        self._called.setText(self._detail(order))
        self._acts.setVisible(current and order.state in OPEN_STATES)
        self._buttons["receive"].setVisible(order.state == "issued")
        self._buttons["dead"].setVisible(order.state == "issued" and bool(order.called.number))
        self._buttons["start"].setVisible(order.state in {"issued", "received"})
        self._buttons["report"].setVisible(order.state in {"received", "started"})
        for act, button in self._buttons.items():
            main = {"issued": "receive", "received": "start", "started": "report"}
            set_property(button, "primary", main.get(order.state) == act)
        self.setAccessibleName(f"{self._team.text()} {order.text}")
        self.tick(self._kit.desk.clock.now_us())

    def show_armed(self, *, armed: bool) -> None:
        """Say that the next press marks the number dead."""
        text = self.tr("X again: dead") if armed else self.tr("Number dead  X")
        self._buttons["dead"].setText(text)
        set_property(self._buttons["dead"], "severity", "1" if armed else "")

    def _detail(self, order: Order) -> str:
        called = " ".join(p for p in (order.called.role, order.called.person) if p)
        parts = []
        if order.state == "issued":
            number = order.called.number or self.tr("no number")
            parts.append(f"☎ {number} {called}".strip())
            if order.step:
                parts.append(self.tr("escalation {step}").format(step=order.step))
            if order.replacement_team_key:
                parts.append(self._replacement(order))
        elif order.received_by:
            parts.append(self.tr("signed by {name}").format(name=order.received_by))
        if order.feedback:
            parts.append(order.feedback)
        return " · ".join(parts)

    def _replacement(self, order: Order) -> str:
        team = self._kit.desk.reference.get("teams", order.replacement_team_key)
        name = team.name.text(self._kit.language) if team else order.replacement_team_key
        eta = order.replacement_eta_s
        minutes = self._kit.wording.duration(int(eta * SECOND_US)) if eta is not None else "—"
        return self.tr("instead: {team}, {eta}").format(team=name, eta=minutes)

    def tick(self, now_us: int) -> None:
        """Count the clock of the step that is due."""
        order = self._order
        if order is None:
            return
        wording = self._kit.wording
        word = wording.order_state(order.state)
        if order.state == "issued":
            overdue = now_us >= order.receipt_due_us or order.step > 0
            text = wording.countdown(order.receipt_due_us, now_us)
            word = Toned(text, "1" if overdue else "2")
        self._state.set_word(word)

    def _on_act(self, act: str, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt
        self.acted.emit(self.key, act)
