"""The enterprises that aren't blue under the region's colour, the worst first."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.operation.situation import Published
from models.registry.kinds import Enterprise, HazardSource
from models.telemetry.whole_colours import EnterpriseColour, enterprise_colours
from views.i18n import Retranslating
from views.kit import ViewKit
from views.warning_words import WarningWords
from views.watch.enterprise_row import EnterpriseRow
from views.widgets.badges import ElidedLabel, plain_tip
from views.widgets.naming import named
from views.widgets.spares import Spares

# From which height [px] of the pane as many rows stand there, and as many of them say why. The
# situations below need the room; the other enterprises are named, and one key leads to each.
_ROOM = ((650, 3, 3), (430, 3, 1), (0, 2, 0))


class EnterpriseColours(Retranslating, QWidget):
    """Nothing when all are blue. Signals: chosen(EnterpriseColour)."""

    chosen = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._words = WarningWords(kit.wording)
        self._warned: Sequence[EnterpriseColour] = ()
        self._current: str | None = None
        _height, self._most, self._explained = _ROOM[0]
        self._rows: dict[str, EnterpriseRow] = {}
        self._more = named(ElidedLabel(role="secondary"), "enterprises-more")
        self._list = QVBoxLayout(self)
        self._list.setContentsMargins(*kit.theme.pxs(8, 0, 8, 2))
        self._list.setSpacing(kit.theme.px(4))
        self._list.addWidget(self._more)
        self._spares = Spares(self._list, self._make_row)
        kit.desk.published.connect(self._on_published)
        kit.desk.reference_changed.connect(self._on_reference_changed)
        self._show()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._show()

    def rows(self) -> list[EnterpriseRow]:
        """Return the rows on show, the worst first."""
        keys = [each.enterprise_key for each in self._shown()]
        return [self._rows[key] for key in keys]

    def set_room(self, height: int) -> None:
        """Take as much as a pane of this height [px] can spare."""
        px = self._kit.theme.px
        most, explained = next(room[1:] for room in _ROOM if height >= px(room[0]))
        if (most, explained) != (self._most, self._explained):
            self._most, self._explained = most, explained
            self._show()

    def prepare(self) -> Iterator[None]:
        """Have rows ready."""
        return self._spares.fill(_ROOM[0][1])

    @Slot()
    def next(self) -> None:
        """Lead to the worst enterprise, with each further call to the next."""
        keys = [each.enterprise_key for each in self._warned]
        if keys:
            index = keys.index(self._current) if self._current in keys else -1
            self._on_chosen(keys[(index + 1) % len(keys)])

    def _shown(self) -> Sequence[EnterpriseColour]:
        return [
            each
            for index, each in enumerate(self._warned)
            if index < self._most or each.enterprise_key == self._current
        ]

    def _show(self) -> None:
        desk = self._kit.desk
        self._warned = enterprise_colours(
            desk.situation.warning_colours.values(), desk.reference.all(HazardSource.KIND)
        )
        shown = self._shown()
        for gone in self._rows.keys() - {each.enterprise_key for each in shown}:
            self._spares.give(self._rows.pop(gone))
        for index, each in enumerate(shown):
            row = self._rows.get(each.enterprise_key)
            if row is None:
                row = self._rows[each.enterprise_key] = self._spares.take()
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            current = each.enterprise_key == self._current
            row.show_enterprise(each, current=current, explained=index < self._explained)
        self._show_more([each for each in self._warned if each not in shown])
        self.setVisible(bool(shown))

    def _show_more(self, left: Sequence[EnterpriseColour]) -> None:
        """Name those that have no row: none is left out in silence."""
        self._more.setVisible(bool(left))
        names = [self._name(each) for each in left]
        said = self.tr("%n more enterprise(s) above blue", "", len(left))
        self._more.setText(self.tr("{count}: {names}").format(count=said, names=" · ".join(names)))
        self._more.setToolTip(plain_tip("\n".join(names)))

    def _name(self, warned: EnterpriseColour) -> str:
        row = self._kit.desk.reference.get(Enterprise.KIND, warned.enterprise_key)
        name = row.name.text(self._kit.language) if row is not None else ""
        colour = self._words.colour_and_index(warned.worst)
        return f"{name or warned.enterprise_key or self.tr('Of no enterprise')} {colour}"

    def _make_row(self) -> EnterpriseRow:
        row = EnterpriseRow(self._kit)
        row.chosen.connect(self._on_chosen)
        return row

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        self._current = key
        self._show()
        for each in self._warned:
            if each.enterprise_key == key:
                self.chosen.emit(each)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or "warning_colours" in published.changes.touched:
            self._show()

    @Slot(object)
    def _on_reference_changed(self, _reference: object) -> None:
        self._show()
