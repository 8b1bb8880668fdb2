"""The strip "who has not answered": counts live, grows by rows, never hides."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QWidget

from app.desk import DeskApi
from models.operation.situation import Published, Situation
from views.i18n import Retranslating
from views.shell.unanswered import Waiting, unanswered
from views.theme import Theme, set_property
from views.widgets.badges import PlainLabel
from views.widgets.flow import FlowLayout
from views.widgets.severity import GLYPHS
from views.wording import Wording

_READ = frozenset({"orders", "cards", "report_clocks"})
_SETTLE_MS = 10_000


class WaitingLabel(PlainLabel):
    """One who owes an answer."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__()
        self.waiting = waiting
        self.setObjectName(f"waiting-{waiting.id}")


class Strip(Retranslating, QFrame):
    """All unanswered orders, running verifications and report clocks."""

    def __init__(self, desk: DeskApi, theme: Theme, wording: Wording) -> None:
        super().__init__()
        self.setObjectName("strip")
        self._wording = wording
        self._now_us = desk.clock.now_us()
        self._situation: Situation | None = None
        self._title = PlainLabel()
        self._title.setObjectName("stripTitle")
        self._calm = PlainLabel(role="secondary")
        self._no_clock = PlainLabel(role="secondary")
        self._labels: dict[str, WaitingLabel] = {}
        self._replayed_px = 0
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._settle)
        self._flow_host, self._flow = _flow(theme)
        self._report_host, self._reports = _flow(theme)
        self._flow.addWidget(self._calm)
        self._reports.addWidget(self._no_clock)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(5), theme.px(16), theme.px(5))
        row.setSpacing(theme.px(24))
        row.addWidget(self._title, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._flow_host, 1)
        row.addWidget(self._report_host)
        self.retranslate()
        desk.published.connect(self._on_published)
        desk.ticked.connect(self._on_ticked)
        self._show(desk.situation)

    def retranslate(self) -> None:
        """Set all text."""
        self._title.setText(self.tr("Not answered yet"))
        self.setAccessibleName(self._title.text())
        self._calm.setText(self.tr("nobody owes an answer"))
        self._no_clock.setText(self.tr("no report clock running"))
        self._tick()

    def waiting(self) -> tuple[Waiting, ...]:
        """Return who is shown."""
        return tuple(label.waiting for label in self._labels.values())

    @Slot(object)
    def _on_published(self, published: Published) -> None:
        if published.changes.full or not _READ.isdisjoint(published.changes.touched):
            self._show(published.situation)

    @Slot(object)
    def _on_ticked(self, now_us: int) -> None:
        self._now_us = now_us
        self._tick()

    def _show(self, situation: Situation) -> None:
        """Take the labels of those who answered away and put new ones in their order."""
        self._hold(is_replay=situation.mode == "replay")
        found = {f"{each.kind}-{each.id}": each for each in unanswered(situation)}
        for key in [key for key in self._labels if key not in found]:
            label = self._labels.pop(key)
            for flow in (self._flow, self._reports):
                flow.removeWidget(label)
            label.hide()
            label.deleteLater()
        for key, waiting in found.items():
            label = self._labels.get(key) or WaitingLabel(waiting)
            self._labels[key] = label
            label.waiting = waiting
        self._labels = {key: self._labels[key] for key in found}
        for flow, is_report in ((self._flow, False), (self._reports, True)):
            self._order(flow, [
                each for each in self._labels.values()
                if (each.waiting.kind == "report") is is_report
            ])  # fmt: skip
        reports = sum(each.kind == "report" for each in found.values())
        self._calm.setVisible(len(found) == reports)
        self._no_clock.setVisible(not reports)
        self._tick()

    def _hold(self, *, is_replay: bool) -> None:
        """Keep the room of the lines that went: the map would be resized with each that goes.

        It is given back after ten seconds, and in a replay, which goes through long and short
        strips, not at all.
        """
        if self.isVisible():
            self.setMinimumHeight(max(self.minimumHeight(), self.height()))
        if is_replay:
            self._settling.stop()
            self._replayed_px = max(self._replayed_px, self.minimumHeight())
            self.setMinimumHeight(self._replayed_px)
        elif not self._settling.isActive():
            self._settling.start()

    @Slot()
    def _settle(self) -> None:
        self.setMinimumHeight(0)

    @staticmethod
    def _order(flow: QLayout, labels: Sequence[QWidget]) -> None:
        """Put the labels behind each other; where they are, nothing is laid out anew."""
        held = [item.widget() for n in range(1, flow.count()) if (item := flow.itemAt(n))]
        if held == list(labels):
            return
        for label in labels:
            flow.removeWidget(label)
            flow.addWidget(label)

    def _tick(self) -> None:
        for label in self._labels.values():
            waiting = label.waiting
            severity = waiting.severity(self._now_us)
            mark = f"{GLYPHS[severity]} " if severity else ""
            label.setText(mark + self._sentence(waiting))
            label.setToolTip(self._tip(waiting))
            set_property(label, "severity", str(severity) if severity else "")

    def _tip(self, waiting: Waiting) -> str:
        who = waiting.who.text(self._wording.language)
        return who if waiting.kind == "report" else f"{who} · {waiting.person}"

    def _sentence(self, waiting: Waiting) -> str:
        who = waiting.who.text(self._wording.language)
        left = self._wording.countdown(waiting.due_us, self._now_us)
        match waiting.kind:
            case "receipt":
                text = self.tr("{who}: to sign, {left}").format(who=who, left=left)
                if not waiting.person:
                    return self.tr("{text} · ☎ no number").format(text=text)
                if waiting.step:
                    text = self.tr("{text} · now calling {person}").format(
                        text=text, person=waiting.person
                    )
                return text
            case "feedback":
                return self.tr("{who}: feedback, {left}").format(who=who, left=left)
            case "verification":
                return self.tr("{who}: callback of {person}, {left}").format(
                    who=who, person=waiting.person, left=left
                )
            case "report":
                whole = self._wording.duration(waiting.due_us - waiting.started_us)
                return self.tr("{report}: {left} of {whole} · {source}").format(
                    report=self._wording.report_kind(waiting.report),
                    left=left,
                    whole=whole,
                    source=waiting.source.text(self._wording.language),
                )


def _flow(theme: Theme) -> tuple[QWidget, FlowLayout]:
    host = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    host.setSizePolicy(policy)
    return host, FlowLayout(theme.px(24), theme.px(4), host)
