"""The sheet "who has the watch": lies over the desk and holds nothing up."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from models.operation.situation import Published, ShiftOnDuty, Situation
from models.registry.kinds import Person, Shift
from views.actors import Actors
from views.i18n import Retranslating
from views.kit import ViewKit
from views.shift.roster import people, rostered, shifts
from views.widgets.badges import PlainLabel, wrapped_label
from views.widgets.focus_back import FocusBack
from views.widgets.key_button import KeyButton
from views.widgets.keys import ENTER, KeepsKeys, takes_text
from views.widgets.naming import named

_WIDTH_PX, _TOP_PX = 440, 16
_ROLES = ("duty_leader", "officer", "commander")
_BREAKS_IN = 2


class ShiftSheet(KeepsKeys, Retranslating, QFrame):
    """Enter takes the watch as the roster says, Esc leaves it for later.

    It is no window: keys of the station go on working, and when an alarm of the top two
    priorities comes it gives the keyboard back, so that Enter is the alarm's. Not under the hand
    of who types: the rest of a name would be keys, and A acknowledges.

    Signals: taken(str person, str role, str shift, str reason), closed().
    """

    taken = Signal(str, str, str, str)
    closed = Signal()

    def __init__(self, kit: ViewKit, host: QWidget) -> None:
        super().__init__(host)
        self.setObjectName("shiftSheet")
        self._kit = kit
        self._host = host
        self._back = FocusBack(self)
        self._holder: ShiftOnDuty | None = kit.desk.live_situation.shift
        self._actors = Actors(kit.desk, kit.wording)
        self._alarms = _urgent(kit.desk.live_situation)
        self._title = PlainLabel(role="large")
        self._roster = wrapped_label(role="secondary")
        self._person = self._combo("shift-person")
        self._role = named(QComboBox(), "shift-role")
        self._shift = self._combo("shift-shift")
        self._reason = named(QLineEdit(), "shift-reason")
        self._labels = {name: PlainLabel() for name in ("person", "role", "shift", "reason")}
        self._take = named(KeyButton(kit.theme, primary=True), "shift-take")
        self._later = named(KeyButton(kit.theme), "shift-later")
        self._take.clicked.connect(self.take)
        self._later.clicked.connect(self.dismiss)
        self._build()
        self._fill()
        self._person.currentTextChanged.connect(self._on_person_changed)
        host.installEventFilter(self)
        kit.desk.live_published.connect(self._on_live_published)
        self.retranslate()
        self._on_person_changed(self._person.currentText())
        self._place()

    def _combo(self, name: str) -> QComboBox:
        combo = named(QComboBox(), name)
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return combo

    def _build(self) -> None:
        px = self._kit.theme.px
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(px(12))
        self._form.setVerticalSpacing(px(8))
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        fields = {
            "person": self._person, "role": self._role, "shift": self._shift,
            "reason": self._reason,
        }  # fmt: skip
        for name, field in fields.items():
            label = self._labels[name]
            label.setProperty("role", "secondary")
            label.setBuddy(field)
            self._form.addRow(label, field)
        acts = QHBoxLayout()
        acts.setSpacing(px(8))
        acts.addStretch(1)
        acts.addWidget(self._later)
        acts.addWidget(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(20), px(16), px(20), px(16))
        column.setSpacing(px(12))
        column.addWidget(self._title)
        column.addWidget(self._roster)
        column.addLayout(self._form)
        column.addLayout(acts)

    def _fill(self) -> None:
        """Offer the people and shifts of the registry; what the roster says now stands first."""
        desk, language = self._kit.desk, self._kit.language
        for person in people(desk.live_reference):
            self._person.addItem(person.name.text(language), person)
        for shift in shifts(desk.live_reference):
            self._shift.addItem(shift.name.text(language), shift)
        for role in _ROLES:
            self._role.addItem(role, role)
        now = rostered(desk.live_reference, desk.clock.now_us())
        _choose(self._person, now.person_key)
        _choose(self._shift, now.shift_key)
        self._choose_role(now.role)
        for combo in (self._person, self._shift):
            line = combo.lineEdit()
            if line is not None:
                line.setCursorPosition(0)

    def retranslate(self) -> None:
        """Set all texts again."""
        self._title.setText(self.tr("Who has the watch?"))
        self.setAccessibleName(self._title.text())
        texts = {
            "person": (self.tr("Person"), self._person),
            "role": (self.tr("Role"), self._role),
            "shift": (self.tr("Shift"), self._shift),
            "reason": (self.tr("Reason of the takeover"), self._reason),
        }
        for name, (text, field) in texts.items():
            self._labels[name].setText(text)
            field.setAccessibleName(text)
        roles = {
            "duty_leader": self.tr("duty leader"),
            "officer": self.tr("duty officer"),
            "commander": self.tr("commander"),
        }
        for index in range(self._role.count()):
            key = self._role.itemData(index)
            self._role.setItemText(index, roles.get(key, key))
        self._retranslate_rows()
        self._take.set_label(self.tr("Take the watch") + "  Enter")
        self._later.set_label(self.tr("Later") + "  Esc")
        self._roster.setText(self._state())

    def _retranslate_rows(self) -> None:
        for combo in (self._person, self._shift):
            for index in range(combo.count()):
                row: Person | Shift = combo.itemData(index)
                combo.setItemText(index, row.name.text(self._kit.language))

    def _state(self) -> str:
        if self._holder is None:
            return self.tr(
                "Nobody has the watch. Acts are recorded under this desk ({desk})."
            ).format(desk=self._kit.desk.desk_id)
        return self.tr("{person} has had the watch since {time}.").format(
            person=self._actors.person(self._holder.person),
            time=self._kit.wording.time(self._holder.since_us, self._kit.desk.clock.now_us()),
        )

    def open(self) -> None:
        """Show the sheet; it takes the keyboard only when no alarm waits for it."""
        self._back.take()
        self.show()
        self.raise_()
        if not self._alarms:
            self._take.setFocus()

    @Slot()
    def take(self) -> None:
        """Take the watch as it stands on the sheet."""
        reason = self._reason.text().strip() if self._changes_hands() else ""
        self.taken.emit(self.person, str(self._role.currentData()), _stored(self._shift), reason)

    @Slot()
    def dismiss(self) -> None:
        """Leave it for later; the top bar goes on saying who has the watch."""
        self._host.removeEventFilter(self)
        self._back.give(self._host)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    @property
    def person(self) -> str:
        """The name as it is stored."""
        return _stored(self._person)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle of the host, above its children."""
        if watched is self._host and event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded}:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the watch on Enter, leave it on Esc."""
        if event.key() in ENTER:
            if self._later.hasFocus():
                self.dismiss()
            else:
                self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        self.setFixedWidth(self._kit.theme.px(_WIDTH_PX))
        self.adjustSize()
        left = (self._host.width() - self.width()) // 2
        self.move(max(0, left), self._kit.theme.px(_TOP_PX))
        self.raise_()

    def _choose_role(self, role: str) -> None:
        if self._role.findData(role) < 0:
            self._role.addItem(role, role)
        self._role.setCurrentIndex(self._role.findData(role))

    def _changes_hands(self) -> bool:
        return self._holder is not None and self._holder.person != self.person

    @Slot(str)
    def _on_person_changed(self, _text: str) -> None:
        """Follow the person's role; ask for a reason when the watch changes hands."""
        person = _chosen(self._person)
        self._role.setEnabled(not isinstance(person, Person) or not person.role)
        if isinstance(person, Person) and person.role:
            self._choose_role(person.role)
        changes = self._changes_hands()
        self._form.setRowVisible(self._reason, changes)
        if changes and not self._reason.text() and self._is_rostered(person):
            self._reason.setText(self.tr("change of shift by the roster"))
        self._place()

    def _is_rostered(self, person: object) -> bool:
        desk = self._kit.desk
        now = rostered(desk.live_reference, desk.clock.now_us())
        return isinstance(person, Person) and bool(now.shift_key) and person.key == now.person_key

    @Slot(object)
    def _on_live_published(self, published: Published) -> None:
        """Give the keyboard back when a grave alarm comes; go when the watch was taken."""
        situation = published.situation
        alarms = _urgent(situation)
        focused = self.window().focusWidget()
        if alarms - self._alarms and self.isAncestorOf(focused) and not takes_text(focused):
            self._host.setFocus()
        self._alarms = alarms
        if situation.shift is not None and situation.shift != self._holder:
            self.dismiss()


def _urgent(situation: Situation) -> frozenset[str]:
    return frozenset(
        alarm.id
        for alarm in situation.alarms.values()
        if alarm.state == "unacknowledged" and alarm.priority <= _BREAKS_IN
    )


def _choose(combo: QComboBox, key: str) -> None:
    for index in range(combo.count()):
        if combo.itemData(index).key == key:
            combo.setCurrentIndex(index)
            return
    combo.setCurrentIndex(-1)


def _chosen(combo: QComboBox) -> object:
    """Return the row whose name stands in the box, None for a name typed by hand."""
    index = combo.findText(combo.currentText())
    return combo.itemData(index) if index >= 0 else None


def _stored(combo: QComboBox) -> str:
    """Return the name as the journal keeps it: the same whatever the screen's language."""
    row = _chosen(combo)
    if isinstance(row, Person | Shift):
        return row.name.text("zh")
    return combo.currentText().strip()
