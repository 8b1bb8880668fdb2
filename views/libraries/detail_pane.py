"""The chosen record on the right: its facts, its numbers with the act that marks one dead."""

from collections.abc import Iterator
from functools import partial
from itertools import zip_longest

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.commands.resource import MarkNumberDead
from models.operation.situation import Published
from models.registry.kinds import Record
from views.kit import ViewKit
from views.libraries.details import Fact, RecordDetails, Section
from views.libraries.marks import Mark, mark_of
from views.libraries.section_block import SectionBlock
from views.libraries.words import LibraryWords
from views.widgets.badges import StateBadge
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane
from views.widgets.states import EmptyState
from views.wording import Toned

_ALWAYS_SHOWN = {"dead_numbers", "stock_moves", "teams", "warning_colours"}
_READY = (12, 10, 6)  # lines of the first sections

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
        self._blocks: list[SectionBlock] = []
        host = QWidget()
        self._sections = QVBoxLayout(host)
        gap = kit.theme.px(12)
        self._sections.setContentsMargins(gap, kit.theme.px(8), gap, gap)
        self._sections.setSpacing(kit.theme.px(8))
        self._sections.addStretch(1)
        self._scroll.setWidget(host)
        self._empty = EmptyState(kit.theme)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._scroll)
        self.set_body(self._pages)
        kit.desk.published.connect(self._on_published)
        self.retranslate()

    def retranslate(self) -> None:
        """Write everything again."""
        self._scroll.setAccessibleName(self.tr("Details"))
        if self._record is None:
            self._empty.say(self.tr("Nothing chosen"), self.tr("Choose a row to see all of it."))
            self._pages.setCurrentWidget(self._empty)
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
        self._scroll.verticalScrollBar().setValue(0)

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
        while len(self._blocks) < len(sections):
            self._add_block()
        for block, section in zip_longest(self._blocks, sections):
            block.show_section(section)
            for row, fact in enumerate(section.facts if section else ()):
                if fact.phone is not None:
                    block.put_button(row, self._dead_button(fact, record))
        self._pages.setCurrentWidget(self._scroll)

    def prepare(self) -> Iterator[None]:
        """Have lines ready, a few with every step."""
        for index, lines in enumerate(_READY):
            block = self._blocks[index] if index < len(self._blocks) else self._add_block()
            for count in range(1, lines + 1):
                block.fill(count)
                yield

    def _add_block(self) -> SectionBlock:
        block = SectionBlock(self.theme, first=not self._blocks)
        block.hide()
        self._sections.insertWidget(len(self._blocks), block)
        self._blocks.append(block)
        return block

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
