"""Tables over frozen rows: columns are data, updates are the narrow differences by id."""

import logging
from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from views.wording import Toned

_LOG = logging.getLogger("muster.views")
R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex

ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SEVERITY_ROLE = int(Qt.ItemDataRole.UserRole) + 2
TONE_ROLE = int(Qt.ItemDataRole.UserRole) + 3
SORT_ROLE = int(Qt.ItemDataRole.UserRole) + 4
_MOST_MOVES = 32
_MOST_RUNS = 32


def _none(_row: Any) -> Any:  # noqa: ANN401
    return None


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column.

    `title` is asked anew after a change of language. `word` draws an outlined state badge,
    `severity` a shape before the text (1…4, None for none), `token` a colour for the text.
    `ticks` marks a column that changes with the time alone (see `TableModel.tick`).
    """

    key: str
    title: Callable[[], str]
    text: Callable[[R], str]
    right: bool = False
    word: Callable[[R], Toned | None] = _none
    severity: Callable[[R], int | None] = _none
    token: Callable[[R], str | None] = _none
    tip: Callable[[R], str | None] = _none
    sort: Callable[[R], Any] | None = None
    ticks: bool = False
    width: int = 0
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class CellLook:
    """All that a painter asks of a cell."""

    text: str = ""
    right: bool = False
    severity: int | None = None
    tone: str | None = None
    token: str | None = None
    heads: bool = False


class TableModel(QAbstractTableModel, Generic[R]):
    """Shows a sequence of frozen rows; `row_id` tells which row is which.

    `heads` tells which rows are titles of those below them.
    """

    def __init__(
        self,
        columns: Sequence[Column[R]],
        row_id: Callable[[R], Hashable],
        parent: QObject | None = None,
        heads: Callable[[R], bool] | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._row_id = row_id
        self._heads = heads
        self._rows: list[R] = []

    def rows(self) -> tuple[R, ...]:
        """Return what is shown, in order."""
        return tuple(self._rows)

    def row(self, index: int) -> R:
        """Return one row."""
        return self._rows[index]

    def index_of(self, row_id: Hashable) -> int:
        """Return the position of a row, -1 when it isn't shown."""
        return next((i for i, row in enumerate(self._rows) if self._row_id(row) == row_id), -1)

    def look(self, row: int, column: int) -> CellLook:
        """Return a cell for the painter, in one call: `data` is asked role by role through Qt.

        A column that fails leaves its cell empty (see `data`).
        """
        if row >= len(self._rows):
            return CellLook()
        value, place = self._rows[row], self.columns[column]
        try:
            word = place.word(value)
            return CellLook(
                text=str((place.text(value) if word is None else word.text) or ""),
                right=place.right,
                severity=place.severity(value),
                tone=None if word is None else word.tone,
                token=place.token(value),
                heads=self._heads is not None and self._heads(value),
            )
        except Exception:
            _LOG.exception("column %s can't be shown", place.key)
            return CellLook()

    def update(self, rows: Sequence[R]) -> None:
        """Show these rows: removes, inserts, moves and changes only what differs."""
        wanted = {self._row_id(row): row for row in rows}
        if len(wanted) != len(rows):
            raise ValueError("two rows have the same id")
        order = list(wanted)
        if order != [self._row_id(row) for row in self._rows]:
            self._remove_all_but(wanted)
            self._arrange(order, wanted)
        self._change(rows)

    def tick(self) -> None:
        """Repaint the columns that change with the time."""
        if not self._rows:
            return
        for position, column in enumerate(self.columns):
            if column.ticks:
                last = self.index(len(self._rows) - 1, position)
                self.dataChanged.emit(self.index(0, position), last)

    def retranslate(self) -> None:
        """Take titles and texts anew."""
        last = len(self.columns) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, last))

    # Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        """Return a column's title and alignment."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(right=self.columns[section].right)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return what the views and the screen reader ask of a cell.

        An error in a column's function is logged and the cell stays empty: raised into Qt's
        painting it would kill the desk.
        """
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        try:
            return self._cell(index, role)
        except Exception:
            _LOG.exception("column %s can't be shown", self.columns[index.column()].key)
            return None

    def _cell(self, index: Index, role: int) -> Any:  # noqa: ANN401
        row, column = self._rows[index.row()], self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                word = column.word(row)
                return word.text if word is not None else column.text(row)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(right=column.right)
            case Qt.ItemDataRole.ToolTipRole:
                return column.tip(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{column.title()}: {self.data(index)}"
            case Qt.ItemDataRole.ForegroundRole:
                return None
            case _:
                return self._own_role(row, column, role)

    def _own_role(self, row: R, column: Column[R], role: int) -> Any:  # noqa: ANN401
        if role == ROW_ROLE:
            return row
        if role == SEVERITY_ROLE:
            return column.severity(row)
        if role == TONE_ROLE:
            word = column.word(row)
            return None if word is None else word.tone
        if role == SORT_ROLE:
            return column.sort(row) if column.sort else column.text(row)
        return None

    # Differences

    def _remove_all_but(self, wanted: dict[Hashable, R]) -> None:
        kept = [self._row_id(row) in wanted for row in self._rows]
        if _runs(not stays for stays in kept) > _MOST_RUNS:
            ids = [self._row_id(row) for row in self._rows]
            stay = [key for key in ids if key in wanted]
            self._sort_at_once(stay + [key for key in ids if key not in wanted])
        end = len(self._rows)
        while end > 0:
            if self._row_id(self._rows[end - 1]) in wanted:
                end -= 1
                continue
            first = end - 1
            while first > 0 and self._row_id(self._rows[first - 1]) not in wanted:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()
            end = first

    def _arrange(self, order: list[Hashable], wanted: dict[Hashable, R]) -> None:
        self._sort_kept(order)
        shown = {self._row_id(row) for row in self._rows}
        if _runs(key not in shown for key in order) > _MOST_RUNS:
            self._append([wanted[key] for key in order if key not in shown])
            self._sort_at_once(order)
            return
        position = 0
        while position < len(order):
            if order[position] in shown:
                position += 1
                continue
            last = position
            while last + 1 < len(order) and order[last + 1] not in shown:
                last += 1
            self.beginInsertRows(QModelIndex(), position, last)
            self._rows[position:position] = [wanted[key] for key in order[position : last + 1]]
            self.endInsertRows()
            position = last + 1

    def _append(self, rows: list[R]) -> None:
        """Add rows at the end: a view works through all its rows with every run of new ones."""
        first = len(self._rows)
        self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
        self._rows += rows
        self.endInsertRows()

    def _sort_kept(self, order: list[Hashable]) -> None:
        """Bring the rows that stay into their new order: only those that changed sides move."""
        now = [self._row_id(row) for row in self._rows]
        place = {key: position for position, key in enumerate(now)}
        target = [key for key in order if key in place]
        if target == now:
            return
        resting = _longest_rising([place[key] for key in target])
        if len(target) - len(resting) > _MOST_MOVES:
            self._sort_at_once(target)
            return
        for position, key in enumerate(target):
            if place[key] in resting:
                continue
            source = now.index(key)
            wanted = now.index(target[position - 1]) + 1 if position else 0
            if source == wanted:
                continue
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), wanted)
            wanted -= wanted > source
            self._rows.insert(wanted, self._rows.pop(source))
            now.insert(wanted, now.pop(source))
            self.endMoveRows()

    def _sort_at_once(self, target: list[Hashable]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        ids = [self._row_id(self._rows[index.row()]) for index in old]
        by_id = {self._row_id(row): row for row in self._rows}
        self._rows = [by_id[key] for key in target]
        place = {key: position for position, key in enumerate(target)}
        new = [self.index(place[key], index.column()) for key, index in zip(ids, old, strict=True)]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _change(self, rows: Sequence[R]) -> None:
        last_column = len(self.columns) - 1
        first: int | None = None
        for position in range(len(rows) + 1):
            differs = position < len(rows) and self._differs(position, rows[position])
            if differs and first is None:
                first = position
            elif not differs and first is not None:
                self.dataChanged.emit(self.index(first, 0), self.index(position - 1, last_column))
                first = None

    def _differs(self, position: int, row: R) -> bool:
        old = self._rows[position]
        self._rows[position] = row
        return old is not row and old != row


def _runs(flags: Iterable[bool]) -> int:
    """Return how many stretches of true there are."""
    count, before = 0, False
    for flag in flags:
        count += flag and not before
        before = flag
    return count


def _longest_rising(places: Sequence[int]) -> set[int]:
    """Return the members of a longest rising subsequence of different numbers."""
    ends: list[int] = []  # of the rising runs of each length, the one with the least end
    before: dict[int, int] = {}
    for place in places:
        length = bisect_left(ends, place)
        if length:
            before[place] = ends[length - 1]
        ends[length : length + 1] = [place]
    found = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        found.add(place)
        place = before.get(place, -1)
    return found


def _alignment(*, right: bool) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
