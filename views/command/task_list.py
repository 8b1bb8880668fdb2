"""The running plan as tasks: T+ offset, action, owner, state; the next thing to do stands out."""

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from app.commands.plan import FinishTask
from models.libraries.capabilities import split_words
from models.operation.merged import family_ids
from models.operation.situation import Published, Situation, Task
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import PlainLabel, StateBadge, wrapped_label
from views.widgets.chosen_row import ChosenRow
from views.widgets.row_column import empty_label, row_column
from views.widgets.spares import Spares
from views.wording import Toned

_READY = 16
_ENDED = {"finished", "dropped"}
_READ = frozenset({"tasks", "orders", "incidents"})


class TaskRow(ChosenRow):
    """One task. Signals: chosen(str task id)."""

    def __init__(self, kit: ViewKit, task_id: str = "") -> None:
        super().__init__()
        self.setObjectName("card")
        self._kit = kit
        self.stand_for(task_id)
        self._task: Task | None = None
        self._shown: tuple[object, ...] = ()
        self._offset = PlainLabel()
        self._offset.setProperty("role", "strong")
        self._offset.setMinimumWidth(kit.theme.px(48))
        self._action = wrapped_label()
        self._detail = wrapped_label()
        self._detail.setProperty("role", "secondary")
        self._state = StateBadge()
        layout = QGridLayout(self)
        layout.setContentsMargins(*kit.theme.pxs(8, 5, 8, 5))
        layout.setHorizontalSpacing(kit.theme.px(8))
        layout.setVerticalSpacing(1)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(self._offset, 0, 0, 2, 1, top)
        layout.addWidget(self._action, 0, 1)
        layout.addWidget(self._state, 0, 2, top | Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._detail, 1, 1, 1, 2)
        layout.setColumnStretch(1, 1)

    def show_task(self, task: Task, situation: Situation, *, current: bool) -> None:
        """Show this state of the task; what stands already is left alone."""
        language = self._kit.language
        order = situation.orders.get(task.order_id)
        shown = (task, order.team_name if order else None, current, language)
        if shown != self._shown:
            self._task, self._shown = task, shown
            set_property(self, "current", current)
            self._offset.setText(f"T+{task.offset_s // 60:02d}")
            self._action.setText(task.action.text(language))
            owner = (
                order.team_name.text(language)
                if order
                else (task.owner or split_words(task.role).text(language))
            )
            parts = [owner, task.result or task.deliverable.text(language)]
            self._detail.setText(" · ".join(part for part in parts if part))
            self.setAccessibleName(f"{self._offset.text()} {self._action.text()}")
        self.tick(self._kit.desk.clock.now_us())

    def tick(self, now_us: int) -> None:
        """Count down to the task's due time."""
        task = self._task
        if task is None:
            return
        wording = self._kit.wording
        if task.state in _ENDED:
            word = wording.task_state(task.state)
        elif now_us < task.starts_us:
            word = Toned(self.tr("not yet"))
        else:
            tone = "4" if task.state == "assigned" else "2"
            tone = "1" if now_us >= task.due_us else tone
            word = Toned(wording.countdown(task.due_us, now_us), tone)
        self._state.set_word(word)


class TaskList(Retranslating, QWidget):
    """Tasks of one incident. Signals: counted(int ended, int all), current_changed(str id)."""

    counted = Signal(int, int)
    current_changed = Signal(str)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._incident_id = ""
        self._rows: dict[str, TaskRow] = {}
        self._current = ""
        self._chosen_by_hand = False
        self._empty = empty_label()
        self._list = row_column(self, self._empty)
        self._spares = Spares(self._list, self._make_row)
        kit.desk.published.connect(self._on_published)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self._empty.setText(self.tr("No plan runs for this incident"))
        self._refresh(self._kit.desk.situation)

    @property
    def current_task(self) -> Task | None:
        """The chosen task."""
        return self._kit.desk.situation.tasks.get(self._current)

    def row(self, task_id: str) -> TaskRow:
        """Return the row of a task; KeyError when it isn't shown."""
        return self._rows[task_id]

    def show_incident(self, incident_id: str) -> None:
        """Show another incident's tasks."""
        if incident_id != self._incident_id:
            self._incident_id = incident_id
            self._current, self._chosen_by_hand = "", False
            self._refresh(self._kit.desk.situation)

    def finish_current(self) -> None:
        """Mark the chosen task as done."""
        task = self.current_task
        if task is not None and task.state not in _ENDED:
            self._chosen_by_hand = False
            self._kit.desk.execute(FinishTask(task_id=task.id, result=""))

    @Slot(str)
    def choose(self, task_id: str) -> None:
        """Make a task the current one."""
        self._chosen_by_hand = True
        self._set_current(task_id)
        self._refresh(self._kit.desk.situation)

    def _set_current(self, task_id: str) -> None:
        if task_id != self._current:
            self._current = task_id
            self.current_changed.emit(task_id)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if published.changes.full or not _READ.isdisjoint(touched):
            self._refresh(published.situation)

    def prepare(self) -> Iterator[None]:
        """Have rows for a plan ready."""
        return self._spares.fill(_READY)

    def _make_row(self) -> TaskRow:
        row = TaskRow(self._kit)
        row.chosen.connect(self.choose)
        return row

    def _refresh(self, situation: Situation) -> None:
        together = family_ids(situation, self._incident_id)
        tasks = sorted(
            (t for t in situation.tasks.values() if t.incident_id in together),
            key=lambda t: (t.offset_s, t.clause_key, t.id),
        )
        known = {task.id for task in tasks}
        for gone in set(self._rows) - known:
            self._spares.give(self._rows.pop(gone))
        waiting = next((t.id for t in tasks if t.state == "waiting"), "")
        if not self._chosen_by_hand or self._current not in known:
            self._set_current(waiting or (tasks[0].id if tasks else ""))
        for index, task in enumerate(tasks):
            row = self._rows.get(task.id)
            if row is None:
                row = self._rows[task.id] = self._spares.take()
                row.stand_for(task.id)
            if self._list.indexOf(row) != index:
                self._list.insertWidget(index, row)
            row.show_task(task, situation, current=task.id == self._current)
        self._empty.setVisible(not tasks)
        self.counted.emit(sum(t.state in _ENDED for t in tasks), len(tasks))

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        if self.isVisible():
            for row in self._rows.values():
                row.tick(now_us)
