"""The alarm list with its title and its keys: what each key does stands under the list."""

from collections.abc import Callable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from views.actions import ActionSpec
from views.kit import ViewKit
from views.monitor.alarm_filter import KEYS
from views.monitor.alarm_list import AlarmCounts, AlarmList
from views.widgets.badges import ElidedLabel
from views.widgets.flow import FlowLayout
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.pane import Pane

GROUP = "monitor-alarms"


class AlarmPane(Pane):
    """Alarms: how many of how many, how many wait, how many wait where the filter hides them."""

    def __init__(self, kit: ViewKit, is_on_screen: Callable[[], bool]) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._is_on_screen = is_on_screen
        self._counts = AlarmCounts()
        self.alarms = AlarmList(kit)
        self._hint = named(ElidedLabel(role="secondary"), "alarm-hint")
        buttons = self._add_actions()
        self.set_body(self._with_keys(buttons))
        self.setFocusProxy(self.alarms.view)
        self.alarms.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        counts = self._counts
        shown = f"{counts.shown:,}"
        if counts.shown < counts.all:
            shown = self.tr("{shown} of {all}").format(shown=shown, all=f"{counts.all:,}")
        parts = [shown, self.tr("%n unacknowledged", "", counts.waiting)]
        if counts.hidden_waiting:
            parts.append(
                self.tr("%n unacknowledged hidden by the filter", "", counts.hidden_waiting)
            )
        self.set_title(self.tr("All alarms"), " · ".join(parts))
        self._hint.setText(
            self.tr(
                "S sorts by the next column, Shift+S the other way round, G groups, "
                "Shift+↓ chooses several, Alt+X shows all"
            )
        )

    def _add_actions(self) -> list[KeyButton]:
        """Enter the actions; return buttons of those that act on an alarm."""
        acts, rows, bar = self.alarms.acts, self.alarms, self.alarms.bar
        specs: list[tuple[str, Callable[[], str], str, Callable[[], object]]] = [
            ("acknowledge", lambda: self.tr("Acknowledge"), "A", acts.acknowledge),
            ("shelve", lambda: self.tr("Shelve / unshelve"), "H", acts.shelve),
            ("service", lambda: self.tr("Out of / into service"), "O", acts.service),
            ("reset", lambda: self.tr("Reset the latched alarm"), "R", acts.reset),
            ("unit", lambda: self.tr("State of the unit"), "U", acts.set_unit_state),
            ("map", lambda: self.tr("On the map"), "M", rows.show_on_map),
            ("trend", lambda: self.tr("Trend"), "T", rows.show_trend),
        ]
        quiet: list[tuple[str, Callable[[], str], str, Callable[[], object]]] = [
            ("sort", lambda: self.tr("Sort by the next column"), "S", rows.sort_next),
            ("turn", lambda: self.tr("Sort the other way round"), "Shift+S", rows.turn_round),
            ("group", lambda: self.tr("Next grouping"), KEYS["group"], bar.next_group),
            ("clear", lambda: self.tr("Show all alarms"), "Alt+X", bar.clear),
            ("state", lambda: self.tr("Filter by state"), KEYS["state"], self._opens("state")),
            (
                "priority",
                lambda: self.tr("Filter by priority"),
                KEYS["priority"],
                self._opens("priority"),
            ),
            (
                "enterprise",
                lambda: self.tr("Filter by enterprise"),
                KEYS["enterprise"],
                self._opens("enterprise"),
            ),
            (
                "source",
                lambda: self.tr("Filter by hazard source"),
                KEYS["source"],
                self._opens("source"),
            ),
            ("kind", lambda: self.tr("Filter by kind"), KEYS["kind"], self._opens("kind")),
        ]
        for name, text, key, run in (*specs, *quiet):
            self._kit.actions.add(
                ActionSpec(
                    id=f"alarms.{name}",
                    text=text,
                    run=run,
                    shortcut=key,
                    enabled=self._is_on_screen,
                    group=GROUP,
                )
            )
        action = self._kit.actions.action
        return [
            named(KeyButton(self._kit.theme, action=action(f"alarms.{name}")), f"alarms-{name}")
            for name, *_ in specs
        ]

    def _opens(self, name: str) -> Callable[[], object]:
        return lambda: self.alarms.bar.open(name)

    def _with_keys(self, buttons: list[KeyButton]) -> QWidget:
        theme = self._kit.theme
        body, keys = QWidget(), QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.alarms, 1)
        flow = FlowLayout(theme.px(8), theme.px(6), keys)
        for button in buttons:
            flow.addWidget(button)
        column.addWidget(_padded(keys, theme.pxs(8, 8, 8, 2)))
        column.addWidget(_padded(self._hint, theme.pxs(8, 2, 8, 6)))
        return body

    @Slot(object)
    def _on_counted(self, counts: AlarmCounts) -> None:
        self._counts = counts
        self.retranslate()


def _padded(widget: QWidget, margins: tuple[int, ...]) -> QWidget:
    host = QWidget()
    row = QHBoxLayout(host)
    row.setContentsMargins(*margins)
    row.addWidget(widget)
    return host
