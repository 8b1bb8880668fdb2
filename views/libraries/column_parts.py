"""Parts of the columns: how a record becomes cells."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from views.kit import ViewKit
from views.libraries.catalog import RecordRow
from views.libraries.marks import is_dead, stock_left
from views.libraries.words import LibraryWords
from views.widgets.table_model import Column

Cols = tuple[Column[RecordRow], ...]
Text = Callable[[Any], str]


class ColumnParts(QObject):
    """Base of the column builders; texts are asked anew with every paint."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words

    def _col(
        self, key: str, title: Callable[[], str], text: Text, width: int, *, right: bool = False
    ) -> Column[RecordRow]:
        def shown(row: RecordRow) -> str:
            return text(row.record)

        tip = None if right else shown
        if tip is None:
            return Column(key, title, shown, right=True, width=width)
        return Column(key, title, shown, tip=tip, width=width)

    def _date(self, us: int | None) -> str:
        return f"{self._kit.wording.local(us):%Y-%m-%d}" if us else "—"

    def _moment(self, us: int | None) -> str:
        return f"{self._kit.wording.local(us):%m-%d %H:%M}" if us else "—"

    def _owner(self, key: str) -> str:
        row = self._kit.desk.reference.get("enterprises", key) if key else None
        return row.name.text(self._kit.language) if row else key or "—"

    def _phones(self, row: Any) -> str:  # noqa: ANN401 - any record with phones
        situation = self._kit.desk.situation
        works = [phone for phone in row.phones if not is_dead(phone, situation)]
        return f"{works[0].number} {works[0].person}".strip() if works else "—"

    def _stock(self, row: Any) -> str:  # noqa: ANN401 - a Depot
        situation = self._kit.desk.situation
        parts = (
            f"{stock.name.text(self._kit.language)} {stock_left(row.key, stock, situation):g} "
            f"{stock.unit}"
            for stock in row.stock
        )
        return " · ".join(parts) or "—"


def count_text(value: int | None) -> str:
    """Return a number of people, a dash where nobody counted."""
    return "—" if value is None else f"{value:,}"
