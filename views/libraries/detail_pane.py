"""The chosen record on the right: its facts, its numbers with the act that marks one dead."""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.commands.resource import MarkNumberDead
from models.operation.situation import Published
from models.registry.kinds import Record
from views.kit import ViewKit
from views.libraries.details import Fact, RecordDetails, Section
from views.libraries.marks import Mark, mark_of
from views.libraries.words import LibraryWords
from views.theme import set_property
from views.widgets.badges import PlainLabel, StateBadge, wrapped_label
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.states import EmptyState
from views.wording import Toned

_ALWAYS_SHOWN = {"dead_numbers", "stock_moves", "teams"}
_LABEL_PX = 92

Facts = tuple[Mark | None, tuple[Section, ...]]


class DetailPane(Pane):
    """Shows one record; it is written anew when the situation changes something of it."""

    def __init__(self, kit: ViewKit, words: LibraryWords) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._words = words
        self._details = RecordDetails(kit, words)
        self._kind = ""
        self._record: Record | None = None
        self._written: Facts = (None, ())
        self._badge = StateBadge()
        self.add_act(self._badge)
        self._scroll = named(QScrollArea(), "library-details")
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.set_body(self._scroll)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        self._scroll.setAccessibleName(self.tr("Details"))
        if self._record is None:
            empty = EmptyState(self.theme)
            empty.say(self.tr("Nothing chosen"), self.tr("Choose a row to see all of it."))
            self._scroll.setWidget(empty)
            self.set_title(self.tr("Details"), "")
            self._badge.hide()
            return
        self._write(self._record, self._facts(self._record))

    def show_record(self, kind: str, record: Record | None) -> None:
        """Show a record, or that none is chosen."""
        if kind == self._kind and record == self._record:
            return
        self._kind, self._record = kind, record
        self.retranslate()

    def _facts(self, record: Record) -> Facts:
        """Return what is told of a record now."""
        mark = mark_of(record, self._kit.desk.situation, self._kit.desk.clock.now_us())
        return mark, self._details.sections(record)

    def _write(self, record: Record, facts: Facts) -> None:
        self._written = facts
        mark, sections = facts
        name = record.name.text(self._kit.language) or record.key
        self.set_title(name, record.key)
        self._badge.setVisible(mark is not None)
        self._badge.set_word(self._words.mark(mark) or Toned(""))
        host = QWidget()
        column = QVBoxLayout(host)
        gap = self.theme.px(12)
        column.setContentsMargins(gap, self.theme.px(8), gap, gap)
        column.setSpacing(self.theme.px(8))
        for section in sections:
            if section.title:
                column.addSpacing(self.theme.px(4))
                title = f"{section.title}  {len(section.facts)}"
                column.addWidget(PlainLabel(title, "strong"))
            column.addLayout(self._grid(section, record))
        column.addStretch(1)
        self._scroll.setWidget(host)

    def _grid(self, section: Section, record: Record) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(self.theme.px(12))
        grid.setVerticalSpacing(self.theme.px(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, self.theme.px(_LABEL_PX if not section.title else 24))
        for fact in section.facts:
            row = grid.rowCount()
            grid.addWidget(PlainLabel(fact.label, "secondary"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._texts(fact), row, 1)
            if fact.phone is not None:
                grid.addWidget(self._dead_button(fact, record), row, 2, Qt.AlignmentFlag.AlignTop)
        return grid

    def _texts(self, fact: Fact) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        text = wrapped_label(fact.text)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_property(text, "severity", fact.severity)
        column.addWidget(text)
        if fact.note:
            column.addWidget(wrapped_label(fact.note, "secondary"))
        return column

    def _dead_button(self, fact: Fact, record: Record) -> KeyButton:
        """Alt and the place in calling order: no single key does what nobody can take back."""
        number = fact.phone.number if fact.phone else ""
        button = KeyButton(self.theme, self.tr("Number dead"), f"Alt+{fact.label}")
        button.setObjectName(f"dead-{number}")
        button.setAccessibleName(self.tr("Mark {number} dead").format(number=number))
        command = MarkNumberDead(kind=self._kind, key=record.key, number=number)
        button.clicked.connect(partial(self._kit.desk.execute, command))
        return button

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        changes = published.changes
        if self._record is None or not (changes.full or _ALWAYS_SHOWN & set(changes.touched)):
            return
        if self._facts(self._record) != self._written:
            place = self._scroll.verticalScrollBar().value()
            self.retranslate()
            self._scroll.verticalScrollBar().setValue(place)
