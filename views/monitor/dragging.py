"""Tags and hazard sources that are dragged from tables: their keys, in a type of our own."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt

from views.widgets.table_model import TableModel

TAGS, SOURCES = "application/x-muster-tags", "application/x-muster-hazard-sources"
_MOST_BYTES = 1_000_000
R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class DragModel(TableModel[R]):
    """A table whose rows can be dragged away; `what` is TAGS or SOURCES."""

    what = TAGS

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a row may be dragged."""
        own = super().flags(index)
        return own | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else own

    def mimeTypes(self) -> list[str]:
        """Return the one type."""
        return [self.what]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the keys of the rows."""
        rows = sorted({index.row() for index in indexes})
        keys = [str(self._row_id(self.row(row))) for row in rows]
        found = QMimeData()
        found.setData(self.what, msgspec.json.encode(keys))
        return found


def dragged_keys(mime: QMimeData, what: str) -> tuple[str, ...]:
    """Return the keys of what is dragged; none when it is something else."""
    if not mime.hasFormat(what):
        return ()
    raw = bytes(mime.data(what).data())
    if len(raw) > _MOST_BYTES:
        return ()
    try:
        return msgspec.json.decode(raw, type=tuple[str, ...])
    except msgspec.MsgspecError:
        return ()


def is_dragged(mime: QMimeData, types: Iterable[str] = (TAGS, SOURCES)) -> bool:
    """Return whether something of ours is dragged."""
    return any(mime.hasFormat(each) for each in types)
