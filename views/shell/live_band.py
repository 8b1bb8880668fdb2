"""The live operation breaks into a replay: a band over the whole window, one key back to now."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from app.desk import ReplayApi
from models.operation.situation import Alarm, Published, Situation
from models.registry.kinds import Tag
from views.i18n import Retranslating
from views.kit import ViewKit
from views.shell.live_watch import LiveNews, LiveWatch
from views.theme import repolish, set_property
from views.widgets.badges import ElidedLabel, PlainLabel
from views.widgets.key_button import KeyButton
from views.widgets.naming import named
from views.widgets.severity import GLYPHS

_WORDS = {
    "live": "实战 LIVE",
    "drill": "现在 NOW · 演练 DRILL",
    "demonstration": "现在 NOW · 演示 DEMONSTRATION",
}
_HEIGHT_PX = 44


class LiveBand(Retranslating, QFrame):
    """Hidden unless a replay is on and the live operation has something to say.

    Red when an alarm of the top two priorities rose meanwhile; plain when only answers are
    overdue or known alarms stand.

    Signals: left_for_alarm(): the replay was left while an alarm waited.
    """

    left_for_alarm = Signal()

    def __init__(self, kit: ViewKit) -> None:
        super().__init__()
        self.setObjectName("liveBand")
        self._kit = kit
        self._watch = LiveWatch()
        self._situation: Situation = kit.desk.live_situation
        self._news = LiveNews()
        self._word = named(PlainLabel(), "liveBandWord")
        self._what = named(ElidedLabel(), "liveBandWhat")
        self._counts = named(PlainLabel(), "liveBandCounts")
        self._leave = named(KeyButton(kit.theme, primary=True), "liveBandLeave")
        self._leave.clicked.connect(kit.desk.leave_replay)
        row = QHBoxLayout(self)
        row.setContentsMargins(kit.theme.px(16), 0, kit.theme.px(16), 0)
        row.setSpacing(kit.theme.px(16))
        row.addWidget(self._word)
        row.addWidget(self._what, 1)
        row.addWidget(self._counts)
        row.addWidget(self._leave)
        self.setFixedHeight(kit.theme.px(_HEIGHT_PX))
        kit.desk.live_published.connect(self._on_live_published)
        kit.desk.replay_changed.connect(self._on_replay_changed)
        kit.desk.ticked.connect(self._on_ticked)
        self.retranslate()

    @property
    def news(self) -> LiveNews:
        """What it shows."""
        return self._news

    def retranslate(self) -> None:
        """Set all text."""
        news = self._news
        self.setVisible(bool(news))
        set_property(self, "calm", "" if news.is_urgent else "true")
        for label in self.findChildren(QLabel):  # a rule of the band's colours its labels
            repolish(label)
        self._word.setText(_WORDS.get(self._situation.mode, _WORDS["live"]))
        self._what.setText(self._sentence())
        parts = []
        if news.unacknowledged:
            parts.append(self.tr("%n unacknowledged", "", news.unacknowledged))
        if news.overdue:
            parts.append(self.tr("%n answer(s) overdue", "", news.overdue))
        self._counts.setText(" · ".join(parts))
        self._leave.set_label(self.tr("Back to now") + "  Ctrl+Home")
        self.setAccessibleName(f"{self._word.text()} {self._what.text()} {self._counts.text()}")

    def _sentence(self) -> str:
        news = self._news
        if not news.alarms:
            return self.tr("The present goes on under the replay.")
        first = news.alarms[0]
        text = f"{GLYPHS[first.priority]} {self._alarm(first)}"
        if len(news.alarms) > 1:
            more = self.tr("and %n more", "", len(news.alarms) - 1)
            text = f"{text} · {more}"
        return text

    def _alarm(self, alarm: Alarm) -> str:
        tag = self._kit.desk.live_reference.get("tags", alarm.tag_key)
        name = tag.name.text(self._kit.language) if isinstance(tag, Tag) else ""
        wording = self._kit.wording
        parts = (
            wording.priority(alarm.priority),
            f"{alarm.tag_key} {alarm.limit}",
            name,
            wording.number(alarm.value, alarm.unit),
            wording.clock(alarm.raised_us),
        )
        return " · ".join(part for part in parts if part)

    def _judge(self) -> None:
        # The tick shows the replayed time; what is overdue now is judged by the live clock.
        replaying = self._kit.desk.replay is not None
        now_us = self._kit.desk.clock.now_us()
        news = self._watch.news(self._situation, now_us) if replaying else LiveNews()
        if news != self._news:
            self._news = news
            self.retranslate()

    @Slot(object)
    def _on_live_published(self, published: Published) -> None:
        self._situation = published.situation
        self._judge()

    @Slot(object)
    def _on_replay_changed(self, replay: ReplayApi | None) -> None:
        if replay is not None:
            self._watch.leave_present(self._situation)
        urgent = self._news.is_urgent
        self._judge()
        if replay is None and urgent:
            self.left_for_alarm.emit()

    @Slot(object)
    def _on_ticked(self, _now_us: int) -> None:
        self._judge()
