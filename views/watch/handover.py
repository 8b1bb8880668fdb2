"""What the shift leaves open; a handover can't close while items lack an owner."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from models.operation.handover import open_items
from models.operation.situation import Published, Situation
from models.registry.kinds import Permit
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel

_LINES = {
    "incident": "incidents",
    "card": "cards",
    "order": "orders",
    "task": "tasks",
    "alarm": "alarms",
    "clock": "clocks",
    "shelved": "shelved",
}


@dataclass(frozen=True, slots=True)
class HandoverItem:
    """One line: how many are open; `blocks` when they must be settled or owned first."""

    key: str
    count: int
    blocks: bool


def handover_items(
    situation: Situation, permits: Callable[[int], int], now_us: int
) -> list[HandoverItem]:
    """Return the lines in a fixed order."""
    counts = dict.fromkeys(_LINES, 0)
    unowned = dict.fromkeys(_LINES, 0)
    for item in open_items(situation):
        if item.kind in counts:
            counts[item.kind] += 1
            unowned[item.kind] += not item.owner
    return [
        *(HandoverItem(line, counts[kind], bool(unowned[kind])) for kind, line in _LINES.items()),
        HandoverItem("stale", len(situation.stale_tags), bool(situation.stale_tags)),
        HandoverItem("permits", permits(now_us), blocks=False),
    ]


class HandoverList(Retranslating, QWidget):
    """Signals: counted(int settled, int all)."""

    counted = Signal(int, int)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._rows: dict[str, tuple[PlainLabel, PlainLabel, PlainLabel]] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*kit.theme.pxs(12, 6, 12, 6))
        self._grid.setHorizontalSpacing(kit.theme.px(8))
        self._grid.setVerticalSpacing(kit.theme.px(2))
        self._grid.setColumnStretch(1, 1)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.refresh()

    def refresh(self) -> None:
        """Count again."""
        desk = self._kit.desk
        items = handover_items(desk.situation, self._open_permits, desk.clock.now_us())
        names = {
            "incidents": self.tr("Open incidents"),
            "cards": self.tr("Situations not settled"),
            "orders": self.tr("Orders not reported"),
            "tasks": self.tr("Tasks not done"),
            "alarms": self.tr("Unacknowledged alarms"),
            "clocks": self.tr("Running report clocks"),
            "shelved": self.tr("Shelved alarms"),
            "stale": self.tr("Stale tags"),
            "permits": self.tr("Permits open now"),
        }
        for index, item in enumerate(items):
            mark, name, count = self._row(item.key, index)
            mark.setText("✗" if item.blocks else "✓")
            set_property(mark, "severity", "1" if item.blocks else "")
            set_property(mark, "role", "" if item.blocks else "ok")
            name.setText(names[item.key])
            count.setText(str(item.count))
        self.counted.emit(sum(not item.blocks for item in items), len(items))

    def _row(self, key: str, index: int) -> tuple[PlainLabel, PlainLabel, PlainLabel]:
        if key not in self._rows:
            row = (PlainLabel(), PlainLabel(), PlainLabel())
            for column, label in enumerate(row):
                right = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag.AlignLeft
                self._grid.addWidget(label, index, column, right)
            self._grid.setRowStretch(index + 1, 1)
            self._grid.setRowStretch(index, 0)
            self._rows[key] = row
        return self._rows[key]

    def _open_permits(self, now_us: int) -> int:
        return sum(
            isinstance(permit, Permit) and permit.valid_from_us <= now_us < permit.valid_to_us
            for permit in self._kit.desk.reference.all("permits").values()
        )

    @Slot(object)
    def _on_published(self, _published: Published) -> None:
        if self.isVisible():
            self.refresh()
