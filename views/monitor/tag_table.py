"""The tags of the chosen hazard source as faceplates in a table: value, limits, state, age."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import LiveValue
from models.operation.situation import Alarm, Published
from models.registry.kinds import Limit, Tag
from models.telemetry.ports import Quality
from views.i18n import Retranslating
from views.kit import ViewKit
from views.monitor.dragging import DragModel
from views.monitor.tag_names import name_under
from views.monitor.tag_states import worst_by_tag
from views.monitor.trend.looks import curve_token
from views.theme import Theme
from views.widgets.naming import named
from views.widgets.table_model import Column
from views.widgets.table_view import TableView
from views.wording import Toned

_REPAINT_MS = 250
_LIVE = ("value", "age")
_LIMITS: tuple[str, ...] = ("LL", "L", "H", "HH")
_LIMIT_TOKENS = {1: "alarm.critical", 2: "alarm.high", 3: "alarm.medium", 4: "alarm.low"}


class TagView(TableView):
    """Signals: toggled(Tag): Space, Enter or double click."""

    toggled = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.opened.connect(self.toggled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Put the tag into the plot, or take it out, on Space."""
        tag = self.current_row()
        if event.key() == Qt.Key.Key_Space and not event.modifiers() and tag is not None:
            self.toggled.emit(tag)
            return
        super().keyPressEvent(event)


class TagModel(DragModel[Tag]):
    """Tags stay, their values move: repaints the live cells of some rows."""

    def touch(self, first: int, last: int) -> None:
        """Say that the live cells of these rows changed."""
        for position, column in enumerate(self.columns):
            if column.key in _LIVE:
                self.dataChanged.emit(self.index(first, position), self.index(last, position))


class TagTable(Retranslating, QWidget):
    """Signals: chosen(Tag), toggled(Tag)."""

    chosen = Signal(object)
    toggled = Signal(object)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._worst: dict[str, Alarm] = {}
        self._positions: dict[str, int] = {}
        self._plotted: dict[str, int] = {}
        self._due = False
        self._under = ""
        self._model = TagModel(self._columns(), lambda tag: tag.key, self)
        self.view = named(TagView(kit.theme), "monitor-tags")
        self.view.show_model(self._model)
        self.view.setDragEnabled(True)
        self.view.chosen.connect(self._on_chosen)
        self.view.toggled.connect(self.toggled)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self._timer = QTimer(self, interval=_REPAINT_MS)
        self._timer.timeout.connect(self._on_repaint)
        self._timer.start()
        kit.desk.live_values.connect(self._on_live_values)
        kit.desk.ticked.connect(self._on_ticked)
        kit.desk.published.connect(self._on_published)
        self._worst = worst_by_tag(kit.desk.situation.alarms.values())
        self.retranslate()

    @property
    def model(self) -> TagModel:
        """The tags shown."""
        return self._model

    @property
    def worst(self) -> dict[str, Alarm]:
        """The most urgent alarm of each tag."""
        return self._worst

    def retranslate(self) -> None:
        """Set all texts again."""
        self.view.setAccessibleName(self.tr("Tags"))
        self._model.retranslate()

    def show_tags(self, tags: Sequence[Tag], under: str = "") -> None:
        """Show these tags in this order; `under` is the name of the source that heads them."""
        self._under = under
        self._model.update(tags)
        self._positions = {tag.key: position for position, tag in enumerate(tags)}

    def choose(self, key: str) -> None:
        """Select a tag when it is shown."""
        if (row := self._model.index_of(key)) >= 0:
            self.view.selectRow(row)

    def show_plotted(self, keys: Sequence[str]) -> None:
        """Mark the tags that stand in the plot with the colour of their curve."""
        self._plotted = {key: position for position, key in enumerate(keys)}
        self._model.retranslate()

    def _columns(self) -> tuple[Column[Tag], ...]:
        return (
            Column("plot", lambda: "", self._mark, token=self._mark_token, width=28),
            Column(
                "key",
                lambda: self.tr("Tag"),
                lambda tag: tag.key,
                severity=self._severity,
                width=100,
            ),
            Column("name", lambda: self.tr("Name"), self._short, tip=self._name, stretch=True),
            Column(
                "value",
                lambda: self.tr("Value"),
                self._value,
                right=True,
                token=self._value_token,
                width=108,
            ),
            *(self._limit_column(kind) for kind in _LIMITS),
            Column("state", lambda: self.tr("State"), lambda _: "", word=self._state, width=96),
            Column(
                "age",
                lambda: self.tr("Age and quality"),
                self._age,
                token=self._age_token,
                width=150,
                ticks=True,
            ),
        )

    def _limit_column(self, kind: str) -> Column[Tag]:
        return Column(
            kind,
            lambda: kind,
            lambda tag: self._limit_text(tag, kind),
            right=True,
            token=lambda tag: self._limit_token(tag, kind),
            tip=lambda tag: self._limit_tip(tag, kind),
            width=60,
        )

    # Cells

    def _mark(self, tag: Tag) -> str:
        return "━" if tag.key in self._plotted else ""

    def _mark_token(self, tag: Tag) -> str:
        return curve_token(self._plotted.get(tag.key, 0))

    def _short(self, tag: Tag) -> str:
        return name_under(self._name(tag), self._under)

    def _name(self, tag: Tag) -> str:
        return tag.name.text(self._kit.language)

    def _severity(self, tag: Tag) -> int | None:
        alarm = self._worst.get(tag.key)
        return alarm.priority if alarm else None

    def _live(self, tag: Tag) -> LiveValue | None:
        # Under a replay the live value would pass for one of then.
        return None if self._kit.desk.replay is not None else self._kit.desk.latest.get(tag.key)

    def _is_doubtful(self, tag: Tag) -> bool:
        live = self._live(tag)
        stale = tag.key in self._kit.desk.situation.stale_tags
        return live is None or stale or live.quality >= Quality.UNCERTAIN

    def _value(self, tag: Tag) -> str:
        live = self._live(tag)
        return self._kit.wording.number(live.value if live else float("nan"), tag.unit)

    def _value_token(self, tag: Tag) -> str | None:
        return "text3" if self._is_doubtful(tag) else None

    def _limit_text(self, tag: Tag, kind: str) -> str:
        limit = _limit(tag, kind)
        return f"{limit.value:g}" if limit else ""

    def _limit_token(self, tag: Tag, kind: str) -> str:
        """Colour the limit that is in alarm; the others stay grey."""
        alarm = self._kit.desk.situation.alarms.get(f"{tag.key}/{kind}")
        in_force = alarm is not None and alarm.state in {"unacknowledged", "acknowledged"}
        return _LIMIT_TOKENS[alarm.priority] if alarm and in_force else "text2"

    def _limit_tip(self, tag: Tag, kind: str) -> str | None:
        limit = _limit(tag, kind)
        if limit is None:
            return None
        priority = self._kit.wording.priority(limit.priority)
        reason = self._kit.wording.priority_reason(limit)
        parts = [f"{kind} {limit.value:g} {tag.unit}", priority, reason]
        parts += [limit.guidance.text(self._kit.language), limit.source]
        return "\n".join(part for part in parts if part)

    def _state(self, tag: Tag) -> Toned | None:
        alarm = self._worst.get(tag.key)
        if alarm is not None:
            return self._kit.wording.alarm_state(alarm.state)
        if tag.key in self._kit.desk.situation.stale_tags:
            return Toned(self.tr("no data"), "3")
        return None

    def _age(self, tag: Tag) -> str:
        desk, wording = self._kit.desk, self._kit.wording
        now_us = desk.clock.now_us()
        since_us = desk.situation.stale_tags.get(tag.key)
        if since_us is not None:
            return self.tr("stale since {time}").format(time=wording.time(since_us, now_us))
        if desk.replay is not None:
            return self.tr("not in a replay")
        live = desk.latest.get(tag.key)
        if live is None:
            return self.tr("no value yet")
        words = {
            Quality.UNCERTAIN: self.tr("uncertain"),
            Quality.BAD: self.tr("bad quality"),
            Quality.STALE: self.tr("stale"),
        }
        word = words.get(Quality(min(live.quality, Quality.STALE)), "")
        ago = wording.ago(live.source_us, now_us)
        return f"{word} · {ago}" if word else ago

    def _age_token(self, tag: Tag) -> str:
        live = self._live(tag)
        bad = live is not None and live.quality >= Quality.UNCERTAIN
        stale = tag.key in self._kit.desk.situation.stale_tags
        return "alarm.medium" if stale or bad else "text2"

    # Slots

    @Slot(object)
    def _on_chosen(self, tag: Tag | None) -> None:
        if tag is not None:
            self.chosen.emit(tag)

    @Slot(object)
    def _on_live_values(self, values: Sequence[LiveValue]) -> None:
        if not self._due and self.isVisible():
            self._due = any(value.tag_key in self._positions for value in values)

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        self._due = True

    @Slot()
    def _on_repaint(self) -> None:
        """Repaint the live cells on screen, at most four times a second."""
        if not self._due or not self.isVisible():
            return
        self._due = False
        first, last = self.view.visible_span()
        if last >= first:
            self._model.touch(first, last)

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        touched = published.changes.touched
        if published.changes.full or "alarms" in touched or "stale_tags" in touched:
            self._worst = worst_by_tag(published.situation.alarms.values())
            self._model.retranslate()


def _limit(tag: Tag, kind: str) -> Limit | None:
    return next((limit for limit in tag.limits if limit.kind == kind), None)
