"""The filter line of the alarm list: typed, by state, priority, enterprise, source and kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.alarm_rows import GROUPS, AlarmRow, Group
from views.monitor.alarm_words import MARKS, STATES, AlarmWords
from views.search_text import has_all, words_of
from views.widgets.filter_edit import FilterEdit
from views.widgets.naming import named

CHOICES = ("state", "priority", "enterprise", "source", "kind")
KEYS = {"state": "Alt+S", "priority": "Alt+P", "enterprise": "Alt+E", "source": "Alt+Q",
        "kind": "Alt+K", "group": "G"}  # fmt: skip
_WAITING = "waiting"
_ROOM = {"state": 13, "priority": 14, "enterprise": 16, "source": 14, "kind": 12, "group": 12}


@dataclass(frozen=True, slots=True)
class AlarmFilter:
    """What the list is narrowed to; an empty text narrows nothing."""

    words: tuple[str, ...] = ()
    state: str = ""
    priority: str = ""
    enterprise: str = ""
    source: str = ""
    kind: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is shown."""
        return self == AlarmFilter()

    def accepts(self, row: AlarmRow, hay: Callable[[AlarmRow], str]) -> bool:
        """Return whether a row stays."""
        if self.priority and str(row.priority) != self.priority:
            return False
        if self.enterprise and row.enterprise_key != self.enterprise:
            return False
        if self.source and row.source_key != self.source:
            return False
        if self.kind and row.alarm.limit != self.kind:
            return False
        if self.state and not self._in_state(row):
            return False
        return not self.words or has_all(self.words, hay(row))

    def _in_state(self, row: AlarmRow) -> bool:
        if self.state == _WAITING:
            return row.waits
        if self.state in MARKS:
            return self.state in row.marks
        if row.alarm.state == self.state:
            return True
        return any(hold.state == self.state for hold in row.alarm.holds)


class AlarmFilterBar(Retranslating, QWidget):
    """Signals: changed(): another filter or another grouping."""

    changed = Signal()

    def __init__(self, kit: ViewKit, words: AlarmWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self._named: dict[str, Mapping[str, str]] = {}
        self.edit = named(FilterEdit(), "alarm-filter")
        self.edit.textChanged.connect(self._on_changed)
        self.boxes = {name: named(QComboBox(), f"alarm-{name}") for name in (*CHOICES, "group")}
        row = QHBoxLayout(self)
        gap = kit.theme.px(8)
        row.setContentsMargins(gap, gap, gap, gap)
        row.setSpacing(gap)
        row.addWidget(self.edit, 1)
        for name, box in self.boxes.items():
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(_ROOM[name])
            box.currentIndexChanged.connect(self._on_changed)
            row.addWidget(box)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.edit.set_words(self.tr("Filter alarms"), self.tr("Point or name"))
        for name, box in self.boxes.items():
            box.setAccessibleName(self._title(name))
            self._fill(name)

    @property
    def filter(self) -> AlarmFilter:
        """What is chosen."""
        chosen = {name: str(self.boxes[name].currentData() or "") for name in CHOICES}
        return AlarmFilter(words=words_of(self.edit.text()), **chosen)

    @property
    def group(self) -> Group:
        """By what the rows are grouped."""
        data = str(self.boxes["group"].currentData() or "")
        return next(group for group in GROUPS if group == data)

    def clear(self) -> None:
        """Show everything again."""
        for name in CHOICES:
            self.boxes[name].setCurrentIndex(0)
        self.edit.clear()

    def next_group(self) -> None:
        """Group by the next thing, after the last by nothing."""
        box = self.boxes["group"]
        box.setCurrentIndex((box.currentIndex() + 1) % box.count())

    def open(self, name: str) -> None:
        """Open one choice."""
        self.boxes[name].setFocus()
        self.boxes[name].showPopup()

    def offer(self, rows: Iterable[AlarmRow]) -> None:
        """Offer the enterprises, sources and kinds that have alarms."""
        found: dict[str, dict[str, str]] = {"enterprise": {}, "source": {}, "kind": {}}
        for row in rows:
            found["enterprise"][row.enterprise_key] = row.enterprise
            found["source"][row.source_key] = row.source
            found["kind"][row.alarm.limit] = row.alarm.limit
        for name, names in found.items():
            names.pop("", None)
            if names != self._named.get(name):
                self._named[name] = names
                self._fill(name)

    def _fill(self, name: str) -> None:
        """Set a choice's entries; what is chosen stays, also when no alarm has it any more."""
        box = self.boxes[name]
        entries = [("", f"{self._title(name)}   {KEYS[name]}"), *self._entries(name)]
        chosen = str(box.currentData() or "")
        if chosen and chosen not in dict(entries):
            entries.append((chosen, box.currentText()))
        shown = [(str(box.itemData(n) or ""), box.itemText(n)) for n in range(box.count())]
        if shown == entries:
            return
        box.blockSignals(True)
        box.clear()
        for key, text in entries:
            box.addItem(text, key)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.blockSignals(False)
        view = box.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + self._kit.theme.px(24))

    def _entries(self, name: str) -> list[tuple[str, str]]:
        match name:
            case "state":
                states = [(state, self._words.state(state)) for state in STATES]
                marks = [(mark, self._words.mark(mark)) for mark in MARKS]
                return [(_WAITING, self.tr("all unacknowledged")), *states, *marks]
            case "priority":
                return [(str(n), self._kit.wording.priority(n)) for n in (1, 2, 3, 4)]
            case "group":
                return [(group, self._words.group(group)) for group in GROUPS if group]
            case _:
                return sorted(self._named.get(name, {}).items(), key=lambda item: item[1])

    def _title(self, name: str) -> str:
        return {
            "state": self.tr("Any state"),
            "priority": self.tr("Any priority"),
            "enterprise": self.tr("Any enterprise"),
            "source": self.tr("Any source"),
            "kind": self.tr("Any kind"),
            "group": self._words.group(""),
        }[name]

    @Slot()
    def _on_changed(self) -> None:
        self.changed.emit()
