"""The title lines of the Watch station's panes."""

from PySide6.QtCore import Slot

from models.registry.kinds import Tag
from views.kit import ViewKit
from views.theme import Theme
from views.watch.alarm_table import AlarmTable
from views.watch.call_form import CallForm
from views.watch.cards_body import CardsBody
from views.watch.handover import HandoverList
from views.widgets.key_button import KeyButton
from views.widgets.pane import Pane


class CardsPane(Pane):
    """Situations: how many open, how many alarms are folded into them."""

    def __init__(self, theme: Theme, body: CardsBody) -> None:
        super().__init__(theme)
        self._open, self._collapsed = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        opened = self.tr("%n open", "", self._open)
        alarms = self.tr("%n alarm(s)", "", self._collapsed)
        self.set_title(self.tr("Situations"), f"{opened} · {alarms}" if self._open else "")

    @Slot(int, int)
    def _on_counted(self, opened: int, collapsed: int) -> None:
        self._open, self._collapsed = opened, collapsed
        self.retranslate()


class AlarmsPane(Pane):
    """Alarms: how many, how many unacknowledged."""

    def __init__(self, theme: Theme, body: AlarmTable) -> None:
        super().__init__(theme)
        self._all, self._waiting = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        waiting = self.tr("%n unacknowledged", "", self._waiting)
        self.set_title(self.tr("Alarms"), f"{self._all} · {waiting}")

    @Slot(int, int)
    def _on_counted(self, count: int, waiting: int) -> None:
        self._all, self._waiting = count, waiting
        self.retranslate()


class CallPane(Pane):
    """The call: when its draft was last kept."""

    def __init__(self, kit: ViewKit, body: CallForm) -> None:
        super().__init__(kit.theme)
        self._kit = kit
        self._kept_us = 0
        self._new = KeyButton(kit.theme, action=kit.actions.action("watch.new_call"))
        self.add_act(self._new)
        self.set_body(body)
        body.draft_kept.connect(self._on_kept)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        kept = ""
        if self._kept_us:
            kept = self.tr("draft kept {time}").format(time=self._kit.wording.clock(self._kept_us))
        self.set_title(self.tr("Incoming call"), kept)

    @Slot(object)
    def _on_kept(self, now_us: int) -> None:
        self._kept_us = now_us
        self.retranslate()


class HandoverPane(Pane):
    """What must be settled before the shift is handed over."""

    def __init__(self, theme: Theme, body: HandoverList) -> None:
        super().__init__(theme)
        self._settled, self._all = 0, 0
        self.set_body(body)
        body.counted.connect(self._on_counted)
        self.retranslate()
        body.refresh()

    def retranslate(self) -> None:
        """Set all texts again."""
        count = self.tr("{settled} of {all} settled").format(settled=self._settled, all=self._all)
        self.set_title(self.tr("Handover"), count)

    @Slot(int, int)
    def _on_counted(self, settled: int, count: int) -> None:
        self._settled, self._all = settled, count
        self.retranslate()


class TrendPane(Pane):
    """A trend: of which tags."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._tags: list[Tag] = []
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts again."""
        keys = " · ".join(tag.key for tag in self._tags)
        last = self.tr("up to 30 min")
        text = f"{keys} · {last}" if keys else self.tr("choose a situation, an alarm or a tag")
        self.set_title(self.tr("Trend"), text)

    def show_tags(self, tags: list[Tag]) -> None:
        """Name the tags."""
        self._tags = tags
        self.retranslate()
