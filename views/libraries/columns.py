"""The columns of each kind, as data: name and key, what matters of the kind, its mark."""

from PySide6.QtCore import QObject

from views.kit import ViewKit
from views.libraries.catalog import RecordRow
from views.libraries.column_parts import Cols
from views.libraries.library_columns import LibraryColumns
from views.libraries.marks import Mark, mark_of
from views.libraries.registry_columns import RegistryColumns
from views.libraries.words import LibraryWords
from views.widgets.table_model import Column

_MARKED = frozenset(
    (
        "plans", "teams", "materials", "experts", "enterprises", "receptors", "cameras", "permits",
        "contractors",
    )
)  # fmt: skip


class RecordColumns(QObject):
    """Builds the columns; texts are asked anew with every paint, so language may change."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__()
        self._kit = kit
        self._words = words
        self._libraries = LibraryColumns(kit, words)
        self._registry = RegistryColumns(kit, words)

    def of(self, kind: str) -> Cols:
        """Return the columns of a kind, the special ones by weight: the last give way first."""
        builders = self._libraries.builders() | self._registry.builders()
        special = builders[kind]() if kind in builders else ()
        state: Column[RecordRow] = Column(
            "state",
            lambda: self.tr("State"),
            lambda _: "",
            word=lambda row: self._words.mark(self._mark(row)),
            width=104,
        )
        marked = (state,) if kind in _MARKED else ()
        return (self._name(), self._key(), *special, *marked)

    def _mark(self, row: RecordRow) -> Mark | None:
        return mark_of(row.record, self._kit.desk.situation, self._kit.desk.clock.now_us())

    def _name(self) -> Column[RecordRow]:
        def text(row: RecordRow) -> str:
            return row.record.name.text(self._kit.language) or "—"

        return Column("name", lambda: self.tr("Name"), text, tip=text, stretch=True)

    def _key(self) -> Column[RecordRow]:
        return Column(
            "key",
            lambda: self.tr("Key"),
            lambda row: row.key,
            token=lambda _: "text2",
            tip=lambda row: row.key,
            width=108,
        )
