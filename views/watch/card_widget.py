"""One situation card: what, since when, first-out, trend, wind at T0, permits, verification."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.guidance import guidance_among
from models.operation.events.card import VerificationResult
from models.operation.situation import Answer, Card, Situation
from models.registry.kinds import Permit
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.watch.alarm_text import guidance_text, plan_text
from views.watch.card_text import (
    answer_text,
    first_out_text,
    plan_of_card,
    trend_text,
    wind_text,
)
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.keys import OwnLine
from views.widgets.naming import named
from views.widgets.severity import SeverityMark

RESULTS: tuple[VerificationResult, ...] = (
    "real",
    "process_upset",
    "instrument",
    "calibration",
    "permit_work",
    "no_answer",
)


class CardWidget(Retranslating, QFrame):
    """One card.

    Signals: chosen(str card id), answered(str card id, str result, str said by), dead_wanted().
    """

    chosen = Signal(str)
    answered = Signal(str, str, str)
    dead_wanted = Signal()

    def __init__(self, kit: ViewKit, card_id: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        self._card_id = card_id
        self._card: Card | None = None
        self._situation: Situation | None = None
        self._glyph = SeverityMark(kit.theme)
        self._title = wrapped_label()
        self._title.setProperty("role", "strong")
        self._age = PlainLabel()
        self._age.setProperty("role", "strong")
        self._lines = [wrapped_label() for _ in range(5)]
        for line in self._lines:
            line.setProperty("role", "secondary")
        self._verify = self._button("verify")
        self._open = self._button("open")
        self._trend = self._button("trend")
        self._map = self._button("map")
        self._ack = self._button("acknowledge")
        self._plan = self._button("plan")
        self._acts = QWidget()
        self._verification = QWidget()
        self._phone = PlainLabel()
        self._phone.setProperty("role", "large")
        self._phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._due = PlainLabel()
        self._due.setProperty("role", "strong")
        self._dead = named(QPushButton(), "card-dead")
        self._dead.clicked.connect(self.dead_wanted)
        self._answer = named(wrapped_label(role="strong"), "card-answer")
        self._by = named(OwnLine(), "card-said-by")
        self._by_label = PlainLabel()
        self._by_label.setBuddy(self._by)
        self._answers = [QPushButton() for _ in RESULTS]
        self._build()
        self.retranslate()

    def _button(self, act: str) -> KeyButton:
        button = KeyButton(self._kit.theme, action=self._kit.actions.action(f"watch.{act}"))
        button.setObjectName(f"card-{act}")
        return button

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(self._kit.theme.px(8))
        head.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        head.addWidget(self._age, 0, Qt.AlignmentFlag.AlignTop)
        acts = FlowLayout(6, 6, self._acts)
        for button in (self._verify, self._open, self._trend, self._map, self._ack, self._plan):
            acts.addWidget(button)
        self._build_verification()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*self._kit.theme.pxs(10, 8, 10, 8))
        layout.setSpacing(self._kit.theme.px(3))
        layout.addLayout(head)
        *facts, wind, what_to_do = self._lines
        for line in facts:
            layout.addWidget(line)
        layout.addWidget(self._answer)
        layout.addWidget(self._verification)
        layout.addWidget(self._acts)
        layout.addWidget(wind)  # long as the next one is, and the acts must stay in sight
        layout.addWidget(what_to_do)

    def _build_verification(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._phone, 1)
        head.addWidget(self._due, 0)
        by = QHBoxLayout()
        by.addWidget(self._by_label)
        by.addWidget(self._by, 1)
        by.addWidget(self._dead, 0)
        answers = QGridLayout()
        answers.setSpacing(self._kit.theme.px(6))
        for index, button in enumerate(self._answers):
            button.setObjectName(f"card-answer-{RESULTS[index]}")
            button.clicked.connect(partial(self._on_answer, index))
            answers.addWidget(button, index // 2, index % 2)
        layout = QVBoxLayout(self._verification)
        layout.setContentsMargins(*self._kit.theme.pxs(0, 6, 0, 0))
        layout.setSpacing(self._kit.theme.px(6))
        layout.addLayout(head)
        layout.addLayout(by)
        layout.addLayout(answers)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._dead.setText(self.tr("Number dead") + "  X")
        self._by_label.setText(self.tr("Said by"))
        self._by.setAccessibleName(self.tr("Said by"))
        for index, result in enumerate(RESULTS):
            word = self._kit.wording.verification(result).text
            self._answers[index].setText(f"{word}  {index + 1}")
        self._show()

    def stand_for(self, card_id: str) -> None:
        """Be another card from now on; nothing of the one before stays."""
        self._card_id, self._card, self._situation = card_id, None, None
        self._by.clear()
        self.show_armed(armed=False)

    def show_card(self, card: Card, situation: Situation, *, current: bool) -> None:
        """Show this state of the card."""
        before = self._card
        started = before is None or before.state != card.state
        if before is not None and before.verification_phone != card.verification_phone:
            started = True
        self._card, self._situation = card, situation
        set_property(self, "severity", str(card.priority))
        set_property(self, "current", current)
        if started and card.state == "verifying":
            self._by.setText(card.verification_person)
        self._show()

    def tick(self, now_us: int) -> None:
        """Count the age and the verification clock."""
        if self._card is None:
            return
        wording = self._kit.wording
        self._age.setText(wording.duration(now_us - self._card.opened_us))
        if self._card.state == "verifying" and self._card.verification_due_us is not None:
            due_us = self._card.verification_due_us
            self._due.setText(wording.countdown(due_us, now_us))
            set_property(self._due, "severity", "1" if now_us >= due_us else "2")

    def _show(self) -> None:
        card, situation = self._card, self._situation
        if card is None or situation is None:
            return
        self._glyph.set_severity(card.priority)
        self._title.setText(card.title.text(self._kit.language))
        first_out = first_out_text(card, situation, self._kit)
        values = trend_text(card, situation, self._kit)
        alone = len(card.alarm_ids) == 1 and bool(values)
        texts = (
            f"{first_out} · {values.partition(' ')[2]}" if alone else first_out,
            "" if alone else values,
            self._permits(card),
            wind_text(card, self._kit),
            self._what_to_do(card, situation),
        )
        for line, text in zip(self._lines, texts, strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        set_property(self._lines[2], "severity", "2" if card.permit_keys else "")
        verifying = card.state == "verifying"
        current = bool(self.property("current"))
        self._verification.setVisible(verifying and current)
        self._acts.setVisible(current)
        self._verify.setVisible(card.state == "open")
        self._show_state(card)
        self._show_answer(situation.answers.get(card.id))
        self._dead.setVisible(bool(card.verification_phone))
        number = card.verification_phone or self.tr("no number known")
        self._phone.setText(f"☎ {number}")
        self.setAccessibleName(self._title.text())
        self.tick(self._kit.desk.clock.now_us())

    def _what_to_do(self, card: Card, situation: Situation) -> str:
        """Return guidance and plan of the chosen card; its button leads to the plan."""
        if not self.property("current"):
            return ""
        kit, alarms = self._kit, situation.alarms
        members = [alarms[key] for key in card.alarm_ids if key in alarms]
        plan = plan_of_card(kit, card, situation)
        self._plan.setVisible(plan is not None)
        guidance = guidance_text(kit, guidance_among(kit.desk.reference, members))
        return " · ".join(filter(None, (guidance, plan_text(kit, plan))))

    def _show_answer(self, answer: Answer | None) -> None:
        """Show what the control room said, as its words; the result is for the officer to say."""
        self._answer.setVisible(answer is not None)
        if answer is None:
            return
        self._answer.setText(answer_text(answer, self._kit.language))
        if not self._by.text() and not self._by.hasFocus():
            self._by.setText(answer.said_by)

    def show_armed(self, *, armed: bool) -> None:
        """Say that the next press marks the number dead."""
        text = self.tr("X again: dead") if armed else self.tr("Number dead") + "  X"
        self._dead.setText(text)
        set_property(self._dead, "severity", "1" if armed else "")

    def _show_state(self, card: Card) -> None:
        """Make the act that matters now the filled one."""
        ready = card.state == "verified" or bool(card.proposed)
        set_property(self._open, "primary", ready)
        set_property(self._verify, "primary", not ready)

    def _permits(self, card: Card) -> str:
        names = []
        for key in card.permit_keys:
            permit = self._kit.desk.reference.get("permits", key)
            if isinstance(permit, Permit):
                name = permit.name.text(self._kit.language)
                if permit.people:
                    name = self.tr("{permit} ({count} people)").format(
                        permit=name, count=permit.people
                    )
                names.append(name)
        if not names:
            return self.tr("No permit open there")
        return self.tr("Open permits: {permits}").format(permits=" · ".join(names))

    def answer(self, index: int) -> None:
        """Record the answer with this number (0-based) and the name in the field."""
        self._on_answer(index)

    def _on_answer(self, index: int, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt
        self.answered.emit(self._card_id, RESULTS[index], self._by.text())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this card."""
        self.chosen.emit(self._card_id)
        super().mousePressEvent(event)
