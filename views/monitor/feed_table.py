"""What the gateway says of its sources of values: there or away, how much, how much was bad."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.desk import GatewayState
from models.telemetry.ports import SourceState
from views.actors import Actors
from views.i18n import Retranslating
from views.kit import ViewKit
from views.theme import set_property
from views.widgets.badges import wrapped_label
from views.widgets.naming import named
from views.widgets.states import EmptyState
from views.widgets.table_model import Column, TableModel
from views.widgets.table_view import TableView
from views.wording import Toned

_THOUSAND = 1000
_WRONG_CLOCK_S = 2.0
_NAMED_CLOCKS = 3


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A source's counts as shown; details are kept out of the comparison of rows."""

    state: SourceState

    @property
    def name(self) -> str:
        """The source's name."""
        return self.state.name


class FeedTable(Retranslating, QWidget):
    """Signals: counted(int sources, int away)."""

    counted = Signal(int, int)

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self._kit = kit
        self._actors = Actors(kit.desk, kit.wording)
        self._state = kit.desk.gateway
        self._model: TableModel[FeedRow] = TableModel(self._columns(), lambda row: row.name, self)
        self.view = named(TableView(kit.theme), "monitor-feeds")
        self.view.show_model(self._model)
        self.view.chosen.connect(self._on_chosen)
        self._empty = named(EmptyState(kit.theme), "monitor-no-feeds")
        self._detail = named(wrapped_label(role="secondary"), "monitor-feed-detail")
        self._gateway = named(wrapped_label(role="secondary"), "monitor-gateway")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._empty, 1)
        foot = QVBoxLayout()
        gap = kit.theme.px(12)
        foot.setContentsMargins(gap, kit.theme.px(8), gap, gap)
        foot.setSpacing(kit.theme.px(8))
        foot.addWidget(self._detail)
        foot.addWidget(self._gateway)
        layout.addLayout(foot)
        kit.desk.gateway_state.connect(self._on_gateway_state)
        kit.desk.ticked.connect(self._on_ticked)
        self._show()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        self.view.setAccessibleName(self.tr("Sources of values"))
        self._empty.say(
            self.tr("No source of values"),
            self.tr("Turn one on in site.toml, or wait for the gateway to start."),
        )
        self._model.retranslate()
        self._show_detail()
        self._show_gateway()

    def _columns(self) -> tuple[Column[FeedRow], ...]:
        return (
            Column("name", lambda: self.tr("Source"), self._name, stretch=True),
            Column("state", lambda: self.tr("State"), lambda _: "", word=self._word, width=96),
            _count("samples", lambda: self.tr("Samples"), lambda s: s.samples, 68),
            _count("malformed", lambda: self.tr("Malformed"), lambda s: s.malformed, 80, bad=True),
            _count("dropped", lambda: self.tr("Dropped"), lambda s: s.dropped, 64, bad=True),
        )

    def _name(self, row: FeedRow) -> str:
        return self._actors.name(row.name)

    def _word(self, row: FeedRow) -> Toned:
        if row.state.connected and self._state.connected:
            return Toned(self.tr("connected"), "ok")
        return Toned(self.tr("away"), "1")

    @Slot(object)
    def _on_gateway_state(self, state: GatewayState) -> None:
        self._state = state
        self._show()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        if self.isVisible():
            self._show_detail()

    @Slot(object)
    def _on_chosen(self, _row: FeedRow | None) -> None:
        self._show_detail()

    def recount(self) -> None:
        """Tell the counts again."""
        self._show()

    def _show(self) -> None:
        rows = [FeedRow(state) for state in self._state.sources]
        self._model.update(rows)
        self._model.retranslate()
        self.view.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        away = sum(not row.state.connected for row in rows)
        self.counted.emit(len(rows), away if self._state.connected else len(rows))
        self._show_detail()
        self._show_gateway()

    def _show_detail(self) -> None:
        """Say since when the chosen source (or the first) is as it is, and its last fault."""
        states = {state.name: state for state in self._state.sources}
        row = self.view.current_row()
        state = states.get(row.name) if row else next(iter(states.values()), None)
        self._detail.setVisible(state is not None)
        if state is None:
            return
        wording = self._kit.wording
        since = wording.time(state.since_us, self._kit.desk.clock.now_us())
        text = (
            self.tr("connected since {time}") if state.connected else self.tr("away since {time}")
        )
        count = self.tr("%n message(s)", "", state.messages)
        lines = [
            f"{self._actors.name(state.name)} · {text.format(time=since)} · {count}",
            state.detail,
        ]
        lines += self._clocks(state)
        if state.last_malformed:
            lines.append(self.tr("last malformed: {text}").format(text=state.last_malformed))
        self._detail.setText("\n".join(line for line in lines if line))

    def _clocks(self, state: SourceState) -> list[str]:
        """Return a line on the devices' clocks: those that are off, else that they agree."""
        if not state.clocks:
            return []
        by_error = sorted(state.clocks, key=lambda clock: -abs(clock.behind_s))
        wrong = [clock for clock in by_error if abs(clock.behind_s) >= _WRONG_CLOCK_S]
        if not wrong:
            text = self.tr("%n clock(s) right to {seconds} s", "", len(by_error))
            return [text.format(seconds=f"{abs(by_error[0].behind_s):.1f}")]
        behind, ahead = (
            self.tr("{device} {seconds} s behind"),
            self.tr("{device} {seconds} s ahead"),
        )
        named = [
            (behind if clock.behind_s > 0 else ahead).format(
                device=clock.device, seconds=f"{abs(clock.behind_s):.1f}"
            )
            for clock in wrong[:_NAMED_CLOCKS]
        ]
        told = self.tr("%n clock(s) wrong: {clocks}", "", len(wrong))
        return [told.format(clocks=" · ".join(named))]

    def _show_gateway(self) -> None:
        state = self._state
        if not state.connected:
            text = self.tr("Gateway away: {detail}").format(detail=state.detail)
            set_property(self._gateway, "severity", "1")
            self._gateway.setText(text)
            return
        set_property(self._gateway, "severity", "3" if state.dropped_frames else "")
        scan_ms = f"{state.scan_us / 1000:.1f}"
        parts = [
            self.tr("Gateway connected"),
            self.tr("alarm scan {ms} ms").format(ms=scan_ms),
            self.tr("%n frame(s) dropped", "", state.dropped_frames),
            self.tr("%n restart(s)", "", state.restarted),
        ]
        self._gateway.setText(" · ".join(parts))


def _count(
    key: str,
    title: Callable[[], str],
    count: Callable[[SourceState], int],
    width: int,
    *,
    bad: bool = False,
) -> Column[FeedRow]:
    """Return a column of counts; of bad things any count is coloured."""
    return Column(
        key,
        title,
        lambda row: _short(count(row.state)),
        right=True,
        token=lambda row: "alarm.medium" if bad and count(row.state) else None,
        tip=lambda row: f"{count(row.state):,}",
        width=width,
    )


def _short(count: int) -> str:
    """Return a count that fits a narrow column: 999 · 12.3 k · 4.56 M."""
    if count < 10 * _THOUSAND:
        return f"{count:,}"
    if count < _THOUSAND**2:
        return f"{count / _THOUSAND:.1f} k"
    return f"{count / _THOUSAND**2:.2f} M"
