"""The base maps as a list, the topmost first; the box shows or hides one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.basemaps.catalogue import BaseMap
from app.basemaps.service import ShownMap

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class BaseMapModel(QAbstractListModel):
    """Reads what the feed says; `changed` is called with a base map whose box was ticked."""

    def __init__(
        self,
        describe: Callable[[ShownMap], str],
        changed: Callable[[BaseMap], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._changed = changed
        self._rows: tuple[ShownMap, ...] = ()

    def show(self, maps: tuple[ShownMap, ...]) -> None:
        """Take the base maps, bottom up."""
        rows = tuple(reversed(maps))
        if [each.base_map.id for each in rows] == [each.base_map.id for each in self._rows]:
            self._rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, index: Index) -> ShownMap | None:
        """Return the base map of a row."""
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, id_: str) -> int:
        """Return the row of a base map, -1 when it isn't there."""
        ids = [each.base_map.id for each in self._rows]
        return ids.index(id_) if id_ in ids else -1

    def ids(self) -> list[str]:
        """Return the ids, the topmost first."""
        return [each.base_map.id for each in self._rows]

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many base maps there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Return the name with what is wrong with it, or the state of its box."""
        shown = self.at(index)
        if shown is None:
            return None
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            said = self._describe(shown)
            return f"{shown.base_map.name} · {said}" if said else shown.base_map.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._describe(shown) or shown.base_map.name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if shown.base_map.visible else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Show or hide."""
        shown = self.at(index)
        if shown is None or role != Qt.ItemDataRole.CheckStateRole:
            return False
        visible = Qt.CheckState(value) is Qt.CheckState.Checked
        base_map = msgspec.structs.replace(shown.base_map, visible=visible)
        rows = list(self._rows)
        rows[index.row()] = replace(shown, base_map=base_map)
        self._rows = tuple(rows)
        self.dataChanged.emit(index, index)
        self._changed(base_map)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that rows can be ticked."""
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable
